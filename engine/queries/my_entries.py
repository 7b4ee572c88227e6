"""What one carries in the registers: the second list of the inbox, by date. One index of open entries answers it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from engine.queries.entry_lines import EntryLine, entry_columns, lines
from engine.queries.view import View
from engine.registers import REGISTERS
from engine.store.tables import NEVER, EntryRow, ProjectRow


@dataclass(frozen=True, slots=True)
class MyEntries:
    """Actions that I carry, and what else of mine has a date; nothing confidential, nothing of a project on hold."""

    size: int = 20


@dataclass(frozen=True, slots=True)
class MyEntriesPage:
    entries: tuple[EntryLine, ...]  #: the most urgent first
    more: bool  #: there are others


#: of a confidential register not a trace outside its own page
SHOWN = tuple(each.id for each in REGISTERS.values() if not each.confidential)


def read(view: View, query: MyEntries) -> MyEntriesPage:
    size = min(max(query.size, 1), 100)
    held = select(ProjectRow.id).where(ProjectRow.status == "held")
    found = lines(
        view,
        entry_columns()
        .where(
            EntryRow.owner_id == view.actor.id, EntryRow.closed_at.is_(None), EntryRow.register.in_(SHOWN),
            EntryRow.state != "proposed", or_(EntryRow.register == "action", EntryRow.due_at < NEVER),
            or_(EntryRow.project_id.is_(None), EntryRow.project_id.not_in(held)),
        )
        .order_by(EntryRow.due_at, EntryRow.id)
        .limit(size + 1),
    )  # fmt: skip
    return MyEntriesPage(found[:size], len(found) > size)
