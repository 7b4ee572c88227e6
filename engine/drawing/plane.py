"""The picture that a .bpmn file carries: shapes and edges of one plane (BPMN 2.0, section 12, "BPMN DI").

Read with a parser that fetches nothing, expands no entity and refuses a document type. Shapes and edges that
point nowhere or have no usable geometry are left out: the picture is of what remains.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.diagram import CAMUNDA, ZEEBE, NotPlain, in_words, plain
from engine.drawing.geometry import Bounds, Point
from engine.errors import DiagramNotDrawn

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
_ENGLISH = tuple(
    f"{BPMN}extensionElements/{{{vendor}}}properties/{{{vendor}}}property[@name='name.en']"
    for vendor in (CAMUNDA, ZEEBE)
)
_REFERENCES = ("dataObjectRef", "dataStoreRef", "categoryValueRef", "processRef")

SUB_PROCESSES = frozenset({"subProcess", "adHocSubProcess", "transaction"})
#: no coordinate of a real drawing is further out, and beyond it a page cannot show anything
_FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class Shape:
    element: etree._Element
    kind: str  #: the element's BPMN name, such as "userTask"
    id: str
    name: str  #: in the reader's language; may be empty
    bounds: Bounds
    label: Bounds | None  #: where the method owner put the label
    referred: etree._Element | None  #: the data object, category value or process that it stands for
    depth: int  #: how many elements are around it; containers are drawn outermost first
    horizontal: bool
    expanded: bool
    marker_visible: bool


@dataclass(frozen=True, slots=True)
class Edge:
    element: etree._Element
    kind: str
    id: str
    name: str
    points: list[Point]
    label: Bounds | None
    source: etree._Element | None
    message: str  #: "initiating", "non_initiating" or empty: an envelope on a message flow


@dataclass(frozen=True, slots=True)
class Plane:
    shapes: list[Shape]
    edges: list[Edge]


def kind_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def children(element: etree._Element, kind: str) -> list[etree._Element]:
    return element.findall(BPMN + kind)


def event_definitions(element: etree._Element) -> list[str]:
    """What an event waits for or tells: "message", "timer", …, in the file's order."""
    definitions = [kind_of(child) for child in element if isinstance(child.tag, str)]
    root = element.getroottree().getroot()
    for reference in children(element, "eventDefinitionRef"):
        wanted = _local(reference.text)
        definitions += [kind_of(found) for found in root if found.get("id") == wanted]
    return [name.removesuffix("EventDefinition") for name in definitions if name.endswith("EventDefinition")]


def read_plane(diagram: bytes, process: str | None, language: str) -> Plane:
    """The plane of `process` (or of a collaboration or a sub-process), else the first that shows anything."""
    root = parse(diagram)
    elements: dict[str, etree._Element] = {}
    for element in root.iter(f"{BPMN}*"):
        elements.setdefault(element.get("id", ""), element)
    elements.pop("", None)
    reader = _Reader(elements, language)
    planes = [plane for plane in root.iter(f"{BPMNDI}BPMNPlane") if len(plane)]
    if not planes:
        raise DiagramNotDrawn(
            fr="Ce diagramme devait porter sa mise en page (BPMNDiagram), mais le fichier n’en contient pas. "
            "Ouvrez-le dans un modeleur BPMN, placez ses éléments et enregistrez-le.",
            en="This diagram was expected to carry its layout (BPMNDiagram), but the file holds none. "
            "Open it in a BPMN modeler, place its elements and save it.",
        )
    chosen = planes if process is None else [reader.plane_of(process, planes)]
    drawn = next((plane for plane in map(reader.read, chosen) if plane.shapes), None)
    if drawn is None:
        raise DiagramNotDrawn(
            fr="Ce diagramme devait montrer au moins un élément, mais sa mise en page n’en place aucun. "
            "Ouvrez-le dans un modeleur BPMN, placez ses éléments et enregistrez-le.",
            en="This diagram was expected to show at least one element, but its layout places none. "
            "Open it in a BPMN modeler, place its elements and save it.",
        )
    return drawn


def has_layout(diagram: bytes) -> bool:
    """Does the file place any element? Raises `DiagramNotDrawn` for one that cannot be read."""
    return parse(diagram).find(f".//{BPMNDI}BPMNPlane/{BPMNDI}BPMNShape") is not None


def points_of(edge: etree._Element) -> list[Point]:
    return [point for way in edge.findall(f"{DI}waypoint") for point in _point(way)]


