"""Which modeler a diagram comes from: its namespaces tell (docs/reference/bpmn.md)."""

from __future__ import annotations

from engine.diagram import ACTIVITI, CAMUNDA, FLOWABLE, ZEEBE, Diagram

#: the first whose namespace is declared; a file drawn in Camunda Modeler for another engine declares both
_NAMESPACES = {
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    "zeebe": ZEEBE,
    "flowable": FLOWABLE,
    "activiti": ACTIVITI,
    "camunda": CAMUNDA,
}
#: what only the expressions of bpmn-engine read
_OF_BPMN_ENGINE = (b"environment.variables", b"environment.services", b"environment.output")
DIALECTS = frozenset({*_NAMESPACES, "bpmn-engine", "plain"})
#: where `<task>` and `<manualTask>` are passed at once
PASS_TASKS = frozenset({"camunda", "flowable", "activiti", "zeebe"})


def dialect_of(diagram: Diagram) -> str:
    """`plain`, where nothing tells."""
    if any(each in diagram.content for each in _OF_BPMN_ENGINE):
        return "bpmn-engine"
    return next((name for name, each in _NAMESPACES.items() if each in diagram.namespaces), "plain")
