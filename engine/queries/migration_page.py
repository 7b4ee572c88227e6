"""What a version of a method would do to the projects under way on another, project by project, before they move."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from engine.errors import JalonError, NotAllowed, NotFound
from engine.overlay import weave
from engine.people import METHOD_OWNER, WHO
from engine.queries.lines import ServiceLine
from engine.queries.view import View
from engine.release import Release
from engine.store.migrating import Ingredients, ingredients
from engine.store.outlook import Outlook, Where, outlook
from engine.store.overlays import key_of, known_as, said
from engine.store.rebinding import said as why_stuck
from engine.store.releases import releases_of
from engine.store.tables import BatchRow, ProjectRow, ReleaseRow, ServiceRow
from engine.words import Text

#: projects of one page: each is tried on the other version
MOST = 100
VERB = Text("voir ce que devient un projet en changeant de version", "see what a change of version does to a project")
HELD = Text("Le projet est suspendu : reprenez-le d’abord.", "The project is on hold: resume it first.")


@dataclass(frozen=True, slots=True)
class MigrationsOf:
    """What a version (empty: the last) of a method would do to the projects under way on another; for method owners."""

    method: str
    version: str = ""
    service: str = ""  #: code
    phase: str = ""
    text: str = ""  #: in the title
    after: int = 0  #: how many the pages before showed
    size: int = 25


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One step that the other version draws otherwise, anew, or no longer."""

    element: str
    name: Text
    where: Where  #: done, current, ahead, gone, missed, passed
    what: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class MigrationLine:
    project: int
    title: str
    service: ServiceLine
    phase: Text
    version: str  #: on which it is
    turns: tuple[TurnLine, ...]  #: what it missed first; none of one that is refused
    refused: Text  #: why it cannot move; mostly empty

    def at(self, where: str) -> tuple[TurnLine, ...]:
        return tuple(each for each in self.turns if each.where == where)


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A batch of projects that move, or have moved."""

    batch: int
    version: str
    reason: str
    at: datetime
    done: int
    total: int
    refusals: tuple[tuple[int, str, Text], ...]  #: project, its title, why
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class MigrationsPage:
    method: str
    name: Text
    version: str  #: to which
    versions: tuple[str, ...]  #: to which one may, the last first
    lines: tuple[MigrationLine, ...]
    total: int  #: projects under way on another version, that the filters keep
    after: int  #: 0 on the last page
    phases: tuple[tuple[str, Text], ...]
    services: tuple[ServiceLine, ...]
    batches: tuple[MovedLine, ...]  #: the newest first, ten at the most


def read(view: View, query: MigrationsOf) -> MigrationsPage:
    if view.actor.id and not view.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=VERB, who=WHO["publish"])
    rows = releases_of(view.session, query.method)
    base = next((row for row in rows if query.version in ("", row.version)), None)
    if base is None:
        raise NotFound
    method = view.release(base.id).method
    kept = _behind(base) + _filters(query)
    count = select(func.count()).select_from(ProjectRow).join(ReleaseRow, ReleaseRow.id == ProjectRow.release_id)
    total = view.session.execute(count.where(*kept)).scalar_one()
    size, after = min(max(query.size, 1), MOST), max(query.after, 0)
    found = view.session.execute(
        select(ProjectRow)
        .join(ReleaseRow, ReleaseRow.id == ProjectRow.release_id)
        .where(*kept)
        .order_by(ProjectRow.phase, ProjectRow.id)
        .offset(after)
        .limit(size)
    ).scalars()
    lines = tuple(_line(view, project, base) for project in found)
    shown = after + len(lines)
    return MigrationsPage(
        method=method.id, name=method.name, version=base.version, versions=tuple(row.version for row in rows),
        lines=lines, total=total, after=shown if shown < total else 0,
        phases=tuple((each.id, each.name) for each in method.phases), services=tuple(view.services.values()),
        batches=_batches(view, query.method),
    )  # fmt: skip


def _behind(base: ReleaseRow) -> list[ColumnElement[bool]]:
    return [
        ReleaseRow.method == base.method, ProjectRow.status.in_(("running", "held")), ReleaseRow.id != base.id,
        ReleaseRow.base_id.is_distinct_from(base.id),
    ]  # fmt: skip


def _filters(query: MigrationsOf) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = []
    if query.service:
        service = select(ServiceRow.id).where(ServiceRow.code == query.service).scalar_subquery()
        kept.append(ProjectRow.service_id == service)
    if query.phase:
        kept.append(ProjectRow.phase == query.phase)
    if query.text:
        kept.append(ProjectRow.title.icontains(query.text, autoescape=True))
    return kept


# --- one project -------------------------------------------------------------------------------------------

#: what projects would go on in, woven once a process: nothing is kept before they do
_WOVEN: dict[tuple[str, ...], Release] = {}


def _line(view: View, project: ProjectRow, base: ReleaseRow) -> MigrationLine:
    before = view.release(project.release_id)
    code = view.session.execute(select(ServiceRow.code).where(ServiceRow.id == project.service_id)).scalar_one()
    turns: tuple[TurnLine, ...] = ()
    try:
        after = _woven(view, ingredients(view.session, view.now, project, base))
        same = known_as(view.session, base.method, before.method.version)
        looked = outlook(view.session, project, before, after, same)
        turns = _turns(looked, before, after) if not looked.stuck else ()
        refused = _joined([why_stuck(each, before) for each in looked.stuck])
    except JalonError as refusal:
        refused = refusal.said
    return MigrationLine(
        project.id, project.title, view.services[code], before.method.name_of(project.phase), before.method.version,
        turns, HELD if project.status == "held" else refused,
    )  # fmt: skip


def _woven(view: View, made: Ingredients) -> Release:
    if made.overlay is None and not made.packs and not made.choices:
        return view.release(made.base.id)
    key = key_of(made.base, made.overlay, made.packs, made.choices)
    if key not in _WOVEN:
        if len(_WOVEN) > 32:
            _WOVEN.clear()
        tailored = said(made.overlay) if made.overlay is not None else None
        _WOVEN[key] = weave(view.release(made.base.id), made.packs.values(), tailored, made.choices).release
    return _WOVEN[key]


def _turns(looked: Outlook, before: Release, after: Release) -> tuple[TurnLine, ...]:
    return tuple(
        TurnLine(each.element, _name(each.element, before, after), each.where, each.what) for each in looked.turns
    )


def _name(element: str, before: Release, after: Release) -> Text:
    known = after if element in after.method.tasks or element in after.method.gate else before
    return known.method.name_of(element)


def _joined(said: list[Text]) -> Text:
    return Text(" ; ".join(each.fr for each in said), "; ".join(each.read("en") for each in said))


# --- what moves --------------------------------------------------------------------------------------------


def _batches(view: View, method: str) -> tuple[MovedLine, ...]:
    rows = view.session.execute(
        select(BatchRow).where(BatchRow.kind == "migrate").order_by(BatchRow.id.desc()).limit(MOST)
    ).scalars()
    found = [(row, json.loads(row.asked)) for row in rows]
    return tuple(_moved(view, row, asked) for row, asked in found if asked["method"] == method)[:10]


def _moved(view: View, row: BatchRow, asked: dict[str, Any]) -> MovedLine:
    refusals = {int(id): Text(**why) for id, why in json.loads(row.refusals).items()}
    titles: dict[int, str] = {}
    if refusals:
        named = select(ProjectRow.id, ProjectRow.title).where(ProjectRow.id.in_(list(refusals)[:MOST]))
        titles = {id: title for id, title in view.session.execute(named)}
    return MovedLine(
        row.id, asked["version"], asked["reason"], row.at, row.done, row.total,
        tuple((id, titles[id], refusals[id]) for id in titles), row.ended_at,
    )  # fmt: skip
