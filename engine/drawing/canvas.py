"""The whole picture: what is drawn over what, groups and their classes, marks, the view box, title and text.

From back to front: pools, lanes and open sub-processes; flows; nodes; boundary events; names of flows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from lxml import etree

from engine.drawing import activities, artifacts, events, gateways, pools
from engine.drawing.badges import draw_badge, spoken
from engine.drawing.flows import Arrows, draw_flow, draw_flow_label, flow_label, is_conditional, is_default
from engine.drawing.geometry import Bounds, Point, number, union
from engine.drawing.labels import outer_label
from engine.drawing.lettering import Lettering
from engine.drawing.mark import Mark
from engine.drawing.pen import SVG, TEXT, Pen, clean
from engine.drawing.plane import SUB_PROCESSES, Edge, Plane, Shape
from engine.words import Text

_MARGIN = 12.0
CLOSE = (720.0, 280.0)
#: the widest picture whose names are still read at the width of a page; a wider one keeps its size there, and scrolls
FITTED = 1400.0
_POOLS = frozenset({"participant", "lane"})
_DATA_OBJECTS = frozenset({"dataObject", "dataObjectReference", "dataInput", "dataOutput"})
_DATA_STORES = frozenset({"dataStore", "dataStoreReference"})
_ACTIVITIES = SUB_PROCESSES | {"task", "callActivity"}
_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")

_UNTITLED = Text("Diagramme BPMN", "BPMN diagram")
_COUNTED: list[tuple[str, Text, Text]] = [
    ("activity", Text("activité", "activity"), Text("activités", "activities")),
    ("event", Text("événement", "event"), Text("événements", "events")),
    ("gateway", Text("branchement", "gateway"), Text("branchements", "gateways")),
]


def draw_plane(
    plane: Plane, marks: Mapping[str, Mark], language: str, title: str, prefix: str, near: str = ""
) -> str:  # fmt: skip
    return _Canvas(plane, marks, language, prefix).draw(title, near)


def family_of(kind: str) -> str:
    """The class that an element shares with its like: "activity", "event", "gateway", "pool", "lane", …"""
    if kind in _POOLS:
        return "pool" if kind == "participant" else "lane"
    if kind in _ACTIVITIES or kind.endswith("Task"):
        return "activity"
    if kind.endswith("Event"):
        return "event"
    if kind.endswith("Gateway"):
        return "gateway"
    if kind in _DATA_OBJECTS:
        return "data-object"
    if kind in _DATA_STORES:
        return "data-store"
    return {"textAnnotation": "annotation", "group": "group"}.get(kind, "other")


def close_up(shape: Bounds, whole: Bounds) -> Bounds:
    """So much of the picture around a shape as is read at half the width of a page, never beyond its edges."""
    width, height = (min(a, b) for a, b in zip(CLOSE, (whole.width, whole.height), strict=True))
    x = min(max(shape.cx - width / 2, whole.x), whole.right - width)
    y = min(max(shape.cy - height / 2, whole.y), whole.bottom - height)
    return Bounds(x, y, width, height)


class _Canvas:
    def __init__(self, plane: Plane, marks: Mapping[str, Mark], language: str, prefix: str) -> None:
        self.plane, self.marks, self.language, self.prefix = plane, marks, language, clean(prefix)
        self.ends: list[Point] = sorted(end for edge in plane.edges for end in (edge.points[0], edge.points[-1]))
        self.root = etree.Element(SVG + "svg", nsmap={None: SVG[1:-1]})  # type: ignore[dict-item]
        self.reach: list[Bounds] = []

    def draw(self, title: str, near: str) -> str:
        self._describe(title)
        self.arrows = Arrows(etree.SubElement(self.root, SVG + "defs"), self.prefix)
        containers = [shape for shape in self.plane.shapes if _is_container(shape)]
        nodes = [shape for shape in self.plane.shapes if not _is_container(shape)]
        for shape in sorted(containers, key=_from_behind):
            self._shape(shape)
        for edge in self.plane.edges:
            self._edge(edge)
        for shape in sorted(nodes, key=lambda shape: shape.kind == "boundaryEvent"):
            self._shape(shape)
        for edge in self.plane.edges:
            self._edge_name(edge)
        self._fit(near)
        return etree.tostring(self.root, encoding="unicode")

    def _describe(self, title: str) -> None:
        linked = any(mark.link for mark in self.marks.values())
        # An image has no parts for a screen reader; links inside must stay reachable.
        self.root.set("role", "group" if linked else "img")
        self.root.set("aria-labelledby", f"{self.prefix}title {self.prefix}desc")
        self.root.set("font-family", "Arial, 'Liberation Sans', Helvetica, sans-serif")
        self.root.set("font-size", "12")
        self.root.set("fill", TEXT)
        for tag, words in (("title", title or _UNTITLED.read(self.language)), ("desc", self._summary())):
            made = etree.SubElement(self.root, SVG + tag)
            made.set("id", self.prefix + tag)
            made.text = clean(words)

    def _summary(self) -> str:
        counts = Counter(family_of(shape.kind) for shape in self.plane.shapes)
        parts = [
            f"{counts[family]}\u00a0{(one if counts[family] == 1 else many).read(self.language)}"
            for family, one, many in _COUNTED
            if counts[family]
        ]
        roles = [shape.name for shape in self.plane.shapes if shape.kind == "lane" and shape.name]
        lanes = Text("Couloirs\u00a0: ", "Lanes: ").read(self.language) + ", ".join(roles) + "." if roles else ""
        return " ".join(part for part in (", ".join(parts) + "." if parts else "", lanes) if part)

    def _group(self, identifier: str, name: str, classes: list[str]) -> Pen:
        mark = self.marks.get(identifier)
        state = mark.state if mark else "plain"
        role = " ".join(classes + ([f"state-{state}"] if state != "plain" else []))
        pen = Pen(self.root, self.reach, state).within(role=role, data_element=identifier)
        if mark and mark.link:
            said = spoken(name or identifier, mark, self.language)
            pen = pen.within("a", href=mark.link, aria_label=said)
        return pen

    def _shape(self, shape: Shape) -> None:
        family = family_of(shape.kind)
        own = [_CAMEL.sub("-", shape.kind).lower()]
        pen = self._group(shape.id, shape.name, list(dict.fromkeys([family, *own, *_details(shape)])))
        whole = _BODIES[family](pen, shape)
        name = _OUTER_NAMES.get(family, _plain_name)(shape)
        if whole is None and name:
            whole, place = outer_label(shape, name, self.ends)
            pen.box(place, "halo", 3)
            pen.letters(whole, place.cx, place.y)
            pen.reached([place])
        pen.reached([shape.bounds])
        self._mark(pen, shape, name, whole is None or whole.whole)

    def _mark(self, pen: Pen, shape: Shape, name: str, whole: bool) -> None:
        mark = self.marks.get(shape.id)
        if mark is not None:
            around = shape.bounds
            corner = around.width / 7 if family_of(shape.kind) == "gateway" else 0
            draw_badge(pen, mark, around.inset(corner, corner))
        if mark is not None or not whole:
            pen.title(spoken(name, mark, self.language))

    def _edge(self, edge: Edge) -> None:
        own = _CAMEL.sub("-", edge.kind).lower()
        more = ["default"] if is_default(edge) else ["conditional"] if is_conditional(edge) else []
        pen = self._group(edge.id, edge.name, ["flow", own, *more])
        draw_flow(pen, edge, self.arrows)
        if edge.id in self.marks:
            pen.title(spoken(edge.name, self.marks[edge.id], self.language))
        pen.reached(Bounds(x - 4, y - 4, 8, 8) for x, y in edge.points)

    def _edge_name(self, edge: Edge) -> None:
        if edge.name.strip():
            text, place = flow_label(edge)
            pen = Pen(self.root, self.reach).within(role="flow-name", data_element=edge.id)
            draw_flow_label(pen, edge, text, place)
            if not text.whole:
                pen.title(edge.name)

    def _fit(self, near: str) -> None:
        around = union(self.reach).inset(-_MARGIN, -_MARGIN)
        found = next((each.bounds for each in self.plane.shapes if each.id == near), None)
        around = close_up(found, around) if found is not None else around
        self.root.set("class", "diagram wide" if around.width > FITTED else "diagram")
        self.root.set("viewBox", " ".join(map(number, (around.x, around.y, around.width, around.height))))
        self.root.set("width", number(around.width))
        self.root.set("height", number(around.height))


def _is_container(shape: Shape) -> bool:
    return shape.kind in _POOLS or shape.kind in ("group", "process") or _is_open(shape)


def _is_open(shape: Shape) -> bool:
    return shape.kind in SUB_PROCESSES and shape.expanded


def _from_behind(shape: Shape) -> tuple[int, int]:
    """Pools, lanes (outer ones first), open sub-processes (outer ones first), then groups on top of them."""
    order = {"participant": 0, "process": 0, "lane": 1, "group": 3}.get(shape.kind, 2)
    return order, shape.depth


def _details(shape: Shape) -> list[str]:
    if shape.kind.endswith("Event"):
        symbol = events.symbol_of(shape)
        return [part for part in (symbol, "non-interrupting" if events.goes_on(shape) else "") if part]
    if family_of(shape.kind) == "activity":
        return activities.classes(shape)
    return []


def _plain_name(shape: Shape) -> str:
    return shape.name.strip()


_Body = Callable[[Pen, Shape], Lettering | None]
_BODIES: dict[str, _Body] = {
    "pool": pools.draw_pool,
    "lane": pools.draw_pool,
    "activity": activities.draw_activity,
    "event": events.draw_event,
    "gateway": gateways.draw_gateway,
    "data-object": artifacts.draw_data_object,
    "data-store": artifacts.draw_data_store,
    "annotation": artifacts.draw_annotation,
    "group": artifacts.draw_group,
    "other": artifacts.draw_other,
}
_OUTER_NAMES: dict[str, Callable[[Shape], str]] = {
    "data-object": artifacts.data_name,
    "group": artifacts.group_name,
}
