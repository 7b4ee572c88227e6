"""Recurring activities on a course, as `engine.store.projection` has them in rows: when they begin, recur and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import execution
from engine.answers import PlanLine, plan_lines
from engine.method import Gate, Recurring
from engine.scenarios.going import Due, Going, Open
from engine.working_time import next_occurrence

if TYPE_CHECKING:
    from engine.scenarios.course import Course


def start_recurring(course: Course, entered: Sequence[str]) -> None:
    """The first occurrences on entering a phase; nothing of what already recurs."""
    alive = {each.element for each in course.timers} | {each.work.element for each in course.open}
    for each in course.method.recurring if course.method else ():
        if each.during in entered and each.id not in alive:
            for line in _plan(course, each):
                _open(course, each, line)


def _plan(course: Course, recurring: Recurring) -> list[PlanLine]:
    if recurring.every != "plan":
        return [PlanLine("", None, recurring.every)]
    element, _, key = recurring.plan.partition(".")
    return plan_lines(course.answers.get(element, {}).get(key) or [])


def _open(course: Course, recurring: Recurring, line: PlanLine) -> None:
    going = Going(recurring.process, subject=line.subject, recurring=recurring)
    if line.every:
        at = next_occurrence(course.now, line.every)
        course.timers.append(Due(at, recurring.id, recurring.name, subject=line.subject))
    course.apply(going, execution.start(course.prepared.program, recurring.process, {}))


def recur(course: Course, due: Due) -> None:
    """The next occurrence replaces one that nobody did."""
    for each in course.method.recurring if course.method else ():
        for line in _plan(course, each) if each.id == due.element else ():
            if line.subject == due.subject and line.every:
                course.open = [task for task in course.open if not _is_of(task, due)]
                _open(course, each, line)
                return


def _is_of(task: Open, due: Due) -> bool:
    return task.work.element == due.element and task.going.subject == due.subject


def end_recurring(course: Course, gate: Gate) -> None:
    ended = {each.id for each in course.method.recurring if each.until == gate.id} if course.method else set()
    course.open = [each for each in course.open if each.work.element not in ended]
    course.timers = [each for each in course.timers if each.element not in ended]
