"""Processes that call one another for ever: none of them comes to its end, or each begins with the next."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from engine.diagram import Diagram, Node
from engine.dialect import Problem
from engine.review.drawing import named
from engine.soundness.drawing import SUB_PROCESSES, Drawing, listens

_LOOPS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
#: where one of several flows is enough
_CHOICES = ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway")
#: what a token passes, or enters, without anyone doing anything
_PASSED = ("startEvent", "intermediateThrowEvent", "parallelGateway", "task", "manualTask", *_CHOICES, *SUB_PROCESSES)


def call_problems(diagrams: Iterable[Diagram]) -> Iterator[Problem]:
    """Told at the first call that never comes back."""
    processes = {process.id: process for diagram in diagrams for process in diagram.processes if process.nodes}
    stuck = set(processes)
    while ending := {id for id in stuck if _ends(processes[id], stuck)}:
        stuck -= ending
    wrong = {id for id in stuck if _ends(processes[id], ())}  # and by nothing but its calls
    for id in (id for id in processes if id in wrong):
        yield from _told(processes, [each for each in processes[id].all("callActivity") if _called(each) in stuck][:1])
    at_once = {id: list(_at_once(process)) for id, process in processes.items()}
    for id, calls in at_once.items():
        if id not in wrong and id in _reached(id, at_once):
            yield from _told(
                processes, [each for each in calls if id in {_called(each), *_reached(_called(each), at_once)}][:1]
            )


def _told(processes: Mapping[str, Node], calls: list[Node]) -> Iterator[Problem]:
    for call in calls:
        yield Problem("calls-for-ever", call.place, {"name": named(call), "called": named(processes[_called(call)])})


def _called(call: Node) -> str:
    return call.get("calledElement")


# --- does it end? ----------------------------------------------------------------------------------------------


def _ends(scope: Node, stuck: Container[str]) -> bool:
    """May all that is begun in `scope` end, if calls of those `stuck` never come back?"""
    if any(listens(node) for node in scope.nodes):
        return True
    drawing = Drawing(scope)
    before: dict[str, list[str]] = {id: [] for id in drawing.nodes}
    for id in drawing.nodes:
        for target in drawing.around(id):
            before[target].append(id)
    ending: set[str] = set()
    waiting = list(drawing.nodes)
    while waiting:
        here = waiting.pop()
        if here not in ending and _may_end(drawing, here, ending, stuck):
            ending.add(here)
            waiting += before[here]
    if drawing.starts:
        return any(node.id in ending for node in drawing.starts)
    return all(node.id in ending for node in drawing.sources)


def _may_end(drawing: Drawing, id: str, ending: set[str], stuck: Container[str]) -> bool:
    """Does what follows end, so far as it is known to?"""
    node, after = drawing.nodes[id], drawing.after(id)
    if any(alarm.id in ending for alarm in drawing.alarms.get(id, ())):
        return True
    if not _comes_back(node, stuck):
        return False
    if node.tag in _CHOICES or any(_asks(flow) for flow in drawing.flows[id]):
        return not after or any(each in ending for each in after)
    return all(each in ending for each in after) or any(_stops(drawing, each) for each in after)


def _stops(drawing: Drawing, id: str) -> bool:
    """May it end all else, further on?"""
    return any(drawing.nodes[each].catches("terminate", "error", "cancel") for each in drawing.ahead([id], aside=True)
               if drawing.nodes[each].tag == "endEvent")  # fmt: skip


def _comes_back(node: Node, stuck: Container[str]) -> bool:
    if _perhaps_never(node):
        return True
    if node.tag in SUB_PROCESSES and node.nodes:
        return _ends(node, stuck)
    return node.tag != "callActivity" or _called(node) not in stuck


def _perhaps_never(node: Node) -> bool:
    """A loop may be done no time."""
    return any(node.child(each) is not None for each in _LOOPS)


def _asks(flow: Node) -> bool:
    return flow.child("conditionExpression") is not None


# --- does it call at once? -------------------------------------------------------------------------------------


def _at_once(scope: Node) -> Iterator[Node]:
    """The calls that are made, whatever anyone says or does, as soon as `scope` begins."""
    drawing = Drawing(scope)
    if len(drawing.starts) > 1:
        return
    waiting = [node.id for node in drawing.starts or drawing.sources]
    lacking = _joins(drawing)
    seen = set(waiting)
    while waiting:
        node = drawing.nodes[waiting.pop()]
        if _perhaps_never(node):
            continue
        if node.tag == "callActivity":
            yield node
        if node.tag in SUB_PROCESSES:
            yield from _at_once(node)
        for target in _after_at_once(drawing, node):
            lacking[target] = lacking.get(target, 1) - 1
            if target not in seen and lacking[target] <= 0:
                seen.add(target)
                waiting.append(target)


def _after_at_once(drawing: Drawing, node: Node) -> list[str]:
    if node.tag not in _PASSED or node.tag in SUB_PROCESSES:
        return []
    if node.tag == "startEvent" and node.definitions and node.parent.tag != "process":
        return []
    flows = drawing.flows[node.id]
    if node.tag in _CHOICES and len(flows) > 1:
        return []
    return (
        [each for each in drawing.after(node.id)]
        if not any(map(_asks, flows))
        else [flow.get("targetRef") for flow in flows if not _asks(flow) and flow.id != node.get("default")]
    )


def _joins(drawing: Drawing) -> dict[str, int]:
    """By parallel gateway, how many flows must bring a token: it waits for all."""
    found: dict[str, int] = {}
    for flows in drawing.flows.values():
        for flow in flows:
            target = flow.get("targetRef")
            if drawing.nodes[target].tag == "parallelGateway":
                found[target] = found.get(target, 0) + 1
    return found


def _reached(id: str, calls: Mapping[str, list[Node]]) -> set[str]:
    """The processes that `id` begins, directly or not."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        for call in calls.get(waiting.pop(), ()):
            if _called(call) not in found:
                found.add(_called(call))
                waiting.append(_called(call))
    return found
