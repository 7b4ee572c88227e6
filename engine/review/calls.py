"""Processes that call one another for ever: none of them comes to its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem
from engine.review.drawing import named
from engine.soundness.graph import SUB_PROCESSES, Drawing, listens

_LOOPS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


def call_problems(diagrams: Iterable[Diagram]) -> Iterator[Problem]:
    """A process that comes to no end but through calls that come to none: told at the first of these."""
    processes = {process.id: process for diagram in diagrams for process in diagram.processes if process.nodes}
    stuck = set(processes)
    while ending := {id for id in stuck if _ends(processes[id], stuck)}:
        stuck -= ending
    for id in (id for id in processes if id in stuck and _ends(processes[id], ())):
        calls = (node for node in processes[id].all("callActivity") if node.get("calledElement") in stuck)
        for call in list(calls)[:1]:
            called = named(processes[call.get("calledElement")])
            yield Problem("calls-for-ever", call.place, {"name": named(call), "called": called})


def _ends(scope: Node, stuck: Container[str]) -> bool:
    """Does a way lead to an end of `scope`, if calls of those `stuck` never come back?"""
    if any(listens(node) for node in scope.nodes):
        return True
    drawing = Drawing(scope)
    reached = [node.id for node in drawing.starts or drawing.sources]
    seen = set(reached)
    lacking = _joins(drawing)
    while reached:
        here = reached.pop()
        after = drawing.after(here) if _comes_back(drawing.nodes[here], stuck) else None
        if after == []:
            return True
        for target in after or ():
            lacking[target] -= 1
        for target in [*(after or ()), *(alarm.id for alarm in drawing.alarms.get(here, ()))]:
            if target not in seen and lacking[target] <= 0:
                seen.add(target)
                reached.append(target)
    return False


def _comes_back(node: Node, stuck: Container[str]) -> bool:
    if any(node.child(each) is not None for each in _LOOPS):
        return True  # perhaps it is done no time
    if node.tag in SUB_PROCESSES and node.nodes:
        return _ends(node, stuck)
    return node.tag != "callActivity" or node.get("calledElement") not in stuck


def _joins(drawing: Drawing) -> Counter[str]:
    """By parallel gateway, how many flows must bring a token: it waits for all."""
    led_to = (flow.get("targetRef") for flows in drawing.flows.values() for flow in flows)
    return Counter(id for id in led_to if drawing.nodes[id].tag == "parallelGateway")
