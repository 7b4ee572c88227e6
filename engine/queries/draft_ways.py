"""The ways to what is not sound in a draft, numbered on its diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.diagram import Diagram, Node
from engine.drawing import Mark
from engine.queries.lines import Drawing
from engine.review import Finding
from engine.words import Text

#: what is called by no name
_UNNAMED = {
    "startEvent": Text("Début", "Start"), "endEvent": Text("Fin", "End"),
    "exclusiveGateway": Text("Une voie parmi plusieurs", "One way of several"),
    "parallelGateway": Text("Toutes les voies ensemble", "All ways together"),
    "inclusiveGateway": Text("Une ou plusieurs voies", "One or more ways"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftWay:
    """The course that leads to a finding."""

    finding: Finding
    drawing: Drawing  #: each step with its number
    steps: tuple[Text, ...]  #: their names, in order


def ways(files: Mapping[str, bytes], findings: Iterable[Finding]) -> tuple[DraftWay, ...]:
    """Of those findings that have one."""
    return tuple(_way(files, each) for each in findings if each.way)


def _way(files: Mapping[str, bytes], finding: Finding) -> DraftWay:
    file = finding.place.file
    drawn = {node.id: node for node in Diagram(files[file], file).root.all("*") if node.id in finding.way}
    steps = [drawn[id] for id in finding.way if id in drawn and drawn[id].tag != "sequenceFlow"]
    process = _process(steps[0])
    marks = {node.id: Mark(badge=str(number)) for number, node in enumerate(steps, 1)}
    drawing = Drawing(files[file], process.id, process.name or Text(process.id), marks)
    return DraftWay(finding, drawing, tuple(_named(node) for node in steps))


def _named(node: Node) -> Text:
    return node.name or _UNNAMED.get(node.tag) or Text(node.id)


def _process(node: Node) -> Node:
    while node.tag != "process" and node.parent != node:
        node = node.parent
    return node
