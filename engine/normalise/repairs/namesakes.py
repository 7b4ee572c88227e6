"""An id that serves twice: the later element gets another, and with it what refers to it from beside it.

Ids are unique in a file by XML's rules, but modelers copy elements with theirs, and a method is of several files.
"""

from __future__ import annotations

from engine.diagram import Node
from engine.normalise.rewrite import Rewrite

SCOPES = ("process", "subProcess", "transaction", "adHocSubProcess")
#: attributes by which elements of one process refer to one another
REFERENCES = ("sourceRef", "targetRef", "attachedToRef", "default")


def namesakes(rewrite: Rewrite) -> None:
    taken = {node.id for diagram in rewrite.diagrams for node in diagram.root.all("*")}
    met: set[str] = set()
    for diagram in rewrite.diagrams:
        for scope in list(diagram.root.all(*SCOPES)):
            if scope.tag == "process":
                _rename(scope, scope, met, taken, rewrite)
            for node in [*scope.nodes, *scope.flows]:
                _rename(node, scope, met, taken, rewrite)


def _rename(node: Node, scope: Node, met: set[str], taken: set[str], rewrite: Rewrite) -> None:
    if node.id not in met:
        met.add(node.id)
        return
    if node.tag == "process" or _twins(node, scope):
        return  # what refers to which of the two cannot be told: `refusals` says so
    old, number = node.id, 2
    while f"{old}_{number}" in taken:
        number += 1
    new = f"{old}_{number}"
    taken.add(new)
    met.add(new)
    node.set("id", new)
    for beside in scope.children():
        _refer(beside, old, new)
    rewrite.did("id-renamed", node, old=old, new=new)


def _twins(node: Node, scope: Node) -> bool:
    return sum(each.id == node.id for each in [*scope.nodes, *scope.flows]) > 1


def _refer(node: Node, old: str, new: str) -> None:
    for attribute in REFERENCES:
        if node.get(attribute) == old:
            node.set(attribute, new)
    for said in node.children("incoming", "outgoing"):
        if said.body == old:
            said.say(new)
    for lane in node.all("flowNodeRef"):
        if lane.body == old:
            lane.say(new)
