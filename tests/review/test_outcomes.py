"""A branch that chooses by a decision is led to by the gate that takes it, and by nothing else."""

from __future__ import annotations

import pytest

from engine.diagram import Diagram, Node
from engine.review import Finding, review
from tests.engine.play import ESSAI
from tests.review.test_methods import EXCEPTION, MAIN, OVERRUN


def element(diagram: Diagram, id: str) -> Node:
    return next(node for node in diagram.root.all("*") if node.id == id)


def without(file: str, id: str, *, joined: bool) -> dict[str, bytes]:
    """The methods of tests without a node, as a modeler removes it: what came before leads on, or nothing does."""
    files = ESSAI | EXCEPTION
    diagram = Diagram(files[file], file)
    [out] = [flow for flow in diagram.root.all("sequenceFlow") if flow.get("sourceRef") == id]
    for flow in [flow for flow in diagram.root.all("sequenceFlow") if flow.get("targetRef") == id]:
        flow.set("targetRef", out.get("targetRef"))
        if not joined:
            flow.remove()
    out.remove()
    element(diagram, id).remove()
    return files | {file: diagram.write()}


def told(files: dict[str, bytes]) -> list[Finding]:
    return [each for each in review(files).findings if each.rule == "outcome-without-gate"]


@pytest.mark.parametrize("joined", [True, False], ids=["joined", "apart"])
def test_a_branch_whose_gate_was_deleted_is_refused_and_named(joined: bool) -> None:
    files = without(MAIN, "G2", joined=joined)
    [found] = told(files)
    assert (found.severity, found.place.file, found.place.element) == ("error", MAIN, "G2_decision")
    assert found.message.fr == (
        "La branche « G2 ? » choisit d’après la décision d’une porte "
        "(vers « Projet clos », vers « Réalisation », vers « Clôture courte »), "
        "mais aucune porte n’est dessinée juste avant elle : un projet y passerait avec la décision d’une porte "
        "précédente."
    )
    assert found.message.en == (
        "The branch “G2?” chooses by the decision of a gate "
        "(to “Project closed”, to “Delivery”, to “Short closure”), but no gate is drawn just "
        "before it: a project would go through with the decision of an earlier gate."
    )
    assert found.remedy.fr == (
        "Redessinez la porte juste avant cette branche, sans rien d’autre qui y mène, ou supprimez la branche et ses "
        "flux."
    )
    assert "unreachable" not in {each.rule for each in review(files).findings if each.place.element == "G2_decision"}


def test_so_is_one_that_only_reads_the_decision() -> None:
    files = without(MAIN, "G2", joined=True)
    diagram = Diagram(files[MAIN], MAIN)
    for flow in diagram.root.all("sequenceFlow"):
        if flow.get("sourceRef") == "G2_decision":
            for each in flow.vendor("properties/property"):
                if each.get("name") == "method.outcome":
                    each.remove()
    [found] = told(files | {MAIN: diagram.write()})
    assert "(vers « Projet clos », vers « Clôture courte »)" in found.message.fr


def test_one_to_which_a_way_leads_past_the_gate_is_refused_with_what_leads_there() -> None:
    past = b'<bpmn:sequenceFlow id="past" sourceRef="P2" targetRef="G2_decision" /><bpmn:sequenceFlow id="P2_to_G2"'
    content = ESSAI[MAIN].replace(b'<bpmn:sequenceFlow id="P2_to_G2"', past)
    [found] = told(ESSAI | {MAIN: content})
    assert "mais « Réalisation » y mène aussi, sans être une porte" in found.message.fr
    assert "but “Delivery” leads to it too, and is no gate" in found.message.en


def test_an_exception_is_judged_by_its_own_gate() -> None:
    assert told(ESSAI | EXCEPTION) == []
    diagram = Diagram(EXCEPTION[OVERRUN], OVERRUN)
    diagram.processes[0].add("sequenceFlow", id="past", sourceRef="S", targetRef="GS_decision")
    [found] = told(ESSAI | EXCEPTION | {OVERRUN: diagram.write()})
    assert (found.place.file, found.place.element) == (OVERRUN, "GS_decision")


def test_what_a_step_calls_a_decision_is_its_own_answer() -> None:
    """`decision` may be a field: a branch before any gate may then choose by it."""
    asked = b'<camunda:formField id="decision" label="Choix" type="string">'
    study = ESSAI["etude.bpmn"].replace(b'<camunda:formField id="titre" label="Titre" type="string">', asked)
    branch = (
        b'<bpmn:exclusiveGateway id="W" default="W_on" /><bpmn:sequenceFlow id="W_in" sourceRef="P1" targetRef="W" />'
        b'<bpmn:sequenceFlow id="W_on" sourceRef="W" targetRef="G1" /><bpmn:sequenceFlow id="W_stop" sourceRef="W" '
        b'targetRef="KC"><bpmn:conditionExpression>decision = "non"</bpmn:conditionExpression></bpmn:sequenceFlow>'
    )
    content = ESSAI[MAIN].replace(b'<bpmn:sequenceFlow id="P1_to_G1" sourceRef="P1" targetRef="G1" />', branch)
    assert content != ESSAI[MAIN]
    assert told(ESSAI | {MAIN: content, "etude.bpmn": study}) == []
    assert [each.place.element for each in told(ESSAI | {MAIN: content})] == ["W"]
