"""The layout of a process from which steps were taken out, or into which some were put: no gap, no overlap.

    layout = Layout(root, process)          reads the picture of one process; without one, nothing below does anything
    layout.take_out(ids)                    closes the column and the lane that they leave empty
    layout.put_in(id, kind, lane, before)   opens a column before a node, and a row where the way is taken
    layout.put_beside(id, kind, of, name)   just above or below a node, or in a row that is opened for it
    layout.shift(ids, lane)                 nodes, as they stand to one another, into another lane
    layout.write()                          the picture into the file, flows led anew where they have to be

What is not concerned stays where its owner drew it, or moves as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from engine.drawing.geometry import Bounds, union
from engine.drawing.leading import Leading
from engine.drawing.lettering import width_beside
from engine.drawing.room import GAP, MARGIN, TASK, same
from engine.drawing.routing import meets

#: from a node to one that stands beside it; between that and the edge of its lane
BESIDE, CLEAR = 49.0, 15.0
_SIZES = {"userTask": TASK, "callActivity": TASK, "startEvent": (36.0, 36.0), "endEvent": (36.0, 36.0)}
_GATEWAY = (50.0, 50.0)


class Layout(Leading):
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
        self.lead_anew(flows)
        for box in sorted(gone, key=lambda each: -each.x):
            self.close_column(box)
        self.close_lanes()

    def put_in(self, id: str, kind: str, lane: str, before: str, name: str = "") -> None:
        """A new node, in a new column just before the node `before`. `name`: written beside it.

        A gateway that has a name asks something: its answers are written after it.
        """
        if self.plane is None:
            return
        width, height = _SIZES.get(kind, _GATEWAY)
        edge = self.boxes[before].x
        room = width + (GAP if not name or kind != "exclusiveGateway" else 2 * GAP)
        self.stretch(lambda x: x + room if x >= edge - 0.01 else x, same)
        row = self.row(lane, before)
        box = Bounds(edge, row - height / 2, width, height)
        flows = self.flows()
        near = {flow for flow, ends in flows.items() if id in ends}
        if lane in self.lanes and (self.crossed(box, near) or not self.lanes[lane].holds(box)):
            box = self.new_row(lane, box)
        self.boxes[id] = box
        if name and (width, height) != TASK:
            wide = width_beside(name)
            self.labels[id] = Bounds(box.x + 11 - wide, box.y - 14, wide, 14)
        self.lead_anew(flows)

    def put_beside(self, id: str, kind: str, of: str, name: str) -> None:
        """Just above the node `of`, or below it; where both are taken, above, in room that is made."""
        if self.plane is None:
            return
        width, height = _SIZES.get(kind, _GATEWAY)
        found = self._free_beside(self.boxes[of], width, height) or self._made_above(of, width, height)
        self.boxes[id] = found
        self.labels[id] = Bounds(found.right + 6, found.cy - 7, width_beside(name), 14)
        self.anew |= {flow for flow, way in self.ways.items() if any(meets(a, b, found) for a, b in pairwise(way))}
        self.lead_anew(self.flows())

    def _free_beside(self, box: Bounds, width: float, height: float) -> Bounds | None:
        """Straight above or below, where no flow leaves; or else further on, above or below."""
        lane = next((each for each in self.lanes.values() if each.holds(box)), None)
        high, low = box.y - BESIDE - height, box.bottom + BESIDE
        straight = {high: Bounds(box.cx - 1, box.y - BESIDE, 2, BESIDE), low: Bounds(box.cx - 1, box.bottom, 2, BESIDE)}
        kept = [way for id, way in self.ways.items() if id not in self.anew]
        rows = [
            y for y, room in straight.items() if not any(meets(a, b, room) for way in kept for a, b in pairwise(way))
        ]
        places = [Bounds(box.cx - width / 2, y, width, height) for y in rows]
        places += [Bounds(box.right + GAP, y, width, height) for y in (low, high)]
        free = (each for each in places if lane is None or lane.holds(_around(each)))
        return next((each for each in free if not self.crossed(each, set())), None)

    def _made_above(self, of: str, width: float, height: float) -> Bounds:
        box = self.boxes[of]
        row = min(each.y for each in self.boxes.values() if each.y < box.bottom and box.y < each.bottom) - 0.5
        room = BESIDE + height + CLEAR - (box.y - row)
        self.stretch(same, lambda y: y + room if y >= row else y)
        return Bounds(box.cx - width / 2, self.boxes[of].y - BESIDE - height, width, height)

    def shift(self, ids: Iterable[str], lane: str) -> None:
        """The first of them in the row of the lane; flows between them move along, those about them are led anew."""
        moved, room, flows = [id for id in ids if id in self.boxes], self.lanes.get(lane), self.flows()
        if self.plane is None or room is None or not moved:
            return
        self._face(moved, room.cy, flows)
        others = {id: box for id, box in self.boxes.items() if id not in moved}
        stand = [box.cy for box in others.values() if room.holds(box)]
        around = union(self.boxes[id] for id in moved)
        if stand:
            by = max(sorted(set(stand)), key=stand.count) - self.boxes[moved[0]].cy
            near = {flow for flow, ends in flows.items() if set(ends) & set(moved)}
            if not self._is_free(_moved_by(around, by), room, others, near):
                self.stretch(same, lambda y: y + around.height + MARGIN if y >= room.bottom else y)
                by = room.bottom - union(self.boxes[id] for id in moved).y
        else:
            more = max(0.0, around.height + 2 * MARGIN - room.height)
            self.stretch(same, lambda y: y + more if y >= room.bottom else y)
            by = room.cy + more / 2 - union(self.boxes[id] for id in moved).cy
        self._shift_all(moved, by, flows)
        self._lead_about(moved, flows)
        self.close_lanes()

    def _is_free(self, box: Bounds, room: Bounds, others: dict[str, Bounds], besides: set[str]) -> bool:
        kept = self.boxes
        self.boxes = others
        crossed = self.crossed(box, besides)
        self.boxes = kept
        return room.holds(box) and not crossed

    def _face(self, ids: list[str], row: float, flows: dict[str, tuple[str, str]]) -> None:
        """What stands above or below the first of them, away from what will lead to it: the way back is there."""
        at = self.boxes[ids[0]].cy
        before = [self.boxes[a].cy for a, b in flows.values() if b == ids[0] and a in self.boxes and a not in ids]
        for id in [each for each in ids if before and not self.boxes[each].y <= at <= self.boxes[each].bottom]:
            box = self.boxes[id]
            if (box.cy < at) == (before[0] < row):
                self._shift_all([id], 2 * (at - box.cy), flows)

    def _lead_about(self, ids: list[str], flows: dict[str, tuple[str, str]]) -> None:
        """Anew: the flows of what is next to them too, which may be in the way now."""
        near = {each for ends in flows.values() if set(ends) & set(ids) for each in ends}
        self.anew |= {id for id, ends in flows.items() if set(ends) & near and not set(ends) <= set(ids)}

    def _shift_all(self, ids: list[str], by: float, flows: dict[str, tuple[str, str]]) -> None:
        for id in ids:
            self.boxes[id] = _moved_by(self.boxes[id], by)
        inside = {flow for flow, (source, target) in flows.items() if source in ids and target in ids}
        for id in [each for each in self.labels if each in inside or each in ids]:
            self.labels[id] = _moved_by(self.labels[id], by)
        for flow in inside & self.ways.keys():
            self.ways[flow] = [(x, y + by) for x, y in self.ways[flow]]
        self.lead_anew(flows)

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
        """Room for the name of a flow: where it had one, or just after it begins."""
        if self.plane is None or not text:
            return
        wide, old = width_beside(text), self.labels.get(id)
        if old is not None and self.ways.get(id) and id not in self.anew:
            self.labels[id] = Bounds(old.x, old.y, wide, old.height)
        else:
            self.labels[id] = Bounds(0, 0, wide, 14)
            self.anew.add(id)


def _around(box: Bounds) -> Bounds:
    return Bounds(box.x - CLEAR, box.y - CLEAR, box.width + 2 * CLEAR, box.height + 2 * CLEAR)


def _moved_by(box: Bounds, down: float) -> Bounds:
    return Bounds(box.x, box.y + down, box.width, box.height)
