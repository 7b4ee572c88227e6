"""The sequence flows of a method's process: what comes after what, and in which order it is first met."""

from __future__ import annotations

import re

from engine.diagram import Node

#: what holds after a rework only
LANDING = re.compile(r"\s*landing\s*(=|in\b)")


class Flows:
    """The sequence flows of one process, to walk along them."""

    def __init__(self, process: Node) -> None:
        self.nodes = {node.id: node for node in process.nodes}
        self.flows = process.flows
        self.alarms = [node for node in process.nodes if node.tag == "boundaryEvent"]

    def node(self, id: str) -> Node | None:
        return self.nodes.get(id)

    def out(self, id: str) -> list[Node]:
        return [flow for flow in self.flows if flow.get("sourceRef") == id]

    def after(self, id: str) -> list[str]:
        return [flow.get("targetRef") for flow in self.out(id)]

    def on(self, id: str) -> list[str]:
        """The events on the border of a node."""
        return [node.id for node in self.alarms if node.get("attachedToRef") == id]

    def tasks_after(self, id: str) -> list[str]:
        """The tasks that come next, across gateways and events."""
        found: list[str] = []
        seen = {id}
        waiting = self.after(id)
        while waiting:
            each = waiting.pop(0)
            if each in seen or each not in self.nodes:
                continue
            seen.add(each)
            if self.nodes[each].tag in ("userTask", "callActivity"):
                found.append(each)
            else:
                waiting += self.after(each)
        return found

    def in_order(self) -> list[Node]:
        """The nodes in the order of a first passage: each after all that lead to it, loops aside.

        Where paths part, the first drawn comes first and a landing path last; what is never met comes at the end.
        """
        order: list[str] = []
        seen: set[str] = set()
        for start in [id for id, node in self.nodes.items() if node.tag == "startEvent"]:
            self._walk(start, seen, order)
        order.reverse()
        return [self.nodes[id] for id in [*order, *(id for id in self.nodes if id not in seen)]]

    def _walk(self, start: str, seen: set[str], order: list[str]) -> None:
        """Depth first, without recursion: a node is noted once all that follows it is."""
        seen.add(start)
        waiting = [(start, iter(self._last_first(start)))]
        while waiting:
            here, targets = waiting[-1]
            for target in targets:
                if target in self.nodes and target not in seen:
                    seen.add(target)
                    waiting.append((target, iter(self._last_first(target))))
                    break
            else:
                order.append(here)
                waiting.pop()

    def _last_first(self, id: str) -> list[str]:
        drawn = sorted(self.out(id), key=lambda flow: "landing" in _condition(flow))
        return [*self.on(id), *(flow.get("targetRef") for flow in reversed(drawn))]


def is_landing(flow: Node, source: Node) -> bool:
    """Does the flow lead to a landing step, after a rework and never before?"""
    if source.properties.get("method.kind") == "entry":
        return source.get("default") != flow.id
    return LANDING.match(_condition(flow)) is not None


def _condition(flow: Node) -> str:
    condition = flow.child("conditionExpression")
    return condition.body if condition is not None else ""
