"""Names: their language, their place, and that they fit."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.drawing import draw
from engine.drawing.lettering import fit, measure
from tests.drawing.pictures import SVG, diagram, groups, names, parsed, tooltip, words

# What a French name may hold: words, punctuation with its no-break space, long words, other scripts.
_NAMES = st.text(alphabet=st.sampled_from("abcdefgéèMWil  -/’«»\u00a0:;?!0123ÉŒ漢字"), max_size=200)


def test_names_are_read_in_french_first_and_in_english_where_there_is_some() -> None:
    french, english = (names(draw(diagram("phase"), language=language)) for language in ("fr", "en"))
    changed = {name: (french[name], english[name]) for name in french if french[name] != english[name]}
    assert changed == {
        "Pool": ("Phase 1 – Cadrage", "Phase 1 – Framing"),
        "Lead": ("Chef de projet", "Project lead"),
        "Start": ("Projet lancé", "Project started"),
        "Consult": (
            "Consulter les services concernés par le projet",
            "Consult the services that the project concerns",
        ),
        "Choice": ("Décision du jalon G1", "Decision of gate G1"),
        "Rework": ("à reprendre", "rework"),
    }


def test_data_say_their_state_and_annotations_their_text() -> None:
    drawn = names(draw(diagram("phase")))
    assert [drawn["Note_data"], drawn["Remark"]] == [
        "Note de cadrage [validée]",
        "Quorum : la moitié des membres, présents ou représentés",
    ]


def test_a_name_stands_where_the_method_owner_put_it() -> None:
    label = groups(draw(diagram("phase")))["Late"].find(f".//{SVG}rect[@class='halo']")
    middle = float(label.get("x", "")) + float(label.get("width", "")) / 2
    assert (middle, float(label.get("y", ""))) == (pytest.approx(465, abs=0.01), 236)


def test_a_name_too_long_for_its_task_ends_in_an_ellipsis_and_is_whole_in_the_tooltip() -> None:
    long = "Consulter " * 30
    drawn = groups(draw(_one_task(long)))["Only"]
    assert (words(drawn)[-1], tooltip(drawn)) == ("…", long.strip())


def test_a_no_break_space_is_no_place_to_break() -> None:
    assert fit("Êtes-vous prêts\u00a0?", 60, 100).lines == ("Êtes-vous", "prêts\u00a0?")


def test_lines_of_a_name_are_even() -> None:
    assert fit("Consulter les services concernés", 150, 100).lines == ("Consulter les", "services concernés")


def test_a_name_is_never_markup() -> None:
    drawn = draw(_one_task("<script>alert('&amp;')</script>"))
    assert [element.tag for element in parsed(drawn).iter(f"{SVG}script")] == []
    assert "<script" not in drawn


@given(_NAMES, st.integers(30, 300), st.integers(12, 120))
def test_lettering_stays_inside_its_room(name: str, width: int, height: int) -> None:
    text = fit(name, width, height)
    assert max(measure(line, text.size) for line in text.lines) <= width
    assert text.height <= height or len(text.lines) == 1


@given(_NAMES, st.integers(60, 300), st.integers(40, 120))
def test_lettering_loses_no_letter_unless_it_says_so(name: str, width: int, height: int) -> None:
    text = fit(name, width, height)
    kept = "".join("".join(text.lines).split(" "))
    assert (kept == "".join(name.split(" "))) == text.whole or kept.endswith("…")


@given(_NAMES, st.integers(50, 300), st.integers(40, 200))
def test_a_task_holds_its_name(name: str, width: int, height: int) -> None:
    group = groups(draw(_one_task(name, width, height)))["Only"]
    for label in group.iter(f"{SVG}text"):
        size = float(label.get("font-size", "12"))
        for line in label.iter(f"{SVG}tspan"):
            half = measure(line.text or "", size) / 2
            middle, base = float(line.get("x", "")), float(line.get("y", ""))
            assert 100 <= middle - half
            assert middle + half <= 100 + width
            assert 100 <= base - size * 0.75
            assert base + size * 0.25 <= 100 + height


def _one_task(name: str, width: int = 100, height: int = 80) -> bytes:
    """`planes.bpmn` shows how such a file looks; this one has a single user task named `name`."""
    return f"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
      <bpmn:process id="Process"><bpmn:userTask id="Only" name={quoteattr(name)} /></bpmn:process>
      <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="Process"><bpmndi:BPMNShape bpmnElement="Only">
        <dc:Bounds x="100" y="100" width="{width}" height="{height}" />
      </bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>""".encode()


def test_the_whole_drawing_lies_inside_its_view_box() -> None:
    root = parsed(draw(diagram("phase")))
    left, top, width, height = map(float, root.get("viewBox", "").split())
    for box in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
        if isinstance(box.getparent(), etree._Element) and not box.getparent().get("transform"):
            assert left <= x
            assert x + w <= left + width
            assert top <= y
            assert y + h <= top + height
