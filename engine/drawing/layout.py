"""A simple layout for a diagram that carries none: left to right, each node after all that lead to it; what skips a
column runs above, loops below.

Sub-processes stay folded, lanes are left out; a modeler lays out better. The result is the file with a BPMNDiagram.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from engine.drawing.geometry import Bounds, Point, number
from engine.drawing.plane import BPMN, BPMNDI, DC, DI, kind_of, parse
from engine.errors import DiagramNotDrawn

_COLUMN, _ROW, _LEFT, _TOP = 190.0, 120.0, 60.0, 60.0
_TASK, _EVENT, _GATEWAY = (120.0, 80.0), (36.0, 36.0), (50.0, 50.0)
#: how far outside the rows long ways run, how far apart, and how far from the tasks they go up and down
_OUTSIDE, _APART, _BESIDE = 30.0, 14.0, 14.0


def lay_out(diagram: bytes, process: str | None = None) -> bytes:
    """The file with a layout of `process`, or of its first process that has nodes. Raises `DiagramNotDrawn`."""
    root = parse(diagram)
    for old in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(old)
    found = [each for each in root.iter(f"{BPMN}process") if process in (None, each.get("id")) and _nodes(each)]
    if not found:
        raise DiagramNotDrawn(
            fr="Ce diagramme devait contenir un processus avec au moins un élément, mais n’en contient pas. "
            "Dessinez-en un dans un modeleur BPMN.",
            en="This diagram was expected to hold a process with at least one element, but holds none. "
            "Draw one in a BPMN modeler.",
        )
    _Layout(found[0]).write(root)
    return bytes(etree.tostring(root))


def _nodes(process: etree._Element) -> list[etree._Element]:
    return [each for each in process if isinstance(each.tag, str) and each.get("id") and size_of(kind_of(each))]


def size_of(kind: str) -> tuple[float, float] | None:
    if kind.endswith("Event"):
        return _EVENT
    if kind.endswith("Gateway"):
        return _GATEWAY
    tasks = ("subProcess", "transaction", "adHocSubProcess", "callActivity", "task")
    return _TASK if kind in tasks or kind.endswith("Task") else None


class _Layout:
    def __init__(self, process: etree._Element) -> None:
        self.process = process
        nodes = {each.get("id", ""): each for each in _nodes(process)}
        self.kinds = {id: kind_of(each) for id, each in nodes.items()}
        self.on = {id: each.get("attachedToRef", "") for id, each in nodes.items() if kind_of(each) == "boundaryEvent"}
        self.on = {id: host for id, host in self.on.items() if host in nodes}
        self.flows = []
        for count, flow in enumerate(process.findall(f"{BPMN}sequenceFlow")):
            if flow.get("sourceRef") in nodes and flow.get("targetRef") in nodes:
                flow.set("id", flow.get("id") or f"flow-{count}")
                self.flows.append(flow)
        self.after: dict[str, list[str]] = defaultdict(list)
        for flow in self.flows:
            source = flow.get("sourceRef", "")
            self.after[self.on.get(source, source)].append(flow.get("targetRef", ""))
        self.free = [id for id in nodes if id not in self.on]
        self.back: set[tuple[str, str]] = set()
        self.columns = self._columns()
        self.bounds = dict(self._bounds())
        self.long = [flow for flow in reversed(self.flows) if self._skips(flow)]

    def _columns(self) -> dict[str, int]:
        order = self._order()
        place = {id: at for at, id in enumerate(order)}
        column = dict.fromkeys(order, 0)
        for id in order:
            for target in self.after[id]:
                if place[target] > place[id]:
                    column[target] = max(column[target], column[id] + 1)
                else:
                    self.back.add((id, target))
        return column

    def _order(self) -> list[str]:
        """Each after all that lead to it, loops aside: depth first, without recursion."""
        entered = {target for targets in self.after.values() for target in targets}
        starts = [id for id in self.free if id not in entered] + self.free
        seen: set[str] = set()
        order: list[str] = []
        for start in starts:
            waiting = [] if start in seen else [(start, iter(reversed(self.after[start])))]
            seen.add(start)
            while waiting:
                here, targets = waiting[-1]
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        waiting.append((target, iter(reversed(self.after[target]))))
                        break
                else:
                    order.append(here)
                    waiting.pop()
        return order[::-1]

    def _skips(self, flow: etree._Element) -> bool:
        """Does it jump over a column?"""
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        return self.columns[target] - self.columns[self.on.get(source, source)] > 1

    def _bounds(self) -> Iterator[tuple[str, Bounds]]:
        taken: set[tuple[int, int]] = set()
        rows: dict[str, int] = {}
        hung: dict[str, int] = defaultdict(int)
        for id, column in self.columns.items():
            row = rows.setdefault(id, 0)
            while (column, row) in taken:
                row += 1
            rows[id] = row
            taken.add((column, row))
            for target in self.after[id]:
                rows.setdefault(target, row)
            width, height = size_of(self.kinds[id]) or _TASK
            x, y = _LEFT + column * _COLUMN + _TASK[0] / 2, _TOP + row * _ROW + _TASK[1] / 2
            yield id, Bounds(x - width / 2, y - height / 2, width, height)
            for event in [event for event, host in self.on.items() if host == id]:
                at = x - width / 2 + 24 + 42 * hung[id]
                hung[id] += 1
                yield event, Bounds(at - 18, y + height / 2 - 18, *_EVENT)

    # --- the file ---

    def write(self, root: etree._Element) -> None:
        plane = etree.SubElement(etree.SubElement(root, f"{BPMNDI}BPMNDiagram"), f"{BPMNDI}BPMNPlane")
        plane.set("bpmnElement", self.process.get("id", ""))
        for id, box in self.bounds.items():
            shape = etree.SubElement(plane, f"{BPMNDI}BPMNShape", bpmnElement=id)
            size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
            etree.SubElement(shape, f"{DC}Bounds", {name: number(value) for name, value in size.items()})
        for flow in self.flows:
            edge = etree.SubElement(plane, f"{BPMNDI}BPMNEdge", bpmnElement=flow.get("id", ""))
            for x, y in self._way(flow, flow.get("sourceRef", ""), flow.get("targetRef", "")):
                etree.SubElement(edge, f"{DI}waypoint", x=number(x), y=number(y))

    def _way(self, flow: etree._Element, source: str, target: str) -> list[Point]:
        from_, to = self.bounds[source], self.bounds[target]
        if (self.on.get(source, source), target) in self.back:
            low = max(box.bottom for box in self.bounds.values()) + _OUTSIDE
            low += _APART * sorted(self.back).index((self.on.get(source, source), target))
            return [(from_.cx, from_.bottom), (from_.cx, low), (to.cx, low), (to.cx, to.bottom)]
        if source in self.on:
            return [(from_.cx, from_.bottom), (from_.cx, to.cy), (to.x, to.cy)]
        if flow in self.long:
            high = _TOP - _OUTSIDE - _APART * self.long.index(flow)
            out, into = from_.cx + _TASK[0] / 2 + _BESIDE, to.cx - _TASK[0] / 2 - _BESIDE
            return [(from_.right, from_.cy), (out, from_.cy), (out, high), (into, high), (into, to.cy), (to.x, to.cy)]
        bend = to.cx - _TASK[0] / 2 - 2 * _BESIDE
        return [(from_.right, from_.cy), (bend, from_.cy), (bend, to.cy), (to.x, to.cy)]
