"""The FEEL expressions of a method: where they stand, and which variables they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine import feel
from engine.diagram import Diagram
from engine.method import Method, Place
from engine.moments import is_written_out


@dataclass(frozen=True, slots=True)
class Drawn:
    """An expression as it stands in a diagram. `answers`: it is computed over a task's answers, not over variables."""

    place: Place
    text: str
    answers: bool = False


def expressions(diagrams: Iterable[Diagram], method: Method) -> Iterator[Drawn]:
    for diagram in diagrams:
        for condition in diagram.root.all("conditionExpression"):
            flow = condition.element.getparent()
            yield Drawn(Place(diagram.file, condition.line, flow.get("id", "")), condition.body)
    for timer in method.timers:
        if timer.text and not is_written_out(timer.text):
            yield Drawn(timer.place, timer.text)
    for task in method.tasks.values():
        for text in (*(rule for _, rule in task.sets), *(each.rule for each in task.checks)):
            yield Drawn(task.place, text, answers=True)


def variables_read(diagrams: Iterable[Diagram], method: Method) -> frozenset[str]:
    """The variables that the executor must hold: those of conditions, timers and one-instance-each collections."""
    names = {task.collection for task in method.tasks.values() if task.collection}
    for drawn in expressions(diagrams, method):
        if not drawn.answers:
            try:
                names |= feel.compile(drawn.text).names
            except feel.FeelError:
                continue  # the review says so
    return frozenset(names)
