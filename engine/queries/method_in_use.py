"""How the steps of a method go in its projects, and what these have learned: what the next version is drawn from."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, get_args

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, or_, select

from engine.drawing import Mark, State
from engine.errors import NotFound
from engine.mandates import below
from engine.method import Method
from engine.overlay import read as overlay_of
from engine.queries.drawings import plain
from engine.queries.lines import Drawing, ServiceLine
from engine.queries.view import View
from engine.store.overlays import IN_FORCE
from engine.store.releases import released, releases_of
from engine.store.tables import EventRow, OverlayRow, ProjectRow, ReleaseRow, ServiceRow, TaskRow
from engine.words import Text

Measure = Literal["days", "late", "reworked", "refused", "hidden"]
Sort = Literal["drawn", "days", "late", "reworked", "refused", "hidden"]
MEASURES: tuple[str, ...] = get_args(Measure)
#: the tables of a form that hold what a project has learned, and what it proposes to change in the method: the column
#: that says it, and the one that says for whom, or of which step
SAID = {"enseignements": ("enseignement", "pour"), "methode": ("proposition", "etape")}
#: lessons of one page, the last learned first
MOST = 100
HEAT: tuple[State, ...] = ("mild", "warm", "hot")
DAY = 86_400


@dataclass(frozen=True, slots=True)
class MethodInUse:
    """How the steps of a method go. For everyone but guests: it names no person."""

    method: str
    version: str = ""  #: as published, with what services tailored of it; empty: all
    service: str = ""  #: code: projects of this one and those below it; empty: all
    measure: Measure = "days"  #: what the diagrams show
    sort: Sort = "drawn"


@dataclass(frozen=True, slots=True)
class LessonLine:
    """What a project has learned, or proposes to change in the method, in its words."""

    text: str
    about: str  #: for whom, or of which step; may be empty
    proposal: bool
    project: int
    title: str
    steps: tuple[str, ...]  #: ids of those that it names, by id or by name


@dataclass(frozen=True, slots=True)
class StepUse:
    """One step, gate or recurring activity, over all the projects asked."""

    element: str
    name: Text
    phase: str  #: id; empty outside the phases
    kind: str  #: task, gate, recurring
    exceptional: bool  #: of a threshold or a tolerance
    done: int
    open: int
    days: float | None  #: calendar days from opened to done, the median; none was done: None
    late: int  #: done after their day, or open past it
    reworked: int  #: opened again by a rework
    refused: int  #: times that somebody said that it is not theirs
    hidden: int  #: services whose tailoring hides it
    lessons: tuple[LessonLine, ...]
    until: str = ""  #: the last version that draws it, where the one shown does not

    @property
    def times(self) -> int:
        return self.done + self.open

    def of(self, measure: str) -> float:
        return float(getattr(self, measure) or 0)

    def share(self, measure: str) -> float:
        """Of the times that it was opened, 0 to 1."""
        return self.of(measure) / self.times if self.times else 0.0


@dataclass(frozen=True, slots=True)
class InUsePage:
    method: Method  #: the version asked, else the last
    versions: tuple[str, ...]  #: the last first
    services: tuple[ServiceLine, ...]
    projects: int
    lines: tuple[StepUse, ...]
    drawings: Mapping[str, Drawing]  #: by phase id, `""` the whole; the warmer, the more
    lessons: tuple[LessonLine, ...]  #: that name no step


def read(view: View, query: MethodInUse) -> InUsePage:
    """Raises `NotFound` for an unknown method, version or service, and to a guest."""
    rows = releases_of(view.session, query.method)
    base = next((each for each in rows if query.version in ("", each.version)), None)
    if base is None or view.actor.guest or query.service not in ("", *view.services):
        raise NotFound
    release, where = view.release(base.id), _asked(view, query)
    lessons = _lessons(view, release.method, where)
    lines = _lines(view, release.method, rows, query, where, lessons)
    return InUsePage(
        method=release.method,
        versions=tuple(each.version for each in rows),
        services=tuple(view.services.values()),
        projects=view.session.execute(select(func.count(ProjectRow.id)).where(where)).scalar_one(),
        lines=tuple(lines if query.sort == "drawn" else sorted(lines, key=lambda each: -each.of(query.sort))),
        drawings=_warmed(plain(release), lines, query.measure),
        lessons=tuple(each for each in lessons if not each.steps),
    )


def _asked(view: View, query: MethodInUse) -> ColumnElement[bool]:
    """The projects that it is about."""
    releases = select(ReleaseRow.id).where(ReleaseRow.method == query.method)
    if query.version:
        base = released(view.session, query.method, query.version)
        id = base.id if base is not None else None
        releases = releases.where(or_(ReleaseRow.id == id, ReleaseRow.base_id == id))
    found: ColumnElement[bool] = ProjectRow.release_id.in_(releases)
    if not query.service:
        return found
    id = view.session.execute(select(ServiceRow.id).where(ServiceRow.code == query.service)).scalar_one()
    return and_(found, ProjectRow.service_id.in_(below([id])))


def _lines(
    view: View, method: Method, releases: Iterable[ReleaseRow], query: MethodInUse, where: ColumnElement[bool],
    lessons: Iterable[LessonLine],
) -> list[StepUse]:  # fmt: skip
    counts = {row.element: row for row in view.session.execute(_counted(view, where))}
    days = {element: round(float(took) / DAY, 1) for element, took in view.session.execute(_medians(view, where))}
    refused = Counter({
        element: times for element, times in view.session.execute(
            select(TaskRow.element, func.count()).join(ProjectRow, ProjectRow.id == TaskRow.project_id)
            .join(EventRow, and_(EventRow.stream == ProjectRow.id, EventRow.task_id == TaskRow.id))
            .where(where, EventRow.kind == "task_refused").group_by(TaskRow.element)
        )
    })  # fmt: skip
    hidden = _hidden(view, query.method)
    lines = []
    drawn = {element: (method, "", *of) for element, of in _drawn(method).items()}
    if not query.version:
        drawn |= _no_more_drawn(view, releases, counts.keys() - drawn.keys())
    for element, (method, until, kind, phase) in drawn.items():
        row = counts.get(element)
        done, open, late, reworked = (row.done, row.open, row.late, row.reworked) if row else (0, 0, 0, 0)
        lines.append(StepUse(
            element, method.name_of(element), phase, kind, phase in method.exception, done, open, days.get(element),
            late, reworked, refused[element], hidden[element], tuple(each for each in lessons if element in each.steps),
            until,
        ))  # fmt: skip
    return lines


def _no_more_drawn(
    view: View, releases: Iterable[ReleaseRow], elements: Set[str]
) -> dict[str, tuple[Method, str, str, str]]:
    """Steps that projects did and that a later version took out: as the last that draws them does."""
    found: dict[str, tuple[Method, str, str, str]] = {}
    for row in releases if elements else ():
        method = view.release(row.id).method
        gone = {element: of for element, of in _drawn(method).items() if element in elements and element not in found}
        found |= {element: (method, row.version, *of) for element, of in gone.items()}
        if len(found) == len(elements):
            break
    return found


def _drawn(method: Method) -> dict[str, tuple[str, str]]:
    """Kind and phase of each step, phase by phase in the order drawn, each gate after its phase."""
    found: dict[str, tuple[str, str]] = {}
    for phase in method.phases:
        found |= {task.id: ("task", phase.id) for task in phase.tasks}
        found |= {gate.id: ("gate", phase.id) for gate in method.gates if gate.phase == phase.id}
    found |= {each.id: ("recurring", "") for each in method.recurring}
    found |= {id: ("task", task.phase) for id, task in method.tasks.items() if id not in found}
    return found | {id: ("gate", gate.phase) for id, gate in method.gate.items() if id not in found}


def _counted(view: View, where: ColumnElement[bool]) -> Select[Any]:
    def times(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)

    done, open = TaskRow.state == "done", and_(TaskRow.state == "open", ProjectRow.status.in_(("running", "held")))
    past = or_(
        and_(done, TaskRow.closed_at > TaskRow.due_at),
        and_(open, TaskRow.due_at < view.now, ProjectRow.status != "held"),
    )
    counted: Any = (
        select(
            TaskRow.element, times(done).label("done"), times(open).label("open"), times(past).label("late"),
            times(TaskRow.round > 1, or_(done, open)).label("reworked"),
        )
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id).where(where).group_by(TaskRow.element)
    )  # fmt: skip
    return cast("Select[Any]", counted)


def _medians(view: View, where: ColumnElement[bool]) -> Select[Any]:
    """Seconds from opened to done, of each element: the one in the middle, or the mean of the two."""
    took: ColumnElement[Any] = extract("epoch", TaskRow.closed_at) - extract("epoch", TaskRow.opened_at)
    within = {"partition_by": TaskRow.element}
    ranked = (
        select(
            TaskRow.element, took.label("took"), func.count().over(**within).label("of"),  # type: ignore[arg-type]
            func.row_number().over(**within, order_by=took).label("rank"),  # type: ignore[arg-type]
        )
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id).where(where, TaskRow.state == "done").subquery()
    )  # fmt: skip
    middle = or_(ranked.c.rank == (ranked.c.of + 1) // 2, ranked.c.rank == (ranked.c.of + 2) // 2)
    return select(ranked.c.element, func.avg(ranked.c.took)).where(middle).group_by(ranked.c.element)


def _hidden(view: View, method: str) -> Counter[str]:
    rows = view.session.execute(
        select(OverlayRow.content).where(
            OverlayRow.method == method, OverlayRow.state == IN_FORCE, OverlayRow.valid_until > view.now
        )
    ).scalars()
    said = (overlay_of(content.encode(), method).operations for content in rows)
    return Counter(target for each in said for target in {one.target for one in each if one.kind == "hide"})


# --- what projects have learned ---


def _lessons(view: View, method: Method, where: ColumnElement[bool]) -> list[LessonLine]:
    holders = {
        task.id: [each.key for each in task.form if each.type == "table" and each.key in SAID]
        for task in method.tasks.values()
    }
    rows = view.session.execute(
        select(TaskRow.element, TaskRow.answers, ProjectRow.id, ProjectRow.title)
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .where(
            where,
            TaskRow.element.in_([id for id, tables in holders.items() if tables]),
            TaskRow.state == "done",
            TaskRow.answers.is_not(None),
        )
        .order_by(TaskRow.closed_at.desc(), TaskRow.id.desc())
        .limit(MOST)
    )
    found = []
    for element, answers, project, title in rows:
        given = json.loads(answers or "{}")
        for key in holders[element]:
            says, of = SAID[key]
            for row in given.get(key) or []:
                said, about = str(row.get(says) or ""), str(row.get(of) or "")
                steps = _named(method, f"{about} {said}")
                found.append(LessonLine(said, about, key == "methode", project, title, steps))
    return found[:MOST]


def _named(method: Method, said: str) -> tuple[str, ...]:
    """The steps that a sentence speaks of: `C2`, or « Atelier d’idéation »."""
    words, text = set(re.findall(r"\w+", said)), said.casefold()
    return tuple(
        id
        for id in _drawn(method)
        if id in words or any(name.casefold() in text for name in _names(method.name_of(id)))
    )


def _names(name: Text) -> tuple[str, ...]:
    return tuple(each for each in (name.fr, name.en) if each)


# --- on the diagrams ---


def _warmed(drawn: Mapping[str, Drawing], lines: Iterable[StepUse], measure: Measure) -> dict[str, Drawing]:
    """Each step by how it compares with the one that has the most."""
    most = max((each.of(measure) for each in lines), default=0.0)
    marks: dict[str, dict[str, Mark]] = {}
    for each in lines:
        if each.of(measure) > 0:
            mark = Mark(HEAT[min(2, int(3 * each.of(measure) / most))], badge=_short(each.of(measure)))
            marks.setdefault(_drawn_on(each, drawn), {})[each.element] = mark
    return {id: replace(each, marks=marks.get(id, {})) for id, each in drawn.items()}


def _drawn_on(line: StepUse, drawn: Mapping[str, Drawing]) -> str:
    """The gates of phases stand on the whole."""
    if line.kind == "recurring":
        return line.element
    return line.phase if line.phase in drawn and (line.kind == "task" or line.exceptional) else ""


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
