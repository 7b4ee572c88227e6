"""Names that stand outside their shape: of events, gateways, data and groups."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf

from engine.drawing.geometry import Bounds, Point
from engine.drawing.lettering import Lettering, fit
from engine.drawing.plane import Shape

#: the width that a name may take where nothing else is said, and its height at most
_WIDTH, _TALLEST = 100.0, 90.0
_GAP = 5.0


def outer_label(shape: Shape, name: str, ends: Sequence[Point]) -> tuple[Lettering, Bounds]:
    """The words and their place: where the method owner put them, else below the shape.

    Where a flow leaves from below they stand above. `ends`: where flows touch shapes, in order of x.
    """
    if shape.label is None:
        text = fit(name, max(_WIDTH, shape.bounds.width), _TALLEST)
        return text, _beside(shape, text, ends)
    text = fit(name, max(shape.label.width * 1.05, _WIDTH), _TALLEST)
    above = shape.label.cy < shape.bounds.y
    top = shape.label.bottom - text.height if above and text.height > shape.label.height else shape.label.y
    return text, Bounds(shape.label.cx - text.width / 2, top, text.width, text.height)


def _beside(shape: Shape, text: Lettering, ends: Sequence[Point]) -> Bounds:
    body = shape.bounds
    x = body.cx - text.width / 2
    if shape.kind == "group":
        return Bounds(x, body.y + _GAP, text.width, text.height)
    levels = [y for _, y in _around(ends, body.cx, body.width / 4)]
    above, below = (any(abs(y - edge) < 4 for y in levels) for edge in (body.y, body.bottom))
    if below and above:
        return Bounds(body.right + 2, body.bottom - text.height / 2, text.width, text.height)
    if below:
        return Bounds(x, body.y - _GAP - text.height, text.width, text.height)
    return Bounds(x, body.bottom + _GAP, text.width, text.height)


def _around(ends: Sequence[Point], x: float, reach: float) -> Sequence[Point]:
    return ends[bisect_left(ends, (x - reach, -inf)) : bisect_left(ends, (x + reach, -inf))]
