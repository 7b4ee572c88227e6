"""What stands where in the diagrams of a release, and what people call it: what no thread of a tailoring moves."""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagram import Diagram, Node
from engine.words import Text


class Warp:
    def __init__(self, diagrams: Iterable[Diagram]) -> None:
        self.diagrams = list(diagrams)
        self.index()

    def index(self) -> None:
        self.processes: dict[str, Node] = {}
        self.nodes: dict[str, Node] = {}
        self.holder: dict[str, Node] = {}
        for process in (process for each in self.diagrams for process in each.processes):
            self.processes[process.id] = process
            for node in process.nodes:
                self.nodes.setdefault(node.id, node)
                self.holder.setdefault(node.id, process)

    @property
    def main(self) -> Node:
        return next(each for each in self.processes.values() if each.properties.get("method.kind") == "method")

    def element(self, id: str) -> Node | None:
        return self.nodes.get(id) or self.processes.get(id)

    def kind(self, id: str) -> str:
        """task, gate, phase (a call of the main process), exception, recurring, process, or nothing."""
        node = self.nodes.get(id)
        if node is None:
            process = self.processes.get(id)
            return process.properties.get("method.kind", "process") if process is not None else ""
        if node.tag == "callActivity":
            return "phase"
        if node.properties.get("method.kind") == "gate":
            return "gate"
        return "task" if node.tag == "userTask" else ""

    def into(self, id: str) -> list[Node]:
        return [each for each in self.holder[id].flows if each.get("targetRef") == id]

    def out(self, id: str) -> list[Node]:
        return [each for each in self.holder[id].flows if each.get("sourceRef") == id]

    def field(self, task: str, key: str) -> Node | None:
        node = self.nodes.get(task)
        found = node.vendor("formData/formField") if node is not None else []
        return next((each for each in found if each.id == key), None)

    def called(self, call: str) -> Node | None:
        return self.processes.get(self.nodes[call].get("calledElement"))

    # --- names ---

    def name(self, id: str) -> Text:
        """What an element is called; its id where it has no name, or is not there."""
        found = self.element(id)
        return found.name if found is not None and found.name else Text(id)

    def label(self, task: str, key: str) -> Text:
        """Of a field."""
        found = self.field(task, key)
        said = found.get("label") if found is not None else ""
        return Text(said, found.properties.get("label.en", "")) if found is not None and said else Text(key)

    def role_name(self, role: str) -> Text:
        said = self.main.properties
        return Text(said.get(f"method.role.{role}", role), said.get(f"method.role.{role}.en", ""))
