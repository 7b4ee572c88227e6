"""Shapes and edges for what a repaired file draws and does not place, so that a modeler shows all of it.

Elements that have no shape stand in a row below the others of their plane; flows that have no edge go from border to
border; a process of which nothing is placed has a sheet of its own. What is placed stays where it is. A file without a
layout is given one (`sheets`).
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from engine.drawing.geometry import Bounds, Point
from engine.drawing.layout import add_edge, add_shape, nodes_of, size_of
from engine.drawing.namesakes import tell_apart
from engine.drawing.plane import BPMN, BPMNDI, bounds_of, kind_of, parse
from engine.drawing.sheets import add_sheet, lay_out
from engine.errors import DiagramNotDrawn

_APART = 60.0
#: an element with its way in and out
_STEP = 180.0


def place(diagram: bytes, renamed: Iterable[tuple[str, str]] = ()) -> bytes:
    """The file with a place for everything. `renamed`: ids that changed where two elements had one, old and new."""
    root = parse(diagram)
    planes = [plane for plane in root.iter(f"{BPMNDI}BPMNPlane") if plane.find(f"{BPMNDI}BPMNShape") is not None]
    if not planes:
        try:
            return lay_out(diagram)
        except DiagramNotDrawn:
            return diagram  # it draws no process
    for each in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.append(each)  # what was defined since stands before the pictures, as BPMN's schema asks
    elements = {each.get("id", ""): each for each in root.iter(f"{BPMN}*")}
    tell_apart(root, elements, renamed)
    shown = {di.get("bpmnElement", "").rpartition(":")[2] for plane in planes for di in plane}
    for scope in [each for each in elements.values() if kind_of(each) in ("process", "subProcess", "transaction")]:
        plane = _plane_of(scope, planes)
        if plane is not None:
            _Plane(plane).complete(scope, shown)
        elif kind_of(scope) == "process" and nodes_of(scope) and not _folded(scope, elements.values(), shown):
            add_sheet(root, scope)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _plane_of(scope: etree._Element, planes: list[etree._Element]) -> etree._Element | None:
    """Where something of `scope` is placed already; a folded sub-process hides what is in it."""
    inside = {each.get("id") for each in scope if each.get("id")}
    for plane in planes:
        if plane.get("bpmnElement") == scope.get("id") or any(di.get("bpmnElement") in inside for di in plane):
            return plane
    return None


def _folded(process: etree._Element, elements: Iterable[etree._Element], shown: set[str]) -> bool:
    """Is it in a pool that is placed, and shows nothing of it?"""
    pools = [each for each in elements if each.get("processRef", "").rpartition(":")[2] == process.get("id")]
    return any(each.get("id") in shown for each in pools)


class _Plane:
    def __init__(self, plane: etree._Element) -> None:
        self.plane = plane
        self.bounds: dict[str, Bounds] = {}
        for di in plane.findall(f"{BPMNDI}BPMNShape"):
            box = bounds_of(di)
            if box is not None:
                self.bounds[di.get("bpmnElement", "").rpartition(":")[2]] = box

    def complete(self, scope: etree._Element, shown: set[str]) -> None:
        nodes = [each for each in scope if isinstance(each.tag, str) and size_of(kind_of(each)) is not None]
        missing = [each for each in nodes if each.get("id", "") not in shown]
        left = min((box.x for box in self.bounds.values()), default=_APART)
        top = max((box.bottom for box in self.bounds.values()), default=0.0) + 2 * _APART
        for count, node in enumerate(missing):
            self._shape(node, left + count * _STEP, top)
        for flow in scope.findall(f"{BPMN}sequenceFlow"):
            if flow.get("id", "") not in shown:
                self._edge(flow)

    def _shape(self, node: etree._Element, x: float, y: float) -> None:
        width, height = size_of(kind_of(node)) or (0.0, 0.0)
        host = self.bounds.get(node.get("attachedToRef", ""))
        box = Bounds(x, y + (80 - height) / 2, width, height)
        if host is not None:
            box = Bounds(host.right - width, host.bottom - height / 2, width, height)
        id = node.get("id", "")
        self.bounds[id] = box
        add_shape(self.plane, id, box)

    def _edge(self, flow: etree._Element) -> None:
        source, target = (self.bounds.get(flow.get(each, "")) for each in ("sourceRef", "targetRef"))
        if source is None or target is None:
            return
        add_edge(self.plane, flow.get("id", ""), _way(source, target))


def _way(source: Bounds, target: Bounds) -> list[Point]:
    """To the right where there is room, else below or above."""
    if target.x >= source.right:
        middle = (source.right + target.x) / 2
        smaller = min(source, target, key=lambda box: box.height)
        if abs(source.cy - target.cy) < smaller.height / 3:
            return [(source.right, smaller.cy), (target.x, smaller.cy)]
        return [(source.right, source.cy), (middle, source.cy), (middle, target.cy), (target.x, target.cy)]
    if target.y >= source.bottom or source.y >= target.bottom:
        down = target.y >= source.bottom
        out, into = (source.bottom, target.y) if down else (source.y, target.bottom)
        middle = (out + into) / 2
        return [(source.cx, out), (source.cx, middle), (target.cx, middle), (target.cx, into)]
    low = max(source.bottom, target.bottom) + _APART / 2
    return [(source.cx, source.bottom), (source.cx, low), (target.cx, low), (target.cx, target.bottom)]
