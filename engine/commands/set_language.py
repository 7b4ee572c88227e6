"""Choose the language of the pages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from engine.errors import ChoiceUnknown
from engine.store.act import Act
from engine.store.tables import ActorRow
from engine.words import LANGUAGES, Language, Text


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Choose the language of the pages."""

    language: Language


def handle(act: Act, command: SetLanguage) -> None:
    if command.language not in LANGUAGES:
        raise ChoiceUnknown(value=command.language, label=Text("Langue", "Language"))
    act.session.execute(update(ActorRow).where(ActorRow.id == act.actor.id).values(language=command.language))
