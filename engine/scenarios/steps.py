"""What each step does to a course. Raises `Failed` for what is found otherwise, and any refusal of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.document import Named
from engine.errors import AnswerUnclear, FormRefused, TooMuchWork
from engine.scenarios.course import Course
from engine.scenarios.desk import Desk, answers_to
from engine.scenarios.finding import chosen, find, is_instance, is_named, waits_for
from engine.scenarios.gates import decide, decide_task, gate_of
from engine.scenarios.going import Open
from engine.scenarios.keywords import is_said
from engine.scenarios.labels import labelled
from engine.scenarios.lapse import timer
from engine.scenarios.outside import choose, external, receive, send
from engine.scenarios.scenario import Step
from engine.scenarios.verdict import Failed, listed, quoted
from engine.words import Text

#: tasks that one `until` completes
MOST_TURNS = 1_000


def carry_out(course: Course, desk: Desk, step: Step) -> None:
    _DO[step.verb](course, desk, step)


def expect(course: Course, desk: Desk, step: Step) -> None:
    _must_be_open(step, [each for each in course.open if each.kind == "human" and not each.going.recurring])


def recurring(course: Course, desk: Desk, step: Step) -> None:
    _must_be_open(step, [each for each in course.open if each.going.recurring])


def _must_be_open(step: Step, found: list[Open]) -> None:
    """The same names, each as often; `Task (DSI)` is that instance, `Task` is any."""
    left = list(found)
    missing: list[str] = []
    for exact in (True, False):
        for name in step.names if exact else list(missing):
            match = next((each for each in left if (is_instance if exact else is_named)(each, name)), None)
            if match is not None:
                left.remove(match)
                if not exact:
                    missing.remove(name)
            elif exact:
                missing.append(name)
    if left or missing:
        raise Failed(listed([Text(name) for name in step.names]), listed([each.said for each in found]))


def complete(course: Course, desk: Desk, step: Step) -> None:
    for name in step.names:
        task = find(course, name, "human")
        if step.refused:
            _must_be_refused(desk, task, step)
        else:
            _complete(course, desk, task, step, step.answers)


def _complete(course: Course, desk: Desk, task: Open, step: Step, said: Named | None) -> None:
    if gate_of(course, task) is not None:
        why = Text("{gate} décidée (« décider » et son issue)", "{gate} decided (“decide” and its outcome)")
        raise Failed(why.format(gate=quoted(task.name)), Text("« terminer »", "“complete”"))
    variables = desk.answer(task, *filter(None, [said])) if step.variables is None else dict(step.variables)
    if not course.complete(task, variables, **chosen(course, step.choose)):
        raise Failed(quoted(task.said), Text("elle n’attend plus", "it waits no longer"))


def _must_be_refused(desk: Desk, task: Open, step: Step) -> None:
    expected = Text("un refus pour {labels}", "a refusal for {labels}")
    wanted = listed([Text(label) for label in step.refused])
    try:
        desk.answer(task, *filter(None, [step.answers]))
    except FormRefused as refusal:
        labels: Any = refusal.facts["labels"]
        known = {label.fr: label for label in labels}
        if all(_is_among(label, known) for label in step.refused) and len(step.refused) == len(known):
            return
        raise Failed(expected.format(labels=wanted), listed(list(labels))) from None
    raise Failed(expected.format(labels=wanted), Text("le formulaire est accepté", "the form is accepted"))


def _is_among(label: str, known: Mapping[str, Text]) -> bool:
    try:
        return bool(labelled(label, known))
    except AnswerUnclear:
        return False


def until(course: Course, desk: Desk, step: Step) -> None:
    """Complete what is open, as simply as can be, until what is named is reached: a task, a gate or an end."""
    target = step.names[0] if step.names else ""
    for _ in range(MOST_TURNS):
        open_ = [each for each in course.open if each.kind == "human" and not each.going.recurring]
        if any(is_named(each, target) for each in open_) or (course.over and _is_end(course, target)):
            return
        task = next((each for each in open_ if step.outcome or gate_of(course, each) is None), None)
        if task is None:
            raise Failed(quoted(target), _stopped(course))
        if gate_of(course, task) is not None:
            decide_task(course, desk, task, step.outcome)
        else:
            _complete(course, desk, task, step, answers_to(task, step.answers) if step.answers else None)
    raise TooMuchWork(limit=MOST_TURNS, what=Text("tâches", "tasks"))


def _is_end(course: Course, name: str) -> bool:
    return name == course.end or is_said(name, course.prepared.called(course.end))


def _stopped(course: Course) -> Text:
    if course.over:
        return Text("terminé à {end}", "ended at {end}").format(end=quoted(course.prepared.called(course.end)))
    return listed(waits_for(course))


_DO: dict[str, Callable[[Course, Desk, Step], None]] = {
    "expect": expect, "recurring": recurring, "complete": complete, "until": until, "decide": decide, "timer": timer,
    "message": send, "signal": send, "external": external, "receive": receive, "choose": choose,
}  # fmt: skip
