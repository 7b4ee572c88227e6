"""Where a project stands in time: one row a phase, a bar while it lasted, a diamond where its gate is.

Only the geometry: `templates/projects/timeline.html` draws it as SVG, with a table that says the same beside it.
Phases that have no date yet have no bar: Jalon never invents a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import dates

from engine import GateStep, PhaseStep
from web.language.formats import LOCALES, aware, local

WIDTH = 960
LEFT, RIGHT = 210, 24  #: room for the names of the phases, and beyond the last date
TOP, ROW, FOOT = 34, 38, 8
#: months between two marks of the scale, the first that gives no more than `MOST` marks
STEPS = (1, 2, 3, 6, 12)
MOST = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Diamond:
    x: float
    y: float
    gate: GateStep


@dataclass(frozen=True, slots=True)
class Row:
    """One phase. `width` 0: it has not begun."""

    phase: PhaseStep
    y: float  #: of the middle
    x: float
    width: float
    diamond: Diamond | None


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: int
    left: int
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    today: float  #: x; 0 once the project has ended


def timeline(
    phases: Iterable[PhaseStep], started: datetime, ended: datetime | None, now: datetime, language: str
) -> Timeline:
    """The picture of `phases`, from the project's start to its end, or to today and what is already dated after."""
    phases = tuple(phases)
    last = max(aware(each) for each in [ended or now, *dated(phases)])
    scale = Scale(aware(started), max(last, aware(started) + timedelta(days=14)))
    until = ended or now
    rows = tuple(row(phase, index, scale, until) for index, phase in enumerate(phases))
    return Timeline(
        width=WIDTH,
        height=TOP + ROW * len(rows) + FOOT,
        left=LEFT,
        rows=rows,
        marks=tuple(scale_marks(scale, language)),
        today=0 if ended else scale.x(now),
    )


def dated(phases: Iterable[PhaseStep]) -> list[datetime]:
    """Every moment that must find its place."""
    gates = [phase.gate.at for phase in phases if phase.gate]
    return [each for each in [*gates, *(phase.ended_at for phase in phases)] if each]


@dataclass(frozen=True, slots=True)
class Scale:
    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        share = (aware(moment) - self.start) / (self.end - self.start)
        return round(LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT), 1)


def row(phase: PhaseStep, index: int, scale: Scale, until: datetime) -> Row:
    y = TOP + ROW * index + ROW / 2
    gate = phase.gate
    diamond = Diamond(scale.x(gate.at), y, gate) if gate and gate.at else None
    if phase.started_at is None:
        return Row(phase, y, LEFT, 0, diamond)
    begin = scale.x(phase.started_at)
    end = scale.x(max(aware(phase.ended_at or until), aware(phase.started_at)))
    return Row(phase, y, begin, max(end - begin, 4), diamond)


def scale_marks(scale: Scale, language: str) -> Iterable[Mark]:
    """The Mondays of a short project, the first days of some months of a long one, never more than `MOST`."""
    if scale.end - scale.start <= timedelta(weeks=MOST - 1):
        return [Mark(scale.x(day), said_as(day, "d MMM", language)) for day in days(scale, monday, timedelta(weeks=1))]
    firsts = days(scale, first_of_month, timedelta(days=32))
    step = next((each for each in STEPS if len(firsts) <= each * MOST), STEPS[-1])
    kept = [day for day in firsts if (day.year * 12 + day.month - 1) % step == 0]
    return [Mark(scale.x(day), said_as(day, "MMM y", language)) for day in kept]


def days(scale: Scale, snap: Callable[[datetime], datetime], ahead: timedelta) -> list[datetime]:
    """The days of the scale that `snap` gives, one after the other; `ahead` leads surely into the next."""
    day = snap(local(scale.start).replace(hour=0, minute=0, second=0, microsecond=0))
    found = []
    while aware(day) <= scale.end:
        if aware(day) >= scale.start:
            found.append(day)
        day = snap(day + ahead)
    return found


def monday(day: datetime) -> datetime:
    return day - timedelta(days=day.weekday())


def first_of_month(day: datetime) -> datetime:
    return day.replace(day=1)


def said_as(day: datetime, pattern: str, language: str) -> str:
    return dates.format_date(day, pattern, locale=LOCALES[language])
