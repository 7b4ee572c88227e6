"""What can go wrong in a process, with a course that leads there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram import Node
from engine.dialect import Problem
from engine.method import Place
from engine.soundness.course import course
from engine.soundness.drawing import Drawing, scopes
from engine.soundness.exploration import MOST_MARKINGS, MOST_SECONDS, Explored, bits, explore
from engine.soundness.graph import END, START, STOP, Graph, graph_of
from engine.soundness.reduction import reduced
from engine.soundness.words import after, last_of, quoted, way_to
from engine.words import Text


def judged(process: Node, markings: int = MOST_MARKINGS, seconds: float = MOST_SECONDS) -> Iterator[Problem]:
    """All that keeps a case of `process` from ending, once, with nothing in it that never happens.

    Each sub-process is judged by itself. Conditions are free choices, and what comes from outside may always come.
    """
    for scope in scopes(process):
        if scope.tag != "adHocSubProcess" and scope.nodes:
            yield from _Judge(scope).judge(markings, seconds)


class _Judge:
    def __init__(self, scope: Node) -> None:
        self.scope = scope
        self.graph = graph_of(scope)
        self.places = {node.id: node.place for node in scope.nodes}
        self.activities = {
            node.id for node in scope.nodes
            if not node.tag.endswith("Gateway") and node.tag not in ("startEvent", "endEvent")
        }  # fmt: skip

    def place(self, element: str) -> Place:
        return self.places.get(element, self.scope.place)

    def judge(self, markings: int, seconds: float) -> Iterator[Problem]:
        whole = self.graph
        trapped = _trapped(whole)
        if trapped:
            first = next(id for id in whole.entry if whole.entry[id] in trapped)
            yield Problem("never-ends", self.place(first), {"name": whole.name(first)}, course(self.scope, (), first))
            return
        entered = _reached(whole)
        graph = reduced(graph_of(self.scope))
        explored = explore(graph, markings, seconds)
        if explored.doubled is not None:
            yield self.doubled(explored, *explored.doubled)
        elif not explored.decided:
            limit = Text(str(markings))
            yield Problem("cannot-decide", self.scope.place, {"name": self.named(), "limit": limit})
        else:
            found = [*self.stuck(explored), *self.endless(explored)]
            yield from found
            if not found:
                yield from self.dead(explored, entered)

    def named(self) -> Text:
        return self.scope.name or Text(self.scope.id)

    # --- each finding ---

    def doubled(self, explored: Explored, marking: int, number: int, edge: int) -> Problem:
        graph, step = explored.graph, explored.steps[number]
        edges = list(graph.edges)
        passed = way_to(explored, marking, [edges[place] for place in bits(marking & step.take)])
        element = graph.elements[step.node]
        follows = [each for each in graph.edges[edge].passed if each in self.activities]
        again = element if element in self.activities else follows[0] if follows else ""
        if not again:
            again = self.next_activity(element)
        rule = "done-twice" if again else "ends-twice"
        facts = {"after": after(graph, passed), "name": graph.name(again or element), "merge": graph.name(element)}
        return Problem(rule, self.place(element), facts, course(self.scope, passed, element, *filter(None, [again])))

    def next_activity(self, element: str) -> str:
        """What is done first after a gateway; empty when nothing is but the end."""
        drawing = Drawing(self.scope)
        waiting, seen = [element], {element}
        while waiting:
            for target in drawing.after(waiting.pop(0)):
                if target in self.activities:
                    return target
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return ""

    def stuck(self, explored: Explored) -> Iterator[Problem]:
        graph, said = explored.graph, set[str]()
        edges = list(graph.edges)
        for marking in explored.stuck:
            here = {edges[place] for place in bits(marking)}
            for node in sorted({graph.edges[edge].target for edge in here}):
                element = graph.elements[node]
                if element in said:
                    continue
                said.add(element)
                arrived = [edge for edge in graph.ins[node] if edge in here]
                lacking = [last_of(graph, edge) for edge in graph.ins[node] if edge not in here]
                passed = way_to(explored, marking, arrived)
                facts = {
                    "after": after(graph, passed), "name": graph.name(element), "missing": quoted(graph, lacking),
                }  # fmt: skip
                rule = "waits-for-ever" if 0 in explored.came else "no-case-ends"
                yield Problem(rule, self.place(element), facts, course(self.scope, passed, element))

    def endless(self, explored: Explored) -> Iterator[Problem]:
        graph = explored.graph
        edges = list(graph.edges)
        for marking in explored.endless[:1]:
            element = last_of(graph, edges[next(bits(marking))])
            way = course(self.scope, way_to(explored, marking), element)
            yield Problem("never-ends", self.place(element), {"name": graph.name(element)}, way)

    def dead(self, explored: Explored, entered: set[int]) -> Iterator[Problem]:
        """What can be reached on the drawing, but never happens."""
        graph, said = explored.graph, set[str]()
        for node, kind in enumerate(graph.kinds):
            element = graph.elements[node]
            drawn = node in entered and (graph.ins[node] or graph.outs[node]) and kind != START
            if drawn and node not in explored.fired and element not in said:
                said.add(element)
                way = course(self.scope, (), element)
                yield Problem("never-done", self.place(element), {"name": graph.name(element)}, way)


def _reached(graph: Graph) -> set[int]:
    """The nodes that some path leads to."""
    seen = {graph.edges[edge].target for edge in graph.starts}
    waiting = list(seen)
    while waiting:
        for edge in graph.outs[waiting.pop()]:
            target = graph.edges[edge].target
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _trapped(graph: Graph) -> set[int]:
    """The nodes that are reached, and from which no path leads to an end."""
    seen = {node for node, kind in enumerate(graph.kinds) if kind in (END, STOP)}
    waiting = list(seen)
    while waiting:
        for edge in graph.ins[waiting.pop()]:
            source = graph.edges[edge].source
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return _reached(graph) - seen
