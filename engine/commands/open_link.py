"""Open a guest's link: who holds it, and for which task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.errors import LinkExpired, LinkForOther, LinkOver, LinkRevoked, LinkUnknown
from engine.guests import TOUCH
from engine.history import STATUSES
from engine.sessions import digest
from engine.store.act import Act
from engine.store.before import release_of
from engine.store.case import spoken_day
from engine.store.tables import ActorRow, InvitationRow, ProjectRow, TaskRow


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Open a guest's link: who holds it, and for which task. Nobody need be signed in."""

    secret: str
    task: int | None = None  #: the one that a form of its page is about


@dataclass(frozen=True, slots=True)
class LinkOpened:
    actor: int
    task: int
    language: str
    until: str  #: the last moment, UTC in ISO 8601


def handle(act: Act, command: OpenLink) -> LinkOpened:
    found = act.session.execute(
        select(InvitationRow, TaskRow, ProjectRow, ActorRow)
        .join(TaskRow, TaskRow.id == InvitationRow.task_id)
        .join(ProjectRow, ProjectRow.id == InvitationRow.project_id)
        .join(ActorRow, ActorRow.id == InvitationRow.actor_id)
        .where(InvitationRow.digest == digest(command.secret))
    ).one_or_none()
    if found is None:
        raise LinkUnknown
    _must_open(act, command, *found)
    link, task, _, guest = found
    if link.used_at is None or link.used_at < act.now - TOUCH:
        act.session.execute(
            update(InvitationRow)
            .where(InvitationRow.id == link.id)
            .values(used_at=act.now)
            .execution_options(synchronize_session=False)
        )
    return LinkOpened(guest.id, task.id, guest.language, link.expires_at.isoformat())


def _must_open(
    act: Act, command: OpenLink, link: InvitationRow, task: TaskRow, project: ProjectRow, guest: ActorRow
) -> None:  # fmt: skip
    """Raises the refusal that says why the link opens nothing, or not what was asked of it."""

    def facts() -> dict[str, Any]:
        release = release_of(act.link, act.release, project.id, act.release(project.release_id), task.element)
        return {"task": release.method.name_of(task.element), "by": act.name_of(link.by_id)}

    theirs = guest.active and guest.id in (task.assignee_id, task.closed_by)
    if link.revoked_at is not None or not theirs:
        raise LinkRevoked(**facts())
    if link.expires_at <= act.now:
        raise LinkExpired(at=spoken_day(link.expires_at), by=act.name_of(link.by_id))
    if project.status not in ("running", "held"):
        raise LinkOver(project=project.title, state=STATUSES[project.status])
    if command.task is not None and command.task != task.id:
        raise LinkForOther(**facts())
