"""Take an entry that nobody carries: « je prends »."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.change_entry import entry_of, must_entry
from engine.store.act import Act
from engine.store.entries import note


@dataclass(frozen=True, slots=True)
class TakeEntry:
    """Take an entry that nobody carries."""

    entry: int


def handle(act: Act, command: TakeEntry) -> None:
    entry, who = entry_of(act, command.entry)
    must_entry(who, "take", entry)
    entry.owner_id = act.by
    note(act, entry, "taken")
