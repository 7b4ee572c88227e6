"""Rectangles and lines of a diagram, in its own units (pixels at full size, y downwards)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def cx(self) -> float:
        return self.x + self.width / 2

    @property
    def cy(self) -> float:
        return self.y + self.height / 2

    def inset(self, x: float, top: float, bottom: float | None = None) -> Bounds:
        """Smaller by `x` at both sides, by `top` and by `bottom` (the same as `top` unless given)."""
        low = top if bottom is None else bottom
        return Bounds(self.x + x, self.y + top, max(self.width - 2 * x, 1), max(self.height - top - low, 1))

    def holds(self, other: Bounds) -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other: Bounds) -> bool:
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


def union(boxes: Iterable[Bounds]) -> Bounds:
    """The smallest rectangle around `boxes`, of which there is at least one."""
    boxes = list(boxes)
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Bounds(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def number(value: float) -> str:
    """A coordinate as it is written: two decimals at most, no exponent."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def toward(start: Point, end: Point, distance: float) -> Point:
    """The point at `distance` from `start` on the way to `end`, never beyond it."""
    length = math.dist(start, end)
    share = min(distance / length, 1.0) if length else 0.0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def rounded(points: list[Point], radius: float = 8) -> str:
    """Path data along `points` with rounded corners."""
    data = ["M", *map(number, points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        data += ["L", *map(number, toward(corner, before, room))]
        data += ["Q", *map(number, corner), *map(number, toward(corner, after, room))]
    return " ".join([*data, "L", *map(number, points[-1])])


def halfway(points: list[Point]) -> Point:
    """The point in the middle of the line, measured along it."""
    left = sum(math.dist(a, b) for a, b in pairwise(points)) / 2
    for start, end in pairwise(points):
        length = math.dist(start, end)
        if length >= left:
            return toward(start, end, left)
        left -= length
    return points[-1]


def longest(points: list[Point]) -> tuple[Point, Point]:
    """The longest straight piece of the line."""
    return max(pairwise(points), key=lambda piece: math.dist(*piece))
