"""What a name means on a course: an open task, or a timer; and all that waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.scenarios.course import Course
from engine.scenarios.going import Due, Open, soonness
from engine.scenarios.keywords import is_said
from engine.scenarios.verdict import NOTHING, Failed, listed, quoted
from engine.words import Text


def waits_for(course: Course) -> list[Text]:
    """All that waits: tasks, then timers, then messages, signals and conditions."""
    tasks, timers = (each.said for each in course.open), (each.name for each in course.timers)
    drawn = {each.work.element for each in course.open}
    others = (Text(each.name or each.element) for each in course.awaited() if each.element not in drawn)
    return [*tasks, *timers, *others]


def is_instance(each: Open, name: str) -> bool:
    return is_said(name, each.said)


def is_named(each: Open | Due, name: str) -> bool:
    element = each.work.element if isinstance(each, Open) else each.element
    return name == element or is_said(name, each.name)


def timers_called(course: Course, name: str) -> list[Due]:
    """Those that wait, soonest first: by their own name, else by that of the task on whose border they stand, or of
    the sub-process that they begin.
    """
    elements = course.prepared.elements_called(name)
    own = [each for each in course.timers if is_named(each, name)]
    found = own or [each for each in course.timers if course.prepared.stands_on(each.element) in elements]
    return sorted(found, key=soonness)


def find(course: Course, name: str, kind: str) -> Open:
    open_ = [each for each in course.open if each.kind == kind]
    for matches in (is_instance, is_named):
        found = next((each for each in open_ if matches(each, name)), None)
        if found is not None:
            return found
    raise Failed(quoted(name), listed([each.said for each in open_]))


def chosen(course: Course, names: Sequence[str]) -> dict[str, Any]:
    """What the executor is told of the flows to be taken. Raises `Failed` for one that is not drawn."""
    found = []
    for name in names:
        flow = course.prepared.flow_called(name)
        if not flow:
            raise Failed(Text("un flux appelé {name}", "a flow called {name}").format(name=quoted(name)), NOTHING)
        found.append(flow)
    return {"choose": found} if found else {}
