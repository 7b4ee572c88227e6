"""A draft played as if it were a project: all roles on one page, and a clock that goes when it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.errors import DiagramRefused, MethodRefused, TooMuchTried
from engine.method import Field
from engine.queries.drawings import plain
from engine.queries.lines import Drawing
from engine.queries.method_drafts import MethodDraftLine, MethodDraftOf, read_one
from engine.queries.view import View
from engine.release import Release
from engine.scenarios.course import Course
from engine.scenarios.coverage import Missed, coverage
from engine.scenarios.going import Open
from engine.scenarios.marks import marks_of
from engine.scenarios.play import where
from engine.scenarios.program import prepare
from engine.scenarios.trying import NextStep, asked, begun, ended, followed, outcomes, role_of, tried
from engine.words import Text

#: characters of the file
LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class TryMethodDraft:
    """Play a draft. Nothing is kept: `file` is the whole play, a scenario as docs/reference/scenarios.md has it."""

    draft: int
    file: str = ""  #: empty: from the start
    then: NextStep | None = None  #: one more step
    services: tuple[str, ...] = ()  #: codes of those that it concerns, where it begins


@dataclass(frozen=True, slots=True)
class TriedTask:
    name: Text
    said: Text  #: with what this instance is for
    element: str
    role: Text
    since: datetime
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


def read(view: View, query: TryMethodDraft) -> TryPage:
    """Raises `MethodRefused` for what the review refuses, `ScenariosUnreadable`, `TooMuchTried`."""
    seen = read_one(view, MethodDraftOf(query.draft))
    try:
        prepared = prepare(seen.files)
    except DiagramRefused as refusal:
        return _nowhere(seen.line, query.file, refusal.said)
    if prepared.method is None:
        raise MethodRefused(file="", count=1, findings=Text(""))
    file = query.file or begun(seen.line.name.fr, query.services)
    wanted = followed(file, query.then) if query.then is not None else file
    if len(wanted) > LONGEST:
        raise TooMuchTried(limit=LONGEST)
    played, kept, refused = tried(prepared, wanted), wanted, Text("")
    course = played.course
    if not played.verdict.passed and not (course is not None and course.over):
        refused = played.verdict.message
        if query.then is not None:
            played, kept = tried(prepared, file), file
            course = played.course
    if course is None:
        return _nowhere(seen.line, kept, refused or played.verdict.message)
    marks = marks_of(course)
    drawn = plain(Release(0, seen.digest, prepared.method, seen.files))
    covered = coverage(prepared, course.passed)
    return TryPage(
        draft=seen.line, file=ended(kept, course), refused=refused, where=where(course), over=course.over,
        now=course.now, open=tuple(_task(course, each) for each in course.open if each.kind == "human"),
        timers=tuple(TriedTimer(each.name, each.at) for each in course.timers),
        drawings={id: replace(each, marks=marks) for id, each in drawn.items()},
        flows=covered.flows, missed=covered.missed,
    )  # fmt: skip


def _task(course: Course, task: Open) -> TriedTask:
    return TriedTask(
        task.name, task.said, task.work.element, role_of(course, task), task.since, outcomes(course, task),
        asked(course, task),
    )  # fmt: skip


def _nowhere(line: MethodDraftLine, file: str, why: Text) -> TryPage:
    return TryPage(line, file, why, Text(""), False, None, (), (), {}, 0, ())
