"""Remind people of what is due, one message each, and tell sponsors of what is seven working days late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from engine.people import seat_of
from engine.reminders import ESCALATED, Reminder, letter, mark_on
from engine.store.act import Act
from engine.store.outbox import mail
from engine.store.tables import ActorRow, HoldingRow, ProjectRow, TaskRow
from engine.working_time import PARIS, end_of, working_days_from

#: rows that one statement names
BATCH = 500


@dataclass(frozen=True, slots=True)
class SendReminders:
    """Remind people of what is due, one message each, and tell sponsors of what is seven working days late."""

    day: date


@dataclass(frozen=True, slots=True)
class Reminded:
    messages: int
    escalated: int  #: tasks that a sponsor was told of


def handle(act: Act, command: SendReminders) -> Reminded:
    crossed = _crossed(act, command.day)
    own: dict[int, list[Reminder]] = defaultdict(list)
    for row, people in zip(crossed, _doers(act, crossed), strict=True):
        for person in people:
            own[person].append(_reminder(act, row))
    told, escalated = _escalate(act, [row for row in crossed if _mark(row, command.day) == ESCALATED])
    sent = sum(
        mail(act, person, f"reminder-{command.day}-{person.id}", *letter(
            person.language, person.name, own[person.id], told[person.id], command.day, act.settings.base
        ))
        for person in _people(act, own.keys() | told.keys())
    )  # fmt: skip
    _note(act, crossed, command.day, escalated)
    return Reminded(sent, len(escalated))


def _crossed(act: Act, day: date) -> Sequence[Row[Any]]:
    """Open tasks of running projects that have passed a mark since the last reminder, most urgent first."""
    query = (
        select(
            TaskRow.id, TaskRow.element, TaskRow.instance, TaskRow.due_at, TaskRow.reminded, TaskRow.assignee_id,
            TaskRow.seat, TaskRow.project_id, ProjectRow.title, ProjectRow.release_id,
        )
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .where(
            TaskRow.state == "open", TaskRow.due_at <= end_of(working_days_from(day, 3) + timedelta(days=4)),
            TaskRow.reminded < ESCALATED, ProjectRow.status == "running",
        )
        .order_by(TaskRow.due_at, TaskRow.id)
    )  # fmt: skip
    # a task that someone is at this very moment is left for tomorrow: nobody waits for the reminders
    found: Any = act.session.execute(query.with_for_update(of=TaskRow, skip_locked=True) if act.locks_rows else query)
    return [row for row in found if _mark(row, day) > row.reminded]


def _mark(row: Row[Any], day: date) -> int:
    return mark_on(row.due_at.astimezone(PARIS).date(), day)


def _reminder(act: Act, row: Row[Any]) -> Reminder:
    method = act.release(row.release_id).method
    return Reminder(row.id, method.name_of(row.element), row.title, row.due_at.astimezone(PARIS).date())


def _doers(act: Act, rows: Sequence[Row[Any]]) -> list[list[int]]:
    """For each task its assignee, else everyone who holds its seat."""
    waiting = {row.seat for row in rows if row.assignee_id is None}
    held: dict[str, list[int]] = defaultdict(list)
    places = sorted({int(seat[1:].partition(":")[0]) for seat in waiting})
    for some in _parts(places):
        for each in act.session.execute(
            select(HoldingRow.scope, HoldingRow.scope_id, HoldingRow.role, HoldingRow.actor_id)
            .where(HoldingRow.scope_id.in_(some))
            .order_by(HoldingRow.id)
        ):
            seat = seat_of(each.scope, each.scope_id, each.role)
            if seat in waiting:
                held[seat].append(each.actor_id)
    return [[row.assignee_id] if row.assignee_id is not None else held[row.seat] for row in rows]


def _escalate(act: Act, rows: Sequence[Row[Any]]) -> tuple[dict[int, list[Reminder]], set[int]]:
    """Tell the sponsors, and keep it in history. Answers what each is told of, and the tasks."""
    told: dict[int, list[Reminder]] = defaultdict(list)
    escalated: set[int] = set()
    projects = _projects(act, {row.project_id for row in rows})
    for row in rows:
        project = projects.get(row.project_id)
        if project is None:
            continue  # someone is at it this very moment: tomorrow
        sponsor = act.release(project.release_id).method.sponsor
        _, held = act.held(project)
        people = [each.actor for each in held[sponsor].holders]
        for person in people:
            told[person].append(_reminder(act, row))
        task = act.session.get_one(TaskRow, row.id)
        act.record("task_escalated", project, task, element=row.element, instance=row.instance, people=people)
        escalated.add(row.id)
    return told, escalated


def _projects(act: Act, ids: set[int]) -> dict[int, ProjectRow]:
    found: dict[int, ProjectRow] = {}
    for some in _parts(sorted(ids)):
        query = select(ProjectRow).where(ProjectRow.id.in_(some)).order_by(ProjectRow.id)
        rows = act.session.execute(query.with_for_update(skip_locked=True) if act.locks_rows else query).scalars()
        found.update({row.id: row for row in rows})
    return found


def _people(act: Act, ids: Iterable[int]) -> list[ActorRow]:
    found: list[ActorRow] = []
    for some in _parts(sorted(ids)):
        query = select(ActorRow).where(ActorRow.id.in_(some), ActorRow.active).order_by(ActorRow.id)
        found += act.session.execute(query).scalars()
    return found


def _note(act: Act, rows: Sequence[Row[Any]], day: date, escalated: set[int]) -> None:
    """The mark that each task has passed; not a change that outdates an open page."""
    by_mark: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        mark = _mark(row, day)
        by_mark[mark if mark < ESCALATED or row.id in escalated else ESCALATED - 1].append(row.id)
    for mark, ids in by_mark.items():
        for some in _parts(ids):
            act.session.execute(
                update(TaskRow)
                .where(TaskRow.id.in_(some))
                .values(reminded=mark)
                .execution_options(synchronize_session=False)
            )


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
