"""What Jalon cannot run, by element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem, timer_of

RUN = frozenset(
    "userTask callActivity startEvent endEvent exclusiveGateway parallelGateway task intermediateCatchEvent "
    "boundaryEvent".split()
)  # what this version runs; a later one adds to it


def running_problems(diagrams: Iterable[Diagram], dialect: str) -> Iterator[Problem]:
    for diagram in diagrams:
        for process in diagram.processes:
            for node in process.nodes:
                if node.tag == "scriptTask" or node.child("script") is not None:
                    yield Problem("script-refused", node.place, {})
                elif node.tag not in RUN:
                    yield Problem("element-not-run", node.place, {"tag": node.tag})
                if timer_of(node) is None:
                    yield from _events(node)


def _events(node: Node) -> Iterator[Problem]:
    """An event that is no moment: whatever it waits for or says, it is not run."""
    kinds = [
        child.tag.removesuffix("EventDefinition") for child in node.children() if child.tag.endswith("EventDefinition")
    ]
    if not kinds and node.tag in ("intermediateCatchEvent", "boundaryEvent"):
        kinds = [node.tag]
    for kind in kinds:
        yield Problem("event-not-run", node.place, {"kind": kind})
