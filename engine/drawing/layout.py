"""A simple layout of one process or sub-process: left to right, each node after all that lead to it; what skips a
column runs above, loops below.

Sub-processes stay folded, lanes are left out; a modeler lays out better. `sheets` puts the layouts of a file together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from engine.drawing.geometry import Bounds, Point, number, union
from engine.drawing.plane import BPMN, BPMNDI, DC, DI, kind_of

_COLUMN, _ROW, _LEFT, _TOP = 190.0, 120.0, 60.0, 60.0
_TASK, _EVENT, _GATEWAY = (120.0, 80.0), (36.0, 36.0), (50.0, 50.0)
#: how far outside the rows long ways run, how far apart, and how far from the tasks they go up and down
_OUTSIDE, _APART, _BESIDE = 30.0, 14.0, 14.0


def nodes_of(scope: etree._Element) -> list[etree._Element]:
    """What has a shape of its own, directly in a process or sub-process."""
    return [each for each in scope if isinstance(each.tag, str) and each.get("id") and size_of(kind_of(each))]


def size_of(kind: str) -> tuple[float, float] | None:
    if kind.endswith("Event"):
        return _EVENT
    if kind.endswith("Gateway"):
        return _GATEWAY
    tasks = ("subProcess", "transaction", "adHocSubProcess", "callActivity", "task")
    return _TASK if kind in tasks or kind.endswith("Task") else None


class Layout:
    def __init__(self, process: etree._Element) -> None:
        self.process = process
        nodes = {each.get("id", ""): each for each in nodes_of(process)}
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

    @property
    def around(self) -> Bounds:
        """All that is laid out, ways and all."""
        ways = [Bounds(x, y, 0, 0) for flow in self.flows for x, y in self._way(flow)]
        return union([*self.bounds.values(), *ways]) if self.bounds else Bounds(_LEFT, _TOP, 0, 0)

    def write(self, plane: etree._Element, right: float = 0.0, down: float = 0.0) -> dict[str, Bounds]:
        """Onto `plane`, moved; where each element stands then."""
        placed = {id: Bounds(box.x + right, box.y + down, box.width, box.height) for id, box in self.bounds.items()}
        for id, box in placed.items():
            add_shape(plane, id, box)
        for flow in self.flows:
            add_edge(plane, flow.get("id", ""), [(x + right, y + down) for x, y in self._way(flow)])
        return placed

    def _way(self, flow: etree._Element) -> list[Point]:
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
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


def add_shape(plane: etree._Element, id: str, box: Bounds, **said: str) -> None:
    shape = etree.SubElement(plane, f"{BPMNDI}BPMNShape", {"id": f"{id}_shape", "bpmnElement": id} | said)
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    etree.SubElement(shape, f"{DC}Bounds", {name: number(value) for name, value in sides.items()})


def add_edge(plane: etree._Element, id: str, way: list[Point]) -> None:
    edge = etree.SubElement(plane, f"{BPMNDI}BPMNEdge", id=f"{id}_edge", bpmnElement=id)
    for x, y in way:
        etree.SubElement(edge, f"{DI}waypoint", x=number(x), y=number(y))
