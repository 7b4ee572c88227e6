"""The guests of a project: who is asked for what from outside, until when, and what one may ask a guest for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from engine.errors import NotFound
from engine.guests import lives, why_no_guest
from engine.people import ADMINISTRATOR, steers, visible
from engine.queries.lines import ActorLine
from engine.queries.view import View
from engine.store.tables import ActorRow, HoldingRow, InvitationRow, ProjectRow, ServiceRow, TaskRow
from engine.words import Text

State = Literal["awaited", "done", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Guests:
    """The guests of a project, for its lead, its sponsor and the administrator. Anyone else gets NotFound."""

    project: int
    state: State | Literal["", "live"] = ""  #: `live`: whose link still opens something


@dataclass(frozen=True, slots=True)
class InvitationLine:
    id: int
    guest: ActorLine
    email: str
    task: int
    task_name: Text
    instance: Text
    by: ActorLine | None
    at: datetime
    until: datetime
    used_at: datetime | None  #: last
    state: State
    live: bool  #: its link still opens something


@dataclass(frozen=True, slots=True)
class GuestsPage:
    project: int
    title: str
    invitations: tuple[InvitationLine, ...]  #: the latest first
    holders: tuple[ActorLine, ...]  #: guests who hold a role in the project
    present: tuple[ActorLine, ...]  #: who still has access: by a link, or a role
    tasks: tuple[tuple[int, Text], ...]  #: the open ones that a guest may be asked for
    may_invite: bool


def read(view: View, query: Guests) -> GuestsPage:
    found = view.session.execute(
        select(ProjectRow, ServiceRow.path)
        .join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
        .where(ProjectRow.id == query.project, visible(view.actor, ProjectRow))
    ).one_or_none()
    if found is None:
        raise NotFound
    project, path = found
    method = view.release(project.release_id).method
    held = view.held(project, method, [int(each) for each in path.split("/") if each])
    leads = steers(view.actor.id, method, held) or not view.actor.id
    if not leads and not view.actor.holds(ADMINISTRATOR):
        raise NotFound
    lines = _lines(view, project)
    holders = _holders(view, project.id)
    living = {each.guest.id: each.guest for each in lines if each.live} | {each.id: each for each in holders}
    running = project.status == "running"
    return GuestsPage(
        project=project.id, title=project.title,
        invitations=tuple(each for each in lines if _wanted(each, query.state)),
        holders=holders, present=tuple(sorted(living.values(), key=lambda each: (each.name, each.id))),
        tasks=_tasks(view, project) if leads and running else (), may_invite=leads and running,
    )  # fmt: skip


def _wanted(line: InvitationLine, state: str) -> bool:
    return line.live if state == "live" else state in ("", line.state)


def _lines(view: View, project: ProjectRow) -> list[InvitationLine]:
    rows = view.session.execute(
        select(InvitationRow, TaskRow.element, TaskRow.instance, TaskRow.state, TaskRow.closed_by, ActorRow.email)
        .join(TaskRow, TaskRow.id == InvitationRow.task_id)
        .join(ActorRow, ActorRow.id == InvitationRow.actor_id)
        .where(InvitationRow.project_id == project.id)
        .order_by(InvitationRow.id.desc())
    ).all()
    people = view.people(id for row, *_ in rows for id in (row.actor_id, row.by_id))
    method = view.release(project.release_id).method
    over = project.status not in ("running", "held")
    return [
        InvitationLine(
            id=row.id, guest=people[row.actor_id], email=email, task=row.task_id,
            task_name=view.name_of(method, element, project.id), instance=view.instance(instance),
            by=people.get(row.by_id or 0), at=row.at, until=row.expires_at, used_at=row.used_at,
            state=_state(row, state == "done" and closed_by == row.actor_id, view.now),
            live=lives(row, view.now) and not over,
        )
        for row, element, instance, state, closed_by, email in rows
    ]  # fmt: skip


def _state(row: InvitationRow, done: bool, now: datetime) -> State:
    if done:
        return "done"
    if row.revoked_at is not None:
        return "revoked"
    return "awaited" if row.expires_at > now else "expired"


def _holders(view: View, project: int) -> tuple[ActorLine, ...]:
    ids = view.session.execute(
        select(HoldingRow.actor_id)
        .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
        .where(HoldingRow.scope == "project", HoldingRow.scope_id == project, ActorRow.kind == "guest")
        .distinct()
        .order_by(HoldingRow.actor_id)
    ).scalars().all()  # fmt: skip
    people = view.people(ids)
    return tuple(people[id] for id in ids)


def _tasks(view: View, project: ProjectRow) -> tuple[tuple[int, Text], ...]:
    rows = view.session.execute(
        select(TaskRow)
        .where(TaskRow.project_id == project.id, TaskRow.state == "open", TaskRow.kind == "task")
        .order_by(TaskRow.id)
    ).scalars()
    method = view.release(project.release_id).method
    found: list[tuple[int, Text]] = []
    for row in rows:
        drawn = view.release_of(view.release(project.release_id), row.element, project.id).method
        if why_no_guest(drawn, row) is not None:
            continue
        name, instance = view.name_of(method, row.element, project.id), view.instance(row.instance)
        if instance:
            name = Text(f"{name.fr} · {instance.fr}", f"{name.read('en')} · {instance.read('en')}")
        found.append((row.id, name))
    return tuple(found)
