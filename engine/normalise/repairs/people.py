"""Tasks that a modeler leaves without a type, where its engine gives them to a person, become user tasks."""

from __future__ import annotations

from engine.normalise.dialects import PASS_TASKS, dialect_of
from engine.normalise.rewrite import Rewrite


def people(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        dialect = rewrite.dialect or dialect_of(diagram)
        if dialect in PASS_TASKS:
            continue
        # bpmn-engine passes <task>, and waits on <manualTask>
        for node in list(diagram.root.all(*(["manualTask"] if dialect == "bpmn-engine" else ["task", "manualTask"]))):
            rewrite.did("task-for-a-person", node, name=node.get("name") or node.id, tag=node.tag, dialect=dialect)
            node.become("userTask")
