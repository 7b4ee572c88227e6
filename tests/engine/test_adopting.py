"""A drawing made in Camunda Modeler by somebody who knows nothing of Jalon becomes a method that can be published."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine import AmendMethodDraft, MethodDraftOf, OpenMethodDraft, OutlineRefused, Text
from engine.drawing import draw
from engine.method import Method, Role
from engine.review import review
from engine.workshop import identity, starting
from engine.workshop.adopting import adopted
from tests.engine.play import ROOT, Play
from tests.workflows.conftest import Drawn
from tests.workflows.test_methods_layout import (
    test_no_label_collides_with_a_shape_a_label_or_a_line as collides_with_nothing,
)

DRAWN = {each.name: each.read_bytes() for each in sorted((ROOT / "docs" / "tutorial" / "quartier").glob("*.bpmn"))}
MAIN = "jardin-partage.bpmn"
LEAD, DIRECTION = Role("CP", Text("Chef de projet", "Project lead")), Role("D", Text("Direction"))


def method(files: dict[str, bytes]) -> Method:
    """What comes of it; the review finds nothing in it but that it is in French only."""
    made = adopted(files)
    found = review(made, as_method=True)
    assert {each.rule for each in found.findings} <= {"untranslated"}
    assert found.method is not None
    for content in made.values():
        assert draw(content).startswith("<svg")
    return found.method


def changed(old: str, new: str, file: str = MAIN) -> dict[str, bytes]:
    made = re.sub(old, new, DRAWN[file].decode(), flags=re.DOTALL)
    assert made != DRAWN[file].decode()
    return DRAWN | {file: made.encode()}


def test_calls_are_phases_tasks_with_a_decision_gates_and_lanes_roles() -> None:
    made = method(DRAWN)
    assert (made.id, made.version, made.name.fr) == ("jardin_partage", "1.0.0", "Jardin partagé")
    assert [(each.id, each.name.fr, [task.id for task in each.tasks], each.gate) for each in made.phases] == [
        ("P1", "Écouter", ["A1", "A2"], "G1"), ("P2", "Concevoir", ["B1"], "G2"), ("P3", "Faire", ["C1", "C2"], ""),
    ]  # fmt: skip
    assert [(each.id, each.chair, each.outcomes, each.landing) for each in made.gates] == [
        ("G1", "D", ("go", "rework", "stop"), "A1"), ("G2", "D", ("go", "rework", "stop"), "B1"),
    ]  # fmt: skip
    assert [each for _, each in made.ends] == ["closed", "stopped", "stopped"]
    assert (made.roles, made.lead, made.sponsor) == ((LEAD, DIRECTION), "CP", "D")


def test_no_shape_that_was_drawn_moves() -> None:
    """Names of flows that are new find a place; shapes stay where they are."""
    shapes = re.compile(r"<bpmndi:BPMNShape [^>]*>\s*(<dc:Bounds [^>]*?) ?/>")
    made = adopted(DRAWN)
    for name, content in DRAWN.items():
        assert shapes.findall(made[name].decode()) == shapes.findall(content.decode())


LABEL = '<bpmndi:BPMNLabel><dc:Bounds x="{x}" y="312" width="77" height="14" /></bpmndi:BPMNLabel>'


@pytest.mark.parametrize("said", [False, True])
def test_no_name_stands_on_another_nor_on_a_flow_or_a_shape(tmp_path: Path, said: bool) -> None:
    """Where the drawing says the places of its gateways' names, and where it leaves them below."""
    drawn = dict(DRAWN)
    for gateway, x in (("Gateway_1porte1", 670), ("Gateway_1porte2", 1240)) if said else ():
        place = re.compile(rf'(bpmnElement="{gateway}">\s*<dc:Bounds [^>]*/>)')
        drawn[MAIN], times = place.subn(rf"\1{LABEL.format(x=x)}", drawn[MAIN].decode())
        drawn[MAIN] = drawn[MAIN].encode()
        assert times == 1
    path = tmp_path / MAIN
    path.write_bytes(adopted(drawn)[MAIN])
    made = Drawn(path)
    assert {"G1_decision", "G2_decision", "Flow_0q04x", "Flow_0q09x"} <= set(made.labels)
    collides_with_nothing(made)


def test_without_lanes_the_lead_does_the_steps_and_the_sponsor_decides() -> None:
    bare = changed(r"<bpmn:laneSet.*?</bpmn:laneSet>", "")
    made = method(bare)
    assert ({each.id for each in made.roles}, made.lead, made.sponsor) == ({"CP", "COM"}, "CP", "COM")


