"""What a project chooses before its method is frozen, and what it may still choose."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.decisions import advised_in
from engine.errors import NotFound
from engine.method import Method
from engine.overlay import Operation, granted
from engine.people import steers, visible
from engine.queries.view import View
from engine.release import Release
from engine.store.chosen import chosen
from engine.store.deviations import title_of
from engine.store.releases import last_releases
from engine.store.tables import ProjectRow, ServiceRow
from engine.words import Text

#: what the page offers; every operation of an overlay may be asked for by the command
OFFERED = ("hide", "due")
QUORUM = Text("Le quorum de « {name} » est relevé", "The quorum of “{name}” is raised")
OTHER = Text("« {name} » est aménagée ({kind})", "“{name}” is tailored ({kind})")


@dataclass(frozen=True, slots=True)
class ChoicesOf:
    """What a project chooses of its method, before the gate of its intake freezes it."""

    project: int


@dataclass(frozen=True, slots=True)
class MayChoose:
    """A step that may be left out (`hide`), or given another deadline (`due`: ISO 8601, `most` at the most)."""

    kind: str
    element: str
    name: Text
    phase: Text
    now: str
    most: str


@dataclass(frozen=True, slots=True)
class ChosenLine:
    number: int
    title: Text
    reason: str
    measure: str
    state: str  #: of its deviation: open, approved, refused; empty: it asks for none
    entry: int | None
    method: Text
    counts: bool  #: it is about the method that will be frozen, and was not refused


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    project: int
    title: str
    method: Text  #: that will be frozen, or is
    version: str
    frozen: bool
    made: tuple[ChosenLine, ...]
    offered: tuple[MayChoose, ...]  #: in the order of the method; empty for who may not choose
    may: bool


def read(view: View, query: ChoicesOf) -> ChoicesPage:
    project = view.session.execute(
        select(ProjectRow).where(ProjectRow.id == query.project, visible(view.actor, ProjectRow))
    ).scalar_one_or_none()
    if project is None or view.actor.guest:
        raise NotFound
    own = view.release(project.release_id)
    open_ = own.method.intake is not None and project.phase == own.method.intake.id and project.status == "running"
    release = _to_be_frozen(view, project, own) if open_ else own
    path = view.session.execute(select(ServiceRow.path).where(ServiceRow.id == project.service_id)).scalar_one()
    held = view.held(project, own.method, [int(each) for each in path.split("/") if each])
    may = open_ and steers(view.actor.id, own.method, held)
    made = _made(view, project, release.method)
    return ChoicesPage(
        project=project.id, title=project.title, method=release.method.name, version=release.method.version,
        frozen=not open_, made=made, offered=_offered(release, made) if may else (), may=may,
    )  # fmt: skip


def _to_be_frozen(view: View, project: ProjectRow, own: Release) -> Release:
    wanted = advised_in(view.session, project.id, own.method)
    if wanted in ("", own.method.id):
        return own
    found = next((row for row in last_releases(view.session) if row.method == wanted), None)
    return view.release(found.id) if found is not None else own


def _made(view: View, project: ProjectRow, method: Method) -> tuple[ChosenLine, ...]:
    names = {row.method: Text(row.name_fr, row.name_en) for row in last_releases(view.session)}
    released = {row.method: row.id for row in last_releases(view.session)}
    return tuple(
        ChosenLine(
            each.number, _title(each.operation, view.release(released[each.method]).method), each.operation.reason,
            each.operation.measure, each.state, each.entry, names[each.method],
            each.method == method.id and each.state != "refused",
        )
        for each in chosen(view.session, project)
        if each.method in released
    )  # fmt: skip


def _title(operation: Operation, method: Method) -> Text:
    if operation.kind in ("hide", "condition", "due"):
        return title_of(operation, method)
    said = QUORUM if operation.kind == "quorum" else OTHER
    return said.format(name=method.name_of(operation.target), kind=operation.kind)


def _offered(release: Release, made: tuple[ChosenLine, ...]) -> tuple[MayChoose, ...]:
    method, grants = release.method, granted(release)
    return tuple(
        MayChoose(grant.kind, task.id, task.name, phase.name, grant.now, grant.most)
        for phase in method.phases
        if phase != method.intake and not phase.short
        for task in phase.tasks
        for grant in grants.get(task.id, ())
        if grant.kind in OFFERED and (grant.kind == "hide" or grant.most != grant.now)
    )
