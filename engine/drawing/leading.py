"""Where flows run in the picture of a process that was changed: those that must be are led anew, names find a place."""

from __future__ import annotations

from itertools import pairwise

from engine.drawing.geometry import Bounds, Point
from engine.drawing.lettering import width_beside
from engine.drawing.plane import BPMN
from engine.drawing.room import Room, same
from engine.drawing.routing import Router, beside, meets

#: what a flow needs above, or under, the nodes that it passes; to the edge of a lane
ABOVE, TIGHT = 27.0, 10.0


class Leading(Room):
    def lead_anew(self, flows: dict[str, tuple[str, str]]) -> None:
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
            if self._open_below(router.way(id), (self.boxes[source], self.boxes[target])):
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
            self.stretch(same, lambda y: y + 2 * ABOVE - room if y >= at else y)
            top += 2 * ABOVE - room
        while any(
            a[1] == b[1] and abs(a[1] - (top - ABOVE)) < 10
            and min(a[0], b[0]) < between[1] and between[0] < max(a[0], b[0])
            for id, way in self.ways.items() if id not in self.anew for a, b in pairwise(way)
        ):  # fmt: skip
            at = top - 0.5
            self.stretch(same, lambda y, at=at: y + 24 if y >= at else y)  # type: ignore[misc]
            top += 24

    def _open_below(self, way: list[Point], ends: tuple[Bounds, Bounds]) -> bool:
        """Room for a flow under the nodes that it comes back from; whether it had to be made."""
        low = max(y for _, y in way)
        if low <= max(each.bottom for each in ends):
            return False
        lane = next((each for each in self.lanes.values() if each.y < low - ABOVE + 0.01 <= each.bottom), None)
        if lane is None or low + TIGHT <= lane.bottom:
            return False
        room, at = low + TIGHT - lane.bottom, lane.bottom
        self.stretch(same, lambda y: y + room if y >= at else y)
        return True

    def _clear_flows(self) -> None:
        """The name of a flow that was led anew, where it would stand on something: elsewhere along its beginning."""
        for id in sorted(self.anew & self.labels.keys() & self.ways.keys()):
            label = self.labels[id]
            if not self._is_clear(id, label):
                places = beside(self.ways[id], label)
                self.labels[id] = next((each for each in places if self._is_clear(id, each)), label)

    def _name_gateways(self) -> None:
        """A name whose place is not said stands below its gateway: it is said where a flow led anew runs there."""
        flows = self.flows()
        near = {end for id in self.anew for end in flows.get(id, ())}
        for each in self.process.findall(f"{BPMN}exclusiveGateway"):
            id, name = each.get("id", ""), each.get("name", "")
            box = self.boxes.get(id)
            if box is None or not name or id in self.labels or id not in near:
                continue
            wide = width_beside(name)
            below = Bounds(box.cx - wide / 2, box.bottom, wide, 14)
            if not self._is_clear(id, below):
                self.labels[id] = below

    def _clear_labels(self) -> None:
        """The name of a node that a flow now runs through moves to another side of it."""
        for id, label in self.labels.items():
            box = self.boxes.get(id)
            if box is None or self._is_clear(id, label):
                continue
            left, right = box.cx - label.width - 8, box.cx + 8
            sides = sorted((box.bottom + 6, box.y - label.height - 6), key=lambda y: abs(y - label.y))
            places = [(x, y) for y in sides for x in (right, left)]
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
            self._clear_flows()
            self._name_gateways()
            self._clear_labels()
        super().write()


def _touches(point: Point, box: Bounds | None) -> bool:
    if box is None:
        return True
    x, y = point
    on_side = x in (box.x, box.right) and box.y <= y <= box.bottom
    return on_side or (y in (box.y, box.bottom) and box.x <= x <= box.right)
