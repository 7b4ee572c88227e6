"""The list of projects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, case, false, func, or_, select

from engine.errors import NotFound
from engine.history import STATUSES
from engine.people import visible
from engine.queries import waiting
from engine.queries.lines import ActorLine, ChoiceLine, ServiceLine, WeatherLine
from engine.queries.view import View
from engine.store.releases import last_releases
from engine.store.tables import ActorRow, ChoiceRow, HoldingRow, ProjectRow, ReleaseRow, ServiceRow, TaskRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Projects:
    """`text` searches the title; `status` empty: all; `mine`: where I hold a role or a task."""

    text: str = ""
    status: str = ""
    service: str = ""
    method: str = ""
    mine: bool = False
    sort: Literal["recent", "title", "late", "phase"] = "recent"
    after: str = ""
    size: int = 25
    objective: str = ""  #: code: projects that serve it
    strand: str = ""  #: code: projects that serve one of its objectives


@dataclass(frozen=True, slots=True)
class ProjectLine:
    id: int
    title: str
    status: str
    status_text: Text
    method: Text
    phase: Text
    next_gate: Text
    service: ServiceLine
    lead: tuple[ActorLine, ...]
    open: int
    late: int
    started_at: datetime
    moved_at: datetime
    weather: WeatherLine | None = None


@dataclass(frozen=True, slots=True)
class ProjectsPage:
    projects: tuple[ProjectLine, ...]
    services: tuple[ServiceLine, ...]
    methods: tuple[ChoiceLine, ...]
    statuses: tuple[ChoiceLine, ...]
    after: str


def read(view: View, query: Projects) -> ProjectsPage:
    size = min(max(query.size, 1), 100)
    ids = list(view.session.execute(_query(view, query).limit(size + 1)).scalars())
    return ProjectsPage(
        projects=project_lines(view, ids[:size]),
        services=tuple(view.services.values()),
        methods=tuple(ChoiceLine(row.method, Text(row.name_fr, row.name_en)) for row in last_releases(view.session)),
        statuses=tuple(ChoiceLine(code, text) for code, text in STATUSES.items()),
        after=str(_offset(query) + size) if len(ids) > size else "",
    )


def _query(view: View, query: Projects) -> Select[Any]:
    """The projects of the page, in order; what is shown of them is looked up afterwards."""
    order: dict[str, list[Any]] = {
        "recent": [ProjectRow.moved_at.desc()],
        "title": [func.lower(ProjectRow.title)],
        "phase": [ProjectRow.phase],
        "late": [],
    }
    found = select(ProjectRow.id).where(visible(view.actor, ProjectRow), *_filters(view, query))
    if query.sort == "late":
        late = _late(view)
        found = found.outerjoin(late, late.c.project_id == ProjectRow.id)
        order["late"] = [case((ProjectRow.status == "running", func.coalesce(late.c.late, 0)), else_=0).desc()]
    return found.order_by(*order[query.sort], ProjectRow.id.desc()).offset(_offset(query))


def _late(view: View) -> Subquery:
    """How many late tasks in each project that has any."""
    return (
        select(TaskRow.project_id, func.count().label("late"))
        .where(waiting.OPEN, TaskRow.due_at < view.now)
        .group_by(TaskRow.project_id)
        .subquery()
    )


def _offset(query: Projects) -> int:
    """How many projects come before the page; a cursor that no page gave is an address that does not exist."""
    if query.after and not (query.after.isdecimal() and len(query.after) < 9):
        raise NotFound
    return int(query.after or 0)


def _filters(view: View, query: Projects) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.text:
        found.append(func.lower(ProjectRow.title).contains(query.text.lower(), autoescape=True))
    if query.status:
        found.append(ProjectRow.status == query.status)
    if query.service:
        found.append(ProjectRow.service_id.in_(select(ServiceRow.id).where(ServiceRow.code == query.service)))
    if query.method:
        found.append(ProjectRow.release_id.in_(select(ReleaseRow.id).where(ReleaseRow.method == query.method)))
    if query.objective:
        found.append(serves([query.objective]))
    if query.strand:
        found.append(serves(objectives_of(view, query.strand)))
    if query.mine:
        seated = select(TaskRow.project_id).where(waiting.OPEN, TaskRow.seat.in_(view.actor.seats))
        found.append(
            or_(
                ProjectRow.id.in_(view.actor.projects),
                ProjectRow.author_id == view.actor.id,
                ProjectRow.id.in_(select(TaskRow.project_id).where(TaskRow.assignee_id == view.actor.id)),
                ProjectRow.id.in_(seated),
            )
        )
    return found


def serves(objectives: list[str]) -> ColumnElement[bool]:
    """Does the project serve one of these objectives, by code?"""
    kept = [ProjectRow.objectives.contains(json.dumps(code), autoescape=True) for code in objectives]
    return or_(false(), *kept)


def objectives_of(view: View, strand: str) -> list[str]:
    """The codes of the objectives of a strand."""
    query = select(ChoiceRow.code).where(ChoiceRow.kind == "objective", ChoiceRow.parent == strand)
    return list(view.session.execute(query.order_by(ChoiceRow.code)).scalars())


def project_lines(view: View, ids: list[int]) -> tuple[ProjectLine, ...]:
    rows = view.session.execute(
        select(ProjectRow, ServiceRow.code)
        .join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
        .where(ProjectRow.id.in_(ids))
    ).all()
    found = {project.id: (project, service) for project, service in rows}
    leads = _leads(view, [project for project, _ in rows])
    counts, weathers = _counts(view, ids), view.weathers(ids)
    lines = []
    for id in ids:
        project, service = found[id]
        open_, late = counts.get(id, (0, 0))
        late = late if project.status == "running" else 0
        method = view.release(project.release_id).method
        phase = method.phase.get(project.phase)
        gate = method.gate.get(phase.gate) if phase and project.ended_at is None else None
        lines.append(
            ProjectLine(
                id=project.id, title=project.title, status=project.status, status_text=STATUSES[project.status],
                method=method.name, phase=phase.name if phase else Text(""), next_gate=gate.name if gate else Text(""),
                service=view.services[service], lead=leads.get(project.id, ()), open=open_, late=late,
                started_at=project.started_at, moved_at=project.moved_at,
                weather=weathers.get(id),
            )
        )  # fmt: skip
    return tuple(lines)


def _counts(view: View, ids: list[int]) -> dict[int, tuple[int, int]]:
    """Open tasks, and those whose date is past, by project; not for one without."""
    rows = view.session.execute(
        select(TaskRow.project_id, func.count(), func.count().filter(TaskRow.due_at < view.now))
        .where(waiting.OPEN, TaskRow.project_id.in_(ids))
        .group_by(TaskRow.project_id)
    )
    return {project: (open_, late) for project, open_, late in rows}


def _leads(view: View, projects: list[ProjectRow]) -> dict[int, tuple[ActorLine, ...]]:
    """Who leads each, as named in the project itself."""
    roles = {project.id: view.release(project.release_id).method.lead for project in projects}
    rows = view.session.execute(
        select(HoldingRow.scope_id, HoldingRow.role, ActorRow.id, ActorRow.name)
        .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
        .where(
            HoldingRow.scope == "project",
            HoldingRow.scope_id.in_(roles),
            HoldingRow.role.in_(set(roles.values())),
        )
        .order_by(ActorRow.name)
    )
    found: dict[int, tuple[ActorLine, ...]] = {}
    for project, role, actor, name in rows:
        if roles[project] == role:
            found[project] = (*found.get(project, ()), ActorLine(actor, name))
    return found
