"""Flows, elements and processes without an id get one: nothing can be referred to, or said of, without."""

from __future__ import annotations

from engine.diagram import FLOW_NODES, Diagram
from engine.normalise.rewrite import Rewrite

IDENTIFIED = (*sorted(FLOW_NODES), "sequenceFlow", "process")


def ids(rewrite: Rewrite) -> None:
    taken = {node.id for diagram in rewrite.diagrams for node in diagram.root.all("*")}
    for diagram in rewrite.diagrams:
        _of(diagram, taken, rewrite)


def _of(diagram: Diagram, taken: set[str], rewrite: Rewrite) -> None:
    number = 0
    for node in diagram.root.all(*IDENTIFIED):
        if node.id:
            continue
        id = ""
        while not id or id in taken:
            number += 1
            id = f"{node.tag}_{number}"
        taken.add(id)
        node.set("id", id)
        rewrite.did("id-given", node, tag=node.tag, id=id)
