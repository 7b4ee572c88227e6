"""Take a suspended project up again: its deadlines move by the time it was held."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.hold_project import must_steer
from engine.errors import ProjectNotHeld
from engine.store.act import Act
from engine.store.tables import NEVER, TaskRow, TimerRow


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
    project.status, project.held_at, project.review_at, project.hold_reason = "running", None, None, ""
    act.record("project_resumed", project, reason=command.reason.strip(), seconds=int(held.total_seconds()))
