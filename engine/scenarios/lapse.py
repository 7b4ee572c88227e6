"""Time passes: so long, until a timer, or until the next that is due."""

from __future__ import annotations

from engine.errors import TooMuchWork
from engine.scenarios import keywords
from engine.scenarios.course import Course
from engine.scenarios.desk import Desk
from engine.scenarios.finding import chosen, timers_called
from engine.scenarios.going import Due, soonness
from engine.scenarios.keywords import is_said
from engine.scenarios.scenario import Step
from engine.scenarios.verdict import Failed, listed, quoted
from engine.scenarios.words import later
from engine.words import Text
from engine.working_time import next_occurrence

#: timers that one lapse of time fires
MOST_FIRED = 1_000


def timer(course: Course, desk: Desk, step: Step) -> None:
    said = step.names[0] if step.names else ""
    lapse = later(said)
    if lapse:
        _pass(course, lapse, step)
        return
    soonest = course.next_due()
    if is_said(said, keywords.DUE):
        due = soonest
    else:
        due = next(iter(timers_called(course, said)), None)
    if due is None:
        raise Failed(Text("le minuteur {name}", "the timer {name}").format(name=quoted(said)),
                     listed([each.name for each in course.timers]))  # fmt: skip
    if step.variables is None and due.at is not None:
        _come_to(course, due)
    course.fire(due, **chosen(course, step.choose))


def _come_to(course: Course, due: Due) -> None:
    """What is due before comes before."""
    for _ in range(MOST_FIRED):
        soonest = course.next_due()
        if soonest is due:
            return
        if due not in course.timers or soonest is None:
            raise Failed(quoted(due.name), Text("il n’attend plus", "it waits no longer"))
        course.fire(soonest)
    raise TooMuchWork(limit=MOST_FIRED, what=Text("échéances", "timers"))


def _pass(course: Course, lapse: str, step: Step) -> None:
    try:
        until = next_occurrence(course.now, lapse)
    except (OverflowError, ValueError):
        raise Failed(
            Text("une durée que le calendrier tient", "a time that the calendar holds"), quoted(lapse)
        ) from None
    for _ in range(MOST_FIRED):
        soonest = course.next_due()
        if soonest is None or soonness(soonest) > until:
            course.now = until
            return
        course.fire(soonest, **chosen(course, step.choose))
    raise TooMuchWork(limit=MOST_FIRED, what=Text("échéances", "timers"))
