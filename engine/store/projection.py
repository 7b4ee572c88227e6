"""A step becomes rows: tasks opened and withdrawn, phases entered and left, recurrences, the end of the project.

The one writer of task rows that open. Everything happens in the transaction of the act that caused the step.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update

from engine import execution
from engine.answers import plan_lines
from engine.execution import Run, Step, Work
from engine.method import Recurring
from engine.people import Held, resolve
from engine.release import Release
from engine.store.act import Act, last_answers
from engine.store.tables import NEVER, CallRow, ExecutionRow, ProjectRow, ServiceRow, StageRow, TaskRow, TimerRow
from engine.working_time import due_after


def begin(act: Act, project: ProjectRow, release: Release, process: str, run: Run, subject: str = "") -> list[TaskRow]:
    """A new execution of `process` and what its first step opened."""
    row = ExecutionRow(project_id=project.id, process=process, subject=subject, state=run.state)
    act.session.add(row)
    act.session.flush()
    return project_step(act, project, release, row, run.step)


def go_on(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, run: Run) -> list[TaskRow]:
    """The execution goes on to where `run` led; the tasks that this opened."""
    row.state = run.state
    return project_step(act, project, release, row, run.step)


def project_step(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, step: Step) -> list[TaskRow]:
    _leave(act, project, step)
    _enter(act, project, step)
    _cancel(act, project, row, step)
    opened = _open(act, project, release, row, step.opened)
    for element in step.entered:
        for recurring in release.method.recurring:
            if recurring.during == element:
                opened += start_recurring(act, project, release, recurring)
    if step.end:
        row.ended_at = act.now
        _end(act, project, release, row, step.end)
    return opened


# --- phases ------------------------------------------------------------------------------------------------


def _leave(act: Act, project: ProjectRow, step: Step) -> None:
    for element in step.left:
        act.session.execute(
            update(StageRow)
            .where(StageRow.project_id == project.id, StageRow.phase == element, StageRow.left_at.is_(None))
            .values(left_at=act.now)
            .execution_options(synchronize_session=False)
        )
        act.record("phase_left", project, element=element)


def _enter(act: Act, project: ProjectRow, step: Step) -> None:
    for element in step.entered:
        passed = act.session.execute(
            select(func.count()).where(StageRow.project_id == project.id, StageRow.phase == element)
        ).scalar_one()
        act.session.add(StageRow(project_id=project.id, phase=element, round=passed + 1, entered_at=act.now))
        project.phase, project.round = element, passed + 1
        act.record("phase_entered", project, element=element, round=passed + 1)


# --- tasks -------------------------------------------------------------------------------------------------


def _open(
    act: Act, project: ProjectRow, release: Release, row: ExecutionRow, works: Iterable[Work]
) -> list[TaskRow]:  # fmt: skip
    works = list(works)
    if not works:
        return []
    seats = _Seats(act, project, release, works)
    rows = [_row(act, project, release, row, work, seats) for work in works]
    act.session.add_all(rows)
    act.session.flush()
    _call(act, project, release, [each for each in rows if each.kind == "gate"])
    for each in rows:
        act.record("task_opened", project, each, element=each.element, instance=each.instance)
    return rows


def _row(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, work: Work, seats: _Seats) -> TaskRow:
    method = release.method
    gate = method.gate.get(work.element)
    task = method.tasks.get(work.element)
    model = gate or task
    assert model is not None, work.element  # the review refuses a user task that is neither
    held = seats.of(work)
    return TaskRow(
        project_id=project.id,
        execution_id=row.id,
        token=work.token,
        element=work.element,
        kind="gate" if gate else "occurrence" if row.process != method.process else "task",
        phase=model.phase,
        round=project.round,
        role=gate.chair if gate else task.role if task else "",
        seat=held.seat,
        instance="" if work.item is None else str(work.item),
        assignee_id=seats.sole(work, held),
        state="open",
        opened_at=act.now,
        due_at=due_after(act.now, model.due) if model.due else NEVER,
        remarks="{}",
    )


def _call(act: Act, project: ProjectRow, release: Release, gates: list[TaskRow]) -> None:
    """A gate is also in the inbox of its voters, and of the lead who presents it."""
    if not gates:
        return
    _, held = act.held(project)
    for task in gates:
        gate = release.method.gate[task.element]
        voters = () if gate.rule == "chair" else gate.voters
        asked = [("present", release.method.lead), *(("vote", role) for role in voters)]
        act.session.add_all(
            CallRow(task_id=task.id, kind=kind, role=role, seat=held[role].seat) for kind, role in asked
        )


class _Seats:
    """Where each task of a step waits, and for whom. One query for all of them, one more where services differ."""

    def __init__(self, act: Act, project: ProjectRow, release: Release, works: list[Work]) -> None:
        self.act, self.project, self.method = act, project, release.method
        self.paths = self._service_paths(works)
        _, self.held = act.held(project)
        self.by_service = {
            code: resolve(act.session, 0, path, {self._role(work) for work in works if str(work.item) == code})
            for code, path in self.paths.items()
        }

    def _role(self, work: Work) -> str:
        gate = self.method.gate.get(work.element)
        return gate.chair if gate else self.method.tasks[work.element].role

    def _service_paths(self, works: list[Work]) -> dict[str, list[int]]:
        tasks = self.method.tasks
        codes = {str(work.item) for work in works if work.element in tasks and tasks[work.element].each == "service"}
        if not codes:
            return {}
        found = self.act.session.execute(select(ServiceRow.code, ServiceRow.path).where(ServiceRow.code.in_(codes)))
        return {code: [int(each) for each in path.split("/") if each] for code, path in found}

    def of(self, work: Work) -> Held:
        role = self._role(work)
        nearby = self.by_service.get(str(work.item), {}).get(role)
        return nearby if nearby is not None and nearby.holders else self.held[role]

    def sole(self, work: Work, held: Held) -> int | None:
        """The one who holds the role alone, unless the method bars them; the author for what anyone may do."""
        role = self.method.role.get(self._role(work))
        if role is not None and role.held == "anyone":
            return self.project.author_id
        if len(held.holders) != 1:
            return None
        only = held.holders[0].actor
        task = self.method.tasks.get(work.element)
        barring = self.held.get(task.never) if task and task.never else None
        return None if barring and any(each.actor == only for each in barring.holders) else only


def _cancel(act: Act, project: ProjectRow, row: ExecutionRow, step: Step) -> None:
    if not step.cancelled:
        return
    gone = act.session.execute(
        select(TaskRow).where(
            TaskRow.execution_id == row.id, TaskRow.token.in_(step.cancelled), TaskRow.state == "open"
        )
    ).scalars()
    for task in gone:
        close_without_answer(act, project, task)


def close_without_answer(act: Act, project: ProjectRow, task: TaskRow) -> None:
    task.state = "cancelled"
    task.closed_at = act.now
    act.record("task_cancelled", project, task, element=task.element, instance=task.instance)


# --- recurring activities ----------------------------------------------------------------------------------


def start_recurring(act: Act, project: ProjectRow, release: Release, recurring: Recurring) -> list[TaskRow]:
    """The first occurrence, on entering the phase; nothing when it already recurs (a rework of the phase)."""
    alive = act.session.execute(
        select(func.count()).where(
            TimerRow.project_id == project.id, TimerRow.element == recurring.id, TimerRow.fired_at.is_(None)
        )
    ).scalar_one()
    open_now = act.session.execute(
        select(func.count()).where(
            TaskRow.project_id == project.id, TaskRow.element == recurring.id, TaskRow.state == "open"
        )
    ).scalar_one()
    if alive or open_now:
        return []
    if recurring.every == "plan":
        return [
            task
            for line in _plan(act, project, recurring)
            for task in open_occurrence(act, project, release, recurring, *line)
        ]
    return open_occurrence(act, project, release, recurring)


def open_occurrence(
    act: Act, project: ProjectRow, release: Release, recurring: Recurring, subject: str = "",
    due: datetime | None = None,
) -> list[TaskRow]:  # fmt: skip
    """One occurrence: an execution of its own."""
    run = execution.start(release.program, recurring.process, {})
    opened = begin(act, project, release, recurring.process, run, subject)
    for task in opened:
        task.phase = recurring.during
        task.instance = subject
        if due is not None:
            task.due_at = due
        elif recurring.every != "plan" and not recurring.task.due:
            task.due_at = due_after(act.now, recurring.every)
    return opened


def _plan(act: Act, project: ProjectRow, recurring: Recurring) -> list[tuple[str, datetime | None]]:
    """What each line of the plan is about, and until when where its date is one."""
    element, _, field = recurring.plan.partition(".")
    return plan_lines(last_answers(act.session, project.id, element).get(field) or [])


def end_recurring(act: Act, project: ProjectRow, release: Release, gate: str) -> None:
    """The gate that ends recurring activities was passed or stopped: open occurrences and timers go."""
    for recurring in release.method.recurring:
        if recurring.until == gate:
            _end_one(act, project, recurring.id)


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
    act.record("occurrences_ended", project, element=element)


# --- the end -----------------------------------------------------------------------------------------------


def _end(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, end: str) -> None:
    if row.process != release.method.process:
        return  # an occurrence is over, the project goes on
    project.status = release.method.end[end]
    project.ended_at = act.now
    for task in act.session.execute(
        select(TaskRow).where(TaskRow.project_id == project.id, TaskRow.state == "open")
    ).scalars():
        close_without_answer(act, project, task)
    act.session.execute(
        update(TimerRow)
        .where(TimerRow.project_id == project.id, TimerRow.fired_at.is_(None))
        .values(fired_at=act.now)
        .execution_options(synchronize_session=False)
    )
    act.record("project_ended", project, status=project.status)
