"""Diagrams -> the specs that are executed: one for each element drawn, and nothing left out.

What is read here is compiled already (`engine.normalise.compiled`): every link is a flow, every multi-instance BPMN's
own, every text FEEL. What is met and not run is a `NotRun`, which says where and by which rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.diagram import Diagram, Node
from engine.execution import elements
from engine.execution.choices import Choice
from engine.execution.gateways import Exclusive, Inclusive, Parallel, Race
from engine.execution.notrun import NotRun
from engine.execution.scopes import Inner
from engine.execution.specs import Catch, Lean, Process, Split

#: bodies of which are scopes of their own
INNER = ("subProcess", "transaction", "adHocSubProcess")


def build(diagrams: Iterable[Diagram]) -> tuple[dict[str, Process], list[NotRun]]:
    """The specs of every process and sub-process by id, and what of them is not run."""
    drawn = [process for diagram in diagrams for process in diagram.processes if process.nodes]
    made: dict[str, Process] = {}
    problems: list[NotRun] = []
    waiting, callable = list(reversed(drawn)), frozenset(process.id for process in drawn)
    while waiting:
        scope = waiting.pop()
        if scope.id in made:
            problems.append(NotRun("duplicate-id", scope, id=scope.id))
            continue
        built = _Scope(scope, callable, problems)
        made[scope.id] = built.build()
        waiting += [node for node in reversed(scope.nodes) if node.tag in INNER]
    return made, problems


class _Scope:
    """Builds the specs of one process or sub-process."""

    def __init__(self, scope: Node, callable: frozenset[str], problems: list[NotRun]) -> None:
        self.scope = scope
        self.process = Process(scope.id)
        self.callable = callable
        self.problems = problems
        self.nodes = {node.id: node for node in scope.nodes}
        self.out: dict[str, list[Node]] = {}
        for flow in scope.flows:
            self.out.setdefault(flow.get("sourceRef"), []).append(flow)
        self.alarms: dict[str, list[Node]] = {}
        for node in scope.nodes:
            if node.tag == "boundaryEvent":
                self.alarms.setdefault(node.get("attachedToRef"), []).append(node)
        self.reserved = {"Start", "End", self.process.end.name, *(f"{id}.BoundaryEventSplit" for id in self.alarms)}
        self.met: set[str] = set()  #: ids of elements looked at
        #: how each element is entered, and from where it is left
        self.ways_in: dict[str, Lean] = {}
        self.ways_out: dict[str, Lean] = {}

    def build(self) -> Process:
        for node in self.scope.nodes:
            self._drawn(node)
        for id, alarms in self.alarms.items():
            self._guard(id, alarms)
        for id, flows in self.out.items():
            self._leave(id, flows)
        for node in self.scope.nodes:
            if node.tag == "transaction" and elements.may_be_cancelled(node):
                if not any(_cancels(self.ways_in[each.id]) for each in self.alarms.get(node.id, ())):
                    self.problem("cancel-not-caught", node)
        for spec in self.ways_out.values():
            if _cancels(spec) and not spec.waits and self.scope.tag != "transaction":
                self.problem("cancel-outside-transaction", self.nodes[spec.bpmn_id])
            if not spec.outputs:
                spec.ends = True
                spec.connect(self.process.end)
        self._begin()
        return self.process

    def problem(self, rule: str, node: Node, **facts: str) -> None:
        self.problems.append(NotRun(rule, node, by_hand=False, **facts))

    def name(self, id: str) -> str:
        """Of the spec of `id`: its id, which states are written with, unless that is one of our own names."""
        return f"{id} (drawn)" if id in self.reserved else id

    def _drawn(self, node: Node) -> None:
        if node.id in self.met or not node.id:
            self.problems.append(NotRun("duplicate-id" if node.id else "element-without-id", node, id=node.id))
            return
        self.met.add(node.id)
        try:
            self.problems += elements.open_questions(node, self.callable)
            if node.tag in INNER and node.get("triggeredByEvent") == "true":
                self._listener(node)
            else:
                self._node(node)
        except NotRun as problem:
            self.problems.append(problem)
            # stands for it, so that what follows is looked at too
            name = self.name(node.id)
            if name not in self.process.task_specs:
                self.ways_in[node.id] = self.ways_out[node.id] = Lean(self.process, name, node.id)

    def _node(self, node: Node) -> None:
        loop = elements.loop_of(node)
        if loop is None:
            self.ways_in[node.id] = self.ways_out[node.id] = self._made(node, self.name(node.id))
            return
        body = self._made(node, f"{self.name(node.id)} [child]")
        made = loop(self.process, self.name(node.id), node.id, elements.label(node), body.name)
        body.instance_of = made.name
        self.ways_in[node.id] = self.ways_out[node.id] = made

    def _made(self, node: Node, name: str) -> Any:
        return elements.made(self.process, name, node, self.callable)

    def _guard(self, id: str, alarms: list[Node]) -> None:
        guarded = self.nodes.get(id)
        if guarded is None or id not in self.ways_in or not elements.may_be_guarded(guarded):
            for alarm in alarms:
                self.problem("attached-to-nothing", alarm, attached=id)
            return
        split = Split(self.process, f"{id}.BoundaryEventSplit", id)
        split.connect(self.ways_in[id])
        for alarm in alarms:
            split.connect(self.ways_in[alarm.id])
            if guarded.tag != "transaction" and _cancels(self.ways_in[alarm.id]):
                self.problem("cancel-outside-transaction", alarm)
        self.ways_in[id] = split

    def _leave(self, id: str, flows: list[Node]) -> None:
        """Connect `id` by the flows that leave it: a choice where one of them has a condition."""
        source, node = self.ways_out.get(id), self.nodes.get(id)
        conditional = any(elements.condition_of(flow) for flow in flows)
        if source is not None and node is not None and node.tag == "endEvent":
            self.problem("end-goes-on", node)
        if conditional and isinstance(source, Parallel | Race):
            self.problem("condition-off-gateway", flows[0])
        for flow in flows:
            target = self.ways_in.get(flow.get("targetRef"))
            if source is None or node is None or target is None:
                self.problem("dangling-flow", flow, source=flow.get("sourceRef"), target=flow.get("targetRef"))
                continue
            if isinstance(source, Race) and not (target.waits or target.kind == "receive"):
                self.problem("race-without-event", flow)
            target = self._told_apart(flow, source, target)
            source.connect(target)
            self.process.flows.setdefault((source.name, target.name), []).append((self.scope.id, flow.id))
            if conditional or (isinstance(source, Exclusive | Inclusive) and len(flows) > 1):
                default = node.get("default") == flow.id
                name = str(flow.name.fr)
                source.choices.append(Choice(flow.id, name, elements.condition_of(flow), default, target.name))
        if isinstance(source, Exclusive | Inclusive) and node is not None:
            self._by_hand(source, node)

    def _by_hand(self, source: Lean, node: Node) -> None:
        """Flows without conditions: someone decides. An inclusive gateway that has some takes the others always."""
        bare = [each for each in source.choices if not each.condition and not each.default]
        some = any(each.condition for each in source.choices)
        if bare and len(source.choices) > 1 and not (some and isinstance(source, Inclusive)):
            source.decided_by_hand()
            self.problems.append(NotRun("decided-by-hand", node, by_hand=True, name=elements.label(node) or node.id))

    def _told_apart(self, flow: Node, source: Lean, target: Lean) -> Lean:
        """A join tells its branches apart by the elements that they come from."""
        if not isinstance(target, Inclusive | Parallel) or source.name not in target._inputs:
            return target
        name = f"{flow.id} (flow)"
        if name in self.process.task_specs:
            self.problem("duplicate-id" if flow.id else "flow-without-id", flow, id=flow.id)
            return target
        between = Lean(self.process, name)
        between.connect(target)
        return between

    def _listener(self, node: Node) -> None:
        """What begins an event sub-process listens as long as the process lasts."""
        starts = [each for each in node.nodes if each.tag == "startEvent"]
        if len(starts) != 1 or not starts[0].definitions:
            raise NotRun("event-sub-process-start", node)
        start = starts[0]
        events = elements.events_of(start, "event sub-process")
        spec = Catch(self.process, f"{self.name(node.id)}.Listener", start.id, elements.label(start), events,
                     "listener", start.interrupts)  # fmt: skip
        body = Inner(self.process, self.name(node.id), node.id, elements.label(node), node.id)
        spec.connect(body)
        body.ends = True
        body.connect(self.process.end)
        self.process.start.connect(spec)
        self.process.start.listeners.append(spec.name)

    def _begin(self) -> None:
        """At its start events, else at what no flow leads to (BPMN 2.0, 10.5.2)."""
        starts = [node for node in self.scope.nodes if node.tag == "startEvent" and node.id in self.ways_in]
        try:
            if self.scope.tag == "process":
                self.process.begins = [(self.ways_in[node.id].name, *elements.begins(node)) for node in starts]
        except NotRun as problem:
            self.problems.append(problem)
        if len(starts) > 1 and self.scope.tag != "process":
            self.problem("several-starts-inside", self.scope)
        led_to = {flow.get("targetRef") for flow in self.scope.flows}
        found = starts or [
            node for node in self.scope.nodes
            if node.id not in led_to and node.id in self.ways_in and node.tag != "boundaryEvent"
        ]  # fmt: skip
        if not found:
            self.problem("nothing-to-begin", self.scope)
        for node in found:
            spec = self.ways_in[node.id]
            self.process.start.connect(spec)
            self.process.start.starts.append(spec.name)


def _cancels(spec: Lean) -> bool:
    return any(each.kind == "cancel" for each in spec.events)
