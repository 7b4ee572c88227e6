"""Support an idea, once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.change_entry import entry_of, must_entry
from engine.store.act import Act
from engine.store.tables import SupportRow


@dataclass(frozen=True, slots=True)
class SupportIdea:
    """Support an idea, once; a second time changes nothing."""

    entry: int


def handle(act: Act, command: SupportIdea) -> None:
    entry, who = entry_of(act, command.entry)
    must_entry(who, "support", entry)
    mine = select(SupportRow.id).where(SupportRow.entry_id == entry.id, SupportRow.actor_id == act.actor.id)
    if act.session.execute(mine).first() is not None:
        return
    act.session.add(SupportRow(entry_id=entry.id, actor_id=act.actor.id, at=act.now))
    act.record("idea_supported", entry=entry.id, number=entry.number)
