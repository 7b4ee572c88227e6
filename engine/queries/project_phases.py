"""The phases of a project, and the gates between them: which are over, which is under way, which was gone round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, func, select

from engine.method import Method, Phase
from engine.queries.lines import DecisionLine, TaskLine
from engine.queries.view import View
from engine.store.tables import ExecutionRow, ProjectRow, StageRow, TaskRow
from engine.words import Text

Step = Literal["done", "current", "waiting", "upcoming", "skipped"]


@dataclass(frozen=True, slots=True)
class GateStep:
    id: str
    name: Text
    state: Step
    task: int | None  #: the open or last gate task
    outcome: str  #: of the last decision; empty
    at: datetime | None  #: decided at, else due at
    late: bool


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One cell of the phase strip and one bar of the timeline."""

    id: str
    name: Text
    state: Step
    started_at: datetime | None
    ended_at: datetime | None
    done: int  #: tasks completed in the present round
    open: int
    reworks: int
    gate: GateStep | None


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exceptional gate that was opened: its last opening."""

    id: str  #: of the gate
    name: Text
    task: int | None  #: the gate's task, once what prepares it is done
    open: bool
    outcome: str  #: of the last decision; empty while it is open
    at: datetime | None  #: decided at


def phases(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...], decisions: tuple[DecisionLine, ...]
) -> tuple[PhaseStep, ...]:  # fmt: skip
    stages: dict[str, list[StageRow]] = {}
    for row in view.session.execute(
        select(StageRow).where(StageRow.project_id == project.id).order_by(StageRow.id)
    ).scalars():
        stages.setdefault(row.phase, []).append(row)
    counts = _counts(view, [rows[-1].id for rows in stages.values()])
    shown = [phase for phase in method.phases if not phase.short or phase.id in stages]
    return tuple(_phase(phase, stages.get(phase.id, []), project, method, tasks, decisions, counts) for phase in shown)


def _counts(view: View, stages: list[int]) -> dict[tuple[str, str], int]:
    """How many tasks each of these passages opened, by phase and state."""
    rows = view.session.execute(
        select(TaskRow.phase, TaskRow.state, func.count())
        .join(StageRow, and_(StageRow.project_id == TaskRow.project_id, StageRow.phase == TaskRow.phase))
        .where(StageRow.id.in_(stages), TaskRow.kind == "task", TaskRow.opened_at >= StageRow.entered_at)
        .group_by(TaskRow.phase, TaskRow.state)
    )
    return {(phase, state): count for phase, state, count in rows}


def _phase(
    phase: Phase, stages: list[StageRow], project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...],
    decisions: tuple[DecisionLine, ...], counts: dict[tuple[str, str], int],
) -> PhaseStep:  # fmt: skip
    ended = project.status not in ("running", "held")
    return PhaseStep(
        id=phase.id,
        name=phase.name,
        state=_state(bool(stages), bool(stages) and stages[-1].left_at is None, ended),
        started_at=stages[0].entered_at if stages else None,
        ended_at=stages[-1].left_at if stages else None,
        done=counts.get((phase.id, "done"), 0),
        open=counts.get((phase.id, "open"), 0),
        reworks=max(0, len(stages) - 1),
        gate=_gate(method, phase.gate, tasks, decisions, ended) if phase.gate else None,
    )


def _state(entered: bool, running: bool, ended: bool) -> Step:
    if running:
        return "current"
    return "done" if entered else "skipped" if ended else "upcoming"


def _gate(
    method: Method, gate: str, tasks: tuple[TaskLine, ...], decisions: tuple[DecisionLine, ...], ended: bool
) -> GateStep:  # fmt: skip
    mine = [each for each in tasks if each.code == gate and each.kind == "gate"]
    waiting = next((each for each in mine if each.state == "open"), None)
    decided = next((each for each in reversed(decisions) if each.gate == gate), None)
    passed = decided is not None and decided.outcome in ("go", "go_reserves", "stop")
    state: Step = "waiting" if waiting else "done" if passed else "skipped" if ended else "upcoming"
    last = waiting or (mine[-1] if mine else None)
    return GateStep(
        id=gate,
        name=method.name_of(gate),
        state=state,
        task=last.id if last else None,
        outcome=decided.outcome if decided and not waiting else "",
        at=waiting.due_at if waiting else decided.at if decided else None,
        late=waiting.late if waiting else False,
    )


def exceptions(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...], decisions: tuple[DecisionLine, ...]
) -> tuple[ExceptionLine, ...]:  # fmt: skip
    if not method.exceptions:
        return ()
    opened: dict[str, bool] = {}
    for process, ended in view.session.execute(
        select(ExecutionRow.process, ExecutionRow.ended_at)
        .where(ExecutionRow.project_id == project.id, ExecutionRow.process.in_(method.exception))
        .order_by(ExecutionRow.id)
    ):
        opened[process] = ended is None
    found = []
    for each in method.exceptions:
        if each.id in opened:
            step = _gate(method, each.gate.id, tasks, decisions, ended=False)
            is_open = opened[each.id]
            found.append(
                ExceptionLine(
                    id=each.gate.id, name=each.gate.name, open=is_open, outcome="" if is_open else step.outcome,
                    at=None if is_open else step.at,
                    task=step.task if step.state == "waiting" or not is_open else None,
                )
            )  # fmt: skip
    return tuple(found)
