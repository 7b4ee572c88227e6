"""Decisions are reviewed with the diagrams whose tasks ask for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import Unreadable
from engine.review import review
from tests.dmn.tables import table
from tests.engine.play import ESSAI

HERE = Path(__file__).parents[1] / "dmn"
BPMN = (HERE / "relance.bpmn").read_bytes()
DMN = (HERE / "accompagnement.dmn").read_bytes()
OVERLAPPING = DMN.replace(b"&lt; 500", b"&lt;= 500")


def test_a_decision_without_fault_leaves_the_process_as_it_is() -> None:
    found = review({"relance.bpmn": BPMN, "accompagnement.dmn": DMN})
    assert [each.rule for each in found.findings] == []
    assert [process.verdict for process in found.processes] == ["runs"]


def test_a_decision_that_is_refused_is_said_in_its_file_and_at_the_task_that_asks_for_it() -> None:
    found = review({"relance.bpmn": BPMN, "accompagnement.dmn": OVERLAPPING})
    said = [(each.place.file, each.place.line, each.place.element, each.rule) for each in found.findings]
    assert said == [
        ("accompagnement.dmn", 72, "Rule_4", "decision-overlap"),
        ("accompagnement.dmn", 72, "Rule_4", "decision-overlap"),
        ("relance.bpmn", 8, "Task_urgence", "decision-overlap"),
    ]
    assert found.findings[2].message.en == (
        "The decision “Decision_urgence” is refused (accompagnement.dmn:72): "
        "Rules 2 and 4 both hold (dette = 500, mois = 3): the table is UNIQUE."
    )
    assert [process.verdict for process in found.processes] == ["refused"]
    assert found.refused


ASKED = (
    '<bpmn:businessRuleTask id="D" name="Mesurer" camunda:decisionRef="d" camunda:resultVariable="urgence" />'
    '<bpmn:sequenceFlow id="A_to_D" sourceRef="A" targetRef="D" />'
    '<bpmn:sequenceFlow id="D_to_U_if" sourceRef="D" targetRef="U_if" />'
)
FLOW = '<bpmn:sequenceFlow id="A_to_U_if" sourceRef="A" targetRef="U_if" />'


def method(expression: str) -> list[str]:
    """What is found of a method whose study measures how urgent it is."""
    study = ESSAI["etude.bpmn"].decode()
    assert FLOW in study
    drawn = study.replace(FLOW, ASKED).replace("urgent = true<", 'urgence = "haute"<')
    rows = [("> 1000", '"haute"'), ("<= 1000", '"basse"')]
    decided = table({expression: "number"}, {"niveau": "string"}, rows)
    found = review(ESSAI | {"etude.bpmn": drawn.encode(), "urgence.dmn": decided}).findings
    return [f"{each.rule}: {each.message.en}" for each in found]


def test_a_method_makes_decisions_and_reads_their_answers() -> None:
    assert method("montant") == []


def test_a_decision_that_reads_what_no_form_asks_for_is_said_at_its_task() -> None:
    assert [each.split(":")[0] for each in method("montan")] == ["unknown-variable"]


def test_a_decision_service_that_no_task_asks_for_is_passed_over_and_one_that_is_asked_for_is_refused() -> None:
    served = DMN.replace(b"</definitions>", b'<decisionService id="Servir" name="Servir"/></definitions>')
    assert served != DMN
    assert review({"relance.bpmn": BPMN, "accompagnement.dmn": served}).findings == ()
    asked = BPMN.replace(b'"Decision_urgence"', b'"Servir"')
    found = review({"relance.bpmn": asked, "accompagnement.dmn": served})
    assert [(each.rule, each.place.element, each.severity) for each in found.findings] == [
        ("decision-service", "Task_urgence", "error")
    ]
    assert "le service de décision « Servir » : Jalon n’exécute pas ces services." in found.findings[0].message.fr
    assert [process.verdict for process in found.processes] == ["refused"]


def test_decisions_that_cannot_be_read_are_called_decisions() -> None:
    with pytest.raises(Unreadable) as refusal:
        review({"relance.bpmn": BPMN, "accompagnement.dmn": BPMN})
    assert refusal.value.text("fr").startswith(
        "« accompagnement.dmn » n’est pas un fichier de décisions DMN lisible (ligne 2)"
    )
    assert refusal.value.text("en").startswith("“accompagnement.dmn” is not a readable DMN decision file (line 2)")
