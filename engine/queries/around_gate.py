"""What stands around a gate: the critical risks of its project, and the project's other gates."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.queries.view import View
from engine.registers import HIGH
from engine.store.case import Case
from engine.store.tables import DecisionRow, EntryRow, TaskRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class GateBeside:
    """A gate of the project, in the order of the method; then the exceptional ones that were opened."""

    code: str
    name: Text
    task: int | None  #: its last session; none: not reached yet
    outcome: str  #: of its last decision; empty: none yet
    here: bool


@dataclass(frozen=True, slots=True)
class RiskLine:
    id: int
    title: str
    level: int  #: of 16
    owner: str


def risks(view: View, project: int) -> tuple[RiskLine, ...]:
    rows = list(
        view.session.execute(
            select(EntryRow)
            .where(
                EntryRow.project_id == project, EntryRow.register == "risk", EntryRow.closed_at.is_(None),
                EntryRow.level >= HIGH,
            )
            .order_by(EntryRow.level.desc(), EntryRow.id)
        ).scalars()
    )  # fmt: skip
    people = view.people(row.owner_id for row in rows)
    return tuple(
        RiskLine(row.id, row.title, row.level, people[row.owner_id].name if row.owner_id else "") for row in rows
    )


def beside(view: View, case: Case) -> tuple[GateBeside, ...]:
    project = case.project.id
    tasks = {
        element: task
        for element, task in view.session.execute(
            select(TaskRow.element, TaskRow.id)
            .where(TaskRow.project_id == project, TaskRow.kind == "gate")
            .order_by(TaskRow.id)
        )
    }
    outcomes = {
        gate: outcome
        for gate, outcome in view.session.execute(
            select(DecisionRow.gate, DecisionRow.outcome)
            .where(DecisionRow.project_id == project)
            .order_by(DecisionRow.id)
        )
    }
    opened = [each.gate for each in case.method.exceptions if each.gate.id in tasks]
    return tuple(
        GateBeside(each.id, each.name, tasks.get(each.id), outcomes.get(each.id, ""), each.id == case.gate.id)
        for each in (*case.method.gates, *opened)
    )
