"""Close a meeting: its agenda and minutes stay as they are, and the occurrence that asked for it is done."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.commands.complete_task import carry_on
from engine.commands.take_minutes import open_meeting, project_of
from engine.errors import NobodyPresent
from engine.meetings import agenda, frozen
from engine.method import Task
from engine.store.act import Act
from engine.store.tables import MeetingRow, TaskRow


@dataclass(frozen=True, slots=True)
class CloseMeeting:
    """Close a meeting: its agenda and minutes stay as they are, and the occurrence that asked for it is done."""

    meeting: int
    values: dict[str, Any] = field(default_factory=dict)  #: what else the occurrence's form asks
    revision: int | None = None


def handle(act: Act, command: CloseMeeting) -> None:
    task = _occurrence(act, command.meeting)
    # one row of the project in an act: the case has it already
    case = act.case(task) if task is not None else None
    project = case.project if case is not None else project_of(act, command.meeting)
    row = open_meeting(act, project, command.meeting, command.revision)
    if not json.loads(row.present):
        raise NobodyPresent(meeting=row.title)
    method = act.release(project.release_id).method
    row.agenda = frozen(agenda(act.session, act.now, project, method))
    row.closed_at = act.now
    said = hashlib.sha256(row.minutes.encode()).hexdigest()
    act.record("meeting_closed", project, title=row.title, meeting=row.id, minutes=said)
    if case is not None:
        carry_on(act, case, _present(case.model, json.loads(row.present)) | command.values)


def _occurrence(act: Act, meeting: int) -> int | None:
    """The occurrence that asked for the meeting, unless it was missed or withdrawn before the meeting was closed."""
    query = (
        select(TaskRow.id)
        .join(MeetingRow, MeetingRow.task_id == TaskRow.id)
        .where(MeetingRow.id == meeting, TaskRow.state == "open")
    )
    return act.session.execute(query).scalar_one_or_none()


def _present(task: Task, present: list[int]) -> dict[str, Any]:
    """Who was there answers the first question that asks for people."""
    asked = next((each.key for each in task.form if each.type == "users"), None)
    return {asked: present} if asked is not None else {}
