"""A process that calls one that is refused could not run either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem
from engine.normalise import compiled


def calls_of_refused(diagrams: Iterable[Diagram], refused: Iterable[str]) -> Iterator[Problem]:
    """Each call of one of the processes `refused` (ids), or of one that is so for calling it."""
    known = set(refused)
    if not known:
        return
    calls = [(node, process.id) for diagram in compiled(diagrams).diagrams for process in diagram.processes
             for node in process.all("callActivity")]  # fmt: skip
    while found := [(node, process) for node, process in calls if node.get("calledElement") in known]:
        calls = [each for each in calls if each not in found]
        for node, process in found:
            known.add(process)
            if node.get("calledElement") != process:
                yield _said(node)


def _said(node: Node) -> Problem:
    name = node.name.fr or node.id
    return Problem("called-refused", node.place, {"name": name, "called": node.get("calledElement")})
