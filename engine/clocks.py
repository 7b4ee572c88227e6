"""The clock of an asked opinion: how long it is given, and how its time divides.

    elapsed = running + suspended + held, to the second

A request for information suspends the clock until it is answered; a hold of the project stops it as it stops every
other. Time that falls under both counts as held (docs/explanation/clocks.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.answers import Allowed, for_expressions, sound
from engine.execution.program import evaluate
from engine.method import Task
from engine.moments import is_written_out
from engine.working_time import parts

#: from, until; the second is null for what still lasts
Interval = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Divided:
    """How the time since the clock began divides."""

    elapsed: timedelta
    running: timedelta
    suspended: timedelta
    held: timedelta


def divided(began: datetime, now: datetime, requests: Iterable[Interval], holds: Iterable[Interval]) -> Divided:
    held = _joined(_within(began, now, holds))
    stopped = _joined([*_within(began, now, requests), *held])
    held_time, stopped_time = _length(held), _length(stopped)
    elapsed = now - began
    return Divided(elapsed, elapsed - stopped_time, stopped_time - held_time, held_time)


def term(task: Task, typed: Mapping[str, Any]) -> str:
    """How long the opinion is given (ISO 8601), as far as the form says so by now; empty where nothing does."""
    if task.silence is None:
        return ""
    after = task.silence.after or task.due
    if not after or is_written_out(after):
        return after
    options = {each.key: frozenset(option.value for option in each.options) for each in task.form}
    said = str(evaluate(after, for_expressions(task.form, sound(task.form, typed, Allowed(options)))))
    try:
        parts(said)
    except ValueError:
        return task.due  # the review asks for a due date beside what is computed
    return said


def _within(began: datetime, now: datetime, intervals: Iterable[Interval]) -> list[tuple[datetime, datetime]]:
    found = [(max(begin, began), min(end or now, now)) for begin, end in intervals]
    return sorted((begin, end) for begin, end in found if begin < end)


def _joined(intervals: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The same time, without overlaps."""
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(intervals):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _length(intervals: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((end - begin for begin, end in intervals), timedelta())
