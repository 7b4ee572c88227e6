"""A course as it is seen on the drawing: elements and the flows between them, in the order in which they are passed."""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagram import Node
from engine.soundness.drawing import Drawing

#: where a way goes by: the id of the node before, and of the flow from it (empty: the border of an activity, a link)
_Step = tuple[str, str]


def course(scope: Node, passed: Iterable[str], *to: str) -> tuple[str, ...]:
    """The ids of `passed` (nodes and flows) and of `to`, with what lies between them and the start."""
    found = _Course(Drawing(scope))
    for element in (*passed, *to):
        found.pass_by(element)
    return tuple(found.order)


class _Course:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.order: dict[str, None] = {}
        self.ends = {flow.id: flow for flows in drawing.flows.values() for flow in flows}
        self.starts = [node.id for node in drawing.starts or drawing.sources]

    def pass_by(self, element: str) -> None:
        flow = self.ends.get(element)
        if flow is None:
            self.reach(element)
            return
        self.reach(flow.get("sourceRef"))
        self.order.setdefault(element)
        self.order.setdefault(flow.get("targetRef"))

    def reach(self, node: str) -> None:
        """By gateways and what was passed already, where there is such a way; else by whatever leads there."""
        if node in self.order or node not in self.drawing.nodes:
            return
        way = self.way(node, freely=False) or self.way(node, freely=True) or [node]
        for each in way:
            self.order.setdefault(each)

    def way(self, node: str, *, freely: bool) -> list[str]:
        """The shortest from what was passed, or from the start; empty when there is none."""
        nodes = self.drawing.nodes
        first = [each for each in self.order if each in nodes] or self.starts
        came: dict[str, _Step] = {each: ("", "") for each in first}
        waiting = list(first)
        for here in waiting:
            if here == node:
                return self.back(node, came)
            if not (freely or here in self.order or here in self.starts or nodes[here].tag.endswith("Gateway")):
                continue
            for flow, target in self.out_of(here):
                if target in nodes and target not in came:
                    came[target] = (here, flow)
                    waiting.append(target)
        return []

    def out_of(self, here: str) -> list[tuple[str, str]]:
        drawing = self.drawing
        flows = [(flow.id, flow.get("targetRef")) for flow in drawing.flows[here]]
        linked = [("", target) for target in drawing.around(here)]
        return [*flows, *(each for each in linked if each[1] not in {target for _, target in flows})]

    def back(self, node: str, came: dict[str, _Step]) -> list[str]:
        found = []
        while node:
            before, flow = came[node]
            found += [node, flow] if flow else [node]
            node = before
        return found[::-1]
