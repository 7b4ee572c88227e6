"""Files -> what scenarios run on: repaired and compiled as for publication, and the names that a person sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine import dmn, execution
from engine.diagram import Diagram, Node, drawn_in
from engine.execution import Program, Work
from engine.method import Method
from engine.normalise import compiled, refusals, repair
from engine.release import read_method
from engine.scenarios.keywords import is_said
from engine.words import Text

_ENDS = {
    "startEvent": Text("début de « {name} »", "start of “{name}”"),
    "endEvent": Text("fin de « {name} »", "end of “{name}”"),
}


@dataclass(frozen=True)
class Prepared:
    program: Program
    method: Method | None  #: None for a diagram that is no method
    diagrams: tuple[Diagram, ...]  #: repaired: what is drawn

    @cached_property
    def elements(self) -> dict[str, Node]:
        return {node.id: node for diagram in self.diagrams for node in diagram.root.all("*") if node.id}

    def elements_called(self, name: str) -> list[str]:
        """Ids of what is called so, or has that id."""
        return [id for id, node in self.elements.items() if name == id or is_said(name, node.name)]

    def called(self, element: str) -> Text:
        """The name drawn for an element; its id where there is none."""
        node = self.elements.get(element)
        return node.name if node is not None and node.name else Text(element)

    def told(self, element: str) -> Text:
        """The same, for who reads: an event without a name begins or ends what its process is called."""
        node = self.elements.get(element)
        words = _ENDS.get(node.tag) if node is not None and not node.name else None
        if node is None or words is None:
            return self.called(element)
        return words.format(name=self.called(node.parent.id))

    def flow_out(self, element: str, name: str) -> str:
        """The id of the flow out of an element that is called so, or has that id; empty where there is none."""
        flows = (flow for diagram in self.diagrams for flow in diagram.root.all("sequenceFlow"))
        out = (flow for flow in flows if flow.get("sourceRef") == element)
        return next((flow.id for flow in out if name == flow.id or is_said(name, flow.name)), "")

    def flow_called(self, name: str) -> str:
        """The flow that is meant, as the executor knows it: its id or its name; empty where there is none.

        A flow without a name is called by what it leads to, where it is the only one that does.
        """
        flows = [flow for diagram in self.diagrams for flow in diagram.root.all("sequenceFlow")]
        if any(name == flow.id for flow in flows):
            return name
        named = next((flow for flow in flows if is_said(name, flow.name)), None)
        if named is not None:
            return str(named.name.fr)
        targets = self.elements_called(name)
        found = [flow.id for flow in flows if flow.get("targetRef") in targets]
        return found[0] if len(found) == 1 else ""

    def stands_on(self, event: str) -> str:
        """The activity on whose border an event stands, or the sub-process that it begins."""
        node = self.elements.get(event)
        if node is None:
            return ""
        return node.get("attachedToRef") or str(node.element.getparent().get("id", ""))

    def name_of(self, work: Work) -> Text:
        drawn = self.called(work.element)
        # a name may be an expression, computed for each instance
        return drawn if not work.name or is_said(work.name, drawn) else Text(work.name)

    def waits(self, going: Any) -> bool:
        """Does anything wait there that a step does not tell of: a message, a signal?"""
        return bool(execution.waiting(self.program, going.process, going.state).awaited)

    def processes(self) -> tuple[Node, ...]:
        return tuple(process for diagram in self.diagrams for process in diagram.processes)

    def main(self, said: str = "") -> str:
        """The process that is run: the one said, by id or name; the method's; the only one that nothing calls."""
        if said:
            found = [each.id for each in self.processes() if said == each.id or is_said(said, each.name)]
            return found[0] if found else ""
        if self.method is not None:
            return self.method.process
        called = {node.get("calledElement") for each in self.processes() for node in each.all("callActivity")}
        free = [each for each in self.processes() if each.id not in called and each.nodes]
        runs = [each for each in free if each.get("isExecutable") != "false"] or free
        return runs[0].id if len(runs) == 1 else ""


def human_tasks(files: Mapping[str, bytes], dialect: str = "") -> list[Text]:
    """The names of what people do, in the order of the files, also where Jalon cannot run it.

    Raises `DiagramRefused` for what cannot be read.
    """
    drawn = repair(drawn_in(files), dialect).diagrams
    refusals(drawn)  # whatever the verdict, there is one
    tasks = (each for diagram in drawn for each in diagram.root.all("userTask", "manualTask"))
    return [each.name or Text(each.id) for each in tasks]


def prepare(files: Mapping[str, bytes], dialect: str = "") -> Prepared:
    """Raises `DiagramRefused` for what cannot be read or run."""
    method, _, drawn = read_method(files)
    # a method is its own fixed point
    mended = repair(drawn, dialect).diagrams if method is None else tuple(drawn)
    reads = method.reads if method is not None else frozenset()
    _, decisions = dmn.apart(files)
    return Prepared(execution.compile({**compiled(mended).files, **decisions}, reads), method, mended)
