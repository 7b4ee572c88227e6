"""A step becomes rows: phases entered and left, tasks withdrawn (ending) and opened (opening), recurrences, the end.

Everything happens in the transaction of the act that caused the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, union_all, update

from engine import execution
from engine.answers import PlanLine, plan_lines
from engine.execution import Run, Step
from engine.method import Recurring
from engine.release import Release
from engine.store.act import Act, Opened
from engine.store.case import last_answers
from engine.store.ending import close_without_answer, end_occurrence, end_with, withdraw
from engine.store.opening import open_tasks
from engine.store.statements import ask
from engine.store.tables import (
    ExecutionRow,
    Moment,
    ProjectRow,
    StageRow,
    TaskRow,
    TimerRow,
)  # fmt: skip
from engine.store.timers import keep_timers
from engine.working_time import due_after, next_occurrence


def begin(
    act: Act, project: ProjectRow, release: Release, process: str, run: Run, subject: str = "", **said: Any
) -> list[Opened]:
    """A new execution of `process` and what its first step opened. `said`: columns of those tasks, to be so."""
    row = ExecutionRow(project_id=project.id, process=process, subject=subject, state=run.state)
    act.session.add(row)
    act.session.flush()
    return project_step(act, project, release, row, run.step, said)


def go_on(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, run: Run) -> list[Opened]:
    """The execution goes on to where `run` led; the tasks that this opened."""
    row.state = run.state
    return project_step(act, project, release, row, run.step, {})


def project_step(
    act: Act, project: ProjectRow, release: Release, row: ExecutionRow, step: Step, said: dict[str, Any]
) -> list[Opened]:  # fmt: skip
    step = _closing(release, row, step)
    _leave(act, project, step)
    _enter(act, project, step)
    withdraw(act, project, row, step)
    if step.armed or step.disarmed:
        keep_timers(act, project, release, row, step)
    opened = open_tasks(act, project, release, row, step.opened, said)
    opened += start_recurring(act, project, release, step.entered)
    if step.end:
        row.ended_at = act.now
        end_with(act, project, release, row, step.end)
    return opened


def _closing(release: Release, row: ExecutionRow, step: Step) -> Step:
    """A short closure that an exceptional gate began runs by itself: nothing around it says that it is left."""
    short = release.method.short_closure
    if step.end and short is not None and row.process == short.process:
        return replace(step, left=(*step.left, short.id))
    return step


# --- phases ------------------------------------------------------------------------------------------------


# Statements of the way that every completion goes are built once, and written past the session: it would ask of each
# row what it knows already (docs/explanation/speed.md).
_LEAVE = (
    update(StageRow.__table__)  # type: ignore[arg-type]
    .where(
        StageRow.project_id == bindparam("project"), StageRow.phase == bindparam("element"), StageRow.left_at.is_(None)
    )
    .values(left_at=bindparam("now", type_=Moment()))
)  # fmt: skip
_PASSED = (
    select(func.coalesce(func.max(StageRow.round), 0))
    .where(StageRow.project_id == bindparam("project_id"), StageRow.phase == bindparam("phase"))
    .scalar_subquery()
)
_ENTER = (
    insert(StageRow.__table__)  # type: ignore[arg-type]
    .values(
        project_id=bindparam("project_id"), phase=bindparam("phase"), entered_at=bindparam("entered_at"),
        round=_PASSED + 1,
    )
    .returning(StageRow.round)
)  # fmt: skip


def _leave(act: Act, project: ProjectRow, step: Step) -> None:
    for element in step.left:
        act.write(_LEAVE, {"project": project.id, "element": element, "now": act.now})
        act.record("phase_left", project, element=element)


def _enter(act: Act, project: ProjectRow, step: Step) -> None:
    for element in step.entered:
        values = {"project_id": project.id, "phase": element, "entered_at": act.now}
        [(project.round,)], project.phase = ask(act.link, _ENTER, values), element
        act.record("phase_entered", project, element=element, round=project.round)


# --- recurring activities ----------------------------------------------------------------------------------


def start_recurring(act: Act, project: ProjectRow, release: Release, entered: Sequence[str]) -> list[Opened]:
    """The first occurrences on entering a phase; nothing of what already recurs (a rework of the phase)."""
    begun = [each for each in release.method.recurring if each.during in entered]
    if not begun:
        return []
    timers = select(TimerRow.element).where(TimerRow.project_id == project.id, TimerRow.fired_at.is_(None))
    tasks = select(TaskRow.element).where(TaskRow.project_id == project.id, TaskRow.state == "open")
    alive = set(act.session.execute(union_all(timers, tasks)).scalars())
    opened: list[Opened] = []
    for each in begun:
        if each.id not in alive:
            lines = plan_of(act, project, each) if each.every == "plan" else [PlanLine("", None, each.every)]
            opened += [task for line in lines for task in open_occurrence(act, project, release, each, line)]
    return opened


def open_occurrence(
    act: Act, project: ProjectRow, release: Release, recurring: Recurring, line: PlanLine
) -> list[Opened]:  # fmt: skip
    """One occurrence: an execution of its own; and when the next one opens, where the line comes again."""
    run = execution.start(release.program, recurring.process, {})
    said: dict[str, Any] = {"phase": recurring.during, "instance": line.subject}
    if line.due is not None:
        said["due_at"] = line.due
    elif line.every and not recurring.task.due:
        said["due_at"] = due_after(act.now, line.every)
    if line.every:
        plan_next(act, project, recurring, line, act.now)
    return begin(act, project, release, recurring.process, run, line.subject, **said)


def plan_next(act: Act, project: ProjectRow, recurring: Recurring, line: PlanLine, since: datetime) -> None:
    """The one after an occurrence that opened at `since` opens in its turn, whatever became of that one."""
    due = max(next_occurrence(since, line.every), act.now)
    row = TimerRow(project_id=project.id, kind="occurrence", element=recurring.id, subject=line.subject, due_at=due)
    act.session.add(row)


def line_of(act: Act, project: ProjectRow, recurring: Recurring, subject: str) -> PlanLine | None:
    """What an occurrence about `subject` follows; none where the plan no longer has such a line."""
    if recurring.every != "plan":
        return PlanLine(subject, None, recurring.every)
    return next((each for each in plan_of(act, project, recurring) if each.subject == subject and each.every), None)


def plan_of(act: Act, project: ProjectRow, recurring: Recurring) -> list[PlanLine]:
    """What each line of the plan is about, and until when, or how often."""
    element, _, field = recurring.plan.partition(".")
    return plan_lines(last_answers(act.session, project.id, element).get(field) or [])


def end_recurring(act: Act, project: ProjectRow, release: Release, gate: str) -> None:
    """The gate that ends recurring activities was passed or stopped: open occurrences and timers go."""
    for recurring in release.method.recurring:
        if recurring.until == gate:
            _end_one(act, project, recurring.id)


def end_recurring_all(act: Act, project: ProjectRow, release: Release) -> None:
    """The project stops between two gates."""
    begun = select(TaskRow.element).where(TaskRow.project_id == project.id, TaskRow.kind == "occurrence").distinct()
    for element in sorted(act.session.execute(begun).scalars()):
        _end_one(act, project, element)


def _end_one(act: Act, project: ProjectRow, element: str) -> None:
    act.session.execute(
        update(TimerRow)
        .where(TimerRow.project_id == project.id, TimerRow.element == element, TimerRow.fired_at.is_(None))
        .values(fired_at=act.now)
        .execution_options(synchronize_session=False)
    )
    for task in act.session.execute(
        select(TaskRow).where(TaskRow.project_id == project.id, TaskRow.element == element, TaskRow.state == "open")
    ).scalars():
        close_without_answer(act, project, task)
        end_occurrence(act, task)
    act.record("occurrences_ended", project, element=element)
