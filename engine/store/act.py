"""One act: who does it, when, in which transaction, and what history keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ClauseElement, Connection, Select, bindparam, insert, select
from sqlalchemy.orm import Session

from engine.errors import (
    NotFound,
)  # fmt: skip
from engine.history import GENESIS, canonical, digest
from engine.people import Actor, Held, Seat, load_actor, resolve, resolve_for, seats, sees, visible
from engine.release import Release
from engine.settings import Settings
from engine.store.before import release_of
from engine.store.case import Case
from engine.store.saving import Lines, save, session_over, track
from engine.store.statements import Link, Values, Write, ask, put
from engine.store.tables import ActorRow, EventRow, ExecutionRow, ProjectRow, ServiceRow, TaskRow


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event of this act, not written yet."""

    kind: str
    project: ProjectRow | None  #: None: of the organisation
    task: int | None
    facts: str  #: canonical JSON
    apart: bool = False  #: in the project's confidential history

    @property
    def stream(self) -> int:
        """Where it stands: the project's own number, its opposite for what only lead and sponsor may know of."""
        if self.project is None:
            return 0
        return -self.project.id if self.apart else self.project.id


class Queue(Protocol):
    """Where jobs are enqueued, in the transaction of the act."""

    def enqueue(
        self, session: Session, name: str, *arguments: Any,
        project: int | None = None, delay: float | None = None, key: str | None = None, run: int = 0,
    ) -> None: ...  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A task that this act has just opened; its row is written."""

    id: int
    element: str
    instance: str
    kind: str
    seat: str
    assignee_id: int | None


@dataclass
class Act:
    """What every command is given. `actor.id` is 0 when Jalon itself acts."""

    link: Connection  #: its one transaction
    asked_by: Actor | int  #: the actor, or their number: who they are is asked with the rest of the case
    now: datetime  #: UTC
    locks_rows: bool  #: PostgreSQL: SELECT … FOR UPDATE
    releases: Callable[[Link, int], Release]
    queue: Queue
    settings: Settings
    recorded: list[Recorded] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)  #: the events, once the act is finished
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)  #: the last event of a chain, where it was asked
    unnamed: bool = False  #: nobody is to know who acts: neither history nor the acts that were carried out
    _held: dict[int, tuple[list[int], dict[str, Held]]] = field(default_factory=dict)
    _deciding: dict[int, tuple[list[int], dict[str, Held]]] = field(default_factory=dict)
    _near: int | None = None  #: of projects, what the actor holds was asked of this one only
    _lines: Lines = field(default_factory=list)
    _session: Session | None = None

    @property
    def session(self) -> Session:
        """SQLAlchemy's session in this transaction, made where a command first asks for it."""
        if self._session is None:
            self._session = session_over(self.link, self._lines)
        return self._session

    def release(self, id: int) -> Release:
        return self.releases(self.link, id)

    @property
    def actor(self) -> Actor:
        """Who acts. Raises `SignInNeeded` for one who is unknown, or has left."""
        if not isinstance(self.asked_by, Actor):
            self.asked_by = load_actor(self.link, self.asked_by)
        return self.asked_by

    def _actor_in(self, project: int) -> Actor:
        """Who acts, with what they hold in this project."""
        if self._near not in (None, project):
            self.asked_by, self._near = load_actor(self.link, self.actor.id), None
        return self.actor

    @property
    def by(self) -> int | None:
        """The actor as rows keep it: null for Jalon itself, and for one who stays unnamed."""
        return (self.actor.id or None) if not self.unnamed else None

    # --- what it is about ---

    def project(self, id: int) -> ProjectRow:
        """The project, locked until the end of the act. Raises `NotFound`."""
        query = select(ProjectRow).where(ProjectRow.id == id)
        actor = self._actor_in(id)
        if actor.id:
            query = query.where(visible(actor, ProjectRow))
        if self.locks_rows:
            query = query.with_for_update()
        found = self.session.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound
        return found

    def path(self, service: int) -> list[int]:
        """The ids of a service and those above it, the root first."""
        path = self.session.execute(select(ServiceRow.path).where(ServiceRow.id == service)).scalar_one()
        return [int(each) for each in path.split("/") if each]

    def held(self, project: ProjectRow) -> tuple[list[int], dict[str, Held]]:
        """The path of the project's service, and who holds each role of its method; asked once an act."""
        if project.id not in self._held:
            known = self._deciding.get(project.id)
            path = known[0] if known else self.path(project.service_id)
            roles = self.release(project.release_id).method.role
            self._held[project.id] = (path, self._hold(project, path, roles))
        return self._held[project.id]

    def deciding(self, project: ProjectRow) -> tuple[list[int], dict[str, Held]]:
        """The same for the roles that steer, decide or bar, at the least: those that a case has asked already."""
        return self._held.get(project.id) or self._deciding.get(project.id) or self.held(project)

    def seats(self, project: ProjectRow, roles: Iterable[str]) -> dict[str, Seat]:
        """Where each of these roles of the method is found in the project, and who holds it alone."""
        path, held = self.deciding(project)
        wanted = set(roles)
        found = seats(self.link, project.id, path, wanted - held.keys())
        return found | {role: Seat(held[role].seat, held[role].sole) for role in wanted & held.keys()}

    def forget(self, project: ProjectRow) -> None:
        """Who holds which role is asked again: its method or its people are others now."""
        self._held.pop(project.id, None)
        self._deciding.pop(project.id, None)

    def _hold(self, project: ProjectRow, path: list[int], roles: Iterable[str]) -> dict[str, Held]:
        if isinstance(self.asked_by, Actor):
            self._actor_in(project.id)
            return resolve(self.link, project.id, path, roles)
        self._near = project.id
        self.asked_by, held = resolve_for(self.link, self.asked_by, project.id, path, roles)
        return held

    def case(self, task: int) -> Case:
        """A task with all that a command on it looks at; its project is locked. Raises `NotFound`."""
        rows = ask(self.link, _CASES[self.locks_rows], {"task": task})
        if not rows:
            raise NotFound
        [found] = rows
        row = track(self._lines, TaskRow, found[:_TASK])
        project = track(self._lines, ProjectRow, found[_TASK:_PROJECT])
        run = track(self._lines, ExecutionRow, found[_PROJECT:-1])
        path = found[-1]
        services = [int(each) for each in path.split("/") if each]
        now = self.release(project.release_id)
        release = release_of(self.link, self.release, project.id, now, row.element)
        held = self._hold(project, services, release.method.deciding)
        self._deciding[project.id] = (services, held)
        if not sees(self.actor, row, project, services):
            raise NotFound
        return Case(row, project, release, services, held, self.actor, run)

    def write(self, statement: ClauseElement, values: Values) -> None:
        """Past the session, in its transaction: for statements built once, of rows that it does not hold."""
        put(self.link, statement, values)

    # --- what history keeps ---

    def record(
        self, kind: str, project: ProjectRow | None = None, task: TaskRow | Opened | None = None, **facts: Any
    ) -> None:  # fmt: skip
        """Append an event to the project's history, or to the organisation's; written when the act ends."""
        self.recorded.append(Recorded(kind, project, task.id if task is not None else None, canonical(facts)))

    def record_apart(self, kind: str, project: ProjectRow, **facts: Any) -> None:
        """Append an event to the project's confidential history, a chain of its own: the other shows no trace of it."""
        self.recorded.append(Recorded(kind, project, None, canonical(facts), apart=True))

    def finish(self, also: Sequence[Write] = ()) -> None:
        """Write what was changed and recorded, and `also` these, all at once, each event chained to the one before.

        Raises `SignInNeeded` where nobody known acts: whatever the command asked, nothing of it is kept.
        """
        by = self.by
        if self._session is not None and self._session.new:
            self._session.flush()  # rows that have just been made need their numbers
        heads: dict[int, tuple[int, str]] = {}
        rows = [self._event(each, heads, by) for each in self.recorded]
        self.written = rows
        for each in self.recorded:
            if each.project is not None and not each.apart:
                each.project.events, each.project.digest = heads[each.project.id]
                if by is not None:  # what Jalon does by itself is no sign of life
                    each.project.moved_at = self.now
        save(self.link, self._lines, self._session, [*([(_EVENTS, rows)] if rows else []), *also])

    def _event(self, each: Recorded, heads: dict[int, tuple[int, str]], by: int | None) -> dict[str, Any]:
        stream = each.stream
        number, previous = heads.get(stream) or self._head(each)
        number += 1
        link = digest(previous, stream, number, self.now, by, each.kind, each.task, each.facts)
        heads[stream] = (number, link)
        return {
            "stream": stream, "number": number, "at": self.now, "actor_id": self.by, "kind": each.kind,
            "task_id": each.task,
            "facts": each.facts, "digest": link,
        }  # fmt: skip

    def _head(self, each: Recorded) -> tuple[int, str]:
        if each.project is not None and not each.apart:
            return each.project.events, each.project.digest or GENESIS
        if each.stream in self.heads:
            return self.heads[each.stream]
        last = self.session.execute(
            select(EventRow.number, EventRow.digest)
            .where(EventRow.stream == each.stream)
            .order_by(EventRow.number.desc())
            .limit(1)
        ).first()
        return (last.number, last.digest) if last else (0, GENESIS)

    # --- what is done afterwards ---

    def enqueue(
        self, name: str, *arguments: Any, project: int | None = None, delay: float | None = None,
        key: str | None = None, run: int = 0,
    ) -> None:  # fmt: skip
        """A job that is carried out once this act is committed. `name`: of engine/jobs/handlers.py."""
        self.queue.enqueue(self.session, name, *arguments, project=project, delay=delay, key=key, run=run)

    # --- words ---

    def name_of(self, actor: int | None) -> str:
        if not actor:
            return "Jalon"
        return self.session.execute(select(ActorRow.name).where(ActorRow.id == actor)).scalar_one_or_none() or "?"


def _case(locked: bool) -> Select[Any]:
    columns = (column for kind in (TaskRow, ProjectRow, ExecutionRow) for column in kind.__table__.c)
    query = (
        select(*columns, ServiceRow.path)
        .select_from(TaskRow)
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .join(ExecutionRow, ExecutionRow.id == TaskRow.execution_id)
        .join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
        .where(TaskRow.id == bindparam("task"))
    )
    # what was waited for is read anew only of the rows that are locked: the execution must be one of them
    return query.with_for_update(of=[ProjectRow, TaskRow, ExecutionRow]) if locked else query


#: where a row ends and the next begins
_TASK = len(TaskRow.__table__.c)
_PROJECT = _TASK + len(ProjectRow.__table__.c)
#: built once: a statement that is written anew at each call costs more than its execution
_CASES = {locked: _case(locked) for locked in (False, True)}
_EVENTS = insert(EventRow.__table__)  # type: ignore[arg-type]
