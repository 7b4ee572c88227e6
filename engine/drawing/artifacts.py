"""Data, text annotations and groups (BPMN 2.0, sections 8.3.1 and 10.4)."""

from __future__ import annotations

from engine.drawing.geometry import Bounds, number
from engine.drawing.lettering import Lettering, fit
from engine.drawing.pen import Pen
from engine.drawing.plane import Shape, children
from engine.drawing.symbols import ACTIVITY_MARKERS

_EAR = 11


def draw_data_object(pen: Pen, shape: Shape) -> None:
    body = shape.bounds
    ear = min(_EAR, body.width / 2, body.height / 2)
    x, y, w, h, e = (number(value) for value in (body.x, body.y, body.width - ear, body.height - ear, ear))
    pen.path(f"M{x} {y}h{w}l{e} {e}v{h}H{x}Z", "outline", stroke_linejoin="round")
    pen.path(f"M{number(body.right - ear)} {y}v{e}h{e}", "rim", stroke_linejoin="round")
    if shape.kind in ("dataInput", "dataOutput"):
        role = "icon" if shape.kind == "dataInput" else "solid"
        pen.at(body.x + 4, body.y + 4).path("M0 3.5H6V0.5L11.5 5.5L6 10.5V7.5H0Z", role)
    if is_collection(shape):
        role, data = ACTIVITY_MARKERS["parallel-instances"]
        pen.at(body.cx, body.bottom - 9).path(data, role)


def is_collection(shape: Shape) -> bool:
    carrier = shape.element if shape.referred is None else shape.referred
    return carrier.get("isCollection") == "true"


def data_name(shape: Shape) -> str:
    """The name, with the state of the data in brackets under it."""
    states = [state.get("name", "") for state in children(shape.element, "dataState")]
    return " ".join([shape.name, *(f"[{state}]" for state in states if state)]).strip()


def draw_data_store(pen: Pen, shape: Shape) -> None:
    body = shape.bounds
    x, w, c = number(body.x), number(body.width), min(body.height / 6, 8)
    top, side, low = number(body.y + c), number(body.height - 2 * c), number(4 * c / 3)
    pen.path(f"M{x} {top}c0 -{low} {w} -{low} {w} 0v{side}c0 {low} -{w} {low} -{w} 0Z", "outline")
    for step in (0.0, 0.7):
        pen.path(f"M{x} {number(body.y + c * (1 + step))}c0 {low} {w} {low} {w} 0", "rim")


def draw_annotation(pen: Pen, shape: Shape) -> Lettering:
    body = shape.bounds
    arm, height = number(body.x + min(14, body.width)), number(body.height)
    pen.path(f"M{arm} {number(body.y)}H{number(body.x)}v{height}H{arm}", "line")
    room = body.inset(6, 3)
    text = fit(shape.name, room.width, room.height, smallest=9)
    pen.letters(text, room.x, room.cy - text.height / 2, "start")
    return text


def draw_group(pen: Pen, shape: Shape) -> None:
    pen.box(shape.bounds, "rim", 10, stroke_dasharray="8 4 1.5 4", stroke_linecap="round")


def group_name(shape: Shape) -> str:
    return shape.name or ("" if shape.referred is None else shape.referred.get("value", ""))


def draw_other(pen: Pen, shape: Shape) -> Lettering:
    """What has a place but no sign of ours: a box that says its name."""
    pen.box(shape.bounds, "outline", 4)
    room: Bounds = shape.bounds.inset(5, 3)
    text = fit(shape.name, room.width, room.height)
    pen.letters(text, room.cx, room.cy - text.height / 2)
    return text
