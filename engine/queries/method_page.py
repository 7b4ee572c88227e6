"""A method: what it asks, phase by phase, generated from the diagram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.method import Method
from engine.queries.accepted import AcceptedLine, accepted_of
from engine.queries.drawings import plain
from engine.queries.lines import Drawing
from engine.queries.view import View, last_releases
from engine.store.tables import ProjectRow, ReleaseRow
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


@dataclass(frozen=True, slots=True)
class MethodsPage:
    methods: tuple[MethodLine, ...]


@dataclass(frozen=True, slots=True)
class MethodPageOf:
    method: str
    version: str = ""  #: empty: the last published


@dataclass(frozen=True, slots=True)
class MethodPage:
    method: Method
    digest: str  #: SHA-256 of the content
    published_at: datetime
    published_by: str
    accepted: tuple[AcceptedLine, ...]  #: warnings that whoever published it accepted
    versions: tuple[str, ...]
    projects: int
    drawings: dict[str, Drawing]  #: by phase id; "" for the whole


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
    )


def _running(view: View, method: str) -> int:
    return view.session.execute(
        select(func.count(ProjectRow.id))
        .join(ReleaseRow, ReleaseRow.id == ProjectRow.release_id)
        .where(ReleaseRow.method == method, ProjectRow.status.in_(("running", "held")))
    ).scalar_one()


def read(view: View, query: MethodPageOf) -> MethodPage:
    rows = list(
        view.session.execute(
            select(ReleaseRow)
            .where(ReleaseRow.method == query.method, ReleaseRow.base_id.is_(None))
            .order_by(ReleaseRow.id.desc())
        ).scalars()
    )
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
        projects=_running(view, row.method),
        drawings=plain(release),
    )
