"""The layout of a whole file that carries none: a sheet (BPMNDiagram) for what stands together.

Pools stand one below the other on the sheet of their collaboration, each with its process in it, or empty where none
is drawn; a process in no pool has a sheet of its own, and so has the inside of each sub-process, which stays folded.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.drawing.geometry import Bounds, Point
from engine.drawing.layout import Layout, add_edge, add_shape, nodes_of
from engine.drawing.plane import BPMNDI, SUB_PROCESSES, children, kind_of, parse
from engine.errors import DiagramNotDrawn

#: left of what is in a pool stands its name; around it, and between pools, is room
_NAME, _ROOM, _BETWEEN = 30.0, 30.0, 50.0
_LEFT, _TOP = 60.0, 60.0
_EMPTY = (600.0, 60.0)


def lay_out(diagram: bytes, process: str | None = None) -> bytes:
    """The file with a layout of all its processes. Raises `DiagramNotDrawn` for one without elements, or `process`."""
    root = parse(diagram)
    for old in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(old)
    drawn = [each for each in children(root, "process") if nodes_of(each)]
    if not [each for each in drawn if process in (None, each.get("id"))]:
        raise DiagramNotDrawn(
            fr="Ce diagramme devait contenir un processus avec au moins un élément, mais n’en contient pas. "
            "Dessinez-en un dans un modeleur BPMN.",
            en="This diagram was expected to hold a process with at least one element, but holds none. "
            "Draw one in a BPMN modeler.",
        )
    pooled: set[str] = set()
    for collaboration in children(root, "collaboration"):
        pools = children(collaboration, "participant")
        if any(_inside(pool, drawn) is not None for pool in pools):
            _pools(root, collaboration, pools, drawn)
            pooled |= {pool.get("processRef", "").rpartition(":")[2] for pool in pools}
    for each in drawn:
        if each.get("id") not in pooled:
            add_sheet(root, each)
        for sub in _sub_processes(each):
            add_sheet(root, sub)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def add_sheet(root: etree._Element, scope: etree._Element) -> None:
    """For one process or sub-process, alone."""
    Layout(scope).write(_plane(root, scope))


def _plane(root: etree._Element, shown: etree._Element) -> etree._Element:
    id = shown.get("id", "")
    sheet = etree.SubElement(root, f"{BPMNDI}BPMNDiagram", id=f"{id}_sheet")
    return etree.SubElement(sheet, f"{BPMNDI}BPMNPlane", id=f"{id}_plane", bpmnElement=id)


def _sub_processes(scope: etree._Element) -> Iterator[etree._Element]:
    for each in nodes_of(scope):
        if kind_of(each) in SUB_PROCESSES and nodes_of(each):
            yield each
            yield from _sub_processes(each)


# --- pools -----------------------------------------------------------------------------------------------------


def _inside(pool: etree._Element, drawn: list[etree._Element]) -> etree._Element | None:
    said = pool.get("processRef", "").rpartition(":")[2]
    return next((each for each in drawn if each.get("id") == said), None)


def _pools(
    root: etree._Element, collaboration: etree._Element, pools: list[etree._Element], drawn: list[etree._Element]
) -> None:
    plane = _plane(root, collaboration)
    inside = [_inside(pool, drawn) for pool in pools]
    layouts = [None if process is None else Layout(process) for process in inside]
    width = max([_EMPTY[0], *(each.around.width + _NAME + 2 * _ROOM for each in layouts if each is not None)])
    placed: dict[str, Bounds] = {}
    top = _TOP
    for pool, layout in zip(pools, layouts, strict=True):
        height = _EMPTY[1] if layout is None else layout.around.height + 2 * _ROOM
        placed[pool.get("id", "")] = box = Bounds(_LEFT, top, width, height)
        add_shape(plane, pool.get("id", ""), box, isHorizontal="true")
        if layout is not None:
            around = layout.around
            placed |= layout.write(plane, _LEFT + _NAME + _ROOM - around.x, top + _ROOM - around.y)
        top += height + _BETWEEN
    for message in children(collaboration, "messageFlow"):
        ends = [message.get(each, "").rpartition(":")[2] for each in ("sourceRef", "targetRef")]
        if message.get("id") and all(each in placed for each in ends):
            add_edge(plane, message.get("id", ""), _way(placed[ends[0]], placed[ends[1]], pools, placed))


def _way(source: Bounds, target: Bounds, pools: list[etree._Element], placed: dict[str, Bounds]) -> list[Point]:
    """Straight up or down to just before the pool of the target, then over to it."""
    pool = next(box for each in pools if (box := placed[each.get("id", "")]).holds(target))
    down = source.cy < target.cy
    out, into = (source.bottom, target.y) if down else (source.y, target.bottom)
    before = pool.y - _BETWEEN / 2 if down else pool.bottom + _BETWEEN / 2
    wide = max(source.width, target.width) > _EMPTY[0] / 2  # from or to a whole pool: above or below the other end
    x, to = (source.cx, target.cx) if not wide else (min(source, target, key=lambda box: box.width).cx,) * 2
    return [(x, out), (x, into)] if x == to else [(x, out), (x, before), (to, before), (to, into)]
