"""Room made and taken back in the picture of a process: columns, rows, lanes. Flows move as the shapes do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from engine.drawing.geometry import Bounds
from engine.drawing.picture import Picture
from engine.drawing.plane import BPMN
from engine.drawing.routing import meets

#: between columns; a task; above and below a task in its lane
GAP, TASK, MARGIN = 50.0, (170.0, 80.0), 25.0
Map = Callable[[float], float]


class Room(Picture):
    def stretch(self, along: Map, down: Map) -> None:
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

    def close_column(self, gone: Bounds) -> None:
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

        self.stretch(along, same)

    def close_lanes(self) -> None:
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
            self.stretch(same, lambda y, t=top, b=bottom, h=height: y - h if y >= b else min(y, t))  # type: ignore[misc]

    def row(self, lane: str, before: str) -> float:
        """The middle of the row in which most of a lane's nodes stand."""
        room = self.lanes.get(lane)
        if room is None:
            return self.boxes[before].cy
        stand = [box.cy for box in self.boxes.values() if room.holds(box)]
        if stand:
            return max(sorted(set(stand)), key=stand.count)
        return room.cy

    def crossed(self, box: Bounds, besides: set[str]) -> bool:
        around = Bounds(box.x - 10, box.y - 10, box.width + 20, box.height + 20)
        ways = (way for id, way in self.ways.items() if id not in besides and id not in self.anew)
        return any(meets(a, b, around) for way in ways for a, b in pairwise(way)) or any(
            around.x < each.right and each.x < around.right and around.y < each.bottom and each.y < around.bottom
            for each in self.boxes.values()
        )

    def new_row(self, lane: str, box: Bounds) -> Bounds:
        """At the bottom of the lane."""
        bottom, height = self.lanes[lane].bottom, TASK[1] + MARGIN
        self.stretch(same, lambda y: y + height if y >= bottom else y)
        return Bounds(box.x, bottom + (TASK[1] - box.height) / 2, box.width, box.height)


def same(value: float) -> float:
    return value


def _moved(box: Bounds, along: Map, down: Map, holder: Bounds | None = None) -> Bounds:
    """As a whole; a label moves with what it names."""
    by = holder or box
    return Bounds(box.x + along(by.x) - by.x, box.y + down(by.y) - by.y, box.width, box.height)


def _stretched(box: Bounds, along: Map, down: Map) -> Bounds:
    x, y = along(box.x), down(box.y)
    return Bounds(x, y, along(box.right) - x, down(box.bottom) - y)
