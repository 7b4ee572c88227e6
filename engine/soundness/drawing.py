"""The flow nodes of a process or sub-process, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Node

SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")


def scopes(process: Node) -> Iterator[Node]:
    """The process and every sub-process in it, the outermost first."""
    yield process
    for node in process.nodes:
        if node.tag in SUB_PROCESSES:
            yield from scopes(node)


def leaves_by_error(scope: Node) -> bool:
    """Can what is in `scope` be left by an error only, never by its end?"""
    ends = [node for node in scope.nodes if node.tag == "endEvent"]
    return bool(ends) and all(node.catches("error", "cancel") for node in ends)


class Drawing:
    """The flow nodes of one scope and how they hang together."""

    def __init__(self, scope: Node) -> None:
        drawn = [node for node in scope.nodes if node.get("isForCompensation") != "true"]
        self.scope = scope
        self.nodes = {node.id: node for node in drawn if node.id and not listens(node)}
        self.alarms: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.tag == "boundaryEvent":
                self.alarms.setdefault(node.get("attachedToRef"), []).append(node)
        self.flows: dict[str, list[Node]] = {id: [] for id in self.nodes}
        self.reached: set[str] = set()
        for flow in scope.flows:
            if flow.get("sourceRef") in self.nodes and flow.get("targetRef") in self.nodes:
                self.flows[flow.get("sourceRef")].append(flow)
                self.reached.add(flow.get("targetRef"))
        self.links: dict[str, list[str]] = {}
        for node in self.nodes.values():
            if link := link_of(node, "Catch"):
                self.links.setdefault(link, []).append(node.id)

    @property
    def starts(self) -> list[Node]:
        """The start events; where there is none, what no flow leads to (BPMN 2.0, 13.2.1)."""
        return [node for node in self.nodes.values() if node.tag == "startEvent"]

    @property
    def sources(self) -> list[Node]:
        return [
            node for id, node in self.nodes.items()
            if id not in self.reached and node.tag not in ("boundaryEvent", "startEvent")
            and not link_of(node, "Catch")
        ]  # fmt: skip

    def after(self, id: str) -> list[str]:
        """Where tokens go from here: by flows, by links."""
        node = self.nodes[id]
        if link := link_of(node, "Throw"):
            return self.links.get(link, [])
        return [flow.get("targetRef") for flow in self.flows[id]]

    def around(self, id: str) -> list[str]:
        """And by the events on the border."""
        return [*self.after(id), *(alarm.id for alarm in self.alarms.get(id, ()))]

    def ahead(self, start: Iterable[str], aside: bool) -> set[str]:
        """All that a token may come to. Not `aside`: without what non-interrupting events set off."""
        seen = {id for id in start if id in self.nodes}
        waiting = list(seen)
        while waiting:
            here = waiting.pop()
            alarms = [each for each in self.alarms.get(here, ()) if aside or each.interrupts]
            for target in (*self.after(here), *(each.id for each in alarms)):
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return seen


def link_of(node: Node, way: str) -> str:
    """The name of the link that a "Catch" or "Throw" event is an end of; empty for any other."""
    link = node.child("linkEventDefinition") if node.tag == f"intermediate{way}Event" else None
    return (link.get("name") or node.get("name") or link.id) if link is not None else ""


def listens(node: Node) -> bool:
    """An event sub-process: the attribute is of no other element (BPMN 2.0, table 10.20)."""
    return node.tag in SUB_PROCESSES and node.get("triggeredByEvent") == "true"


def undoes(alarm: Node) -> bool:
    """Compensation is not a way on: it comes after, if at all."""
    return alarm.catches("compensate")
