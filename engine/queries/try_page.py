"""A draft played as if it were a project: all roles on one page, and a clock that goes when it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.beside import scenarios_among
from engine.errors import DiagramRefused, MethodRefused, NotFound, TooMuchTried
from engine.method import Field
from engine.queries.drawings import plain
from engine.queries.lines import Drawing
from engine.queries.method_drafts import MethodDraftLine, MethodDraftOf, MethodDraftPage, read_one
from engine.queries.view import View
from engine.release import Release
from engine.scenarios.course import Course
from engine.scenarios.coverage import Missed, coverage
from engine.scenarios.going import Open
from engine.scenarios.kept import books, kept
from engine.scenarios.marks import marks_of
from engine.scenarios.play import where
from engine.scenarios.program import prepare
from engine.scenarios.trying import (
    LONGEST_PLAY,
    NextStep,
    asked,
    begun,
    cut,
    due_of,
    ended,
    followed,
    outcomes,
    role_of,
    tried,
)
from engine.scenarios.writing import alone
from engine.words import Text


@dataclass(frozen=True, slots=True)
class TryMethodDraft:
    """Play a draft. Nothing is kept: `file` is the whole play, a scenario as docs/reference/scenarios.md has it."""

    draft: int
    file: str = ""  #: empty: from the start
    then: NextStep | None = None  #: one more step
    services: tuple[str, ...] = ()  #: codes of those that it concerns, where it begins
    kept: str = ""  #: file of the draft whose scenario `name` is played, instead of `file`
    name: str = ""
    steps: int | None = None  #: no more of them; None: all


@dataclass(frozen=True, slots=True)
class TriedTask:
    name: Text
    said: Text  #: with what this instance is for
    element: str
    role: Text
    since: datetime
    due_at: datetime | None
    late: bool
    outcomes: tuple[str, ...]  #: of a gate
    asks: tuple[Field, ...]  #: what decides the way on: said by whoever tries, where it is required


@dataclass(frozen=True, slots=True)
class TriedTimer:
    name: Text
    at: datetime | None


@dataclass(frozen=True, slots=True)
class TryPage:
    draft: MethodDraftLine
    file: str
    refused: Text  #: why it goes no further, or why the last step was not done; mostly empty
    where: Text
    over: bool
    now: datetime | None
    open: tuple[TriedTask, ...]
    timers: tuple[TriedTimer, ...]
    drawings: Mapping[str, Drawing]  #: as of a method; what is open is current, what was passed is done
    flows: int
    missed: tuple[Missed, ...]  #: flows that this play did not take
    name: str  #: of the scenario that the file tells
    done: int  #: its steps
    of: int  #: those of the scenario that the draft keeps under that name; 0: it keeps none
    errors: int  #: that the review finds in the draft


def read(view: View, query: TryMethodDraft) -> TryPage:
    """Raises `MethodRefused` for what is no method, `ScenariosUnreadable`, `TooMuchTried`, `NotFound`."""
    seen = read_one(view, MethodDraftOf(query.draft))
    scenarios = kept(books(seen.files)[0])
    file = _asked(seen, query)
    try:
        prepared = prepare(seen.files)
    except DiagramRefused as refusal:
        return _nowhere(seen, file, refusal.said)
    if prepared.method is None:
        raise MethodRefused(file="", count=1, findings=Text(""))
    wanted = followed(file, query.then) if query.then is not None else file
    if len(wanted) > LONGEST_PLAY:
        raise TooMuchTried(limit=LONGEST_PLAY)
    found, refused = tried(prepared, wanted), Text("")
    if not found.as_told:
        refused = found.played.verdict.message
        if query.then is not None:
            found, wanted = tried(prepared, file), file
    course = found.played.course
    if course is None:
        return _nowhere(seen, wanted, refused or found.played.verdict.message)
    marks = marks_of(course)
    drawn = plain(Release(0, seen.digest, prepared.method, seen.files))
    covered = coverage(prepared, course.passed)
    name = found.scenario.name
    return TryPage(
        draft=seen.line, file=ended(wanted, course), refused=refused, where=where(course), over=course.over,
        now=course.now, open=tuple(_task(course, each) for each in course.open if each.kind == "human"),
        timers=tuple(TriedTimer(each.name, each.at) for each in course.timers),
        drawings={id: replace(each, marks=marks) for id, each in drawn.items()},
        flows=covered.flows, missed=covered.missed, name=name, done=len(found.scenario.steps),
        of=next((each.steps for each in scenarios if each.name == name), 0), errors=len(seen.errors),
    )  # fmt: skip


def _asked(seen: MethodDraftPage, query: TryMethodDraft) -> str:
    """Raises `NotFound` for a scenario that the draft does not keep, `ScenariosUnreadable`."""
    if query.kept:
        content = scenarios_among(seen.files).get(query.kept)
        if content is None:
            raise NotFound
        return alone(content, query.kept, query.name, steps=query.steps)
    file = query.file or begun(seen.line.name.fr, query.services)
    return file if query.steps is None else cut(file, query.steps)


def _task(course: Course, task: Open) -> TriedTask:
    due = due_of(course, task)
    late = due is not None and course.now > due
    return TriedTask(
        task.name, task.said, task.work.element, role_of(course, task), task.since, due, late, outcomes(course, task),
        asked(course, task),
    )  # fmt: skip


def _nowhere(seen: MethodDraftPage, file: str, why: Text) -> TryPage:
    return TryPage(seen.line, file, why, Text(""), False, None, (), (), {}, 0, (), "", 0, 0, len(seen.errors))
