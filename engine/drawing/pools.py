"""Pools and lanes (BPMN 2.0, sections 9.2 and 10.8)."""

from __future__ import annotations

from engine.drawing.geometry import Bounds, number
from engine.drawing.lettering import Lettering, fit
from engine.drawing.pen import Pen
from engine.drawing.plane import Shape, children
from engine.drawing.symbols import ACTIVITY_MARKERS

#: the width of the band that carries the name
BAND = 30


def draw_pool(pen: Pen, shape: Shape) -> Lettering:
    """A pool or a lane. A pool without a process inside is a closed box with its name in the middle."""
    body = shape.bounds
    if shape.kind == "participant" and not shape.element.get("processRef"):
        pen.box(body, "band")
        return _closed(pen, shape)
    pen.box(body, "frame")
    band = _band(body, shape.horizontal)
    pen.box(band, "band" if shape.kind == "participant" else "lane-band")
    _instances(pen, shape)
    return _named_band(pen, shape.name, band, shape.horizontal)


def _closed(pen: Pen, shape: Shape) -> Lettering:
    body = shape.bounds
    _instances(pen, shape)
    if body.height > 2.5 * body.width:
        return _named_band(pen, shape.name, body, True)
    text = fit(shape.name, max(body.width - 12, 20), body.height)
    pen.letters(text, body.cx, body.cy - text.height / 2)
    return text


def _band(body: Bounds, horizontal: bool) -> Bounds:
    if horizontal:
        return Bounds(body.x, body.y, min(BAND, body.width), body.height)
    return Bounds(body.x, body.y, body.width, min(BAND, body.height))


def _named_band(pen: Pen, name: str, band: Bounds, upwards: bool) -> Lettering:
    if not upwards:
        text = fit(name, max(band.width - 8, 10), band.height)
        pen.letters(text, band.cx, band.cy - text.height / 2)
        return text
    text = fit(name, max(band.height - 8, 10), band.width)
    turned = f"translate({number(band.cx)} {number(band.cy)}) rotate(-90)"
    pen.letters(text, 0, -text.height / 2, transform=turned)
    return text


def _instances(pen: Pen, shape: Shape) -> None:
    if any(found.get("maximum") not in ("0", "1") for found in children(shape.element, "participantMultiplicity")):
        role, data = ACTIVITY_MARKERS["parallel-instances"]
        pen.at(shape.bounds.cx, shape.bounds.bottom - 10).path(data, role)
