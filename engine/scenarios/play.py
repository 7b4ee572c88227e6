"""Play a scenario: each step carried out, or compared with what is found; the first that differs ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import Incident, JalonError
from engine.scenarios import steps
from engine.scenarios.allowance import Allowance
from engine.scenarios.course import Course
from engine.scenarios.desk import Desk
from engine.scenarios.finding import chosen, waits_for
from engine.scenarios.keywords import is_said
from engine.scenarios.program import Prepared
from engine.scenarios.scenario import End, Scenario, Step
from engine.scenarios.verdict import Failed, Verdict, failed, listed, quoted
from engine.words import Text

ENDED = Text("terminé", "ended")
DONE = Text("l’étape est faite", "the step is done")
RUNS = Text("le diagramme se lit et s’exécute", "the diagram is read and runs")
BEGUN = Text("le parcours commence", "the course begins")


@dataclass(frozen=True)
class Played:
    verdict: Verdict
    course: Course | None  #: as far as it went; None where it could not begin


def play(prepared: Prepared, process: str, scenario: Scenario, id: str, allowance: Allowance | None = None) -> Played:
    """Raises nothing: whatever goes wrong is a verdict. `allowance`: what it may take; None: as long as it takes."""
    course = Course(prepared, process, scenario.on, allowance=allowance)
    desk = Desk(course)
    wrong = _try(lambda: _start(course, desk, scenario), BEGUN)
    if wrong is not None:
        foreseen = _is_the_end(wrong, scenario, 0)
        return Played(Verdict(id, True) if foreseen else failed(id, None, scenario.line, wrong), None)
    for number, step in enumerate(scenario.steps, 1):
        wrong = _try(lambda step=step: _carry_out(course, desk, step), DONE)  # type: ignore[misc]
        if wrong is not None:
            foreseen = _is_the_end(wrong, scenario, number)
            return Played(Verdict(id, True) if foreseen else failed(id, number, step.line, wrong), course)
    wrong = _try(lambda: _must_be_at(course, scenario.end), DONE)
    if wrong is not None:
        return Played(failed(id, len(scenario.steps) + 1, scenario.end.line, wrong), course)
    return Played(Verdict(id, True), course)


def _carry_out(course: Course, desk: Desk, step: Step) -> None:
    if course.allowance is not None:
        course.allowance.take()
    steps.carry_out(course, desk, step)


def _is_the_end(wrong: Failed, scenario: Scenario, done: int) -> bool:
    """What nobody catches is also a decision that nothing fits, or an expression without a value, in the last step."""
    return wrong.incident and scenario.end.kind == "error" and not scenario.end.name and done == len(scenario.steps)


def _try(act: Callable[[], None], expected: Text) -> Failed | None:
    try:
        act()
    except Failed as wrong:
        return wrong
    except JalonError as refusal:
        return Failed(expected, refusal.said, isinstance(refusal, Incident))
    except Exception as error:
        return Failed(expected, unexpected(error))
    return None


def unexpected(error: Exception) -> Text:
    """What nobody foresaw, in a sentence."""
    return Text(
        "une erreur que Jalon n’attendait pas ({what}) ; signalez-la avec ce fichier.",
        "an error that Jalon did not expect ({what}); report it with this file.",
    ).format(what=type(error).__name__)


def _start(course: Course, desk: Desk, scenario: Scenario) -> None:
    desk.know(scenario.usual)
    variables = {**desk.at_start(scenario.start), **scenario.variables}
    course.start(variables, by=scenario.by, **chosen(course, scenario.choose))


def _must_be_at(course: Course, end: End) -> None:
    found = where(course)
    if end.kind == "error":
        if course.error is None or (end.name and end.name != course.error):
            raise Failed(Text("une erreur que rien ne rattrape", "an error that nothing catches"), found)
    elif end.kind == "waiting":
        if course.over:
            raise Failed(Text("en attente", "waiting"), found)
    elif not course.over or course.error is not None:
        raise Failed(ENDED, found)
    elif end.name and not (end.name == course.end or is_said(end.name, course.prepared.called(course.end))):
        raise Failed(Text("terminé à {end}", "ended at {end}").format(end=quoted(end.name)), found)


def where(course: Course) -> Text:
    """Where a course stands, for who must find what went otherwise."""
    if course.error is not None:
        return Text("une erreur : {code}", "an error: {code}").format(code=course.error or "?")
    if course.over:
        if not course.end:
            return ENDED
        return Text("terminé à {end}", "ended at {end}").format(end=quoted(course.prepared.called(course.end)))
    return Text("en attente de {open}", "waiting for {open}").format(open=listed(waits_for(course)))
