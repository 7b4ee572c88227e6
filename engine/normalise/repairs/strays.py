"""A flow that a modeler wrote outside the process or sub-process in which both its ends stand goes back there."""

from __future__ import annotations

from engine.diagram import Node
from engine.normalise.repairs.namesakes import SCOPES
from engine.normalise.rewrite import Rewrite


def strays(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        scopes = list(diagram.root.all(*SCOPES))
        home: dict[str, Node] = {node.id: scope for scope in scopes for node in scope.nodes}
        for scope in scopes:
            for flow in scope.flows:
                here = home.get(flow.get("sourceRef"))
                if here is not None and here != scope and here == home.get(flow.get("targetRef")):
                    rewrite.did("flow-brought-back", flow, scope=here.get("name") or here.id)
                    flow.move(here)
