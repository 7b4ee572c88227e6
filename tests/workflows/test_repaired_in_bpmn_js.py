"""A repaired file opens in bpmn-js, the editor of Camunda Modeler, and shows all that it draws."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine import mended
from engine.drawing.geometry import Bounds
from engine.drawing.plane import read_plane
from tests.engine.sketch import BPMN
from tests.workflows.test_methods_in_bpmn_js import modeler

__all__ = ["modeler"]

pytestmark = pytest.mark.browser

DI = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
)


def shape(element: str, x: int, y: int, width: int = 100, height: int = 80) -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="di_{element}_{x}" bpmnElement="{element}">{bounds}</bpmndi:BPMNShape>'


def drawn(process: str, picture: str) -> bytes:
    plane = f'<bpmndi:BPMNPlane id="L" bpmnElement="p">{picture}</bpmndi:BPMNPlane>'
    plane = f'<bpmndi:BPMNDiagram id="D">{plane}</bpmndi:BPMNDiagram>'
    return (
        f'<definitions xmlns="{BPMN}" {DI} id="defs" targetNamespace="t"><process id="p" isExecutable="true">{process}'
        f"</process>{plane if picture else ''}</definitions>"
    ).encode()


START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
FLOWS = '<sequenceFlow sourceRef="s" targetRef="a"/><sequenceFlow id="f" sourceRef="a" targetRef="e"/>'
IDENTIFIED = FLOWS.replace("<sequenceFlow s", '<sequenceFlow id="h" s')
PLACED = shape("s", 100, 100, 36, 36) + shape("a", 200, 80) + shape("e", 380, 100, 36, 36)
INSIDE = '<startEvent id="b"/><userTask id="e"/><sequenceFlow id="g" sourceRef="b" targetRef="e"/>'
FILES = {
    "flows without an id": drawn(START + '<userTask id="a"/>' + END + FLOWS, PLACED),
    "a task without an id": drawn(START + '<userTask id="a"/><userTask name="Seule"/><task/>' + END + FLOWS, PLACED),
    "no picture at all": drawn(START + '<userTask id="a"/>' + END + FLOWS, ""),
    "a message that is not defined": drawn(START + '<receiveTask id="a" messageRef="M"/>' + END + FLOWS, PLACED),
    "two elements of one id": drawn(
        START + f'<subProcess id="a">{INSIDE}</subProcess>' + END + IDENTIFIED,
        shape("s", 40, 140, 36, 36)
        + '<bpmndi:BPMNShape id="di_a" bpmnElement="a" isExpanded="true"><dc:Bounds x="120" y="60" width="300" '
        'height="200"/></bpmndi:BPMNShape>'
        + shape("e", 480, 140, 36, 36) + shape("b", 150, 140, 36, 36) + shape("e", 260, 120),
    ),
}  # fmt: skip


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_all_that_a_repaired_file_draws_is_placed_apart_and_opens_in_a_modeler(content, modeler):
    done = mended(content, "p.bpmn")
    assert done.repairs
    warnings, _ = modeler(done.content.decode())
    assert warnings == []
    plane = read_plane(done.content, None, "fr")
    shapes, edges = {each.id: each for each in plane.shapes}, {each.id for each in plane.edges}
    root = next(iter(plane.shapes)).element.getroottree().getroot()
    nodes = [
        each for each in root.iter() if each.get("id") and each.tag.endswith(("Event", "Task", "task", "subProcess"))
    ]
    assert {each.get("id") for each in nodes} == set(shapes)
    assert {each.get("id") for each in root.iter(f"{{{BPMN}}}sequenceFlow")} == edges
    leaves = [each.bounds for each in shapes.values() if each.kind != "subProcess"]
    assert not [pair for pair in combinations(leaves, 2) if overlap(*pair)]


def overlap(one: Bounds, other: Bounds) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def test_a_file_that_needs_no_repair_stays_as_it_is_to_the_byte():
    content = drawn(START + '<userTask id="a"/>' + END + IDENTIFIED, PLACED)
    assert mended(content, "p.bpmn").content == content


WHOLE = f"""<definitions xmlns="{BPMN}" id="defs" targetNamespace="t">
<collaboration id="c">
  <participant id="us" name="Nous" processRef="p"/><participant id="them" name="Eux"/>
  <participant id="bank" name="Banque" processRef="q"/>
  <messageFlow id="m1" sourceRef="a" targetRef="r"/><messageFlow id="m2" sourceRef="them" targetRef="s"/>
