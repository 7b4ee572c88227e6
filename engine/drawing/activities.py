"""Tasks, call activities and sub-processes (BPMN 2.0, section 10.3)."""

from __future__ import annotations

from engine.drawing.geometry import Bounds
from engine.drawing.lettering import Lettering, fit
from engine.drawing.pen import Pen
from engine.drawing.plane import SUB_PROCESSES, Shape, children
from engine.drawing.symbols import ACTIVITY_MARKERS, TASK_ICONS

CORNER = 9
_FOOT = 18


def draw_activity(pen: Pen, shape: Shape) -> Lettering:
    """Draw it and return its label, whole or not."""
    body = shape.bounds
    pen.box(body, "outline" if not _is_open(shape) else "frame", CORNER, **_outline(shape))
    if shape.kind == "transaction":
        pen.box(body.inset(3.5, 3.5), "rim", CORNER - 3)
    for role, data in TASK_ICONS.get(shape.kind, []):
        pen.at(body.x + 4.5, body.y + 4, 0.85).path(data, role)
    if shape.kind == "receiveTask" and shape.element.get("instantiate") == "true":
        pen.circle(body.x + 12.2, body.y + 12, 10.6, "icon")
    markers = _markers(shape)
    for place, marker in enumerate(markers):
        role, data = ACTIVITY_MARKERS[marker]
        pen.at(body.cx + (place - (len(markers) - 1) / 2) * 18, body.bottom - 10).path(data, role)
    return _name(pen, shape, bool(markers))


def classes(shape: Shape) -> list[str]:
    """What tells this activity from its siblings, as classes."""
    found = _markers(shape)
    if _is_open(shape):
        found.append("expanded")
    if shape.element.get("triggeredByEvent") == "true":
        found.append("event-sub-process")
    return found


def _is_open(shape: Shape) -> bool:
    return shape.kind in SUB_PROCESSES and shape.expanded


def _outline(shape: Shape) -> dict[str, str]:
    if shape.kind == "callActivity":
        return {"stroke_width": "3.2"}
    if shape.element.get("triggeredByEvent") == "true":
        return {"stroke_dasharray": "1.5 3.5", "stroke_linecap": "round"}
    return {}


def _markers(shape: Shape) -> list[str]:
    found = ["compensation"] if shape.element.get("isForCompensation") == "true" else []
    found += ["loop" for _ in children(shape.element, "standardLoopCharacteristics")]
    for instances in children(shape.element, "multiInstanceLoopCharacteristics"):
        one_by_one = instances.get("isSequential") == "true"
        found.append("sequential-instances" if one_by_one else "parallel-instances")
    if shape.kind == "adHocSubProcess":
        found.append("ad-hoc")
    if (shape.kind in SUB_PROCESSES and not shape.expanded) or shape.kind == "callActivity":
        found.append("collapsed")
    return found


def _name(pen: Pen, shape: Shape, has_markers: bool) -> Lettering:
    body = shape.bounds
    if _is_open(shape):
        text = fit(shape.name, max(body.width - 24, 20), 32)
        pen.letters(text, body.cx, body.y + 7)
        return text
    head = 19 if shape.kind in TASK_ICONS else 5
    room = body.inset(6, min(head, body.height / 3), min(_FOOT if has_markers else 5, body.height / 3))
    text = fit(shape.name, room.width, room.height)
    pen.letters(text, body.cx, _top(text, body, room))
    return text


def _top(text: Lettering, body: Bounds, room: Bounds) -> float:
    """In the middle of the whole shape where icon and markers allow it, else as near to it as they do."""
    return max(room.y, min(body.cy - text.height / 2, room.bottom - text.height))