def test_a_gate_from_which_nothing_comes_back_is_given_a_way_back() -> None:
    gone = changed(r'<bpmn:sequenceFlow [^>]*name="à revoir"[^>]*/>', "")
    for way in (
        rb"<bpmn:(incoming|outgoing)>Flow_0q(04|09)x</bpmn:\1>",
        rb'<bpmndi:BPMNEdge [^>]*bpmnElement="Flow_0q(04|09)x".*?</bpmndi:BPMNEdge>',
    ):
        gone[MAIN] = re.sub(way, b"", gone[MAIN], flags=re.DOTALL)
    assert [each.landing for each in method(gone).gates] == ["A1", "B1"]


def test_the_last_gate_closes_the_project_where_it_goes_and_stops_it_where_it_does_not() -> None:
    """Both of its flows lead to ends."""
    last = changed(r'<bpmn:sequenceFlow id="Flow_0q11x"[^>]*/>', "")
    for old, new in (
        (rb'<bpmn:callActivity id="Activity_0faire0".*?</bpmn:callActivity>', b""),
        (rb"<bpmn:flowNodeRef>Activity_0faire0</bpmn:flowNodeRef>", b""),
        (rb'"Activity_0faire0"', b'"Event_0fin000"'),
        (rb"<bpmn:incoming>Flow_0q11x</bpmn:incoming>", b"<bpmn:incoming>Flow_0q08x</bpmn:incoming>"),
        (rb'<bpmndi:BPMNEdge [^>]*bpmnElement="Flow_0q11x".*?</bpmndi:BPMNEdge>', b""),
        (rb'<bpmndi:BPMNShape id="Activity_0faire0_shape".*?</bpmndi:BPMNShape>', b""),
    ):
        last[MAIN] = re.sub(old, new, last[MAIN], flags=re.DOTALL)
    del last["faire.bpmn"]
    made = method(last)
    assert ([each.outcomes for each in made.gates][-1], [each for _, each in made.ends]) == (
        ("go", "rework", "stop"), ["closed", "stopped", "stopped"],
    )  # fmt: skip


def test_a_drawing_without_phases_and_a_method_are_refused_in_a_sentence() -> None:
    alone = {name: each for name, each in DRAWN.items() if name != MAIN}
    for files in (alone, {MAIN: DRAWN[MAIN]}, starting(Text("Été", "Summer"), 2)):
        with pytest.raises(OutlineRefused) as refused:
            adopted(files)
        assert refused.value.text("fr").startswith("Ce dessin ne dit pas quelles sont ses phases.")


def test_a_draft_becomes_a_method_and_the_drawing_is_had_back(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft(files=DRAWN)).draft
    assert play.see("jeanne", MethodDraftOf(draft)).line.method == "Process_0quarti"
    play.do("jeanne", AmendMethodDraft(draft, {"do": "adopt"}))
    page = play.see("jeanne", MethodDraftOf(draft))
    assert (page.line.method, page.line.name) == ("jardin_partage", Text("Jardin partagé"))
    assert {each.severity for each in page.findings} == {"warning"}
    play.do("jeanne", AmendMethodDraft(draft, {"do": "undo", "revision": "2"}))
    assert play.see("jeanne", MethodDraftOf(draft)).files == DRAWN


def test_what_becomes_a_method_takes_no_id_of_a_published_one_unless_its_files_have_it() -> None:
    taken = {"jardin_partage", "jardin_partage_2"}
    assert identity(adopted(DRAWN, taken)).method == "jardin_partage_3"
    said = DRAWN | {MAIN: DRAWN[MAIN].replace(b"Process_0quarti", b"jardin_partage_2")}
    assert identity(adopted(said, taken)).method == "jardin_partage_2"


def test_the_lanes_of_the_tutorial_are_drawn_round_what_stands_in_them() -> None:
    root = etree.fromstring(DRAWN[MAIN])
    shapes = {each.get("bpmnElement"): each[0] for each in root.iter("{*}BPMNShape")}
    for lane in root.iter("{*}lane"):
        top, bottom = across(shapes[lane.get("id")])
        for node in lane.iter("{*}flowNodeRef"):
            high, low = across(shapes[node.text])
            assert top < high < low < bottom


def across(shape: Any) -> tuple[float, float]:
    """From top to bottom."""
    top = float(shape.get("y"))
    return top, top + float(shape.get("height"))
