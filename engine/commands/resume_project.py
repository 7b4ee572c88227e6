"""Take a suspended project up again: its deadlines move by the time it was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.commands.hold_project import must_steer
from engine.errors import ProjectNotHeld
from engine.store.act import Act
from engine.store.tables import NEVER, EntryRow, ProjectRow, ReserveRow, TaskRow, TimerRow
from engine.working_time import PARIS, end_of

#: registers in which a date is a promise of the project; the answer to an idea is owed by the organisation, and a
#: deviation is granted until a day
PROMISED = ("action", "risk", "resistance", "change")


@dataclass(frozen=True, slots=True)
class ResumeProject:
    """Take a suspended project up again: its deadlines move by the time it was held."""

    project: int
    reason: str = ""


def handle(act: Act, command: ResumeProject) -> None:
    project = act.project(command.project)
    must_steer(act, project)
    if project.status != "held" or project.held_at is None:
        raise ProjectNotHeld(project=project.title)
    held = act.now - project.held_at
    for task in act.session.execute(
        select(TaskRow).where(TaskRow.project_id == project.id, TaskRow.state == "open", TaskRow.due_at < NEVER)
    ).scalars():
        task.due_at, task.reminded = task.due_at + held, 0
    for timer in act.session.execute(
        select(TimerRow).where(TimerRow.project_id == project.id, TimerRow.fired_at.is_(None))
    ).scalars():
        # one that a request for information had stopped before stands still until its answer, which counts all of it
        if timer.kind == "review":
            timer.fired_at = act.now
        elif timer.stopped_at is None or timer.stopped_at >= project.held_at:
            timer.due_at, timer.stopped_at, timer.queued_at = timer.due_at + held, None, None
    _move_entries(act, project, held)
    project.status, project.held_at, project.review_at, project.hold_reason = "running", None, None, ""
    act.record("project_resumed", project, reason=command.reason.strip(), seconds=int(held.total_seconds()))


def _move_entries(act: Act, project: ProjectRow, held: timedelta) -> None:
    """What is promised in registers moves by as many whole days, to the nearest; a reserve with its action."""
    entries = select(EntryRow).where(
        EntryRow.project_id == project.id, EntryRow.register.in_(PROMISED), EntryRow.closed_at.is_(None),
        EntryRow.due_at < NEVER,
    )  # fmt: skip
    for entry in act.session.execute(entries).scalars():
        entry.due_at, entry.reminded = _later(entry.due_at, held), 0
    reserves = select(ReserveRow).where(ReserveRow.project_id == project.id, ReserveRow.lifted_at.is_(None))
    for reserve in act.session.execute(reserves).scalars():
        reserve.due_at = _later(reserve.due_at, held)


def _later(due: datetime, held: timedelta) -> datetime:
    return end_of(due.astimezone(PARIS).date() + timedelta(days=round(held / timedelta(days=1))))
