"""A method: what it asks, phase by phase, generated from the diagram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.method import Method
from engine.people import ADMINISTRATOR, METHOD_OWNER
from engine.queries.accepted import AcceptedLine, accepted_of
from engine.queries.drawings import plain
from engine.queries.lines import Drawing, ServiceLine
from engine.queries.view import View
from engine.store.overlays import IN_FORCE, REQUESTED
from engine.store.releases import last_releases, releases_of
from engine.store.tables import OverlayRow, ProjectRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Methods:
    """The list of published methods."""


@dataclass(frozen=True, slots=True)
class MethodLine:
    id: str
    name: Text
    version: str
    help: Text
    phases: tuple[Text, ...]
    tasks: int
    gates: int
    projects: int  #: running on it
    published_at: datetime
    published_by: str
    retired: bool  #: no project starts on it any more


@dataclass(frozen=True, slots=True)
class MethodsPage:
    methods: tuple[MethodLine, ...]


@dataclass(frozen=True, slots=True)
class MethodPageOf:
    method: str
    version: str = ""  #: empty: the last published


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A version that its owner published. `supported`: services whose tailoring stays on it start on it until then."""

    version: str
    published_at: datetime
    supported: datetime | None
    retired: datetime | None


@dataclass(frozen=True, slots=True)
class TailoredLine:
    """A service that tailors the last version of a method."""

    service: ServiceLine
    asked: bool  #: it awaits approval; else it is in force


@dataclass(frozen=True, slots=True)
class MethodPage:
    method: Method
    digest: str  #: SHA-256 of the content
    published_at: datetime
    published_by: str
    accepted: tuple[AcceptedLine, ...]  #: warnings that whoever published it accepted
    versions: tuple[str, ...]
    releases: tuple[ReleaseLine, ...]  #: of these versions, the last first
    projects: int
    drawings: dict[str, Drawing]  #: by phase id; "" for the whole
    tailored: tuple[TailoredLine, ...]  #: in force; to who may approve, what awaits it too
    administers: tuple[ServiceLine, ...]  #: services for which the reader may tailor it
    owner: bool  #: the reader owns methods
    notes: Text  #: of this release, for actors, Markdown; mostly empty


def read_list(view: View, query: Methods) -> MethodsPage:
    return MethodsPage(tuple(_line(view, row) for row in last_releases(view.session)))


def _line(view: View, row: ReleaseRow) -> MethodLine:
    method = view.release(row.id).method
    by = view.person(row.published_by)
    return MethodLine(
        id=method.id,
        name=method.name,
        version=method.version,
        help=method.help,
        phases=tuple(phase.name for phase in method.phases if not phase.short),
        tasks=len(method.tasks),
        gates=len(method.gates),
        projects=_running(view, row.method),
        published_at=row.published_at,
        published_by=by.name if by else "Jalon",
        retired=row.retired_at is not None,
    )


def _running(view: View, method: str) -> int:
    return view.session.execute(
        select(func.count(ProjectRow.id))
        .join(ReleaseRow, ReleaseRow.id == ProjectRow.release_id)
        .where(ReleaseRow.method == method, ProjectRow.status.in_(("running", "held")))
    ).scalar_one()


def read(view: View, query: MethodPageOf) -> MethodPage:
    rows = releases_of(view.session, query.method)
    row = next((each for each in rows if query.version in ("", each.version)), None)
    if row is None:
        raise NotFound
    release = view.release(row.id)
    by = view.person(row.published_by)
    return MethodPage(
        method=release.method,
        digest=row.digest,
        published_at=row.published_at,
        published_by=by.name if by else "Jalon",
        accepted=accepted_of(view, row.digest),
        versions=tuple(each.version for each in rows),
        releases=tuple(
            ReleaseLine(each.version, each.published_at, _to_come(view, each), each.retired_at) for each in rows
        ),
        projects=_running(view, row.method),
        drawings=plain(release),
        tailored=_tailored(view, rows[0]),
        administers=_administered(view),
        owner=view.actor.holds(METHOD_OWNER),
        notes=Text(row.notes_fr or "", row.notes_en or ""),
    )


def _to_come(view: View, row: ReleaseRow) -> datetime | None:
    return row.supported_until if row.supported_until is not None and row.supported_until > view.now else None


def _tailored(view: View, last: ReleaseRow) -> tuple[TailoredLine, ...]:
    states = (IN_FORCE, REQUESTED) if view.actor.holds(METHOD_OWNER) else (IN_FORCE,)
    rows = view.session.execute(
        select(ServiceRow.code, OverlayRow.state)
        .join(ServiceRow, ServiceRow.id == OverlayRow.service_id)
        .where(
            OverlayRow.method == last.method, OverlayRow.version == last.version, OverlayRow.state.in_(states),
            OverlayRow.valid_until > view.now,
        )
        .order_by(ServiceRow.path, OverlayRow.id)
    )  # fmt: skip
    return tuple(TailoredLine(view.services[code], state == REQUESTED) for code, state in rows)


def _administered(view: View) -> tuple[ServiceLine, ...]:
    """Where the reader is an administrator; what stands below is reached by its address."""
    seats = {each.partition(":")[0] for each in view.actor.seats if each.endswith(f":{ADMINISTRATOR}")}
    ids = [int(each[1:]) for each in seats if each.startswith("s")]
    if not ids:
        return ()
    rows = view.session.execute(select(ServiceRow.code).where(ServiceRow.id.in_(ids)).order_by(ServiceRow.path))
    return tuple(view.services[code] for code in rows.scalars())
