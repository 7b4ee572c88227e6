"""What a call activity of Camunda 8 calls stands in its attribute, like any other's."""

from __future__ import annotations

from engine.diagram import Node
from engine.normalise.dialects import ZEEBE
from engine.normalise.rewrite import Rewrite


def calls(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for node in diagram.root.all("callActivity"):
            said = _said(node)
            if said and not node.get("calledElement"):
                node.set("calledElement", said)
                rewrite.did("call-read", node, called=said)


def _said(node: Node) -> str:
    found = node.extension(ZEEBE, "calledElement")
    return found.get("processId") if found is not None else ""
