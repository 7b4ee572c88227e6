"""What `review` looks for in exceptional gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem
from engine.intent import View
from engine.method import Method
from engine.review.gates import problems_of_gate
from engine.review.untranslated import untranslated_name
from engine.words import Text


def exception_problems(method: Method, diagrams: Iterable[Diagram], sound: bool) -> Iterator[Problem]:
    drawn = {process.id: process for diagram in diagrams for process in diagram.processes}
    for process in drawn.values():
        if process.properties.get("method.kind") == "exception":
            yield from _one(method, process, sound)
    alike = [each for each in method.exceptions if each.by_tolerance]
    for each in alike[1:]:
        yield Problem("exceptions-look-alike", each.place, {"name": each.phase.name, "other": alike[0].phase.name})


def _one(method: Method, process: Node, sound: bool) -> Iterator[Problem]:
    name = process.name or Text(process.id)
    gates = [node for node in process.nodes if node.properties.get("method.kind") == "gate"]
    if len(gates) != 1:
        yield Problem("exception-without-gate", process.place, {"name": name, "count": len(gates)})
        return
    found = method.exception[process.id]
    if not found.when:
        yield Problem("exception-without-when", process.place, {"name": name})
    yield from untranslated_name(found.phase)
    yield from problems_of_gate(found.gate, method, process)
    if sound:
        view = View(process, {})
        if view.avoids(found.gate.id):
            facts = {"name": name, "way": view.way_round(found.gate.id)}
            yield Problem("exception-avoids-gate", process.place, facts)
