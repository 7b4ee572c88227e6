"""An event that waits for several things together (`parallelMultiple`): a fork, an event for each, and their join.

The join has the id of what was drawn. On a border, at a start and behind an event-based gateway there is no such form.
"""

from __future__ import annotations

from engine.diagram import Node
from engine.normalise.repairs.namesakes import SCOPES
from engine.normalise.rewrite import Rewrite


def together(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for scope in list(diagram.root.all(*SCOPES)):
            races = {node.id for node in scope.children("eventBasedGateway")}
            raced = {flow.get("targetRef") for flow in scope.flows if flow.get("sourceRef") in races}
            for node in list(scope.children("intermediateCatchEvent")):
                if node.get("parallelMultiple") == "true" and len(node.definitions) > 1 and node.id not in raced:
                    _apart(scope, node, rewrite)


def _apart(scope: Node, node: Node, rewrite: Rewrite) -> None:
    fork = scope.add("parallelGateway", id=f"{node.id}.all")
    for flow in scope.flows:
        if flow.get("targetRef") == node.id:
            flow.set("targetRef", fork.id)
    definitions = node.definitions
    for number, definition in enumerate(definitions, 1):
        event = scope.add("intermediateCatchEvent", id=f"{node.id}.{number}", name=node.get("name"))
        if definition.parent == node:
            definition.move(event)
        else:
            event.add("eventDefinitionRef", definition.id)
        scope.add("sequenceFlow", id=f"{event.id}.in", sourceRef=fork.id, targetRef=event.id)
        scope.add("sequenceFlow", id=f"{event.id}.out", sourceRef=event.id, targetRef=node.id)
    for reference in list(node.children("eventDefinitionRef")):
        reference.remove()
    node.drop("parallelMultiple")
    node.become("parallelGateway")
    rewrite.did("events-parted", node, name=node.get("name") or node.id, count=len(definitions))
