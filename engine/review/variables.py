"""Which variables are known where an expression stands, on whichever way a project came there.

A task makes known what its form asks and what it sets, a called process what is known at its end. Where ways meet
after a choice, what is known is what each of them makes known; where parallel branches meet, what any of them does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine import feel
from engine.diagram import Diagram, Node
from engine.dialect import Problem, is_landing
from engine.expressions import expressions
from engine.method import Method, Place
from engine.review.decisions import Made
from engine.soundness.drawing import SUB_PROCESSES, Drawing
from engine.words import Text

KINDS: dict[str, str] = {
    **dict.fromkeys(("number", "money"), "number"),
    **dict.fromkeys(("string", "textarea", "enum"), "string"),
    **{"date": "date", "boolean": "boolean"},
}
#: variables that Jalon itself sets
GIVEN = frozenset({"decision", "landing", "services_impactes"})


def expression_problems(
    method: Method, diagrams: Iterable[Diagram], decisions: Mapping[str, Made] | None = None
) -> Iterator[Problem]:
    diagrams, decisions = list(diagrams), decisions or {}
    known = Known(method, diagrams, decisions)
    kinds = _kinds(method)
    for drawn in expressions(diagrams, method):
        try:
            read = feel.compile(drawn.text)
        except feel.FeelError as error:
            why = Text(error.text("fr"), error.text("en"))
            yield Problem("expression-wrong", drawn.place, {"text": drawn.text, "why": why})
            continue
        for name in sorted(read.functions - feel.BUILTINS):
            yield Problem("unknown-function", drawn.place, {"text": drawn.text, "function": name})
        for complaint in feel.check(drawn.text, kinds=kinds):
            if complaint.rule in ("arguments", "kinds"):
                why = Text(complaint.text("fr"), complaint.text("en"))
                yield Problem("expression-wrong", drawn.place, {"text": drawn.text, "why": why})
        # names read only inside a filter may be columns of what it filters
        names = sorted(read.names - read.item_names - feel.BUILTINS)
        if drawn.answers:
            asked = {field.key for field in method.tasks[drawn.place.element].form}
            for name in names:
                if name not in asked:
                    yield Problem("unknown-answer", drawn.place, {"text": drawn.text, "variable": name})
        else:
            yield from known.missing(names, drawn.text, drawn.place)
    for task in method.tasks.values():
        if task.collection:
            yield from known.missing([task.collection], task.collection, task.place)
    for each in decisions.values():
        yield from known.missing(sorted(each.decisions.reads(each.decision)), each.decision, each.task.place)


def _kinds(method: Method) -> dict[str, str]:
    """Of the variables that forms ask for, as FEEL names them, where every form that asks for one agrees."""
    tasks = method.tasks.values()
    said = {(field.key, KINDS.get(field.type, "")) for task in tasks for field in task.form}
    said |= {(name, "") for task in tasks for name, _ in task.sets}
    return {name: kind for name, kind in said if kind and sum(name == other for other, _ in said) == 1}


class Known:
    """What is known at each element of a method."""

    def __init__(self, method: Method, diagrams: Iterable[Diagram], decisions: Mapping[str, Made]) -> None:
        self.method = method
        self.decisions = decisions
        self.processes = {process.id: process for diagram in diagrams for process in diagram.processes}
        self.gains: dict[str, frozenset[str]] = {}
        self.anywhere = GIVEN.union(*(self._asked(id) for id in (*method.tasks, *decisions)))
        self.at: dict[str, frozenset[str]] = {}
        for recurring in method.recurring:
            self._note(recurring.process, self.anywhere)
        self._note(method.process, GIVEN)

    def missing(self, names: Iterable[str], text: str, place: Place) -> Iterator[Problem]:
        here = self.at.get(place.element, self.anywhere)
        for name in names:
            if name not in self.anywhere:
                yield Problem("unknown-variable", place, {"text": text, "variable": name})
            elif name not in here:
                yield Problem("variable-too-early", place, {"text": text, "variable": name})

    def _asked(self, id: str) -> frozenset[str]:
        """What a task makes known. One instance each: nothing, they would overwrite one another."""
        if id in self.decisions:
            return self.decisions[id].sets
        task = self.method.tasks.get(id)
        if task is None or task.each:
            return frozenset()
        return frozenset({field.key for field in task.form} | {name for name, _ in task.sets})

    def _gain(self, node: Node) -> frozenset[str]:
        """What is known more after a node than before it."""
        inside = self.processes.get(node.get("calledElement")) if node.tag == "callActivity" else node
        if inside is None:
            return frozenset()
        if inside is node and node.tag not in SUB_PROCESSES:
            return self._asked(node.id)
        if inside.id not in self.gains:
            self.gains[inside.id] = frozenset()  # for a call that returns to itself
            scope = _Scope(inside, frozenset(), self._gain)
            self.gains[inside.id] = scope.at_its_end()
        return self.gains[inside.id]

    def _note(self, process: str, entry: frozenset[str]) -> None:
        """Where expressions stand in a process, and in what it calls and holds, in turn."""
        waiting = [(self.processes[process], entry)]
        called: dict[str, frozenset[str]] = {}
        while waiting:
            inside, known = waiting.pop(0)
            before = called.get(inside.id)
            now = known if before is None else before & known
            if now == before:
                continue
            called[inside.id] = now
            scope = _Scope(inside, now, self._gain)
            self.at |= scope.everywhere()
            for node in scope.drawing.nodes.values():
                target = self.processes.get(node.get("calledElement")) if node.tag == "callActivity" else node
                if target is not None and (target is not node or node.tag in SUB_PROCESSES):
                    waiting.append((target, scope.before(node.id)))


class _Scope:
    """What is known in one process or sub-process, entered with `entry`."""

    def __init__(self, scope: Node, entry: frozenset[str], gain: Callable[[Node], frozenset[str]]) -> None:
        self.drawing = Drawing(scope)
        self.gain = gain
        self.entry = entry
        self.leads: dict[str, list[tuple[str, bool]]] = {id: [] for id in self.drawing.nodes}
        for id, node in self.drawing.nodes.items():
            for target in self._after(node):
                self.leads[target].append((id, True))
            for alarm in self.drawing.alarms.get(id, ()):
                self.leads[alarm.id].append((id, False))
        self.known: dict[str, frozenset[str] | None] = dict.fromkeys(self.drawing.nodes)
        self._settle()

    def _after(self, node: Node) -> list[str]:
        """Not by a landing: it comes after a whole passage, with all that this made known."""
        landings = {flow.get("targetRef") for flow in self.drawing.flows[node.id] if is_landing(flow, node)}
        return [target for target in self.drawing.after(node.id) if target not in landings]

    def _settle(self) -> None:
        waiting = dict.fromkeys(self.drawing.nodes)
        while waiting:
            id = next(iter(waiting))
            del waiting[id]
            found = self._meet(id)
            if found != self.known[id]:
                self.known[id] = found
                waiting |= dict.fromkeys(self.drawing.around(id))

    def _meet(self, id: str) -> frozenset[str] | None:
        node = self.drawing.nodes[id]
        came = [self._from(source, passed) for source, passed in self.leads[id]]
        if not came:
            return self.entry
        if node.tag == "parallelGateway":
            return None if None in came else frozenset().union(*(each for each in came if each is not None))
        known = [each for each in came if each is not None]
        return frozenset.intersection(*known) if known else None

    def _from(self, source: str, passed: bool) -> frozenset[str] | None:
        known = self.known[source]
        return known if known is None or not passed else known | self.gain(self.drawing.nodes[source])

    def before(self, id: str) -> frozenset[str]:
        known = self.known[id]
        return self.entry if known is None else known

    def at_its_end(self) -> frozenset[str]:
        ends = [self.known[id] for id, node in self.drawing.nodes.items() if not self.drawing.after(id)]
        known = [each for each in ends if each is not None]
        return frozenset.intersection(*known) if known else frozenset()

    def everywhere(self) -> dict[str, frozenset[str]]:
        """By element: a node's is what is known before it, a flow's what is known where it begins."""
        found = {id: self.before(id) for id in self.drawing.nodes}
        for id, flows in self.drawing.flows.items():
            after = self.before(id) | self.gain(self.drawing.nodes[id])
            found |= {flow.id: after for flow in flows if flow.id}
        return found
