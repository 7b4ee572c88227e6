"""What every page is read with, and how rows become the lines that several pages show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.history import SENTENCES, STATUSES
from engine.method import OUTCOMES, Method
from engine.people import Actor, Held, resolve, sees
from engine.queries.decided import decision_line, people_in
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
from engine.queries.reading import day_as_read
from engine.registers import REGISTERS, Register
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

IN_NAME = Text("{said} (au nom de {name})", "{said} (in the name of {name})")
BECAUSE = Text("{said} : {reason}", "{said}: {reason}")
NOBODY = Text("personne d’autre que le service", "nobody but the department")


#: what a sentence says where an event, changed behind Jalon's back, lacks a fact: the page must still show it
UNKNOWN = {fact: Text("?") for each in SENTENCES.values() for fact in re.findall(r"{(\w+)}", each.fr)}


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
        said = [_facts(row) for row in rows]
        named = [id for each in said for id in (each.get("to"), each.get("mandate"), *each.get("people", ()))]
        self.people([*(row.actor_id for row in rows), *named])
        return tuple(self._event(row, facts, method) for row, facts in zip(rows, said, strict=True))

    def _event(self, row: EventRow, facts: dict[str, Any], method: Method | None) -> EventLine:
        words = UNKNOWN | {key: Text(str(value)) for key, value in facts.items()}
        if "element" in facts and method is not None:
            words["element"] = self.name_of(method, facts["element"], row.stream)
            if facts.get("instance"):
                instance = self.instance(facts["instance"])
                words["element"] = Text(
                    f"{words['element'].fr} · {instance.fr}",
                    f"{words['element'].read('en')} · {instance.read('en')}",
                )
        if "criterion" in facts and method is not None and facts.get("element") in method.gate:
            gate = method.gate[facts["element"]]
            words["criterion"] = next(
                (c.text for c in gate.criteria if c.key == facts["criterion"]), words["criterion"]
            )
        if "to" in facts:
            words["to"] = Text(self._people[facts["to"]].name if facts["to"] in self._people else "?")
        if "role" in facts and method is not None and facts["role"] in method.role:
            words["role"] = method.role[facts["role"]].name
        if "people" in facts:
            names = [self._people[id].name for id in facts["people"] if id in self._people]
            words["people"] = Text(", ".join(names)) if names else NOBODY
        if "until" in facts:
            words["until"] = day_as_read(str(facts["until"]))
        if facts.get("register") in REGISTERS:
            register = REGISTERS[facts["register"]]
            words["register"] = register.name
            if facts.get("state") in register.states:
                words["state"] = register.states[facts["state"]].text
            if isinstance(facts.get("fields"), list):
                words["fields"] = _labels(register, facts["fields"])
        if "outcome" in facts:
            words["outcome"] = OUTCOMES.get(facts["outcome"], words["outcome"])
        if "weather" in facts:
            words["weather"] = WEATHERS.get(facts["weather"], words["weather"])
        if "status" in facts:
            words["status"] = STATUSES.get(facts["status"], words["status"])
        sentence = SENTENCES.get(row.kind, Text(row.kind))
        person = self._people.get(row.actor_id or 0)
        # a sentence that starts with a verb lacks its subject; the others say what Jalon itself did
        acted = sentence.fr[:1].islower()
        unnamed = row.kind == "entry_opened" and facts.get("register") == "idea" and row.actor_id is None
        actor = person.name if person and acted else "?" if unnamed else "Jalon"
        said = sentence.format(**words)
        if "mandate" in facts:
            said = IN_NAME.format(said=said, name=self._named(facts["mandate"]))
        if row.kind == "task_assigned" and facts.get("reason"):
            said = BECAUSE.format(said=said, reason=words["reason"])
        return EventLine(
            number=row.number,
            at=row.at,
            actor=actor,
            kind=row.kind,
            text=Text(f"{actor} {said.fr}", f"{actor} {said.read('en')}") if acted else said,
            task=row.task_id,
            digest=row.digest,
        )

    def _named(self, id: int) -> str:
        return self._people[id].name if id in self._people else "?"

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


def _labels(register: Register, keys: list[str]) -> Text:
    found = [register.field(str(key)) for key in keys]
    labels = [each.label for each in found if each is not None]
    return Text(", ".join(each.fr for each in labels), ", ".join(each.read("en") for each in labels))


def weather_line(row: WeatherRow, by: ActorLine) -> WeatherLine:
    return WeatherLine(row.weather, WEATHERS.get(row.weather, Text(row.weather)), row.note, row.at, by)


def _facts(row: EventRow) -> dict[str, Any]:
    try:
        facts = json.loads(row.facts)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


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
