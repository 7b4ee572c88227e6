"""A step becomes rows: tasks opened and withdrawn, phases entered and left, recurrences, the end of the project.

The one writer of task rows that open. Everything happens in the transaction of the act that caused the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Text as Words
from sqlalchemy import bindparam, cast, delete, func, insert, null, select, union_all, update

from engine import execution
from engine.answers import PlanLine, plan_lines
from engine.clocks import term
from engine.errors import ActionsOpen
from engine.execution import Run, Step, Work
from engine.method import Recurring, Task
from engine.people import Held, Seat, resolve_in
from engine.release import Release
from engine.store import attestations
from engine.store.act import Act, Opened
from engine.store.case import last_answers
from engine.store.saving import catch_up
from engine.store.silences import end_clock, start_clock
from engine.store.statements import ask
from engine.store.tables import (
    NEVER,
    CallRow,
    EntryRow,
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
    _cancel(act, project, row, step)
    if step.armed or step.disarmed:
        keep_timers(act, project, release, row, step)
    opened = _open(act, project, release, row, step.opened, said)
    opened += start_recurring(act, project, release, step.entered)
    if step.end:
        row.ended_at = act.now
        _end(act, project, release, row, step.end)
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
# all at once, whatever their number: a token says which row is which
_OPEN = insert(TaskRow.__table__).returning(TaskRow.token, TaskRow.id)  # type: ignore[arg-type]
_KEPT = ("element", "instance", "kind", "seat", "assignee_id")  # of `Opened`, in its order
_CALL = insert(CallRow.__table__)  # type: ignore[arg-type]
_UNCALL = delete(CallRow.__table__).where(CallRow.task_id == bindparam("gate"))  # type: ignore[arg-type]


def _leave(act: Act, project: ProjectRow, step: Step) -> None:
    for element in step.left:
        act.write(_LEAVE, {"project": project.id, "element": element, "now": act.now})
        act.record("phase_left", project, element=element)


def _enter(act: Act, project: ProjectRow, step: Step) -> None:
    for element in step.entered:
        values = {"project_id": project.id, "phase": element, "entered_at": act.now}
        [(project.round,)], project.phase = ask(act.link, _ENTER, values), element
        act.record("phase_entered", project, element=element, round=project.round)


# --- tasks -------------------------------------------------------------------------------------------------


def _open(
    act: Act, project: ProjectRow, release: Release, row: ExecutionRow, works: Sequence[Work], said: dict[str, Any]
) -> list[Opened]:  # fmt: skip
    if not works:
        return []
    seats = _Seats(act, project, release, works)
    values = [_values(act, project, release, row, work, seats) | said for work in works]
    # one row takes the driver's short way
    numbers = {row.token: row.id for row in ask(act.link, _OPEN, values if len(values) > 1 else values[0])}
    rows = [Opened(numbers[each["token"]], *(each[name] for name in _KEPT)) for each in values]
    _call(act, project, release, [each for each in rows if each.kind == "gate"])
    attestations.call(act, project, release.method, rows)
    for each, said_of in zip(rows, values, strict=True):
        model = release.method.tasks.get(each.element)
        if model is not None and model.silence is not None:
            start_clock(act, project, each, model, said_of["due_at"])
    for each in rows:
        act.record("task_opened", project, each, element=each.element, instance=each.instance)
    return rows


def _values(
    act: Act, project: ProjectRow, release: Release, row: ExecutionRow, work: Work, seats: _Seats
) -> dict[str, Any]:  # fmt: skip
    method = release.method
    gate = method.gate.get(work.element)
    task = method.tasks.get(work.element)
    model = gate or task
    assert model is not None, work.element  # the review refuses a user task that is neither
    seat = seats.of(work)
    return dict(
        project_id=project.id,
        execution_id=row.id,
        token=work.token,
        element=work.element,
        kind="gate" if gate else "occurrence" if row.process in method.recurs else "task",
        phase=model.phase,
        round=project.round,
        role=gate.chair if gate else task.role if task else "",
        seat=seat.id,
        instance="" if work.item is None else str(work.item),
        assignee_id=seats.sole(work, seat),
        state="open",
        opened_at=act.now,
        due_at=due_after(act.now, given) if (given := model.due if gate else _given(task)) else NEVER,
        remarks="{}",
        revision=1,
        reminded=0,
    )


def _given(task: Task | None) -> str:
    """How long a task is given. An asked opinion has one clock, which is its due date too."""
    return "" if task is None else term(task, {}) if task.silence is not None else task.due


def _call(act: Act, project: ProjectRow, release: Release, gates: list[Opened]) -> None:
    """A gate is also in the inbox of its voters, and of the lead who presents it."""
    if not gates:
        return
    for task in gates:
        gate = release.method.gate[task.element]
        voters = () if gate.rule == "chair" else gate.voters
        asked = [("present", release.method.lead), *(("vote", role) for role in voters)]
        seats = act.seats(project, [role for _, role in asked])
        act.write(
            _CALL,
            [{"task_id": task.id, "kind": kind, "role": role, "seat": seats[role].id} for kind, role in asked],
        )


def uncall(act: Act, gate: TaskRow) -> None:
    """The gate is closed, and calls nobody any more: what a seat is called to stays as little as what is open."""
    act.write(_UNCALL, {"gate": gate.id})


class _Seats:
    """Where each task of a step waits, and for whom. One more query where tasks are for services."""

    def __init__(self, act: Act, project: ProjectRow, release: Release, works: Sequence[Work]) -> None:
        self.act, self.project, self.method = act, project, release.method
        self.seats = act.seats(project, {self._role(work) for work in works})
        self.by_service = self._by_service(works)

    def _role(self, work: Work) -> str:
        gate = self.method.gate.get(work.element)
        return gate.chair if gate else self.method.tasks[work.element].role

    def _by_service(self, works: Sequence[Work]) -> dict[str, dict[str, Held]]:
        tasks = self.method.tasks
        local = [work for work in works if work.element in tasks and tasks[work.element].each == "service"]
        if not local:
            return {}
        return resolve_in(self.act.session, {str(work.item) for work in local}, {self._role(work) for work in local})

    def of(self, work: Work) -> Seat:
        role = self._role(work)
        nearby = self.by_service.get(str(work.item), {}).get(role)
        if nearby is not None and nearby.holders:
            return Seat(nearby.seat, nearby.sole)
        return self.seats[role]

    def sole(self, work: Work, seat: Seat) -> int | None:
        """The one who holds the role alone, unless the method bars them; the author for what anyone may do."""
        role = self.method.role.get(self._role(work))
        if role is not None and role.held == "anyone":
            return self.project.author_id
        task = self.method.tasks.get(work.element)
        if seat.sole is None or task is None or not task.never:
            return seat.sole
        _, held = self.act.deciding(self.project)
        return None if any(each.actor == seat.sole for each in held[task.never].holders) else seat.sole


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
    if task.kind == "gate":
        uncall(act, task)
    elif act.release(project.release_id).method.tasks[task.element].silence is not None:
        end_clock(act, task.id)
    act.record("task_cancelled", project, task, element=task.element, instance=task.instance)


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


def end_occurrence(act: Act, task: TaskRow) -> None:
    """Nothing goes on in the execution of an occurrence that nobody did."""
    act.session.execute(
        update(ExecutionRow)
        .where(ExecutionRow.id == task.execution_id)
        .values(ended_at=act.now, revision=ExecutionRow.revision + 1)
        .execution_options(synchronize_session=False)
    )


# --- the end -----------------------------------------------------------------------------------------------


#: how long after its closing a project is evaluated once more
COLD = "P6M"


def _end(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, end: str) -> None:
    short = release.method.short_closure
    if short is not None and row.process == short.process:
        status = "stopped"
    elif row.process == release.method.process:
        status = release.method.end[end]
    else:
        return  # an occurrence or an exception is over, the project goes on
    end_project(act, project, status)


def end_project(act: Act, project: ProjectRow, status: str) -> None:
    """One of the three ends; whatever is open goes. Raises `ActionsOpen` where somebody would be left with an action of
    a project that is no more.
    """
    catch_up(act.session)
    left = sorted(ask(act.link, _LEFT, {"project": project.id}), key=attrgetter("id"))
    titles = [each.title for each in left if each.title is not None]
    if titles:
        raise ActionsOpen(project=project.title, count=len(titles), actions=tuple(f"« {each} »" for each in titles[:3]))
    if left:
        query = select(TaskRow).where(TaskRow.id.in_([each.id for each in left]))
        for task in act.session.execute(query.order_by(TaskRow.id)).scalars():
            close_without_answer(act, project, task)
    act.write(_STILL, {"project": project.id, "now": act.now})
    if status == "closed":
        act.write(_COLD, {"project_id": project.id, "due_at": next_occurrence(act.now, COLD)})
    project.status, project.ended_at = status, act.now
    act.record("project_ended", project, status=status)


#: the tasks of a project that are open, and its open actions
_LEFT = union_all(
    select(TaskRow.id, cast(null(), Words).label("title")).where(
        TaskRow.project_id == bindparam("project"), TaskRow.state == "open"
    ),
    select(EntryRow.id, EntryRow.title).where(
        EntryRow.project_id == bindparam("project"), EntryRow.register == "action", EntryRow.closed_at.is_(None)
    ),
)
_STILL = (
    update(TimerRow.__table__)  # type: ignore[arg-type]
    .where(TimerRow.project_id == bindparam("project"), TimerRow.fired_at.is_(None))
    .values(fired_at=bindparam("now", type_=Moment()))
)
_COLD = insert(TimerRow.__table__).values(kind="cold", element="", subject="", token="")  # type: ignore[arg-type]
