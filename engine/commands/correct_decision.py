"""Correct a recorded decision by a new entry; the first stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.commands.change_entry import entry_of, must_entry
from engine.commands.open_entry import EntryOpened, must_be_going
from engine.entering import answered, columns
from engine.registers import DECISIONS
from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.tables import ProjectRow


@dataclass(frozen=True, slots=True)
class CorrectDecision:
    """Correct a recorded decision by a new entry; the first stays as it was."""

    entry: int
    values: dict[str, Any] = field(default_factory=dict)  #: the whole new entry


def handle(act: Act, command: CorrectDecision) -> EntryOpened:
    entry, who = entry_of(act, command.entry)
    must_entry(who, "correct", entry)
    project = act.session.get_one(ProjectRow, entry.project_id)
    must_be_going(project)
    said = answered(act, DECISIONS.fields, command.values, DECISIONS.one)
    row = open_entry(
        act, "decision", project, said["title"], **columns(act, DECISIONS, said),
        origin="entry", origin_id=entry.id, corrects=entry.id,
    )  # fmt: skip
    return EntryOpened(row.id, row.number)
