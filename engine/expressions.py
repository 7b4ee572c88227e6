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
    aside: bool = False  #: Jalon computes it over what forms answered last, not the executor over its variables


def expressions(diagrams: Iterable[Diagram], method: Method) -> Iterator[Drawn]:
    for diagram in diagrams:
        for condition in diagram.root.all("conditionExpression"):
            flow = condition.element.getparent()
            yield Drawn(Place(diagram.file, condition.line, flow.get("id", "")), condition.body)
    for timer in method.timers:
        if timer.text and not is_written_out(timer.text):
            yield Drawn(timer.place, timer.text)
    for gate in method.gate.values():
        if gate.outgrown:
            yield Drawn(gate.place, gate.outgrown, aside=True)
        for _, text in gate.baseline:
            yield Drawn(gate.place, text, aside=True)
    for each in method.exceptions:
        if each.when and not each.by_tolerance:
            yield Drawn(each.place, each.when, aside=True)
    for task in method.tasks.values():
        terms = [task.silence.after] if task.silence and not is_written_out(task.silence.after or "P1D") else []
        for text in (*(rule for _, rule in task.sets), *(each.rule for each in task.checks), *terms):
            yield Drawn(task.place, text, answers=True)


def readers(diagrams: Iterable[Diagram], method: Method) -> tuple[tuple[str, frozenset[str]], ...]:
    """In which phases the executor reads each variable; "" stands for any other process, the main one among them."""
    drawn = list(diagrams)
    phases = {phase.process: phase.id for phase in method.phases}
    processes = [process for each in drawn for process in each.processes]
    where = {node.id: phases.get(each.id, "") for each in processes for node in each.all("*") if node.id}
    found: dict[str, set[str]] = {}
    for each in expressions(drawn, method):
        if not each.answers and not each.aside:
            for name in _names(each.text):
                found.setdefault(name, set()).add(where.get(each.place.element, ""))
    for task in method.tasks.values():
        if task.collection:
            found.setdefault(task.collection, set()).add(where.get(task.id, ""))
    return tuple((name, frozenset(places)) for name, places in sorted(found.items()))


def _names(text: str) -> frozenset[str]:
    try:
        return frozenset(feel.compile(text).names)
    except feel.FeelError:
        return frozenset()  # the review says so


def variables_read(diagrams: Iterable[Diagram], method: Method) -> frozenset[str]:
    """The variables that the executor must hold: those of conditions, timers and one-instance-each collections."""
    names = {task.collection for task in method.tasks.values() if task.collection}
    for drawn in expressions(diagrams, method):
        if not drawn.answers and not drawn.aside:
            names |= _names(drawn.text)
    return frozenset(names)
