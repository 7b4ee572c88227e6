"""Diagrams -> the specs that are executed: one for each element drawn, and nothing left out.

What is read here is compiled already (`engine.normalise.compiled`): every decision is a gateway, every link a flow,
every text FEEL. What is met and not run raises `NotRun`; `engine.normalise.refusals` says so before, in better words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.diagram import Diagram, Node
from engine.execution import elements
from engine.execution.elements import NotRun
from engine.execution.gateways import Choice, Inclusive, Parallel
from engine.execution.loops import Loop
from engine.execution.scopes import Inner
from engine.execution.specs import Catch, Lean, Process, Split


def build(diagrams: Iterable[Diagram]) -> dict[str, Process]:
    """The specs of every process and sub-process, by id."""
    drawn = list(diagrams)
    processes = {process.id: process for diagram in drawn for process in diagram.processes if process.nodes}
    made: dict[str, Process] = {}
    for process in processes.values():
        waiting = [process]
        while waiting:
            scope = waiting.pop()
            if scope.id in made:
                raise NotRun(scope, "id used twice")
            made[scope.id] = _Scope(scope, frozenset(processes)).build()
            waiting += [node for node in scope.nodes if node.tag in ("subProcess", "transaction")]
    return made


class _Scope:
    """Builds the specs of one process or sub-process."""

    def __init__(self, scope: Node, callable: frozenset[str]) -> None:
        self.scope = scope
        self.process = Process(scope.id)
        self.callable = callable
        self.nodes = {node.id: node for node in scope.nodes}
        self.alarms: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.tag == "boundaryEvent":
                self.alarms.setdefault(node.get("attachedToRef"), []).append(node)
        self.reserved = {"Start", "End", self.process.end.name, *(f"{id}.BoundaryEventSplit" for id in self.alarms)}
        #: how each element is entered, and from where it is left
        self.ways_in: dict[str, Lean] = {}
        self.ways_out: dict[str, Lean] = {}

    def build(self) -> Process:
        for node in self.nodes.values():
            if node.get("triggeredByEvent") == "true":
                self._listener(node)
            else:
                self._node(node)
        for id, alarms in self.alarms.items():
            self._guard(id, alarms)
        for flow in self.scope.flows:
            self._flow(flow)
        for spec in self.ways_out.values():
            if not spec.outputs:
                spec.ends = True
                spec.connect(self.process.end)
        self._begin()
        return self.process

    def name(self, id: str) -> str:
        """Of the spec of `id`: its id, which states are written with, unless that is one of our own names."""
        return f"{id} (drawn)" if id in self.reserved else id

    def _node(self, node: Node) -> None:
        loop = elements.loop_of(node)
        if loop is None:
            self.ways_in[node.id] = self.ways_out[node.id] = self._made(node, self.name(node.id))
            return
        body = self._made(node, f"{self.name(node.id)} [child]")
        made: Loop = loop(self.process, self.name(node.id), node.id, elements.label(node), body.name)
        body.instance_of = made.name
        self.ways_in[node.id] = self.ways_out[node.id] = made

    def _made(self, node: Node, name: str) -> Any:
        return elements.made(self.process, name, node, self.callable)

    def _guard(self, id: str, alarms: list[Node]) -> None:
        guarded = self.nodes.get(id)
        if guarded is None:
            raise NotRun(alarms[0], f"attached to {id!r}, which is not there")
        split = Split(self.process, f"{id}.BoundaryEventSplit")
        split.connect(self.ways_in[id])
        for alarm in alarms:
            split.connect(self.ways_in[alarm.id])
        self.ways_in[id] = split

    def _flow(self, flow: Node) -> None:
        source, target = self.ways_out.get(flow.get("sourceRef")), self.ways_in.get(flow.get("targetRef"))
        if source is None or target is None:
            raise NotRun(flow, "an end of this flow is not there")
        if isinstance(target, Inclusive | Parallel) and source.name in target._inputs:
            # a join tells its branches apart by the elements that they come from
            between = Lean(self.process, f"{flow.id} (flow)")
            between.connect(target)
            target = between
        source.connect(target)
        self.process.flows.setdefault((source.name, target.name), []).append((self.scope.id, flow.id))
        condition = elements.condition_of(flow)
        if source.chooses:
            default = self.nodes[flow.get("sourceRef")].get("default") == flow.id
            source.choices.append(Choice(flow.id, str(flow.name.fr), condition, default, target.name))
        elif condition:
            raise NotRun(flow, "a condition off a gateway")

    def _listener(self, node: Node) -> None:
        """What begins an event sub-process listens as long as the process lasts."""
        starts = [each for each in node.nodes if each.tag == "startEvent"]
        if len(starts) != 1 or not elements.definitions(starts[0]):
            raise NotRun(node, "an event sub-process begins with one event")
        start = starts[0]
        events = elements.events_of(start, "event sub-process")
        interrupts = start.get("isInterrupting", "true") != "false"
        spec = Catch(self.process, f"{self.name(node.id)}.Listener", start.id, elements.label(start), events,
                     "listener", interrupts)  # fmt: skip
        body = Inner(self.process, self.name(node.id), node.id, elements.label(node), node.id)
        spec.connect(body)
        body.connect(self.process.end)
        self.process.start.connect(spec)
        self.process.start.listeners.append(spec.name)

    def _begin(self) -> None:
        """At its start events, else at what no flow leads to (BPMN 2.0, 10.5.2)."""
        starts = [node for node in self.nodes.values() if node.tag == "startEvent"]
        if self.scope.tag == "process":
            self.process.begins = [(self.name(node.id), *elements.begins(node)) for node in starts]
        elif len(starts) > 1:
            raise NotRun(self.scope, "several start events in a sub-process")
        led_to = {flow.get("targetRef") for flow in self.scope.flows}
        found = starts or [
            node for node in self.nodes.values()
            if node.id not in led_to and node.id in self.ways_in and node.tag != "boundaryEvent"
        ]  # fmt: skip
        if not found:
            raise NotRun(self.scope, "nothing to begin with")
        for node in found:
            spec = self.ways_in[node.id]
            self.process.start.connect(spec)
            self.process.start.starts.append(spec.name)
