"""The picture of one process in a file: boxes, lanes, labels and ways read, changed by others, and written back."""

from __future__ import annotations

from lxml import etree

from engine.drawing.geometry import Bounds, Point, number
from engine.drawing.plane import BPMN, BPMNDI, DC, DI, bounds_of


class Picture:
    def __init__(self, root: etree._Element, process: etree._Element, *, drawn: bool = True) -> None:
        self.root, self.process = root, process
        self.lane_ids = [each.get("id", "") for each in process.iter(f"{BPMN}lane")]
        self.boxes: dict[str, Bounds] = {}
        self.lanes: dict[str, Bounds] = {}
        self.labels: dict[str, Bounds] = {}
        self.ways: dict[str, list[Point]] = {}
        self.anew: set[str] = set()  #: flows to be led anew
        self.pool_id = next(
            (each.get("id", "") for each in root.iter(f"{BPMN}participant")
             if each.get("processRef") == process.get("id")), "",
        )  # fmt: skip
        self.pool: Bounds | None = None
        self.plane = self._plane() if drawn else None
        if self.plane is not None:
            self._read(self.plane)

    def _plane(self) -> etree._Element | None:
        inside = {each.get("id") for each in self.process if each.get("id")}
        for plane in self.root.iter(f"{BPMNDI}BPMNPlane"):
            if any(di.get("bpmnElement") in inside for di in plane):
                return plane
        return None

    def _read(self, plane: etree._Element) -> None:
        inside = {each.get("id") for each in self.process}
        for di in plane:
            id, label = di.get("bpmnElement", ""), bounds_of(di.find(f"{BPMNDI}BPMNLabel"))
            box = bounds_of(di)
            if label is not None and id in inside:
                self.labels[id] = label
            if di.tag == f"{BPMNDI}BPMNEdge" and id in inside:
                self.ways[id] = [(float(w.get("x", 0)), float(w.get("y", 0))) for w in di.findall(f"{DI}waypoint")]
            elif box is not None and id in self.lane_ids:
                self.lanes[id] = box
            elif box is not None and id == self.pool_id:
                self.pool = box
            elif box is not None and id in inside:
                self.boxes[id] = box

    def flows(self) -> dict[str, tuple[str, str]]:
        return {
            each.get("id", ""): (each.get("sourceRef", ""), each.get("targetRef", ""))
            for each in self.process.findall(f"{BPMN}sequenceFlow")
        }

    def kind(self, id: str) -> str:
        found = next((each for each in self.process if each.get("id") == id), None)
        return etree.QName(found).localname if found is not None else ""

    def write(self) -> None:
        if self.plane is None:
            return
        old = {di.get("bpmnElement", ""): di for di in self.plane}
        inside = {each.get("id", "") for each in self.process} | set(self.lane_ids)
        wanted = {**self.lanes, **self.boxes} | ({self.pool_id: self.pool} if self.pool is not None else {})
        for id, di in old.items():
            stale = id not in wanted and id not in self.ways
            if stale and (id in inside or self.root.find(f".//*[@id='{id}']") is None):
                self.plane.remove(di)
        for id, box in wanted.items():
            self._shape(id, box, old.get(id))
        for id, way in self.ways.items():
            self._edge(id, way, old.get(id))

    def _shape(self, id: str, box: Bounds, di: etree._Element | None) -> None:
        assert self.plane is not None
        if di is None:
            di = etree.SubElement(self.plane, f"{BPMNDI}BPMNShape", id=f"{id}_di", bpmnElement=id)
            if id in self.lanes:
                di.set("isHorizontal", "true")
            if self.kind(id) == "exclusiveGateway":
                di.set("isMarkerVisible", "true")
            etree.SubElement(di, f"{DC}Bounds")
        _set(di.find(f"{DC}Bounds"), box)
        self._label(id, di)

    def _edge(self, id: str, way: list[Point], di: etree._Element | None) -> None:
        assert self.plane is not None
        if di is None:
            di = etree.SubElement(self.plane, f"{BPMNDI}BPMNEdge", id=f"{id}_di", bpmnElement=id)
        for each in di.findall(f"{DI}waypoint"):
            di.remove(each)
        for at, (x, y) in enumerate(way):
            di.insert(at, di.makeelement(f"{DI}waypoint", {"x": number(x), "y": number(y)}))
        self._label(id, di)

    def _label(self, id: str, di: etree._Element) -> None:
        label, box = di.find(f"{BPMNDI}BPMNLabel"), self.labels.get(id)
        if box is None:
            if label is not None:
                di.remove(label)
            return
        if label is None:
            label = etree.SubElement(di, f"{BPMNDI}BPMNLabel")
            etree.SubElement(label, f"{DC}Bounds")
        _set(label.find(f"{DC}Bounds"), box)


def tidy(root: etree._Element) -> None:
    """Each element on a line of its own."""
    etree.indent(root)


def _set(bounds: etree._Element | None, box: Bounds) -> None:
    if bounds is not None:
        for name, value in (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)):
            bounds.set(name, number(value))
