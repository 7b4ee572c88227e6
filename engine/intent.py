"""What a method means to keep: its locked steps, which no project may go round, and their order.

    avoidable(method, diagrams)         the locked steps that a project could end without
    precedences(method, diagrams)       which of them comes before which, in every project
    order_lost(kept, woven)             what another drawing of the method turned round

A locked step is unavoidable when, with it taken away, no normal end is reached: neither flows that stop a project nor
the landings that a phase offers after a rework count (docs/reference/dialect.md). This asks what tokens can reach, so
it means what it says where the drawing is sound, which `soundness` proves first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from typing import Literal

from engine.diagram import Diagram, Node
from engine.dialect import Problem, is_landing
from engine.method import Method
from engine.soundness.graph import AND, END, OR, STOP, Graph, graph_of
from engine.words import Text

#: the first is done before the second in every project, or after it; they go on side by side; either may come first
Relation = Literal["before", "after", "beside", "either"]
#: pairs of ids
Lost = tuple[tuple[str, str], ...]


def intent_problems(method: Method, diagrams: Iterable[Diagram]) -> Iterator[Problem]:
    """Locked steps that can be gone round.

    Two that cannot are done one before the other in every project, or side by side: with free choices, either could
    come first only where one could be left out.
    """
    plan = Plan(method, diagrams)
    ways: dict[Text, list[str]] = {}
    for id in plan.avoidable():
        ways.setdefault(plan.way_round(id), []).append(id)
    for way, ids in ways.items():
        names = [method.name_of(id) for id in ids]
        steps = Text(
            ", ".join(f"« {each.read('fr')} »" for each in names), ", ".join(f"“{each.read('en')}”" for each in names)
        )
        yield Problem("locked-avoidable", plan.places[ids[0]], {"steps": steps, "way": way})


def avoidable(method: Method, diagrams: Iterable[Diagram]) -> tuple[str, ...]:
    """The ids of the locked steps and gates without which a project can come to a normal end."""
    return Plan(method, diagrams).avoidable()


def precedences(method: Method, diagrams: Iterable[Diagram]) -> frozenset[tuple[str, str]]:
    """Every pair of locked steps of which the first is always done before the second."""
    plan = Plan(method, diagrams)
    return frozenset((a, b) for a, b in permutations(plan.locked, 2) if plan.relation(a, b) == "before")


def order_lost(kept: tuple[Method, Iterable[Diagram]], woven: tuple[Method, Iterable[Diagram]]) -> Lost:
    """What was always done first in one drawing of a method and is not in another, in the order of the first.

    Steps that the other no longer has, or has no longer locked, are another matter.
    """
    plan = Plan(*woven)
    return tuple(
        (a, b) for a, b in sorted(precedences(*kept))
        if a in plan.locked and b in plan.locked and plan.relation(a, b) != "before"
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Where a locked step stands: its own process, and what calls that in the main one."""

    process: str
    element: str
    call: str = ""


class Plan:
    """The locked steps of a method, and the processes in which they stand as graphs."""

    def __init__(self, method: Method, diagrams: Iterable[Diagram]) -> None:
        self.method = method
        self.processes = {process.id: process for diagram in diagrams for process in diagram.processes}
        self.views: dict[str, View] = {}
        self.locked: dict[str, Step] = {}
        for gate in method.gates:
            if gate.lock == "locked":
                self.locked[gate.id] = Step(method.process, gate.id)
        for phase in method.phases:
            for task in phase.tasks:
                if task.lock == "locked":
                    self.locked[task.id] = Step(phase.process, task.id, "" if phase.short else phase.id)
        self.places = {id: (method.tasks.get(id) or method.gate[id]).place for id in self.locked}

    def view(self, process: str) -> View:
        if process not in self.views:
            ends = self.method.end if process == self.method.process else {}
            self.views[process] = View(self.processes[process], ends)
        return self.views[process]

    def _ways(self, id: str) -> Iterator[tuple[View, str]]:
        """The graphs in each of which the step must be unavoidable: its own, and the main one through its phase."""
        step = self.locked[id]
        yield self.view(step.process), step.element
        if step.call:
            yield self.view(self.method.process), step.call

    def avoidable(self) -> tuple[str, ...]:
        return tuple(id for id in self.locked if any(view.avoids(element) for view, element in self._ways(id)))

    def way_round(self, id: str) -> Text:
        """The flow by which the step is gone round, in words."""
        view, element = next((view, element) for view, element in self._ways(id) if view.avoids(element))
        return view.way_round(element)

    def relation(self, first: str, second: str) -> Relation:
        one, other = self.locked[first], self.locked[second]
        if one.process == other.process:
            return self.view(one.process).relation(one.element, other.element)
        main = self.view(self.method.process)
        called = [step.call or (step.element if step.process == self.method.process else "") for step in (one, other)]
        if not all(called) or called[0] == called[1]:
            return "beside"
        return main.relation(*called)


