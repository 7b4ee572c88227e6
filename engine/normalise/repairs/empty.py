"""A sub-process in which nothing is drawn becomes a task for a person: what it stands for is to be done by someone."""

from __future__ import annotations

from engine.normalise.rewrite import Rewrite


def empty(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for node in list(diagram.root.all("subProcess", "transaction")):
            if not node.nodes and node.get("triggeredByEvent") != "true":
                rewrite.did("empty-sub-process", node, name=node.get("name") or node.id)
                node.become("userTask")
                node.drop("triggeredByEvent")
