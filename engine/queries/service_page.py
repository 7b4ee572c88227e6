"""What is asked of a service across projects: tasks, opinions, actions, reserves, and what will come next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, or_, select

from engine.errors import NotFound
from engine.method import Method
from engine.people import ADMINISTRATOR, Actor, taking_part
from engine.queries.lines import ActorLine, ChoiceLine, ServiceLine
from engine.queries.view import View
from engine.store.releases import last_releases
from engine.store.tables import NEVER, ActorRow, EntryRow, HoldingRow, ProjectRow, ServiceRow, TaskRow, TimerRow
from engine.words import Text

#: lines that the page reads of each kind, the most urgent ones; projects of which it says what comes next
MOST_ASKED = 500
MOST_NEXT = 50

Kind = Literal["task", "opinion", "action", "reserve"]
State = Literal["open", "late", "refused", "answered", "all"]


@dataclass(frozen=True, slots=True)
class ServicePageOf:
    """What is asked of a service and of those below it. For who heads it, or one above; anyone else gets NotFound.

    `state`: `open` (what waits), `late`, `refused`, `answered` (per-service answers of projects under way), `all`.
    """

    code: str
    state: State = "open"
    kind: Kind | Literal["", "guest"] = ""  #: `guest`: what a guest was asked for
    project: int | None = None
    sort: Literal["due", "project", "service"] = "due"


@dataclass(frozen=True, slots=True)
class Services:
    """The services whose page one may open."""


@dataclass(frozen=True, slots=True)
class ServicesPage:
    services: tuple[ServiceLine, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    kind: Kind
    id: int  #: of the task, or of the entry
    name: Text
    project: int | None
    project_title: str
    service: ServiceLine | None
    person: ActorLine | None
    guest: bool
    opened_at: datetime
    due: datetime | None  #: of an opinion: the end of its clock
    stopped: bool  #: the clock of the opinion stands still
    late: bool
    state: Literal["open", "refused", "answered", "deemed"]
    opens: bool  #: the reader may open it


@dataclass(frozen=True, slots=True)
class NextLine:
    """A step of a running project that will be asked of the service, and has not opened yet."""

    project: int
    project_title: str
    service: ServiceLine
    name: Text
    phase: Text


@dataclass(frozen=True, slots=True)
class ServicePage:
    service: ServiceLine
    below: tuple[ServiceLine, ...]
    asked: tuple[AskedLine, ...]
    late: int
    next: tuple[NextLine, ...]
    projects: tuple[ChoiceLine, ...]


def heads(view: View) -> frozenset[str]:
    """The roles whose holders in a service answer for it: its lead in each method, the sponsor, the administrator."""
    methods = [view.release(row.id).method for row in last_releases(view.session)]
    led = {role.id for method in methods for role in method.roles if role.held == "service"}
    return frozenset(led | {method.sponsor for method in methods} | {ADMINISTRATOR})


def _headed(actor: Actor, roles: frozenset[str]) -> set[int]:
    """The services in which the actor holds one of these roles."""
    places = (seat.partition(":") for seat in actor.seats if seat.startswith("s"))
    return {int(place[1:]) for place, _, role in places if role in roles}


def read_services(view: View, query: Services) -> ServicesPage:
    rows = list(view.session.execute(select(ServiceRow).order_by(ServiceRow.path)).scalars())
    headed = _headed(view.actor, heads(view)) if view.actor.seats else set()
    mine = [row for row in rows if not view.actor.id or headed & _path(row)]
    return ServicesPage(tuple(view.services[row.code] for row in mine))


def _path(row: ServiceRow) -> set[int]:
    return {int(each) for each in row.path.split("/") if each}


def read(view: View, query: ServicePageOf) -> ServicePage:
    row = view.session.execute(select(ServiceRow).where(ServiceRow.code == query.code)).scalar_one_or_none()
    if row is None or (view.actor.id and not _headed(view.actor, heads(view)) & _path(row)):
        raise NotFound
    services = list(
        view.session.execute(
            select(ServiceRow).where(ServiceRow.path.like(f"{row.path}%")).order_by(ServiceRow.path)
        ).scalars()
    )
    found = [*_tasks(view, query, services), *_entries(view, query, services)]
    lines = [each for each in found if _wanted(each, query)]
    return ServicePage(
        service=view.services[row.code], below=tuple(view.services[each.code] for each in services[1:]),
        asked=tuple(sorted(lines, key=ORDERS[query.sort])), late=sum(each.late for each in found),
        next=_next(view, services), projects=_projects(found),
    )  # fmt: skip


def _wanted(line: AskedLine, query: ServicePageOf) -> bool:
    kind = query.kind in ("", line.kind) or (query.kind == "guest" and line.guest)
    match query.state:
        case "late":
            state = line.late
        case "open":
            state = line.state in ("open", "refused")
        case "all":
            state = True
        case "refused":
            state = line.state == "refused"
        case "answered":
            state = line.state in ("answered", "deemed")
    return kind and state and query.project in (None, line.project)


def _due(line: AskedLine) -> tuple[bool, datetime, int]:
    return line.state in ("answered", "deemed"), line.due or NEVER, line.id


ORDERS: dict[str, Any] = {
    "due": _due,
    "project": lambda line: (line.project_title.casefold(), *_due(line)),
    "service": lambda line: (line.service.code if line.service else "", *_due(line)),
}


def _projects(lines: Iterable[AskedLine]) -> tuple[ChoiceLine, ...]:
    titles = {each.project: each.project_title for each in lines if each.project is not None}
    return tuple(
        ChoiceLine(str(id), Text(title)) for id, title in sorted(titles.items(), key=lambda each: (each[1], each[0]))
    )


# --- tasks -------------------------------------------------------------------------------------------------


def _tasks(view: View, query: ServicePageOf, services: list[ServiceRow]) -> list[AskedLine]:
    """Open to a role of the service, entrusted to one of its people, or one of its own; each way is looked up alone."""
    by_id, codes = {row.id: row for row in services}, {row.code for row in services}
    works_in = view.session.execute(
        select(ActorRow.id, ActorRow.service_id).where(ActorRow.service_id.in_(by_id), ActorRow.active)
    )
    people = {id: service for id, service in works_in}
    roles = view.session.execute(
        select(HoldingRow.role, HoldingRow.scope_id)
        .where(HoldingRow.scope == "service", HoldingRow.scope_id.in_(by_id))
        .distinct()
    )
    seats = {f"s{place}:{role}": place for role, place in roles}
    mine = TaskRow.instance.in_(codes) if codes else None
    ways = [
        and_(TaskRow.state == "open", TaskRow.assignee_id.is_(None), TaskRow.seat.in_(seats)),
        and_(TaskRow.state == "open", TaskRow.assignee_id.in_(people)),
        and_(mine, TaskRow.instance != "", _asked_state(query)) if mine is not None else None,
    ]
    rows = {row.id: row for way in ways if way is not None for row in _read(view, way)}
    seen = _open_to(view, {row.project_id for row in rows.values()})
    view.people(row.assignee_id for row in rows.values())
    guests = _guests(view, {row.assignee_id for row in rows.values()})
    found = []
    for row in rows.values():
        place = view.services.get(row.instance)
        at = by_id.get(seats.get(row.seat) or people.get(row.assignee_id or 0) or 0)
        service = place or (view.services[at.code] if at is not None else None)
        found.append(_task_line(view, row, service, row.assignee_id in guests, row.project_id in seen))
    return found


def _asked_state(query: ServicePageOf) -> ColumnElement[bool]:
    if query.state in ("answered", "all"):
        return TaskRow.state.in_(("open", "done"))
    return TaskRow.state == "open"


def _read(view: View, where: ColumnElement[bool]) -> list[Any]:
    return list(
        view.session.execute(
            select(
                TaskRow.id, TaskRow.element, TaskRow.kind, TaskRow.state, TaskRow.project_id, TaskRow.instance,
                TaskRow.seat, TaskRow.assignee_id, TaskRow.closed_by, TaskRow.opened_at, TaskRow.due_at,
                TaskRow.remarks,
                ProjectRow.title, ProjectRow.status, ProjectRow.release_id,
                TimerRow.due_at.label("ends_at"), TimerRow.stopped_at,
            )
            .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
            .outerjoin(TimerRow, and_(TimerRow.task_id == TaskRow.id, TimerRow.kind == "silence"))
            .where(where, ProjectRow.status.in_(("running", "held")))
            .order_by(TaskRow.due_at, TaskRow.id)
            .limit(MOST_ASKED)
        )
    )  # fmt: skip


def _task_line(view: View, row: Any, service: ServiceLine | None, guest: bool, seen: bool) -> AskedLine:
    release = view.release_of(view.release(row.release_id), row.element, row.project_id)
    task = release.method.tasks.get(row.element)
    opinion = task is not None and task.silence is not None
    said = json.loads(row.remarks or "{}")
    due = row.ends_at if opinion and row.ends_at is not None else row.due_at
    due = None if due >= NEVER else due
    state = "refused" if "refused" in said else "open"
    if row.state == "done":
        state = "deemed" if "silence" in said and row.closed_by is None else "answered"
    waits = row.state == "open" and row.status == "running"
    mine = row.assignee_id == view.actor.id or row.seat in view.actor.seats
    return AskedLine(
        kind="opinion" if opinion else "task", id=row.id, name=release.method.name_of(row.element),
        project=row.project_id, project_title=row.title, service=service,
        person=view.people([row.assignee_id]).get(row.assignee_id or 0), guest=guest, opened_at=row.opened_at, due=due,
        stopped=row.stopped_at is not None and row.state == "open",
        late=waits and row.stopped_at is None and due is not None and due < view.now,
        state=state, opens=seen or mine,  # type: ignore[arg-type]
    )  # fmt: skip


def _guests(view: View, ids: set[int | None]) -> set[int]:
    wanted = {id for id in ids if id}
    rows = view.session.execute(select(ActorRow.id).where(ActorRow.id.in_(wanted), ActorRow.kind == "guest"))
    return set(rows.scalars())


def _open_to(view: View, projects: set[int]) -> set[int]:
    """The projects among these whose tasks the reader may open."""
    return set(view.session.execute(taking_part(view.actor).where(ProjectRow.id.in_(projects))).scalars())


# --- actions and reserves ----------------------------------------------------------------------------------


def _entries(view: View, query: ServicePageOf, services: list[ServiceRow]) -> list[AskedLine]:
    """Open actions that the service's people carry, or that name the service; a reserve is the action that lifts it."""
    by_id = {row.id: row for row in services}
    rows = view.session.execute(
        select(EntryRow, ProjectRow.title, ProjectRow.status, ActorRow.service_id)
        .outerjoin(ProjectRow, ProjectRow.id == EntryRow.project_id)
        .outerjoin(ActorRow, ActorRow.id == EntryRow.owner_id)
        .where(
            EntryRow.register == "action", EntryRow.closed_at.is_(None),
            or_(EntryRow.service_id.in_(by_id), ActorRow.service_id.in_(by_id)),
            or_(EntryRow.project_id.is_(None), ProjectRow.status.in_(("running", "held"))),
        )
        .order_by(EntryRow.due_at, EntryRow.id)
        .limit(MOST_ASKED)
    ).all()  # fmt: skip
    seen = _open_to(view, {row.project_id for row, *_ in rows if row.project_id is not None})
    view.people(row.owner_id for row, *_ in rows)
    return [
        AskedLine(
            kind="reserve" if row.origin == "reserve" else "action", id=row.id, name=Text(row.title),
            project=row.project_id, project_title=title or "",
            service=view.services[at.code] if (at := by_id.get(row.service_id or works_in or 0)) else None,
            person=view.people([row.owner_id]).get(row.owner_id or 0), guest=False, opened_at=row.at,
            due=None if row.due_at >= NEVER else row.due_at, stopped=False,
            late=status != "held" and row.due_at < view.now, state="open",
            opens=row.project_id is None or row.project_id in seen or row.owner_id == view.actor.id,
        )
        for row, title, status, works_in in rows
    ]  # fmt: skip


