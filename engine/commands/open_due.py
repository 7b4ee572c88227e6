"""Open what has become due by itself: the next occurrence of a recurring activity, the review of a hold."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.store.act import Act
from engine.store.projection import close_without_answer, open_occurrence
from engine.store.tables import ProjectRow, TaskRow, TimerRow


@dataclass(frozen=True, slots=True)
class OpenDue:
    """Fire the timer that has waited longest; Jalon itself calls it until none is due."""


@dataclass(frozen=True, slots=True)
class OpenedDue:
    fired: int  #: 0 when nothing is due


def handle(act: Act, command: OpenDue) -> OpenedDue:
    query = (
        select(TimerRow)
        .join(ProjectRow, ProjectRow.id == TimerRow.project_id)
        .where(TimerRow.fired_at.is_(None), TimerRow.due_at <= act.now)
        # a project on hold stops its clocks; only its review may come
        .where((ProjectRow.status == "running") | (TimerRow.kind == "review"))
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(1)
    )
    timer = act.session.execute(
        query.with_for_update(of=TimerRow, skip_locked=True) if act.locks_rows else query
    ).scalar_one_or_none()
    if timer is None:
        return OpenedDue(0)
    timer.fired_at = act.now
    project = act.project(timer.project_id)
    if timer.kind == "review":
        act.record("review_due", project)
    else:
        _recur(act, project, timer)
    return OpenedDue(1)


def _recur(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    """The next occurrence replaces one that nobody did, which history keeps as withdrawn."""
    release = act.release(act.session, project.release_id)
    recurring = next((each for each in release.method.recurring if each.id == timer.element), None)
    if recurring is None or project.status != "running":
        return
    for missed in act.session.execute(
        select(TaskRow).where(
            TaskRow.project_id == project.id, TaskRow.element == timer.element, TaskRow.state == "open"
        )
    ).scalars():
        close_without_answer(act, project, missed)
    open_occurrence(act, project, release, recurring, timer.subject)
