"""A message, signal, error or escalation that is referred to and not defined is defined by its name."""

from __future__ import annotations

from engine.diagram import Diagram, Node
from engine.normalise.rewrite import Rewrite

#: attribute -> the element that it refers to
REFERRED = {"messageRef": "message", "signalRef": "signal", "errorRef": "error", "escalationRef": "escalation"}
#: what gives an error or escalation its name in the executor
CODES = {"error": "errorCode", "escalation": "escalationCode"}


def references(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for node in list(diagram.root.all("*")):
            for attribute, tag in REFERRED.items():
                if node.get(attribute):
                    _reference(node, attribute, tag, diagram, rewrite)


def _reference(node: Node, attribute: str, tag: str, diagram: Diagram, rewrite: Rewrite) -> None:
    said = node.get(attribute)
    known = {each.id for each in diagram.root.children(tag)}
    if said in known:
        return
    local = said.rpartition(":")[2]
    if local in known:
        node.set(attribute, local)
        rewrite.did("reference-shortened", node, said=said, local=local)
        return
    code = {CODES[tag]: said} if tag in CODES else {}
    diagram.root.add(tag, id=said, name=said, **code)
    rewrite.did("reference-defined", node, said=said, tag=tag)