class View:
    """One process as a project goes through it for the first time, towards a normal end."""

    def __init__(self, process: Node, ends: Mapping[str, str]) -> None:
        dropped = frozenset(flow.id for flow in process.flows if _aside(flow, process))
        self.graph = graph_of(process, dropped)
        self.ends = {
            node for node, kind in enumerate(self.graph.kinds)
            if kind in (END, STOP) and ends.get(element := self.graph.elements[node], "closed") == "closed"
            and node == self.graph.entry.get(element)
        }  # fmt: skip
        self.reached_without: dict[str, dict[int, int]] = {}

    def without(self, element: str) -> dict[int, int]:
        """The nodes that a token still reaches with `element` taken away, each with the edge that it came by."""
        if element not in self.reached_without:
            self.reached_without[element] = _reached(self.graph, element)
        return self.reached_without[element]

    def avoids(self, element: str) -> bool:
        return bool(self.ends & self.without(element).keys())

    def precedes(self, first: str, second: str) -> bool:
        return self.graph.entry[second] not in self.without(first)

    def relation(self, first: str, second: str) -> Relation:
        if self.precedes(first, second):
            return "before"
        if self.precedes(second, first):
            return "after"
        return "beside" if self.concurrent(first, second) else "either"

    def concurrent(self, first: str, second: str) -> bool:
        ones, others = (self.graph.ins[self.graph.entry[each]] for each in (first, second))
        return any(other in self.together[one] for one in ones for other in others)

    @cached_property
    def together(self) -> dict[int, set[int]]:
        return _together(self.graph)

    def way_round(self, element: str) -> Text:
        """The last elements with a name on a path to a normal end that leaves `element` out."""
        came = self.without(element)
        node = min(self.ends & came.keys())
        path: list[str] = []
        while came[node] >= 0:
            edge = self.graph.edges[came[node]]
            path.append(self.graph.elements[node])
            node = edge.source
        names = [self.graph.name(each) for each in dict.fromkeys(path[::-1]) if self.graph.named.get(each)]
        names = names[-6:]
        return Text(
            " → ".join(f"« {each.read('fr')} »" for each in names), " → ".join(f"“{each.read('en')}”" for each in names)
        )


def _aside(flow: Node, process: Node) -> bool:
    """A flow that stops the project, or a landing that a phase offers after a rework."""
    if flow.properties.get("method.outcome") == "stop":
        return True
    source = next((node for node in process.nodes if node.id == flow.get("sourceRef")), None)
    return source is not None and is_landing(flow, source)


def _reached(graph: Graph, without: str) -> dict[int, int]:
    """Nodes by the edge that a token came by: a join needs them all, anything else one."""
    gone = {node for node, element in enumerate(graph.elements) if element == without}
    came: dict[int, int] = {}
    arrived: dict[int, set[int]] = {}
    waiting = [start for start in graph.starts if start not in graph.asides]
    for start in waiting:
        came[graph.edges[start].source] = -1
    while waiting:
        edge = waiting.pop()
        node = graph.edges[edge].target
        if node in came or node in gone:
            continue
        arrived.setdefault(node, set()).add(edge)
        if graph.kinds[node] != AND or len(arrived[node]) == len(graph.ins[node]):
            came[node] = edge
            waiting += graph.outs[node]
    return came


def _together(graph: Graph) -> dict[int, set[int]]:
    """Edges that can hold tokens at once (A. Kovalyov and J. Esparza, 1996: exact where the drawing is sound)."""
    together: dict[int, set[int]] = {edge: set() for edge in graph.edges}
    waiting: list[tuple[int, int]] = []

    def add(one: int, other: int) -> None:
        if other not in together[one]:
            together[one].add(other)
            together[other].add(one)
            waiting.extend(((one, other), (other, one)))

    for node, kind in enumerate(graph.kinds):
        if kind in (AND, OR):
            for one, other in combinations(graph.outs[node], 2):
                add(one, other)
    while waiting:
        edge, other = waiting.pop()
        node = graph.edges[edge].target
        if graph.kinds[node] == AND and not all(each == edge or other in together[each] for each in graph.ins[node]):
            continue
        for after in graph.outs[node]:
            if after != other:
                add(after, other)
    return together
