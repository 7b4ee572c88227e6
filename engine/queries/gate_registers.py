"""What the registers have to say at a gate: the risks that every gate shows, the resistances to score again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.queries.entry_lines import EntryLine, entry_columns, lines, standing
from engine.queries.view import View
from engine.registers import HIGH, RESISTANCES, RISKS
from engine.store.entries import major_without_measure
from engine.store.tables import EntryRow, ProjectRow


@dataclass(frozen=True, slots=True)
class GateRegisters:
    """Of the project of a gate's task."""

    task: int


@dataclass(frozen=True, slots=True)
class GateRegistersPage:
    project: int
    risks: tuple[EntryLine, ...]  #: open, of a criticality from 12 of 16, the highest first
    resistances: tuple[EntryLine, ...]  #: open, the strongest first; for lead and sponsor only
    lacking: frozenset[int]  #: those of them that hold up a gate: major, without measure or owner


def read(view: View, query: GateRegisters) -> GateRegistersPage:
    case = view.case(query.task)
    project = view.session.execute(select(ProjectRow).where(ProjectRow.id == case.project.id)).scalar_one()
    who = standing(view, project)
    here = entry_columns().where(EntryRow.project_id == project.id, EntryRow.closed_at.is_(None))
    order = (EntryRow.level.desc(), EntryRow.id)
    risks = here.where(EntryRow.register == "risk", EntryRow.level >= HIGH).order_by(*order)
    resistances = here.where(EntryRow.register == "resistance").order_by(*order)
    steers = who.sees(RESISTANCES)
    return GateRegistersPage(
        project=project.id,
        risks=lines(view, risks, who) if who.sees(RISKS) else (),
        resistances=lines(view, resistances, who) if steers else (),
        lacking=frozenset(row.id for row in major_without_measure(view.session, project)) if steers else frozenset(),
    )