def parse(diagram: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(plain(diagram).content, parser)
    except NotPlain as refused:
        raise DiagramNotDrawn(
            fr=f"Ce fichier devait être un diagramme BPMN, mais {refused.why.fr}. "
            "Enregistrez-le de nouveau depuis votre modeleur.",
            en=f"This file was expected to be a BPMN diagram, but {refused.why.en}. Save it again from your modeler.",
        ) from None
    except etree.XMLSyntaxError as wrong:
        why = in_words(wrong)
        raise DiagramNotDrawn(
            fr=f"Ce fichier devait être un diagramme BPMN, mais {why.fr}. "
            "Enregistrez-le de nouveau depuis votre modeleur.",
            en=f"This file was expected to be a BPMN diagram, but {why.en}. Save it again from your modeler.",
        ) from wrong


@dataclass(frozen=True, slots=True)
class _Reader:
    elements: dict[str, etree._Element]
    language: str

    def plane_of(self, process: str, planes: list[etree._Element]) -> etree._Element:
        for plane in planes:
            if _local(plane.get("bpmnElement")) == process:
                return plane
        for plane in planes:
            if any(self._belongs(shape, process) for shape in plane):
                return plane
        raise DiagramNotDrawn(
            fr=f"Le processus « {process} » devait être placé dans ce diagramme, mais sa mise en page ne le "
            "montre pas. Vérifiez son identifiant, ou placez-le dans un modeleur BPMN.",
            en=f"The process “{process}” was expected to be placed in this diagram, but its layout does not "
            "show it. Check its id, or place it in a BPMN modeler.",
        )

    def _belongs(self, shape: etree._Element, process: str) -> bool:
        element = self.elements.get(_local(shape.get("bpmnElement")))
        if element is None:
            return False
        around = {ancestor.get("id") for ancestor in element.iterancestors()}
        return process in around or _local(element.get("processRef")) == process

    def read(self, plane: etree._Element) -> Plane:
        shapes = [shape for di in plane.findall(f"{BPMNDI}BPMNShape") for shape in self._shape(di)]
        edges = [edge for di in plane.findall(f"{BPMNDI}BPMNEdge") for edge in self._edge(di)]
        return _without_folded(_unfold(shapes), edges)

    def _shape(self, di: etree._Element) -> Iterator[Shape]:
        element, bounds = self._element(di), bounds_of(di)
        if element is None or bounds is None:
            return
        references = [self.elements.get(_local(element.get(name))) for name in _REFERENCES]
        folded = di.get("isExpanded", "true" if bounds.width > 150 and bounds.height > 100 else "false")
        yield Shape(
            element=element,
            kind=kind_of(element),
            id=element.get("id", ""),
            name=self._name(element),
            bounds=bounds,
            label=bounds_of(di.find(f"{BPMNDI}BPMNLabel")),
            referred=next((found for found in references if found is not None), None),
            depth=sum(1 for _ in element.iterancestors()),
            horizontal=di.get("isHorizontal", "true") == "true",
            expanded=folded == "true",
            marker_visible=di.get("isMarkerVisible") == "true",
        )

    def _edge(self, di: etree._Element) -> Iterator[Edge]:
        element = self._element(di)
        points = points_of(di)
        points = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
        if element is None or len(points) < 2:
            return
        yield Edge(
            element=element,
            kind=kind_of(element),
            id=element.get("id", ""),
            name=self._name(element),
            points=points,
            label=bounds_of(di.find(f"{BPMNDI}BPMNLabel")),
            source=self.elements.get(_local(element.get("sourceRef"))),
            message=di.get("messageVisibleKind", ""),
        )

    def _element(self, di: etree._Element) -> etree._Element | None:
        reference = di.get("bpmnElement", "")
        return self.elements.get(reference, self.elements.get(_local(reference)))

    def _name(self, element: etree._Element) -> str:
        for path in _ENGLISH if self.language == "en" else ():
            english = element.find(path)
            if english is not None and english.get("value"):
                return english.get("value", "")
        if kind_of(element) == "textAnnotation":
            return "".join(str(part) for text in children(element, "text") for part in text.itertext())
        return element.get("name", "")


def _unfold(shapes: list[Shape]) -> list[Shape]:
    """Unfold folded sub-processes whose content is drawn inside them: some tools say so wrongly or not."""
    drawn = [(shape.element, shape.bounds) for shape in shapes if shape.kind not in SUB_PROCESSES]
    open_ones = []
    for shape in shapes:
        if shape.kind in SUB_PROCESSES and not shape.expanded:
            inside = any(shape.bounds.holds(box) and shape.element in part.iterancestors() for part, box in drawn)
            shape = _with_expanded(shape) if inside else shape
        open_ones.append(shape)
    return open_ones


def _with_expanded(shape: Shape) -> Shape:
    values = {name: getattr(shape, name) for name in Shape.__slots__} | {"expanded": True}
    return Shape(**values)


def _without_folded(shapes: list[Shape], edges: list[Edge]) -> Plane:
    """Without what a folded sub-process hides."""
    folded = {shape.element for shape in shapes if shape.kind in SUB_PROCESSES and not shape.expanded}

    def shown(element: etree._Element) -> bool:
        return not folded or not any(ancestor in folded for ancestor in element.iterancestors())

    return Plane([s for s in shapes if shown(s.element)], [e for e in edges if shown(e.element)])


def _local(reference: str | None) -> str:
    return (reference or "").strip().split(":")[-1]


def bounds_of(di: etree._Element | None) -> Bounds | None:
    box = di.find(f"{DC}Bounds") if di is not None else None
    if box is None:
        return None
    numbers = [_number(box.get(name)) for name in ("x", "y", "width", "height")]
    x, y, width, height = (math.nan if value is None else value for value in numbers)
    return Bounds(x, y, width, height) if width > 0 and height > 0 and x == x and y == y else None


def _point(way: etree._Element) -> Iterator[Point]:
    x, y = _number(way.get("x")), _number(way.get("y"))
    if x is not None and y is not None:
        yield x, y


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) <= _FARTHEST else None
