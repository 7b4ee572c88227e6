"""Who is who: actors, services, and who holds which role where."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import undefer

from engine.errors import NotFound
from engine.people import ADMINISTRATOR, METHOD_OWNER, sees
from engine.queries import waiting
from engine.queries.lines import ActorLine, ServiceLine
from engine.queries.view import View
from engine.store.tables import ActorRow, FileRow, HoldingRow, ProjectRow, ServiceRow, TaskRow
from engine.words import Text

#: never an exact total of what may be a million: so many at the most are looked at
MOST_COUNTED = 200


@dataclass(frozen=True, slots=True)
class People:
    """The directory. Guests get NotFound."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    actor: ActorLine
    login: str
    roles: tuple[tuple[str, ServiceLine], ...]  #: (role id, service where it is held)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: tuple[PersonLine, ...]
    services: tuple[ServiceLine, ...]
    left: tuple[ActorLine, ...]  #: who has left while tasks still wait for them; for an administrator only


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person, for the header."""


@dataclass(frozen=True, slots=True)
class MePage:
    actor: ActorLine
    language: str
    open: int  #: tasks of mine, 99 at the most
    late: int
    can: frozenset[str]  #: start_project, publish_method, people, services


@dataclass(frozen=True, slots=True)
class Download:
    """One attached file, if the actor may see its task."""

    file: int


@dataclass(frozen=True, slots=True)
class DownloadPage:
    name: str
    content: bytes
    sha256: str
    project_label: Text = Text("")


def read_people(view: View, query: People) -> PeoplePage:
    if view.actor.guest:
        raise NotFound
    held: dict[int, list[tuple[str, ServiceLine]]] = {}
    rows = view.session.execute(
        select(HoldingRow.actor_id, HoldingRow.role, ServiceRow.code)
        .join(ServiceRow, ServiceRow.id == HoldingRow.scope_id)
        .where(HoldingRow.scope == "service")
        .order_by(HoldingRow.role)
    )
    for actor, role, code in rows:
        held.setdefault(actor, []).append((role, view.services[code]))
    logins = {id: login for id, login in view.session.execute(select(ActorRow.id, ActorRow.login))}
    return PeoplePage(
        people=tuple(
            PersonLine(each, logins[each.id], tuple(held.get(each.id, ()))) for each in view.directory()
        ),
        services=tuple(view.services.values()),
        left=_left(view),
    )  # fmt: skip


def _left(view: View) -> tuple[ActorLine, ...]:
    if view.actor.id and not view.actor.holds(ADMINISTRATOR):
        return ()
    waits = select(TaskRow.id).where(TaskRow.assignee_id == ActorRow.id, TaskRow.state == "open").exists()
    ids = view.session.execute(select(ActorRow.id).where(ActorRow.active.is_(False), waits)).scalars().all()
    people = view.people(ids)
    return tuple(sorted((people[id] for id in ids), key=lambda each: (each.name, each.id)))


def read_me(view: View, query: Me) -> MePage:
    actor = view.actor
    line = view.people([actor.id])[actor.id]
    branches = waiting.assigned(actor) + waiting.seated(actor) + waiting.called(actor) + waiting.stood_for(actor)
    heads = waiting.heads(branches, "id, due_at", [waiting.RUNNING], "due_at, id", MOST_COUNTED)
    counted = (
        "SELECT count(*) AS open, count(*) FILTER (WHERE due_at < :now) AS late "
        f"FROM (SELECT {waiting.unique(actor, 'id, due_at')} FROM {heads} heads LIMIT {MOST_COUNTED}) counted"
    )
    row = waiting.ask(view.session, counted, branches, now=view.now)[0]
    verbs = {"people"} if not actor.guest else set()
    if actor.services:
        verbs.add("services")
    if not actor.guest:
        verbs.add("start_project")
    if actor.holds(METHOD_OWNER):
        verbs.add("publish_method")
    if actor.holds(ADMINISTRATOR):
        verbs.add("administer")
    return MePage(line, actor.language, min(row.open, 99), min(row.late, 99), frozenset(verbs))


def read_file(view: View, query: Download) -> DownloadPage:
    found = view.session.execute(
        select(FileRow, TaskRow, ProjectRow, ServiceRow.path)
        .join(TaskRow, TaskRow.id == FileRow.task_id)
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
        .where(FileRow.id == query.file, FileRow.withdrawn_at.is_(None))
        .options(undefer(FileRow.content))
    ).one_or_none()
    if found is None:
        raise NotFound
    row, task, project, path = found
    if not sees(view.actor, task, project, [int(each) for each in path.split("/") if each]):
        raise NotFound
    return DownloadPage(row.name, row.content, row.sha256)
