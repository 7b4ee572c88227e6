"""Note for those who steer projects what is late in them this week: some projects in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, insert, or_, select

from engine.store.act import Act
from engine.store.tables import EntryRow, NoticeRow, ProjectRow, TaskRow

#: projects of one act
BATCH = 100


@dataclass(frozen=True, slots=True)
class GatherDigest:
    """Note for those who steer projects what is late in them this week: some projects in one act.

    It is a part of their message of the day. Jalon itself does it, once a week.
    """

    day: date
    after: int = 0  #: the last project that was looked at


@dataclass(frozen=True, slots=True)
class Digested:
    after: int  #: where to go on; 0: nothing is left
    projects: int


def handle(act: Act, command: GatherDigest) -> Digested:
    tasks = exists().where(TaskRow.project_id == ProjectRow.id, TaskRow.state == "open", TaskRow.due_at < act.now)
    actions = exists().where(
        EntryRow.project_id == ProjectRow.id, EntryRow.register == "action", EntryRow.closed_at.is_(None),
        EntryRow.due_at < act.now,
    )  # fmt: skip
    query = (
        select(ProjectRow)
        .where(ProjectRow.id > command.after, ProjectRow.status == "running", or_(tasks, actions))
        .order_by(ProjectRow.id)
        .limit(BATCH)
    )
    projects = list(act.session.execute(query).scalars())
    notices = [
        {"actor_id": person, "kind": "late", "task_id": None, "entry_id": None, "project_id": row.id, "at": act.now}
        for row in projects
        for person in _steering(act, row)
    ]
    if notices:
        act.write(_NOTICES, notices)
    return Digested(projects[-1].id if len(projects) == BATCH else 0, len(projects))


def _steering(act: Act, project: ProjectRow) -> list[int]:
    """The lead and the sponsor, each once."""
    _, held = act.held(project)
    method = act.release(project.release_id).method
    return list(dict.fromkeys(each.actor for role in (method.lead, method.sponsor) for each in held[role].holders))


_NOTICES = insert(NoticeRow.__table__)  # type: ignore[arg-type]
