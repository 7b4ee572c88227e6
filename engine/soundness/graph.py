"""A drawing as a graph of five kinds of node, which tells where tokens go and nothing else.

Whatever was drawn comes down to these: an activity with a delay on its border is a choice between two ways out, one
with two flows is a fork, conditions on them are an inclusive split. Each process and each sub-process is a graph of
its own: what is inside an activity begins and ends with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.diagram import Node
from engine.soundness.drawing import SUB_PROCESSES, Drawing, leaves_by_error, undoes
from engine.words import Text

#: one token goes on, by one way; all come, all go; as many as are on their way; it is over; all is over
XOR, AND, OR, END, STOP = "xor", "and", "or", "end", "stop"
START = "start"

_GATEWAYS = {
    "exclusiveGateway": XOR, "eventBasedGateway": XOR, "parallelGateway": AND, "inclusiveGateway": OR,
    "complexGateway": OR,
}  # fmt: skip
#: an end after which nothing else of its process goes on
_STOPS = ("terminate", "error", "cancel")


@dataclass(slots=True)
class Edge:
    source: int
    target: int
    element: str  #: id of the drawn element that it leaves
    passed: tuple[str, ...] = ()  #: ids of the elements that are passed on the way, in order


@dataclass
class Graph:
    """Nodes are numbers. `elements[node]` is the id of what was drawn."""

    kinds: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    ins: list[list[int]] = field(default_factory=list)
    outs: list[list[int]] = field(default_factory=list)
    edges: dict[int, Edge] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)  #: edges on one of which a case begins
    asides: list[int] = field(default_factory=list)  #: those of them that an event on a border sets off
    entry: dict[str, int] = field(default_factory=dict)  #: by element, the node that its flows lead to
    named: dict[str, Text] = field(default_factory=dict)

    def node(self, kind: str, element: str) -> int:
        self.kinds.append(kind)
        self.elements.append(element)
        self.ins.append([])
        self.outs.append([])
        return len(self.kinds) - 1

    def edge(self, source: int, target: int, passed: tuple[str, ...] = ()) -> int:
        number = len(self.edges)
        self.edges[number] = Edge(source, target, self.elements[source], passed)
        self.outs[source].append(number)
        self.ins[target].append(number)
        return number

    def name(self, element: str) -> Text:
        return self.named.get(element) or Text(element)


def graph_of(scope: Node, dropped: frozenset[str] = frozenset()) -> Graph:
    """The graph of one process or sub-process. `dropped`: ids of flows that are left out."""
    return _Builder(Drawing(scope), dropped).build()


class _Builder:
    def __init__(self, drawing: Drawing, dropped: frozenset[str]) -> None:
        self.drawing = drawing
        self.dropped = dropped
        self.graph = Graph()
        first = [node.id for node in drawing.starts or drawing.sources]
        self.main = drawing.ahead(first, aside=False)

    def build(self) -> Graph:
        graph, drawing = self.graph, self.drawing
        for id, node in drawing.nodes.items():
            kind = _GATEWAYS.get(node.tag, XOR) if node.tag != "endEvent" else _end(node)
            graph.entry[id] = graph.node(kind, id)
            graph.named[id] = node.name
        for node in drawing.nodes.values():
            if node.tag != "endEvent":
                self.leave(node)
        self.begin()
        return graph

    def begin(self) -> None:
        graph, drawing = self.graph, self.drawing
        if drawing.starts:
            for node in drawing.starts:
                self.start(node.id, [graph.entry[node.id]])
        elif drawing.sources:
            self.start(drawing.sources[0].id, [graph.entry[node.id] for node in drawing.sources])
        for alarms in drawing.alarms.values():
            for alarm in alarms:
                if not alarm.interrupts and not undoes(alarm) and self.apart(alarm):
                    self.start(alarm.id, [graph.entry[alarm.id]])
                    graph.asides.append(graph.starts[-1])

    def start(self, element: str, targets: list[int]) -> None:
        graph = self.graph
        first = graph.node(START, element)
        if len(targets) > 1:
            fork = graph.node(AND, element)
            for target in targets:
                graph.edge(fork, target)
            targets = [fork]
        graph.starts.append(graph.edge(first, targets[0]))

    def apart(self, alarm: Node) -> bool:
        """Does what it sets off keep to itself? Then each turn is a case of its own."""
        return not self.drawing.ahead([alarm.id], aside=True) & self.main

    def leave(self, node: Node) -> None:
        """Every way out of a node."""
        graph, id = self.graph, node.id
        here = graph.entry[id]
        if node.tag in _GATEWAYS:
            for flow in self.flows(node):
                graph.edge(here, graph.entry[flow.get("targetRef")], (flow.id,) if flow.get("name") else ())
                graph.named[flow.id] = flow.name
            if not graph.outs[here]:
                graph.edge(here, graph.node(END, id))
            return
        alarms = [alarm for alarm in self.drawing.alarms.get(id, ()) if not undoes(alarm)]
        alarms = [alarm for alarm in alarms if alarm.interrupts or not self.apart(alarm)]
        ways: list[tuple[list[Node], bool]] = [([alarm], not alarm.interrupts) for alarm in alarms]
        if not self.only_errors(node):
            ways.insert(0, ([], True))
        forward = None
        if any(goes_on for _, goes_on in ways):
            forward = self.forward(node) if len(ways) == 1 else self.gathered(node)
        told = () if node.tag == "startEvent" and not node.name else (id,)
        for aside, goes_on in ways:
            targets = [graph.entry[each.id] for each in aside]
            if goes_on and forward is not None:
                targets.append(forward)
            if len(targets) == 1:
                graph.edge(here, targets[0], told if goes_on else ())
            else:
                fork = graph.node(AND, id)
                graph.edge(here, fork, told)
                for target in targets:
                    graph.edge(fork, target)
        if not ways:
            graph.edge(here, graph.node(END, id))

    def gathered(self, node: Node) -> int:
        """Several ways of doing a thing go on by the same flows."""
        way = self.graph.node(XOR, node.id)
        self.graph.edge(way, self.forward(node))
        return way

    def forward(self, node: Node) -> int:
        """The node by which a token goes on when all is done."""
        graph, id = self.graph, node.id
        flows = self.flows(node)
        default = node.get("default")
        asked = [flow for flow in flows if flow.child("conditionExpression") is not None and flow.id != default]
        if not asked:
            return self.fork(id, [graph.entry[each] for each in self.after(node)])
        plain = [flow for flow in flows if flow not in asked and flow.id != default]
        choice = graph.node(OR, id)
        for flow in [*asked, *(flow for flow in flows if flow.id == default)]:
            graph.edge(choice, graph.entry[flow.get("targetRef")])
        if plain and not default:
            graph.edge(choice, graph.node(END, id))
        return self.fork(id, [choice, *(graph.entry[flow.get("targetRef")] for flow in plain)])

    def fork(self, id: str, targets: list[int]) -> int:
        if not targets:
            return self.graph.node(END, id)
        if len(targets) == 1:
            return targets[0]
        fork = self.graph.node(AND, id)
        for target in targets:
            self.graph.edge(fork, target)
        return fork

    def flows(self, node: Node) -> list[Node]:
        return [flow for flow in self.drawing.flows[node.id] if flow.id not in self.dropped]

    def after(self, node: Node) -> list[str]:
        flows = self.flows(node)
        return [flow.get("targetRef") for flow in flows] if flows else self.drawing.after(node.id)

    def only_errors(self, node: Node) -> bool:
        return node.tag in SUB_PROCESSES and leaves_by_error(node)


def _end(node: Node) -> str:
    return STOP if node.catches(*_STOPS) else END
