"""What Jalon cannot run, and what nobody would do in a project."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem, timer_of
from engine.normalise import refusals

#: what a method may draw: the rest waits for what a project does not serve, or hides steps from its pages
IN_A_METHOD = frozenset(
    "userTask callActivity startEvent endEvent exclusiveGateway parallelGateway inclusiveGateway task "
    "intermediateCatchEvent boundaryEvent".split()
)


def running_problems(diagrams: Iterable[Diagram]) -> tuple[Problem, ...]:
    """What the executor refuses, or leaves to someone to say."""
    return refusals(diagrams)


def project_problems(diagrams: Iterable[Diagram], made: Container[str] = ()) -> Iterator[Problem]:
    """What a method does not draw. `made`: ids of the tasks that make a decision."""
    for diagram in diagrams:
        for process in diagram.processes:
            for node in process.nodes:
                if node.tag == "scriptTask" or node.child("script") is not None:
                    continue  # refused as such
                if node.tag not in IN_A_METHOD and node.id not in made:
                    yield Problem("element-not-in-a-method", node.place, {"tag": node.tag})
                if timer_of(node) is None:
                    yield from _events(node)


def _events(node: Node) -> Iterator[Problem]:
    """An event that is no moment: in a project, nobody says that it has come."""
    kinds = [
        child.tag.removesuffix("EventDefinition") for child in node.children() if child.tag.endswith("EventDefinition")
    ]
    if not kinds and node.tag in ("intermediateCatchEvent", "boundaryEvent"):
        kinds = [node.tag]
    for kind in kinds:
        yield Problem("event-not-in-a-method", node.place, {"kind": kind})
