"""Where a flow runs: level and upright pieces, from border to border, past what stands between."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from engine.drawing.geometry import Bounds, Point

#: how far before a node a way bends; how far above the nodes that it skips it runs
BEND, ABOVE = 25.0, 27.0


def meets(a: Point, b: Point, box: Bounds) -> bool:
    """Does a level or upright piece run through the inside of a box?"""
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    return left < box.right and box.x < right + 0.001 and top < box.bottom and box.y < bottom + 0.001


class Router:
    def __init__(
        self, boxes: Mapping[str, Bounds], flows: Mapping[str, tuple[str, str]], ways: Mapping[str, list[Point]]
    ) -> None:
        self.boxes, self.flows, self.ways = boxes, flows, ways
        ends = list(flows.values())
        self.outs = {id: sum(source == id for source, _ in ends) for id in boxes}
        self.ins = {id: sum(target == id for _, target in ends) for id in boxes}

    def order(self, id: str) -> tuple[int, float, str]:
        """Those that lead back first, as there are few ways for them; then short ones: they take the straight lines."""
        source, target = (self.boxes.get(each) for each in self.flows[id])
        if source is None or target is None:
            return 2, 0.0, id
        return int(target.x >= source.right), abs(target.cx - source.cx) + abs(target.cy - source.cy), id

    def way(self, id: str) -> list[Point]:
        """The first of the usual ways that runs through nothing, along no other flow, and out where none does."""
        source, target = self.flows[id]
        options = list(self._options(source, target))
        clear = [way for way in options if not self._blocked(way, source, target)]
        free = [way for way in clear if not self._shared(way, source, target)]
        own = [way for way in free if not self._out_with_another(way, source, target)]
        return (own or free or clear or options)[0]

    def _options(self, source: str, target: str) -> list[list[Point]]:
        a, b = self.boxes[source], self.boxes[target]
        forks, joins = self.outs[source] > 1, self.ins[target] > 1
        level = abs(a.cy - b.cy) < 0.01
        if b.x < a.right:
            after = (self.boxes.get(end) for start, end in self.flows.values() if start == target)
            aside = all(each is not None and each.x < b.right for each in after)
            return self._back(a, b, aside)
        options: list[list[Point]] = []
        if level:
            options.append([(a.right, a.cy), (b.x, b.cy)])
        out, into = (a.bottom, b.y) if b.cy > a.cy else (a.y, b.bottom)
        if forks and not level:
            options.append([(a.cx, out), (a.cx, b.cy), (b.x, b.cy)])
        if joins and not level:
            options.append([(a.right, a.cy), (b.cx, a.cy), (b.cx, into)])
        if not level:
            for bend in (b.x - BEND, a.right + BEND):
                options.append([(a.right, a.cy), (bend, a.cy), (bend, b.cy), (b.x, b.cy)])
        high = self._high(source, target) - ABOVE
        low = self._low(source, target) + ABOVE
        options.append([(a.cx, a.y), (a.cx, high), (b.cx, high), (b.cx, b.y)])
        options.append([(a.cx, a.bottom), (a.cx, low), (b.cx, low), (b.cx, b.bottom)])
        return options

    def _back(self, a: Bounds, b: Bounds, aside: bool) -> list[list[Point]]:
        """Straight up or down; into the side of what stands above or below, if no flow leaves it; under."""
        options: list[list[Point]] = []
        out, into = (a.bottom, b.y) if b.y >= a.bottom else (a.y, b.bottom)
        apart = b.y >= a.bottom or a.y >= b.bottom
        if apart and abs(a.cx - b.cx) < 0.01:
            options.append([(a.cx, out), (a.cx, into)])
        if apart and aside and b.right < a.cx:
            options.append([(a.cx, out), (a.cx, b.cy), (b.right, b.cy)])
        low = max(a.bottom, b.bottom) + ABOVE
        return [*options, [(a.cx, a.bottom), (a.cx, low), (b.cx, low), (b.cx, b.bottom)]]

    def _over(self, source: str, target: str) -> list[Bounds]:
        """What stands between two nodes, in their rows."""
        a, b = self.boxes[source], self.boxes[target]
        left, right = min(a.cx, b.cx), max(a.cx, b.cx)
        top, bottom = min(a.y, b.y), max(a.bottom, b.bottom)
        return [
            box for box in self.boxes.values()
            if box.x < right and left < box.right and box.y < bottom + ABOVE and top - ABOVE < box.bottom
        ]  # fmt: skip

    def _high(self, source: str, target: str) -> float:
        return min(box.y for box in self._over(source, target))

    def _low(self, source: str, target: str) -> float:
        return max(box.bottom for box in self._over(source, target))

    def skips(self, id: str) -> float | None:
        """The top of what a flow has to run above; None where it need not."""
        source, target = self.flows[id]
        a, b = self.boxes[source], self.boxes[target]
        if b.x < a.right:
            return None
        options = self._options(source, target)
        if any(not self._blocked(way, source, target) and not self._shared(way, source, target)
               for way in options[:-2]):  # fmt: skip
            return None
        return self._high(source, target)

    def between(self, id: str) -> tuple[float, float]:
        source, target = self.flows[id]
        return self.boxes[source].cx, self.boxes[target].cx

    def _blocked(self, way: list[Point], source: str, target: str) -> bool:
        others = [box for id, box in self.boxes.items() if id not in (source, target)]
        return any(meets(a, b, box) for a, b in pairwise(way) for box in others)

    def _shared(self, way: list[Point], source: str, target: str) -> bool:
        """Does it run along, or across, a flow that has neither end in common with it?"""
        for id, other in self.ways.items():
            ends = self.flows.get(id, ("", ""))
            if ends[0] == source or ends[1] == target:
                continue
            if any(_touch(one, two) for one in pairwise(way) for two in pairwise(other)):
                return True
        return False

    def _out_with_another(self, way: list[Point], source: str, target: str) -> bool:
        """Does it leave its node where another flow does, so that their names would stand on one another?"""
        others = [
            self.ways[id]
            for id, ends in self.flows.items()
            if ends[0] == source and ends[1] != target and id in self.ways
        ]
        return any(other[:1] == way[:1] for other in others)

    def label(self, way: list[Point], box: Bounds) -> Bounds:
        """Beside the first piece of a way; where a node stands there, over the second."""
        (x, y), (_, to_y) = way[0], way[1]
        if y == to_y:
            return Bounds(x + 5, y - box.height - 4, box.width, box.height)
        found = Bounds(x + 10, y - box.height - 7 if to_y < y else y + 7, box.width, box.height)
        if any(each.overlaps(found) for each in self.boxes.values()) and len(way) > 2 and way[2][0] > x:
            return Bounds(x + 5, to_y - box.height - 4, box.width, box.height)
        return found


def beside(way: list[Point], box: Bounds) -> list[Bounds]:
    """Other places of a name, where it begins upright: left of that piece, or on either side of the next one."""
    (x, y), (to_x, to_y) = way[0], way[1]
    if x != to_x or len(way) < 3:
        return []
    level = x + 5 if way[2][0] > x else x - box.width - 5
    upright = y - box.height - 1 if to_y < y else y + 1
    places = [(x - box.width - 10, upright), (level, to_y + 5), (level, to_y - box.height - 4)]
    return [Bounds(*place, box.width, box.height) for place in places]


def _touch(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Do two pieces have a point in common?"""
    (a, b), (c, d) = one, other
    return (
        min(a[0], b[0]) <= max(c[0], d[0]) and min(c[0], d[0]) <= max(a[0], b[0])
        and min(a[1], b[1]) <= max(c[1], d[1]) and min(c[1], d[1]) <= max(a[1], b[1])
    )  # fmt: skip