</collaboration>
<process id="p">
  <startEvent id="s"/><sendTask id="a"/><subProcess id="w"><startEvent id="ws"/><userTask id="wu"/>
  <sequenceFlow id="wf" sourceRef="ws" targetRef="wu"/></subProcess><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="w"/>
  <sequenceFlow id="f3" sourceRef="w" targetRef="e"/>
</process>
<process id="q"><startEvent id="qs"/><receiveTask id="r"/><sequenceFlow id="g" sourceRef="qs" targetRef="r"/></process>
<process id="alone"><userTask id="u"/></process>
</definitions>""".encode()


def test_pools_messages_processes_and_sub_processes_of_a_file_without_layout_are_all_placed(modeler):
    done = mended(WHOLE, "p.bpmn")
    assert (done.repairs, done.placed) == ((), True)
    warnings, _ = modeler(done.content.decode())
    assert warnings == []
    sheets = {plane: read_plane(done.content, plane, "fr") for plane in ("c", "alone", "w")}
    placed = {name: {each.id for each in (*plane.shapes, *plane.edges)} for name, plane in sheets.items()}
    assert placed == {
        "c": {"us", "them", "bank", "m1", "m2", "s", "a", "w", "e", "f1", "f2", "f3", "qs", "r", "g"},
        "alone": {"u"},
        "w": {"ws", "wu", "wf"},
    }
    pools = {each.id: each.bounds for each in sheets["c"].shapes if each.kind == "participant"}
    within = {each.id: each.bounds for each in sheets["c"].shapes if each.kind != "participant"}
    assert not [pair for pair in combinations(pools.values(), 2) if overlap(*pair)]
    assert {id for id in within if pools["us"].holds(within[id])} == {"s", "a", "w", "e"}
    assert {id for id in within if pools["bank"].holds(within[id])} == {"qs", "r"}


def test_of_two_elements_with_one_id_each_has_the_shape_that_fits_it_in_whatever_order_they_stand(modeler):
    inside = '<startEvent id="b"/><userTask id="e"/><sequenceFlow id="f" sourceRef="b" targetRef="e"/>'
    flow = '<sequenceFlow id="f" sourceRef="a" targetRef="e"/>'
    around = '<bpmndi:BPMNShape id="da" bpmnElement="a" isExpanded="true">{}</bpmndi:BPMNShape>'.format(
        '<dc:Bounds x="100" y="60" width="300" height="200"/>'
    )
    edges = "".join(
        f'<bpmndi:BPMNEdge id="d{x}" bpmnElement="f"><di:waypoint x="{x}" y="158"/><di:waypoint x="{to}" y="158"/>'
        "</bpmndi:BPMNEdge>"
        for x, to in ((186, 260), (400, 480))
    )
    picture = around + shape("e", 260, 120) + shape("e", 480, 140, 36, 36) + shape("b", 150, 140, 36, 36) + edges
    content = drawn(f'<endEvent id="e"/><subProcess id="a">{inside}</subProcess>{flow}', picture)
    done = mended(content, "p.bpmn")
    assert [each.rule for each in done.repairs] == ["id-renamed", "id-renamed"]
    assert modeler(done.content.decode())[0] == []
    plane = read_plane(done.content, None, "fr")
    root = plane.shapes[0].element.getroottree().getroot()
    kinds = {each.get("id"): (each.tag.rpartition("}")[2], each.get("targetRef")) for each in root.iter(f"{{{BPMN}}}*")}
    found = {kinds[each.id][0]: each.bounds.x for each in plane.shapes}
    assert (found["endEvent"], found["userTask"]) == (480, 260)
    ways = {kinds[kinds[each.id][1]][0]: each.points[-1][0] for each in plane.edges}
    assert ways == {"endEvent": 480, "userTask": 260}
