"""An error or a cancellation ends what it is caught on, whatever is drawn (BPMN 2.0, 10.5.6): an event that says
otherwise is one whose kind was changed, and whose attribute was left behind.
"""

from __future__ import annotations

from engine.normalise.rewrite import Rewrite


def interruptions(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for node in diagram.root.all("boundaryEvent", "startEvent"):
            if node.lets_go_on and node.interrupts:
                node.drop("cancelActivity")
                node.drop("isInterrupting")
                rewrite.did("error-interrupts", node, name=node.get("name") or node.id)
