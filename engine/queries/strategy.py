"""The strategy: strands, their objectives, and the projects that serve them. Every employee sees it, no guest does."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from engine.errors import NotFound
from engine.people import visible
from engine.queries import projects
from engine.queries.lines import ActorLine
from engine.queries.projects import ProjectLine, Projects, ProjectsPage, project_lines
from engine.queries.view import View
from engine.store.tables import ChoiceRow, ProjectRow
from engine.words import Text

#: lines of one page of the matrix
MOST = 200
#: projects that are under way
LIVE = ("running", "held")


@dataclass(frozen=True, slots=True)
class Strategy:
    pass


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    code: str
    label: Text
    strand: str  #: code; empty: of none
    strand_name: Text
    owner: ActorLine | None
    projects: int  #: that serve it, of any state
    live: int  #: of them under way or on hold


@dataclass(frozen=True, slots=True)
class StrandLine:
    code: str
    label: Text
    owner: ActorLine | None
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True, slots=True)
class StrategyPage:
    strands: tuple[StrandLine, ...]
    others: tuple[ObjectiveLine, ...]  #: of no strand
    unserved: tuple[ObjectiveLine, ...]  #: that no project under way serves


@dataclass(frozen=True, slots=True)
class ObjectivePageOf:
    """An objective with its projects; `asked` filters, sorts and pages them as in the list of projects."""

    code: str
    asked: Projects = field(default_factory=Projects)


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    objective: ObjectiveLine
    projects: ProjectsPage


@dataclass(frozen=True, slots=True)
class StrandPageOf:
    """A strand with its objectives and their projects: the agenda of its half-yearly review."""

    code: str
    asked: Projects = field(default_factory=Projects)


@dataclass(frozen=True, slots=True)
class StrandPage:
    strand: StrandLine
    unserved: tuple[ObjectiveLine, ...]  #: its objectives that no project under way serves
    projects: ProjectsPage


@dataclass(frozen=True, slots=True)
class StrategyMatrix:
    """Objective × project, as a list. `strand` and `status` empty: all."""

    strand: str = ""
    status: str = ""
    after: str = ""
    size: int = MOST


@dataclass(frozen=True, slots=True)
class MatrixLine:
    objective: ObjectiveLine
    project: ProjectLine | None  #: none: no project serves it


@dataclass(frozen=True, slots=True)
class MatrixPage:
    lines: tuple[MatrixLine, ...]
    strands: tuple[StrandLine, ...]
    after: str


def read_strategy(view: View, query: Strategy) -> StrategyPage:
    lines = _objectives(view)
    return StrategyPage(
        strands=_strands(view, lines),
        others=tuple(each for each in lines if not each.strand),
        unserved=tuple(each for each in lines if not each.live),
    )


def read_objective(view: View, query: ObjectivePageOf) -> ObjectivePage:
    found = next((each for each in _objectives(view) if each.code == query.code), None)
    if found is None:
        raise NotFound
    return ObjectivePage(found, projects.read(view, replace(query.asked, objective=query.code)))


def read_strand(view: View, query: StrandPageOf) -> StrandPage:
    strand = next((each for each in _strands(view, _objectives(view)) if each.code == query.code), None)
    if strand is None:
        raise NotFound
    unserved = tuple(each for each in strand.objectives if not each.live)
    return StrandPage(strand, unserved, projects.read(view, replace(query.asked, strand=query.code)))


def read_matrix(view: View, query: StrategyMatrix) -> MatrixPage:
    if query.after and not (query.after.isdecimal() and len(query.after) < 9):
        raise NotFound
    objectives = _objectives(view)
    pairs = _pairs(view, objectives, query)
    start, size = int(query.after or 0), min(max(query.size, 1), 5_000)
    shown = pairs[start : start + size]
    lines = {each.id: each for each in project_lines(view, sorted({id for _, id in shown if id}))}
    return MatrixPage(
        tuple(MatrixLine(objective, lines.get(id)) for objective, id in shown), _strands(view, objectives),
        str(start + size) if len(pairs) > start + size else "",
    )  # fmt: skip


def _pairs(view: View, objectives: tuple[ObjectiveLine, ...], query: StrategyMatrix) -> list[tuple[ObjectiveLine, int]]:
    """Each objective with each project that serves it; with 0 where none does."""
    serving: dict[str, list[int]] = defaultdict(list)
    for id, status, codes in _served(view):
        if not query.status or status == query.status:
            for code in json.loads(codes):
                serving[code].append(id)
    return [
        (each, id)
        for each in objectives
        if not query.strand or each.strand == query.strand
        for id in serving.get(each.code) or [0]
    ]


def _served(view: View) -> list[tuple[int, str, str]]:
    """Every project with its state and the objectives that it serves."""
    if view.actor.guest:
        raise NotFound
    query = select(ProjectRow.id, ProjectRow.status, ProjectRow.objectives).where(visible(view.actor, ProjectRow))
    return [(id, status, codes) for id, status, codes in view.session.execute(query.order_by(ProjectRow.id.desc()))]


def _objectives(view: View) -> tuple[ObjectiveLine, ...]:
    """Every objective, by strand then by code."""
    rows = list(
        view.session.execute(
            select(ChoiceRow).where(ChoiceRow.kind == "objective").order_by(ChoiceRow.parent, ChoiceRow.code)
        ).scalars()
    )
    served: dict[str, list[str]] = defaultdict(list)
    for _, status, codes in _served(view):
        for code in json.loads(codes):
            served[code].append(status)
    names = {row.code: Text(row.label_fr, row.label_en) for row in _choices(view)}
    people = view.people(row.owner_id for row in rows)
    return tuple(
        ObjectiveLine(
            row.code, Text(row.label_fr, row.label_en), row.parent, names.get(row.parent, Text("")),
            people.get(row.owner_id or 0), len(served[row.code]), sum(each in LIVE for each in served[row.code]),
        )
        for row in rows
    )  # fmt: skip


def _choices(view: View) -> list[ChoiceRow]:
    query = select(ChoiceRow).where(ChoiceRow.kind == "strand").order_by(ChoiceRow.code)
    return list(view.session.execute(query).scalars())


def _strands(view: View, objectives: tuple[ObjectiveLine, ...]) -> tuple[StrandLine, ...]:
    rows = _choices(view)
    people = view.people(row.owner_id for row in rows)
    return tuple(
        StrandLine(
            row.code, Text(row.label_fr, row.label_en), people.get(row.owner_id or 0),
            tuple(each for each in objectives if each.strand == row.code),
        )
        for row in rows
    )  # fmt: skip
