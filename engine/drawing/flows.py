"""Sequence flows, message flows and associations (BPMN 2.0, section 7.4 and 10.2)."""

from __future__ import annotations

import math

from lxml import etree

from engine.drawing.geometry import Bounds, Point, halfway, longest, number, rounded, toward
from engine.drawing.lettering import Lettering, fit
from engine.drawing.pen import STATE_PAINT, Pen
from engine.drawing.plane import Edge, children
from engine.drawing.symbols import EVENT_DETAILS, EVENT_SYMBOLS

#: width of a flow's label, and its height at most
_LABEL, _TALLEST = 100.0, 90.0
_DASHES = {
    "messageFlow": {"stroke_dasharray": "7 4"},
    "association": {"stroke_dasharray": "1 4", "stroke_linecap": "round"},
    "dataInputAssociation": {"stroke_dasharray": "1 4", "stroke_linecap": "round"},
    "dataOutputAssociation": {"stroke_dasharray": "1 4", "stroke_linecap": "round"},
}
_DIAMOND = 7.0


class Arrows:
    """The arrow heads that a drawing needs, each defined once. Their ids begin with `prefix`."""

    def __init__(self, definitions: etree._Element, prefix: str) -> None:
        self.definitions, self.prefix, self.known = definitions, prefix, set[str]()

    def head(self, shape: str, state: str = "plain") -> str:
        """The `url(#…)` of a head: "full", "hollow", "open" or "circle"."""
        name = f"{self.prefix}{shape}" + (f"-{state}" if state in STATE_PAINT else "")
        if name not in self.known:
            self.known.add(name)
            self._define(name, shape, state)
        return f"url(#{name})"

    def _define(self, name: str, shape: str, state: str) -> None:
        pen = Pen(self.definitions, [], state).within(
            "marker",
            f"state-{state}" if state in STATE_PAINT else "",
            id=name,
            viewBox="-1 -1 12 12",
            refX="0.5" if shape == "circle" else "10",
            refY="5",
            markerWidth="12",
            markerHeight="12",
            markerUnits="userSpaceOnUse",
            orient="auto",
        )
        if shape == "full":
            paint = {"fill": STATE_PAINT[state][1], "stroke": STATE_PAINT[state][1]} if state in STATE_PAINT else {}
            pen.path("M1.5 1.300L10 5L1.5 8.700Z", "tip", stroke_linejoin="round", **paint)
        elif shape == "hollow":
            pen.path("M1 1L10 5L1 9Z", "hollow", stroke_linejoin="round")
        elif shape == "circle":
            pen.circle(4, 5, 3.5, "hollow")
        else:
            pen.path("M3 1L10 5L3 9", "line")


def draw_flow(pen: Pen, edge: Edge, arrows: Arrows) -> None:
    heads = {}
    if edge.kind == "sequenceFlow":
        heads = {"marker_end": arrows.head("full", pen.state)}
    elif edge.kind == "messageFlow":
        heads = {"marker_start": arrows.head("circle"), "marker_end": arrows.head("hollow")}
    elif edge.kind in _DASHES:
        direction = edge.element.get("associationDirection", "None" if edge.kind == "association" else "One")
        heads |= {"marker_end": arrows.head("open")} if direction in ("One", "Both") else {}
    pen.path(rounded(edge.points), "line", **_DASHES.get(edge.kind, {}), **heads)
    start, end = edge.points[0], edge.points[1]
    if is_default(edge):
        _slash(pen, start, end)
    elif is_conditional(edge):
        _diamond(pen, start, end)
    if edge.message:
        _envelope(pen, edge)


def is_default(edge: Edge) -> bool:
    return edge.kind == "sequenceFlow" and edge.source is not None and edge.source.get("default") == edge.id


def is_conditional(edge: Edge) -> bool:
    """A condition on a flow that leaves an activity; one that leaves a gateway needs no sign."""
    if edge.kind != "sequenceFlow" or edge.source is None or not children(edge.element, "conditionExpression"):
        return False
    return not str(edge.source.tag).endswith(("Gateway", "Event"))


def _slash(pen: Pen, start: Point, end: Point) -> None:
    x, y = toward(start, end, 10)
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    turned = f"translate({number(x)} {number(y)}) rotate({number(angle)})"
    pen.within(transform=turned).path("M-2.5 5L2.5 -5", "line")


def _diamond(pen: Pen, start: Point, end: Point) -> None:
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    turned = f"translate({number(start[0])} {number(start[1])}) rotate({number(angle)})"
    data = f"M0 0L{number(_DIAMOND)} -4.500L{number(2 * _DIAMOND)} 0L{number(_DIAMOND)} 4.500Z"
    pen.within(transform=turned).path(data, "hollow", stroke_linejoin="round")


def _envelope(pen: Pen, edge: Edge) -> None:
    sent_first = edge.message == "initiating"
    sign = pen.at(*halfway(edge.points), 1.3)
    sign.path(EVENT_SYMBOLS["message"], "hollow" if sent_first else "band")
    sign.path(EVENT_DETAILS["message"], "icon")


def draw_flow_label(pen: Pen, edge: Edge, text: Lettering, place: Bounds) -> None:
    pen.box(place, "halo", 3)
    pen.letters(text, place.cx, place.y)
    pen.reached([place])


def flow_label(edge: Edge) -> tuple[Lettering, Bounds]:
    """The words on a flow and where they stand: where they were put, else beside its longest piece."""
    if edge.label is not None:
        text = fit(edge.name, max(edge.label.width * 1.05, _LABEL), _TALLEST)
        return text, Bounds(edge.label.cx - text.width / 2, edge.label.y, text.width, text.height)
    text = fit(edge.name, _LABEL, _TALLEST)
    (x0, y0), (x1, y1) = longest(edge.points)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    if abs(x1 - x0) >= abs(y1 - y0):
        return text, Bounds(x - text.width / 2, y - text.height - 4, text.width, text.height)
    return text, Bounds(x + 6, y - text.height / 2, text.width, text.height)
