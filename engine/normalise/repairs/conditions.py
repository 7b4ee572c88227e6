"""Conditions where they decide nothing go; the one flow of a decision that has none is its default."""

from __future__ import annotations

from engine.diagram import Node
from engine.normalise.repairs.namesakes import SCOPES
from engine.normalise.rewrite import Rewrite


def conditions(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for scope in diagram.root.all(*SCOPES):
            nodes = {node.id: node for node in scope.nodes}
            leaving: dict[str, list[Node]] = {id: [] for id in nodes}
            for flow in scope.flows:
                _without_meaning(flow, nodes.get(flow.get("sourceRef")), rewrite)
                leaving.setdefault(flow.get("sourceRef"), []).append(flow)
            for id, node in nodes.items():
                _default(node, leaving[id], rewrite)


def _without_meaning(flow: Node, source: Node | None, rewrite: Rewrite) -> None:
    """An empty condition, and one on a flow that is taken whatever it says (BPMN 2.0, 10.5.4 and 10.5.6)."""
    condition = flow.child("conditionExpression")
    if condition is None:
        return
    if not condition.body:
        rewrite.did("empty-condition", flow)
        condition.remove()
    elif source is not None and source.tag in ("parallelGateway", "eventBasedGateway"):
        rewrite.did("condition-without-effect", flow, condition=condition.body)
        condition.remove()


def _default(node: Node, flows: list[Node], rewrite: Rewrite) -> None:
    if node.get("default") and node.get("default") not in {flow.id for flow in flows}:
        rewrite.did("default-elsewhere", node, default=node.get("default"))
        node.drop("default")
    bare = [flow for flow in flows if flow.child("conditionExpression") is None]
    if node.tag == "exclusiveGateway" and len(flows) > 1 and len(bare) == 1 and not node.get("default"):
        node.set("default", bare[0].id)
        rewrite.did("default-found", bare[0], name=node.get("name") or node.id)
