"""Link events: the flow that each pair stands for is drawn (BPMN 2.0, 10.5.4).

Links meet by name within one process or sub-process; several may lead to one.
"""

from __future__ import annotations

from engine.diagram import Node
from engine.normalise.repairs.namesakes import SCOPES
from engine.normalise.rewrite import Rewrite


def links(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for scope in list(diagram.root.all(*SCOPES)):
            _joined(scope, rewrite)


def _joined(scope: Node, rewrite: Rewrite) -> None:
    catches = {_name(node): node for node in scope.children("intermediateCatchEvent") if _link(node) is not None}
    for node in list(scope.children("intermediateThrowEvent")):
        target = catches.get(_name(node)) if _link(node) is not None else None
        if target is not None:
            scope.add("sequenceFlow", id=f"{node.id}.link", sourceRef=node.id, targetRef=target.id)
            rewrite.did("link-joined", node, name=_name(node))
            _pass(node)
    led_to = {flow.get("targetRef") for flow in scope.flows}
    for node in catches.values():
        if node.id in led_to:
            _pass(node)


def _link(node: Node) -> Node | None:
    return node.child("linkEventDefinition")


def _name(node: Node) -> str:
    link = _link(node)
    return (link.get("name") if link is not None else "") or node.get("name")


def _pass(node: Node) -> None:
    """An event that a token passes at once."""
    link = _link(node)
    if link is not None:
        link.remove()
    node.become("intermediateThrowEvent")
