"""What comes from outside: messages, signals, work that somebody else does."""

from __future__ import annotations

from typing import Any

from engine.scenarios.course import Course
from engine.scenarios.desk import Desk
from engine.scenarios.finding import chosen, find, is_named, waits_for
from engine.scenarios.scenario import Step
from engine.scenarios.verdict import Failed, listed, quoted
from engine.scenarios.words import plain
from engine.words import Text


def send(course: Course, desk: Desk, step: Step) -> None:
    for name in step.names:
        if not course.send((step.verb,), name, _said(step), **chosen(course, step.choose)):
            expected = Text("quelque chose qui attend {name}", "something that waits for {name}")
            raise Failed(expected.format(name=quoted(name)), listed(waits_for(course)))


def external(course: Course, desk: Desk, step: Step) -> None:
    for name in step.names:
        task = find(course, name, "external")
        course.complete(task, _said(step), **chosen(course, step.choose))


def receive(course: Course, desk: Desk, step: Step) -> None:
    """A receive task, a message by its name, or a condition that is drawn without saying when it holds."""
    for name in step.names:
        task = next((each for each in course.open if each.kind == "receive" and is_named(each, name)), None)
        done = course.complete(task, _said(step), **chosen(course, step.choose)) if task is not None else False
        if not done and not course.send(
            ("message", "signal", "conditional"), name, _said(step), **chosen(course, step.choose)
        ):
            expected = Text("quelque chose qui attend {name}", "something that waits for {name}")
            raise Failed(expected.format(name=quoted(name)), listed(waits_for(course)))


def choose(course: Course, desk: Desk, step: Step) -> None:
    for name in step.names:
        if not course.choose(name):
            expected = Text("une décision dont un flux est {name}", "a decision one of whose flows is {name}")
            raise Failed(expected.format(name=quoted(name)), listed(waits_for(course)))


def _said(step: Step) -> dict[str, Any]:
    if step.variables is not None:
        return dict(step.variables)
    return {name: plain(value) for name, value in (step.answers.items if step.answers else {}).items()}
