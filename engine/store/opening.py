"""The tasks that a step opens: where each waits, for whom and until when, and whom a gate calls.

The one writer of task rows that open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from engine.clocks import term
from engine.execution import Work
from engine.method import Task
from engine.people import Held, Seat, resolve_in
from engine.release import Release
from engine.store import attestations
from engine.store.act import Act, Opened
from engine.store.silences import start_clock
from engine.store.statements import ask
from engine.store.tables import (
    NEVER,
    CallRow,
    ExecutionRow,
    ProjectRow,
    TaskRow,
)  # fmt: skip
from engine.working_time import due_after

# all at once, whatever their number: a token says which row is which
_OPEN = insert(TaskRow.__table__).returning(TaskRow.token, TaskRow.id)  # type: ignore[arg-type]
_KEPT = ("element", "instance", "kind", "seat", "assignee_id")  # of `Opened`, in its order
_CALL = insert(CallRow.__table__)  # type: ignore[arg-type]


def open_tasks(
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
