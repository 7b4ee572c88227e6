"""Say of which themes one wants to hear when something is watched."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.errors import ChoiceUnknown, NotAllowed
from engine.store.act import Act
from engine.store.tables import ChoiceRow, SubscriptionRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class SubscribeTo:
    """Say of which themes one wants to hear when something is watched: the daily message tells."""

    themes: tuple[str, ...]  #: codes; all of them, the others are no longer heard of


def handle(act: Act, command: SubscribeTo) -> None:
    if act.actor.guest:
        who = Text("les personnes de l’organisme", "the people of the organisation")
        raise NotAllowed(verb=Text("suivre la veille", "follow the watch"), who=who)
    known = set(act.session.execute(select(ChoiceRow.code).where(ChoiceRow.kind == "theme")).scalars())
    for theme in command.themes:
        if theme not in known:
            raise ChoiceUnknown(value=theme, label=Text("Thème", "Theme"))
    mine = SubscriptionRow.actor_id == act.actor.id
    act.session.execute(delete(SubscriptionRow).where(mine).execution_options(synchronize_session=False))
    act.session.add_all(SubscriptionRow(actor_id=act.actor.id, theme=theme) for theme in dict.fromkeys(command.themes))