# --- what comes next ---------------------------------------------------------------------------------------


def _next(view: View, services: list[ServiceRow]) -> tuple[NextLine, ...]:
    """Steps that open once a service, in the projects that impact it, and have not opened for it yet."""
    codes = [row.code for row in services]
    named = [ProjectRow.impacted.like(f'%"{code}"%') for code in codes]
    projects = list(
        view.session.execute(
            select(ProjectRow)
            .where(ProjectRow.status == "running", or_(*named))
            .order_by(ProjectRow.moved_at.desc(), ProjectRow.id)
            .limit(MOST_NEXT)
        ).scalars()
    )
    opened = view.session.execute(
        select(TaskRow.project_id, TaskRow.element, TaskRow.instance)
        .where(TaskRow.project_id.in_([each.id for each in projects]), TaskRow.instance.in_(codes))
        .distinct()
    )
    begun = {(project, element, instance) for project, element, instance in opened}
    return tuple(
        NextLine(project.id, project.title, view.services[code], task.name, phase)
        for project in projects
        for task, phase in _per_service(view.release(project.release_id).method)
        for code in json.loads(project.impacted)
        if code in codes and (project.id, task.id, code) not in begun
    )


def _per_service(method: Method) -> list[tuple[Any, Text]]:
    return [(task, phase.name) for phase in method.phases for task in phase.tasks if task.each == "service"]
