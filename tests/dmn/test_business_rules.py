"""A business rule task makes the decision that it names, and the process goes on with its answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import execution
from engine.errors import Incident

HERE = Path(__file__).parent
BPMN = (HERE / "relance.bpmn").read_bytes()
DMN = (HERE / "accompagnement.dmn").read_bytes()
ATTRIBUTES = (
    b'camunda:decisionRef="Decision_urgence" camunda:resultVariable="urgence" camunda:mapDecisionResult="singleEntry"'
)
NEXT = b"<bpmn:incoming>Flow_1</bpmn:incoming>"
SPIFF = (
    b'<bpmn:extensionElements><s:calledDecisionId xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">'
    b"Decision_urgence</s:calledDecisionId></bpmn:extensionElements>"
)
ZEEBE = (
    b'<bpmn:extensionElements><z:calledDecision xmlns:z="http://camunda.org/schema/zeebe/1.0" '
    b'decisionId="Decision_urgence" resultVariable="urgence"/></bpmn:extensionElements>'
)


@pytest.mark.parametrize(("dette", "opened"), [(4000, "Task_visite"), (100, "Task_courrier")])
def test_the_process_goes_the_way_that_the_decision_says(dette: int, opened: str) -> None:
    assert started(BPMN, {"dette": dette, "mois": 1}) == [opened]


@pytest.mark.parametrize("said", [SPIFF, ZEEBE], ids=["SpiffWorkflow", "Camunda 8"])
def test_each_modeler_names_the_decision_in_its_own_way(said: bytes) -> None:
    drawn = BPMN.replace(ATTRIBUTES, b"").replace(NEXT, said + NEXT)
    if said is SPIFF:  # each output is then a variable of its own name
        drawn = drawn.replace(b"urgence = ", b"niveau = ")
    assert started(drawn, {"dette": 4000, "mois": 1}) == ["Task_visite"]


def test_the_variables_that_a_decision_reads_are_those_of_the_process() -> None:
    program = execution.compile({"relance.bpmn": BPMN, "accompagnement.dmn": DMN})
    assert program.reads == {"dette", "mois", "urgence"}


def test_a_decision_that_cannot_be_made_is_an_incident_and_nothing_moves() -> None:
    with pytest.raises(Incident, match="« urgence » : la colonne « Dette » attend le type number"):
        started(BPMN, {"dette": "beaucoup", "mois": 1})


def test_a_task_whose_decision_nobody_drew_is_external_work() -> None:
    run = execution.start(execution.compile({"relance.bpmn": BPMN}), "relance", {})
    assert [(work.element, work.kind) for work in run.step.opened] == [("Task_urgence", "external")]


def started(drawn: bytes, variables: dict[str, object]) -> list[str]:
    program = execution.compile({"relance.bpmn": drawn, "accompagnement.dmn": DMN})
    return [work.element for work in execution.start(program, "relance", variables).step.opened]
