"""A gate decided: the vote and the criteria are people’s, a scenario says what the chair decided."""

from __future__ import annotations

from engine.errors import OtherMethodAdvised, OutcomeNotAllowed
from engine.method import Gate
from engine.scenarios import keywords
from engine.scenarios.course import Course
from engine.scenarios.desk import Desk
from engine.scenarios.finding import find
from engine.scenarios.going import Open
from engine.scenarios.recurring import end_recurring
from engine.scenarios.scenario import Step
from engine.scenarios.verdict import Failed, quoted
from engine.votes import why_not
from engine.words import Text


def gate_of(course: Course, task: Open) -> Gate | None:
    return course.method.gate.get(task.work.element) if course.method else None


def decide(course: Course, desk: Desk, step: Step) -> None:
    decide_task(course, desk, find(course, step.names[0] if step.names else "", "human"), step.outcome)


def decide_task(course: Course, desk: Desk, task: Open, said: str) -> None:
    gate = gate_of(course, task)
    if gate is None:
        raise Failed(Text("une porte", "a gate"), quoted(task.said))
    outcome = keywords.which(said, keywords.OUTCOMES)
    if not outcome:
        raise Failed(keywords.listing(each[0] for each in keywords.OUTCOMES.values()), quoted(said))
    # the vote and the criteria are people's: a scenario says what the chair decided
    why = why_not(gate, outcome, "tie", course.reworks[gate.id], 0)  # type: ignore[arg-type]
    if why is not None:
        raise OutcomeNotAllowed(outcome=keywords.OUTCOMES[outcome][0], gate=gate.name, why=why)
    advised = desk.advised(gate.phase) if outcome in ("go", "go_reserves") else None
    if advised is not None and course.method is not None:
        raise OtherMethodAdvised(task=advised[0].name, method=course.method.name, gate=gate.name)
    course.decided.add((gate.id, outcome))
    if outcome == "hold":
        return  # nothing moves: the gate is decided again once the project resumes
    course.reworks[gate.id] += outcome == "rework"
    if outcome in ("go", "go_reserves", "stop"):
        end_recurring(course, gate)
    course.complete(task, {"decision": outcome, "landing": gate.landing if outcome == "rework" else None})
