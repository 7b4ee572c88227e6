"""Branches that choose by the decision of a gate: only one that the gate itself leads to reads the right one.

`decision` keeps its value from gate to gate: where the gate before a branch is gone, a project would go on by what an
earlier one decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine import feel
from engine.diagram import FLOW_NODES, Diagram, Node
from engine.dialect import Problem
from engine.method import Method
from engine.review.decisions import Made
from engine.words import Text

#: the processes in which gates are drawn; elsewhere `decision` is read as that of the gate before
_WITH_GATES = ("method", "exception")


def outcome_problems(method: Method, diagrams: Iterable[Diagram], decisions: Mapping[str, Made]) -> Iterator[Problem]:
    """Told once a branch, with the flows concerned.

    Where a step makes a `decision` known too, conditions may mean that one.
    """
    asked = any("decision" in known for known in _made_known(method, decisions))
    for diagram in diagrams:
        for process in diagram.processes:
            kind = process.properties.get("method.kind")
            gates = {node.id for node in process.all("userTask") if node.properties.get("method.kind") == "gate"}
            if gates or kind != "exception":  # of an exception without a gate, that is said
                yield from _of_process(process, gates, reads=not asked and kind in _WITH_GATES)


def _of_process(process: Node, gates: set[str], *, reads: bool) -> Iterator[Problem]:
    """`reads`: conditions on `decision` count too, not only the outcomes that flows note."""
    nodes = {node.id: node for node in process.all("*") if node.tag in FLOW_NODES}
    ways_of: dict[str, list[Node]] = {}
    before_of: dict[str, list[str]] = {}
    for flow in process.all("sequenceFlow"):
        before_of.setdefault(flow.get("targetRef"), []).append(flow.get("sourceRef"))
        if _by_decision(flow, reads):
            ways_of.setdefault(flow.get("sourceRef"), []).append(flow)
    for id, ways in ways_of.items():
        before = before_of.get(id, [])
        other = next((each for each in before if each not in gates), None)
        if id in nodes and id not in gates and (other is not None or not before):
            why = _why(nodes, other if gates.intersection(before) else None)
            named = tuple(_named(flow, nodes) for flow in ways)
            yield Problem("outcome-without-gate", nodes[id].place, {"ways": named, "why": why})


def _by_decision(flow: Node, reads: bool) -> bool:
    if "method.outcome" in flow.properties:
        return True
    condition = flow.child("conditionExpression") if reads else None
    try:
        return condition is not None and "decision" in feel.compile(condition.body).names
    except feel.FeelError:
        return False  # said of the expression


def _why(nodes: dict[str, Node], other: str | None) -> Text:
    if other is None:
        return Text("aucune porte n’est dessinée juste avant elle", "no gate is drawn just before it")
    name = (nodes[other].name if other in nodes else None) or Text(other)
    return Text("« {name} » y mène aussi, sans être une porte", "“{name}” leads to it too, and is no gate").format(
        name=name
    )


def _named(flow: Node, nodes: dict[str, Node]) -> Text:
    if flow.name:
        return Text("« {name} »", "“{name}”").format(name=flow.name)
    target = nodes.get(flow.get("targetRef"))
    name = (target.name if target is not None else None) or Text(flow.get("targetRef"))
    return Text("vers « {name} »", "to “{name}”").format(name=name)


def _made_known(method: Method, decisions: Mapping[str, Made]) -> Iterator[frozenset[str]]:
    for task in method.tasks.values():
        yield frozenset({field.key for field in task.form} | {name for name, _ in task.sets})
    for each in decisions.values():
        yield each.sets
