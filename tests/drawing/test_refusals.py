"""What cannot be drawn is refused in a sentence, in both languages; what others drew never breaks it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from engine.diagram import plain
from engine.drawing import DiagramNotDrawn, draw
from engine.drawing.plane import SUB_PROCESSES
from tests.drawing.pictures import HERE, diagram, groups

SHARED = Path(os.environ.get("JALON_SHARED", HERE.parents[2] / "shared"))
CORPUS = SHARED / "corpus" / "files"
_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def test_a_diagram_without_layout_is_refused_with_a_remedy() -> None:
    with pytest.raises(DiagramNotDrawn) as refused:
        draw(diagram("without_layout"))
    assert (refused.value.text("fr"), refused.value.text("en")) == (
        "Ce diagramme devait porter sa mise en page (BPMNDiagram), mais le fichier n’en contient pas. "
        "Ouvrez-le dans un modeleur BPMN, placez ses éléments et enregistrez-le.",
        "This diagram was expected to carry its layout (BPMNDiagram), but the file holds none. "
        "Open it in a BPMN modeler, place its elements and save it.",
    )


def test_an_unknown_process_is_refused_by_its_name() -> None:
    with pytest.raises(DiagramNotDrawn) as refused:
        draw(diagram("planes"), process="Nowhere")
    assert refused.value.text("en") == (
        "The process “Nowhere” was expected to be placed in this diagram, but its layout does not show it. "
        "Check its id, or place it in a BPMN modeler."
    )


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"not xml",
        b"<a",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b'<!DOCTYPE a SYSTEM "http://jalon.example/a.dtd"><a/>',
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)
def test_what_is_no_diagram_is_refused(file: bytes) -> None:
    with pytest.raises(DiagramNotDrawn):
        draw(file)


@pytest.mark.parametrize("bounds", ['x="nan"', 'x="1e400"', 'x="-1e9"', 'x=""', 'x="left"', ""])
def test_a_shape_without_a_usable_place_is_left_out(bounds: str) -> None:
    broken = diagram("planes").replace(b'x="40"', bounds.encode(), 1)
    assert list(groups(draw(broken))) == ["Beside"]


def test_diagrams_that_others_drew_are_drawn_or_refused_by_name() -> None:
    if not CORPUS.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"The shared corpus was expected in {CORPUS}, but the folder is not there.")
        pytest.skip(f"The shared corpus is not in {CORPUS}; set JALON_SHARED to the folder that holds it.")
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    drawn, missing = 0, {}
    for path in files:
        try:
            picture = draw(path.read_bytes())
        except DiagramNotDrawn:
            continue
        drawn += 1
        lost = _flow_nodes_with_a_shape(path, picture)
        if lost:
            missing[path.name] = lost
    assert (len(files), missing) == (651, {})
    assert drawn == 577


def _flow_nodes_with_a_shape(path: Path, picture: str) -> set[str]:
    """Ids of flow nodes that the drawn plane places, but that the picture lacks."""
    root = etree.fromstring(plain(path.read_bytes()).content)
    elements = {element.get("id"): element for element in root.iter(f"{_BPMN}*") if element.get("id")}
    seen = groups(picture)
    folded = {name for name, group in seen.items() if "sub-process collapsed" in group.get("class", "")}
    for plane in root.iter(f"{_DI}BPMNPlane"):
        placed = {(shape.get("bpmnElement") or "").split(":")[-1] for shape in plane.findall(f"{_DI}BPMNShape")}
        nodes = {name for name in placed & elements.keys() if _is_flow_node(elements[name])}
        if nodes & seen.keys():
            return {name for name in nodes - seen.keys() if not _inside(elements[name], folded)}
    return set()


def _inside(element: etree._Element, containers: set[str]) -> bool:
    return any(around.get("id") in containers for around in element.iterancestors())


def _is_flow_node(element: etree._Element) -> bool:
    kind = etree.QName(element).localname
    return kind.lower().endswith(("task", "event", "gateway")) or kind in {*SUB_PROCESSES, "callActivity"}
