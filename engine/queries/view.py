"""What every page is read with, and how rows become the lines that several pages show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.method import Method
from engine.people import Actor, Held, resolve, sees
from engine.queries.decided import decision_line, people_in
from engine.queries.happened import event_line, facts_of, people_of
from engine.queries.lines import (
    ActorLine,
    CommentLine,
    DecisionLine,
    EventLine,
    FileLine,
    ReserveLine,
    ServiceLine,
    TaskLine,
    WeatherLine,
)  # fmt: skip
from engine.release import Release
from engine.settings import Settings
from engine.store.before import knows, release_at, release_of
from engine.store.case import Case
from engine.store.tables import (
    NEVER,
    ActorRow,
    CommentRow,
    DecisionRow,
    EntryRow,
    EventRow,
    FileRow,
    ProjectRow,
    ReserveRow,
    ServiceRow,
    TaskRow,
    WeatherRow,
)  # fmt: skip
from engine.weather import WEATHERS
from engine.words import Text


@dataclass
class View:
    """Who reads, when, and from what."""

    session: Session
    actor: Actor
    now: datetime
    releases: Callable[[Session, int], Release]
    settings: Settings = field(default_factory=Settings)
    _people: dict[int, ActorLine] = field(default_factory=dict)
    _services: dict[str, ServiceLine] | None = None
    _drawn_by: dict[tuple[int, str], Release] = field(default_factory=dict)

    def release(self, id: int) -> Release:
        return self.releases(self.session, id)

    # --- people and services ---

    def person(self, id: int | None) -> ActorLine | None:
        """One person; several at once are cheaper through `people`."""
        return self.people([id])[id] if id else None

    def people(self, ids: Iterable[int | None]) -> dict[int, ActorLine]:
        missing = {id for id in ids if id} - self._people.keys()
        if missing:
            rows = self.session.execute(
                select(ActorRow.id, ActorRow.name, ServiceRow.code)
                .outerjoin(ServiceRow, ServiceRow.id == ActorRow.service_id)
                .where(ActorRow.id.in_(missing))
            )
            for id, name, code in rows:
                self._people[id] = ActorLine(id, name, code or "")
        return self._people

    def directory(self) -> tuple[ActorLine, ...]:
        """Everyone internal, by name."""
        rows = self.session.execute(
            select(ActorRow.id, ActorRow.name, ServiceRow.code)
            .outerjoin(ServiceRow, ServiceRow.id == ActorRow.service_id)
            .where(ActorRow.active, ActorRow.kind == "internal")
            .order_by(ActorRow.name, ActorRow.id)
        )
        return tuple(ActorLine(id, name, code or "") for id, name, code in rows)

    @property
    def services(self) -> dict[str, ServiceLine]:
        """Every service by code, parents first."""
        if self._services is None:
            rows = list(self.session.execute(select(ServiceRow).order_by(ServiceRow.path)).scalars())
            codes = {row.id: row.code for row in rows}
            self._services = {
                row.code: ServiceLine(row.code, Text(row.name_fr, row.name_en), codes.get(row.parent_id or 0, ""))
                for row in rows
            }
        return self._services

    # --- tasks ---

    def tasks(self, query: Select[Any]) -> tuple[TaskLine, ...]:
        """`query` starts from `task_columns()`."""
        rows = self.session.execute(query).all()
        self.people([row.assignee_id for row in rows])
        return tuple(self.task_line(row) for row in rows)

    def task_line(self, row: Row[Any]) -> TaskLine:
        method = self.release(row.release_id).method
        task = method.tasks.get(row.element)
        role = method.role.get(row.role)
        phase = method.phase.get(row.phase)
        held = row.status == "held"
        due = None if row.due_at >= NEVER else row.due_at
        return TaskLine(
            id=row.id,
            code=row.element,
            name=self.name_of(method, row.element, row.project_id),
            kind=row.kind,
            state=row.state,
            project=row.project_id,
            project_title=row.title,
            phase=phase.name if phase else Text(""),
            role=role.name if role else Text(row.role),
            instance=self.instance(row.instance),
            assignee=self._people.get(row.assignee_id),
            opened_at=row.opened_at,
            due_at=due,
            late=row.state == "open" and not held and due is not None and due < self.now,
            closed_at=row.closed_at,
            drafted=bool(row.drafted),
            held=held,
            waits=tuple(method.role[each].name for each in (task.waits if task else ()) if each in method.role),
        )

    def instance(self, said: str) -> Text:
        """A service by its name, anything else as it is."""
        service = self.services.get(said) if said else None
        return service.name if service else Text(said)

    def case(self, task: int) -> Case:
        """A task that the actor may see, with its project and who holds what. Raises `NotFound`."""
        query = (
            select(TaskRow, ProjectRow, ServiceRow.path)
            .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
            .join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
            .where(TaskRow.id == task)
        )
        found = self.session.execute(query).one_or_none()
        if found is None:
            raise NotFound
        row, project, path = found
        services = [int(each) for each in path.split("/") if each]
        if not sees(self.actor, row, project, services):
            raise NotFound
        release = self.release_of(self.release(project.release_id), row.element, project.id)
        if row.kind == "gate" and row.closed_at is not None:  # as it was decided, whatever its method asks since
            release = release_at(self.session, self.release, project.id, row.closed_at) or release
        held = self.held(project, release.method, services)
        return Case(row, project, release, services, held, self.actor)

    def held(self, project: ProjectRow, method: Method, services: Sequence[int]) -> dict[str, Held]:
        return resolve(self.session, project.id, services, [role.id for role in method.roles])

    # --- the methods before ---

    def release_of(self, now: Release, element: str, project: int) -> Release:
        """The release that draws `element`: the project may have gone on in another method since."""
        key = (project, element)
        if key not in self._drawn_by:
            self._drawn_by[key] = release_of(self.session, self.release, project, now, element)
        return self._drawn_by[key]

    def name_of(self, method: Method, element: str, project: int) -> Text:
        """The name of a step, whichever of the project's methods draws it."""
        if knows(method, element) or not project:
            return method.name_of(element)
        now = select(ProjectRow.release_id).where(ProjectRow.id == project)
        release = self.release(self.session.execute(now).scalar_one())
        return self.release_of(release, element, project).method.name_of(element)

    # --- what happened ---

    def events(self, query: Select[Any], method: Method | None = None) -> tuple[EventLine, ...]:
        """`query` selects EventRow. Names of elements come from `method`, names of people from the directory."""
        return self.said(list(self.session.execute(query).scalars()), method)

    def said(self, rows: Sequence[EventRow], method: Method | None = None) -> tuple[EventLine, ...]:
        """Events as they read."""
        facts = [facts_of(row) for row in rows]
        named = [id for each in facts for id in people_of(each)]
        people = self.people([*(row.actor_id for row in rows), *named])
        return tuple(
            event_line(row, each, people, method, self._step(row, each, method))
            for row, each in zip(rows, facts, strict=True)
        )

    def _step(self, row: EventRow, facts: dict[str, Any], method: Method | None) -> Text | None:
        """What it happened to: a step, and for which service where it has one a service."""
        if "element" not in facts or method is None:
            return None
        name = self.name_of(method, facts["element"], row.stream)
        if not facts.get("instance"):
            return name
        instance = self.instance(facts["instance"])
        return Text(f"{name.fr} · {instance.fr}", f"{name.read('en')} · {instance.read('en')}")

    def comments(self, task: int) -> tuple[CommentLine, ...]:
        rows = list(
            self.session.execute(select(CommentRow).where(CommentRow.task_id == task).order_by(CommentRow.id)).scalars()
        )
        people = self.people(row.actor_id for row in rows)
        return tuple(CommentLine(row.id, row.at, people[row.actor_id], row.body) for row in rows)

    def files(self, *where: Any, method: Method) -> tuple[FileLine, ...]:
        rows = self.session.execute(
            select(FileRow, TaskRow.element, DecisionRow.number)
            .join(TaskRow, TaskRow.id == FileRow.task_id)
            .outerjoin(DecisionRow, DecisionRow.id == FileRow.frozen_by)
            .where(FileRow.withdrawn_at.is_(None), *where)
            .order_by(FileRow.id)
        ).all()
        people = self.people(row.actor_id for row, _, _ in rows)
        return tuple(
            FileLine(
                id=row.id, name=row.name, size=row.size, sha256=row.sha256, at=row.at, author=people[row.actor_id],
                field=row.field, task=row.task_id, frozen=number or "",
                task_name=self.name_of(method, element, row.project_id),
            )
            for row, element, number in rows
        )  # fmt: skip

    def reserves(self, project: int, method: Method, steers: bool) -> tuple[ReserveLine, ...]:
        """`steers`: the actor may lift any of them; otherwise only their own."""
        rows = list(
            self.session.execute(
                select(ReserveRow).where(ReserveRow.project_id == project).order_by(ReserveRow.id)
            ).scalars()
        )
        people = self.people(row.owner_id for row in rows)
        of = select(EntryRow.origin_id, EntryRow.id).where(EntryRow.project_id == project, EntryRow.origin == "reserve")
        actions = {reserve: id for reserve, id in self.session.execute(of)} if rows else {}
        return tuple(
            ReserveLine(
                id=row.id, gate=row.gate, gate_name=self.name_of(method, row.gate, project),
                text=row.body, owner=people[row.owner_id],
                due=row.due_at, lifted_at=row.lifted_at, proof=row.proof,
                late=row.lifted_at is None and row.due_at < self.now,
                may_lift=row.lifted_at is None and (steers or row.owner_id == self.actor.id),
                action=actions.get(row.id),
            )
            for row in rows
        )  # fmt: skip

    def weathers(self, projects: Iterable[int]) -> dict[int, WeatherLine]:
        """The last weather of each project that has one."""
        last = (
            select(func.max(WeatherRow.id)).where(WeatherRow.project_id.in_(projects)).group_by(WeatherRow.project_id)
        )
        rows = list(self.session.execute(select(WeatherRow).where(WeatherRow.id.in_(last))).scalars())
        people = self.people(row.actor_id for row in rows)
        return {row.project_id: weather_line(row, people[row.actor_id]) for row in rows}

    def decisions(self, query: Select[Any], method: Method) -> tuple[DecisionLine, ...]:
        """`query` selects DecisionRow."""
        rows = list(self.session.execute(query).scalars())
        records = [json.loads(row.record) for row in rows]
        self.people([*(row.actor_id for row in rows), *(id for each in records for id in people_in(each))])
        return tuple(
            replace(
                decision_line(row, record, self._people, method),
                gate_name=self.name_of(method, row.gate, row.project_id),
            )
            for row, record in zip(rows, records, strict=True)
        )


def weather_line(row: WeatherRow, by: ActorLine) -> WeatherLine:
    return WeatherLine(row.weather, WEATHERS.get(row.weather, Text(row.weather)), row.note, row.at, by)


def task_columns() -> Select[Any]:
    """The columns of a task in a list; never its answers, never the project's state."""
    columns: Any = (
        select(
            TaskRow.id, TaskRow.element, TaskRow.kind, TaskRow.state, TaskRow.project_id, TaskRow.phase, TaskRow.role,
            TaskRow.instance, TaskRow.assignee_id, TaskRow.opened_at, TaskRow.due_at, TaskRow.closed_at, TaskRow.round,
            TaskRow.draft.is_not(None).label("drafted"), ProjectRow.title, ProjectRow.status, ProjectRow.release_id,
        )
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
    )  # fmt: skip
    return cast("Select[Any]", columns)
