"""The layout of a process from which steps were taken out, or into which some were put: no gap, no overlap.

    layout = Layout(root, process)          reads the picture of one process; without one, nothing below does anything
    layout.take_out(ids)                    closes the column and the lane that they leave empty
    layout.put_in(id, kind, lane, before)   opens a column before a node, and a row where the way is taken
    layout.write()                          the picture into the file, flows led anew where they have to be

What is not concerned stays where its owner drew it, or moves as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from engine.drawing.geometry import Bounds, Point
from engine.drawing.lettering import measure
from engine.drawing.picture import Picture
from engine.drawing.plane import BPMN
from engine.drawing.routing import Router, meets

#: between columns; a task; above and below a task in its lane; what a flow needs above the nodes that it skips
GAP, TASK, MARGIN, ABOVE = 50.0, (170.0, 80.0), 25.0, 27.0
_SIZES = {"userTask": TASK, "callActivity": TASK, "startEvent": (36.0, 36.0), "endEvent": (36.0, 36.0)}
_GATEWAY = (50.0, 50.0)
Map = Callable[[float], float]


class Layout(Picture):
    """Edited once the process was: `flows` are those that it has now."""

    def take_out(self, ids: Iterable[str]) -> None:
        if self.plane is None:
            return
        gone = [self.boxes.pop(id) for id in ids if id in self.boxes]
        for id in ids:
            self.labels.pop(id, None)
        flows = self.flows()
        for id in [each for each in self.ways if each not in flows]:
            del self.ways[id]
            self.labels.pop(id, None)
        self._lead_anew(flows)
        for box in sorted(gone, key=lambda each: -each.x):
            self._close_column(box)
        self._close_lanes()

    def put_in(self, id: str, kind: str, lane: str, before: str) -> None:
        """A new node, in a new column just before the node `before`."""
        if self.plane is None:
            return
        width, height = _SIZES.get(kind, _GATEWAY)
        edge = self.boxes[before].x
        self._stretch(lambda x: x + width + GAP if x >= edge - 0.01 else x, _same)
        row = self._row(lane, before)
        box = Bounds(edge, row - height / 2, width, height)
        flows = self.flows()
        near = {flow for flow, ends in flows.items() if id in ends}
        if lane in self.lanes and (self._crossed(box, near) or not self.lanes[lane].holds(box)):
            box = self._new_row(lane, box)
        self.boxes[id] = box
        self._lead_anew(flows)

    def new_lane(self, id: str) -> None:
        """Below the others."""
        if self.plane is None:
            return
        self.lane_ids.append(id)
        if self.pool is None or not self.lanes:
            return
        lowest = max(self.lanes.values(), key=lambda each: each.bottom)
        height = TASK[1] + 2 * MARGIN
        self.lanes[id] = Bounds(lowest.x, lowest.bottom, lowest.width, height)
        self.pool = Bounds(self.pool.x, self.pool.y, self.pool.width, self.pool.height + height)

    def name_flow(self, id: str, text: str) -> None:
        """Room for the name of a flow, just after where it begins."""
        if self.plane is not None and text:
            self.labels[id] = Bounds(0, 0, round(measure(text, 11) + 4), 14)
            self.anew.add(id)

    # --- columns, rows, lanes ---

    def _stretch(self, along: Map, down: Map) -> None:
        """Everything moves; lanes and the pool grow or shrink."""
        moved = {id: _moved(box, along, down) for id, box in self.boxes.items()}
        ends = self.flows()
        for id, way in self.ways.items():
            if not way:
                continue
            source, target = (self.boxes.get(each) for each in ends.get(id, ("", "")))
            new = [(along(x), down(y)) for x, y in way]
            for at, box in ((0, source), (-1, target)):
                if box is not None:
                    x, y = way[at]
                    new[at] = (x + along(box.x) - box.x, y + down(box.y) - box.y)
            if any(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(new)):
                self.anew.add(id)
            self.ways[id] = new
        self.labels = {
            id: _moved(box, along, down, self.boxes.get(id)) for id, box in self.labels.items()
        }  # fmt: skip
        self.lanes = {id: _stretched(box, along, down) for id, box in self.lanes.items()}
        self.pool = _stretched(self.pool, along, down) if self.pool is not None else None
        self.boxes = moved

    def _close_column(self, gone: Bounds) -> None:
        if any(box.x < gone.right and gone.x < box.right for box in self.boxes.values()):
            return
        after = min((box.x for box in self.boxes.values() if box.x >= gone.right), default=None)
        if after is None:
            return
        width = after - gone.x

        def along(x: float) -> float:
            if x <= gone.x:
                return x
            return max(x - width, gone.x - GAP / 2) if x >= gone.right else gone.x - GAP / 2

        self._stretch(along, _same)

    def _close_lanes(self) -> None:
        """A lane in which nothing stands any more goes, unless a flow runs along it."""
        references = {
            lane.get("id", ""): [each.text for each in lane.findall(f"{BPMN}flowNodeRef")]
            for lane in self.process.iter(f"{BPMN}lane")
        }
        for id in [each for each in self.lanes if not references.get(each)]:
            lane = self.lanes[id]
            kept = [way for flow, way in self.ways.items() if flow not in self.anew]
            if len(self.lanes) == 1 or any(lane.y < a[1] < lane.bottom and a[1] == b[1]
                                           for way in kept for a, b in pairwise(way)):  # fmt: skip
                continue
            del self.lanes[id]
            for element in [each for each in self.process.iter(f"{BPMN}lane") if each.get("id") == id]:
                around = element.getparent()
                if around is not None:
                    around.remove(element)
            top, bottom, height = lane.y, lane.bottom, lane.height
            self._stretch(_same, lambda y, t=top, b=bottom, h=height: y - h if y >= b else min(y, t))  # type: ignore[misc]

    def _row(self, lane: str, before: str) -> float:
        """The middle of the row in which most of a lane's nodes stand."""
        room = self.lanes.get(lane)
        if room is None:
            return self.boxes[before].cy
        stand = [box.cy for box in self.boxes.values() if room.holds(box)]
        if stand:
            return max(sorted(set(stand)), key=stand.count)
        return room.cy

    def _crossed(self, box: Bounds, besides: set[str]) -> bool:
        around = Bounds(box.x - 10, box.y - 10, box.width + 20, box.height + 20)
        ways = (way for id, way in self.ways.items() if id not in besides and id not in self.anew)
        return any(meets(a, b, around) for way in ways for a, b in pairwise(way)) or any(
            around.x < each.right and each.x < around.right and around.y < each.bottom and each.y < around.bottom
            for each in self.boxes.values()
        )

    def _new_row(self, lane: str, box: Bounds) -> Bounds:
        """At the bottom of the lane."""
        bottom, height = self.lanes[lane].bottom, TASK[1] + MARGIN
        self._stretch(_same, lambda y: y + height if y >= bottom else y)
        return Bounds(box.x, bottom + (TASK[1] - box.height) / 2, box.width, box.height)

    # --- flows ---

    def _lead_anew(self, flows: dict[str, tuple[str, str]]) -> None:
        for id, (source, target) in flows.items():
            way, ends = self.ways.get(id), (self.boxes.get(source), self.boxes.get(target))
            if None in ends:
                continue
            if not way or not (_touches(way[0], ends[0]) and _touches(way[-1], ends[1])):
                self.anew.add(id)
                self.ways.setdefault(id, [])

    def _lead(self) -> None:
        flows = self.flows()
        self.anew |= {id for id, (a, b) in flows.items() if id not in self.ways and a in self.boxes and b in self.boxes}
        self.anew &= set(flows)
        for id in self.anew:
            self.ways.pop(id, None)
        router = Router(self.boxes, flows, self.ways)
        for id in sorted(self.anew, key=lambda each: router.order(each)):
            source, target = flows[id]
            if source not in self.boxes or target not in self.boxes:
                continue
            high = router.skips(id)
            if high is not None:
                self._open_above(high, router.between(id))
                router = Router(self.boxes, flows, self.ways)
            self.ways[id] = router.way(id)
            if id in self.labels:
                self.labels[id] = router.label(self.ways[id], self.labels[id])

    def _open_above(self, top: float, between: tuple[float, float]) -> None:
        """Room for a flow above the nodes that it skips, whose highest begins at `top`."""
        lane = next((each for each in self.lanes.values() if each.y <= top < each.bottom), None)
        room = top - lane.y if lane is not None else 2 * ABOVE
        if room < 2 * ABOVE:
            at = lane.y + 1 if lane is not None else top
            self._stretch(_same, lambda y: y + 2 * ABOVE - room if y >= at else y)
            top += 2 * ABOVE - room
        while any(
            a[1] == b[1] and abs(a[1] - (top - ABOVE)) < 10
            and min(a[0], b[0]) < between[1] and between[0] < max(a[0], b[0])
            for id, way in self.ways.items() if id not in self.anew for a, b in pairwise(way)
        ):  # fmt: skip
            at = top - 0.5
            self._stretch(_same, lambda y, at=at: y + 24 if y >= at else y)  # type: ignore[misc]
            top += 24

    def _clear_labels(self) -> None:
        """The name of a node that a flow now runs through moves to another side of it."""
        for id, label in self.labels.items():
            box = self.boxes.get(id)
            if box is None or self._is_clear(id, label):
                continue
            left, right = box.cx - label.width - 8, box.cx + 8
            places = [(x, y) for y in (box.bottom + 6, box.y - label.height - 6) for x in (right, left)]
            options = [Bounds(x, y, label.width, label.height) for x, y in places]
            self.labels[id] = next((each for each in options if self._is_clear(id, each)), label)

    def _is_clear(self, id: str, label: Bounds) -> bool:
        others = [*self.boxes.values(), *(box for other, box in self.labels.items() if other != id)]
        apart = all(
            each.x >= label.right or label.x >= each.right or each.y >= label.bottom or label.y >= each.bottom
            for each in others
        )
        return apart and not any(meets(a, b, label) for way in self.ways.values() for a, b in pairwise(way))

    def write(self) -> None:
        if self.plane is not None:
            self._lead()
            self._clear_labels()
        super().write()


def _same(value: float) -> float:
    return value


def _moved(box: Bounds, along: Map, down: Map, holder: Bounds | None = None) -> Bounds:
    """As a whole; a label moves with what it names."""
    by = holder or box
    return Bounds(box.x + along(by.x) - by.x, box.y + down(by.y) - by.y, box.width, box.height)


def _stretched(box: Bounds, along: Map, down: Map) -> Bounds:
    x, y = along(box.x), down(box.y)
    return Bounds(x, y, along(box.right) - x, down(box.bottom) - y)


def _touches(point: Point, box: Bounds | None) -> bool:
    if box is None:
        return True
    x, y = point
    on_side = x in (box.x, box.right) and box.y <= y <= box.bottom
    return on_side or (y in (box.y, box.bottom) and box.x <= x <= box.right)
