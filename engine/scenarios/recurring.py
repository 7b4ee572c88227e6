"""Recurring activities on a course, as `engine.store.projection` has them in rows: when they begin, recur and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import execution
from engine.answers import plan_lines
from engine.method import Gate, Recurring
from engine.scenarios.going import Due, Going
from engine.working_time import next_occurrence

if TYPE_CHECKING:
    from engine.scenarios.course import Course


def start_recurring(course: Course, entered: Sequence[str]) -> None:
    """The first occurrences on entering a phase; nothing of what already recurs."""
    alive = {each.element for each in course.timers} | {each.work.element for each in course.open}
    for each in course.method.recurring if course.method else ():
        if each.during in entered and each.id not in alive:
            for subject in _plan(course, each):
                _open(course, each, subject)


def _plan(course: Course, recurring: Recurring) -> list[str]:
    if recurring.every != "plan":
        return [""]
    element, _, key = recurring.plan.partition(".")
    return [subject for subject, _ in plan_lines(course.answers.get(element, {}).get(key) or [])]


def _open(course: Course, recurring: Recurring, subject: str) -> None:
    going = Going(recurring.process, subject=subject, recurring=recurring)
    if recurring.every != "plan":
        at = next_occurrence(course.now, recurring.every)
        course.timers.append(Due(at, recurring.id, recurring.name, subject=subject))
    course.apply(going, execution.start(course.prepared.program, recurring.process, {}))


def recur(course: Course, due: Due) -> None:
    """The next occurrence replaces one that nobody did."""
    for each in course.method.recurring if course.method else ():
        if each.id == due.element:
            course.open = [task for task in course.open if task.work.element != due.element]
            _open(course, each, due.subject)


def end_recurring(course: Course, gate: Gate) -> None:
    ended = {each.id for each in course.method.recurring if each.until == gate.id} if course.method else set()
    course.open = [each for each in course.open if each.work.element not in ended]
    course.timers = [each for each in course.timers if each.element not in ended]
