"""Which shape or edge is whose, where several elements had one id and all but the first were given another.

A shape belongs to the element whose size it has, and that stands inside of what is around it; an edge to the flow
whose ends it touches. Where that does not tell, they stand in the order of the elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from lxml import etree

from engine.drawing.geometry import Bounds
from engine.drawing.layout import size_of
from engine.drawing.plane import BPMNDI, bounds_of, kind_of, points_of

#: of more namesakes than these only the order tells
_MOST = 5
_SLACK = 12.0
_IMPOSSIBLE = 10


def tell_apart(root: etree._Element, elements: dict[str, etree._Element], renamed: Iterable[tuple[str, str]]) -> None:
    """`renamed`: old and new ids, in the order of the elements. Elements are known by their present id."""
    groups: dict[str, list[str]] = {}
    for old, new in renamed:
        groups.setdefault(old, [old]).append(new)
    for tag in ("BPMNShape", "BPMNEdge"):  # edges are told by the shapes that they touch
        placed = _Placed(root, elements)
        for old, ids in groups.items():
            found = [di for di in root.iter(f"{BPMNDI}{tag}") if di.get("bpmnElement", "").rpartition(":")[2] == old]
            _assign(placed, found, ids)


def _assign(placed: _Placed, found: list[etree._Element], ids: list[str]) -> None:
    ways: Iterable[Sequence[str]] = permutations(ids, min(len(found), len(ids))) if len(ids) <= _MOST else [ids]
    best = min(ways, key=lambda way: sum(placed.doubt(id, di) for id, di in zip(way, found, strict=False)))
    for id, di in zip(best, found, strict=False):
        di.set("bpmnElement", id)


class _Placed:
    def __init__(self, root: etree._Element, elements: dict[str, etree._Element]) -> None:
        self.elements = elements
        self.bounds = {
            di.get("bpmnElement", "").rpartition(":")[2]: box
            for di in root.iter(f"{BPMNDI}BPMNShape")
            if (box := bounds_of(di)) is not None
        }

    def doubt(self, id: str, di: etree._Element) -> int:
        """How much speaks against `di` standing for the element `id`."""
        element = self.elements.get(id)
        flow = element is not None and kind_of(element) == "sequenceFlow"
        if element is None or flow != (kind_of(di) == "BPMNEdge"):
            return _IMPOSSIBLE
        if flow:
            return self._loose(element, di)
        box = bounds_of(di)
        return 0 if box is None else self._elsewhere(element, box) + 2 * _of_another_size(element, box)

    def _loose(self, flow: etree._Element, di: etree._Element) -> int:
        points = points_of(di)
        ends = [self.bounds.get(flow.get(each, "")) for each in ("sourceRef", "targetRef")]
        pairs = zip(ends, (points[:1], points[-1:]), strict=True)
        return sum(box is not None and bool(at) and not _touches(box, at[0]) for box, at in pairs)

    def _elsewhere(self, element: etree._Element, box: Bounds) -> bool:
        around = element.getparent()
        outside = self.bounds.get(around.get("id", "")) if around is not None else None
        if outside is not None:
            return not outside.holds(box)
        inner = [self.bounds.get(each.get("id", "")) for each in self.elements.values() if size_of(kind_of(each))]
        return any(each is not None and each != box and each.holds(box) for each in inner)


def _of_another_size(element: etree._Element, box: Bounds) -> bool:
    usual = size_of(kind_of(element))
    return usual is not None and (usual[0] > 60) != (box.width > 60)


def _touches(box: Bounds, at: tuple[float, float]) -> bool:
    x, y = at
    return box.x - _SLACK <= x <= box.right + _SLACK and box.y - _SLACK <= y <= box.bottom + _SLACK
