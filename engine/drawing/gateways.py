"""Gateways (BPMN 2.0, section 10.6)."""

from __future__ import annotations

from engine.drawing.geometry import number
from engine.drawing.pen import Pen
from engine.drawing.plane import Shape
from engine.drawing.symbols import EVENT_SYMBOLS, GATEWAY_SIGNS


def draw_gateway(pen: Pen, shape: Shape) -> None:
    body = shape.bounds
    corners = ((body.cx, body.y), (body.right, body.cy), (body.cx, body.bottom), (body.x, body.cy))
    outline = "L".join(f"{number(x)} {number(y)}" for x, y in corners)
    pen.path(f"M{outline}Z", "outline", stroke_linejoin="round")
    sign = pen.at(body.cx, body.cy, min(body.width, body.height) / 50)
    if shape.kind == "inclusiveGateway":
        sign.circle(0, 0, 10.5, "sign")
    elif shape.kind == "eventBasedGateway":
        _draw_event_based(sign, shape)
    elif shape.kind != "exclusiveGateway" or shape.marker_visible:
        sign.path(GATEWAY_SIGNS.get(shape.kind, ""), "sign")


def _draw_event_based(pen: Pen, shape: Shape) -> None:
    starts = shape.element.get("instantiate") == "true"
    pen.circle(0, 0, 13, "icon")
    if not starts:
        pen.circle(0, 0, 10.3, "icon")
    together = starts and shape.element.get("eventGatewayType") == "Parallel"
    pen.within(transform="scale(0.85)").path(EVENT_SYMBOLS["parallel" if together else "multiple"], "icon")
