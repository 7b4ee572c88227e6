"""Business rule tasks whose decision is drawn too: they are made here, and pass with what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import dmn
from engine.diagram import Diagram, Node
from engine.execution.specs import Lean


@dataclass(frozen=True, slots=True)
class Asked:
    """Which decision a task asks for, and what it does with the answer (`engine.dmn.answers`)."""

    decision: str
    variable: str
    mapping: str


class Decide(Lean):
    """A task that makes a decision as soon as it is reached. Its outputs are variables of the process."""

    asked: Asked
    decisions: dmn.Decisions

    def _run_hook(self, my_task: Any) -> bool:
        asked = self.asked
        found = dmn.answers(
            self.decisions, asked.decision, my_task.data, variable=asked.variable, mapping=asked.mapping
        )
        my_task.workflow.top_workflow.tell(my_task, found)
        return True


def make_decisions(
    specs: Mapping[str, Any], diagrams: Iterable[Diagram], decisions: Iterable[dmn.Decisions]
) -> frozenset[str]:
    """Let each business rule task whose decision is there make it; gives the variables that these decisions read.

    A task whose decision nobody drew stays external work.
    """
    files = list(decisions)
    tasks = {node.id: node for diagram in diagrams for node in diagram.root.all("businessRuleTask")}
    read: set[str] = set()
    for spec in [spec for process in specs.values() for spec in process.task_specs.values()]:
        asked = asked_by(tasks[spec.bpmn_id]) if spec.bpmn_id in tasks else None
        known = next((each for each in files if asked is not None and each.has(asked.decision)), None)
        if asked is None or known is None or spec.kind != "external":
            continue
        spec.__class__ = Decide
        spec.asked, spec.decisions = asked, known
        spec.kind, spec.manual = "", False
        read |= known.reads(asked.decision)
    return frozenset(read)


def asked_by(task: Node) -> Asked | None:
    """What Camunda 7, its kin, SpiffWorkflow or Camunda 8 writes on a business rule task; None for no decision."""
    said = dict(_said(task))
    decision = said.get("decisionRef") or said.get("decisionId") or said.get("calledDecisionId") or ""
    return Asked(decision, said.get("resultVariable", ""), said.get("mapDecisionResult", "")) if decision else None


def _said(task: Node) -> Iterator[tuple[str, str]]:
    """Attributes by local name: a vendor's on the task, or of its extension element; the text of an element too."""
    for name, value in task.element.attrib.items():
        if name.startswith("{"):
            yield name.rpartition("}")[2], str(value).strip()
    for extensions in task.children("extensionElements"):
        for each in extensions.element:
            if isinstance(each.tag, str):
                yield each.tag.rpartition("}")[2], str(each.text or "").strip()
                yield from ((name, str(value).strip()) for name, value in each.attrib.items())
