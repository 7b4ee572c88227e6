"""Phases that are drawn and that no project would enter: said of the phase, not of all that it draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem
from engine.words import Text


def uncalled(diagrams: Iterable[Diagram]) -> list[Node]:
    """The processes of phases that nothing calls, and that no phase names as a variant of its own."""
    processes = [process for diagram in diagrams for process in diagram.processes]
    named: set[str] = set()
    for process in processes:
        for call in process.all("callActivity"):
            variants = call.properties.get("method.variants", "").split(",")
            named |= {call.get("calledElement"), *(each.strip() for each in variants)} - {process.id}
    return [each for each in processes if each.properties.get("method.kind") == "phase" and each.id not in named]


def uncalled_problems(processes: Iterable[Node]) -> Iterator[Problem]:
    for process in processes:
        yield Problem("phase-not-called", process.place, {"name": process.name or Text(process.id)})


def without_those_of(uncalled: list[Node], problems: Iterable[Problem]) -> Iterator[Problem]:
    """Not that its tasks are in no phase, nor that nobody answers what its forms ask."""
    inside = {(node.diagram.file, node.id) for process in uncalled for node in process.all("*") if node.id}
    asked = {
        field.id for process in uncalled for task in process.all("userTask")
        for field in task.vendor("formData/formField")
    }  # fmt: skip
    for each in problems:
        here = (each.place.file, each.place.element) in inside
        stray = each.rule == "task-outside-a-phase" and here
        unread = each.rule == "unknown-variable" and each.facts["variable"] in asked
        if not stray and not unread:
            yield each
