"""Start, intermediate, boundary and end events (BPMN 2.0, section 10.5)."""

from __future__ import annotations

from engine.drawing.pen import Pen
from engine.drawing.plane import Shape, event_definitions
from engine.drawing.symbols import CLOCK, CONDITIONS, EVENT_DETAILS, EVENT_SYMBOLS

_BETWEEN = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
_THROWN = frozenset({"endEvent", "intermediateThrowEvent"})


def draw_event(pen: Pen, shape: Shape) -> None:
    body = shape.bounds
    radius = min(body.width, body.height) / 2
    dashes = {"stroke_dasharray": "4 3"} if goes_on(shape) else {}
    width = {"stroke_width": "3.2"} if shape.kind == "endEvent" else {}
    pen.circle(body.cx, body.cy, radius, "outline", **dashes, **width)
    if shape.kind in _BETWEEN:
        pen.circle(body.cx, body.cy, max(radius - 3.2, 1), "rim", **dashes)
    symbol = symbol_of(shape)
    if symbol:
        _draw_symbol(pen.at(body.cx, body.cy, radius / 18), symbol, shape.kind in _THROWN)


def goes_on(shape: Shape) -> bool:
    """Whether what it interrupts goes on: drawn dashed."""
    element = shape.element
    if shape.kind == "boundaryEvent":
        return element.get("cancelActivity") == "false"
    return shape.kind == "startEvent" and element.get("isInterrupting") == "false"


def symbol_of(shape: Shape) -> str:
    """Its definition's sign, or "multiple", or "parallel" where it waits for all of several."""
    definitions = event_definitions(shape.element)
    if len(definitions) > 1:
        return "parallel" if shape.element.get("parallelMultiple") == "true" else "multiple"
    return definitions[0] if definitions else ""


def _draw_symbol(pen: Pen, symbol: str, thrown: bool) -> None:
    if symbol == "timer":
        pen.circle(0, 0, 10, "icon")
        pen.path(CLOCK, "icon")
    elif symbol == "conditional":
        pen.path(CONDITIONS, "icon")
    elif symbol == "terminate":
        pen.circle(0, 0, 10, "solid")
    elif symbol in EVENT_SYMBOLS:
        pen.path(EVENT_SYMBOLS[symbol], "solid" if thrown else "icon")
        if symbol in EVENT_DETAILS:
            pen.path(EVENT_DETAILS[symbol], "cut" if thrown else "icon")
