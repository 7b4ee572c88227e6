"""Which processes run although others beside them are refused: all but those, and those that call them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from engine.diagram import Diagram, Node
from engine.execution.builder import INNER
from engine.execution.notrun import NotRun


def refused_among(
    diagrams: Iterable[Diagram], specs: Mapping[str, Any], problems: Iterable[NotRun]
) -> dict[str, NotRun]:
    """By id of a process, why it is not run: the first thing in it that is not, or a call of one that is not.

    A called process that an expression names is known only when it is called.
    """
    refused: dict[str, NotRun] = {}
    for each in problems:
        if not each.by_hand:
            refused.setdefault(each.process, each)
    callers = [(node, process.id) for diagram in diagrams for process in diagram.processes
               for scope in scopes(process) for node in scope.nodes if node.tag == "callActivity"]  # fmt: skip
    while found := _calling(callers, specs, refused):
        refused |= found
    return refused


def _calling(
    callers: Iterable[tuple[Node, str]], specs: Mapping[str, Any], refused: Mapping[str, NotRun]
) -> dict[str, NotRun]:
    return {
        process: NotRun("called-refused", node, name=node.name.fr or node.id, called=node.get("calledElement"))
        for node, process in callers
        if process not in refused and node.get("calledElement") in refused and process in specs
    }


def inside(diagrams: Iterable[Diagram], processes: Container[str]) -> Iterator[str]:
    """Ids of these processes and of the sub-processes in them, at any depth: each has specs of its own."""
    for diagram in diagrams:
        for process in diagram.processes:
            if process.id in processes:
                yield from (scope.id for scope in scopes(process))


def scopes(scope: Node) -> Iterator[Node]:
    yield scope
    for node in scope.nodes:
        if node.tag in INNER:
            yield from scopes(node)
