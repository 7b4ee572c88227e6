"""What a page adds: states, badges, links and notes; and what a reader of the page is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from engine.drawing import Mark, State, draw
from engine.drawing.pen import BAND, INK, LINE, PAPER, STATE_PAINT, TEXT, WASH
from tests.drawing.pictures import HERE, SVG, classes, diagram, groups, parsed, roles, tooltip

STYLES = HERE.parents[1] / "web" / "static" / "diagram.css"
WORKFLOWS = HERE.parents[1] / "workflows"


@pytest.mark.parametrize(
    ("state", "french", "english"),
    [
        ("done", "Jalon G1 – fait", "Jalon G1 – done"),
        ("current", "Jalon G1 – en cours", "Jalon G1 – in progress"),
        ("late", "Jalon G1 – en retard", "Jalon G1 – late"),
        ("waiting", "Jalon G1 – en attente", "Jalon G1 – waiting"),
        ("skipped", "Jalon G1 – non requis", "Jalon G1 – not required"),
        ("held", "Jalon G1 – suspendu", "Jalon G1 – on hold"),
        ("refused", "Jalon G1 – refusé", "Jalon G1 – refused"),
        ("added", "Jalon G1 – ajouté", "Jalon G1 – added"),
        ("removed", "Jalon G1 – retiré", "Jalon G1 – removed"),
        ("changed", "Jalon G1 – modifié", "Jalon G1 – changed"),
        ("mild", "Jalon G1 – peu", "Jalon G1 – low"),
        ("warm", "Jalon G1 – moyen", "Jalon G1 – medium"),
        ("hot", "Jalon G1 – beaucoup", "Jalon G1 – high"),
    ],
)
def test_a_state_is_a_class_a_sign_and_a_word(state: State, french: str, english: str) -> None:
    for language, said in (("fr", french), ("en", english)):
        group = groups(draw(diagram("phase"), marks={"Decide": Mark(state)}, language=language))["Decide"]
        assert (group.get("class"), tooltip(group)) == (f"activity user-task state-{state}", said)
        assert roles(group)[-2:] == ["pill", "pill-sign"]


def test_a_badge_is_a_pill_with_its_characters() -> None:
    marks = {"Consult": Mark(badge="2/4", note="deux avis manquent")}
    group = groups(draw(diagram("phase"), marks=marks))["Consult"]
    assert roles(group)[-2:] == ["pill", "pill-text"]
    assert "".join(group.xpath(".//*[@class='pill-text']//text()")) == "2/4"
    assert tooltip(group) == "Consulter les services concernés par le projet 2/4 – deux avis manquent"


def test_a_link_wraps_the_element_and_says_where_it_stands() -> None:
    drawn = draw(diagram("phase"), marks={"Decide": Mark("current", "3/5", "/tasks/7?a=1&b=2")})
    links = [dict(link.attrib) for link in parsed(drawn).iter(f"{SVG}a")]
    assert links == [{"href": "/tasks/7?a=1&b=2", "aria-label": "Jalon G1 3/5 – en cours"}]


@pytest.mark.parametrize(("link", "role"), [("", "img"), ("/tasks/7", "group")])
def test_a_drawing_with_links_lets_a_screen_reader_in(link: str, role: str) -> None:
    assert parsed(draw(diagram("phase"), marks={"Decide": Mark(link=link)})).get("role") == role


def test_a_flow_is_marked_with_its_arrow() -> None:
    drawn = draw(diagram("phase"), marks={"ToChoice": Mark("done")}, id_prefix="p7-")
    line = groups(drawn)["ToChoice"].find(f".//{SVG}path")
    assert (classes(drawn)["ToChoice"], line.get("marker-end")) == (
        "flow sequence-flow state-done",
        "url(#p7-full-done)",
    )


def test_a_mark_of_an_element_drawn_elsewhere_changes_nothing() -> None:
    assert draw(diagram("phase"), marks={"Elsewhere": Mark("done", "1/1")}) == draw(diagram("phase"))


def test_every_id_begins_with_the_prefix_and_every_reference_is_answered() -> None:
    drawn = draw(diagram("phase"), marks={"ToGo": Mark("done")}, id_prefix="p7-")
    ids = {element.get("id") for element in parsed(drawn).iter() if element.get("id")}
    used = set(re.findall(r"url\(#([^)]+)\)", drawn)) | {"p7-title", "p7-desc"}
    assert (used, {name for name in ids if not str(name).startswith("p7-")}) == (ids, set())


def test_the_picture_says_its_title_and_what_it_holds() -> None:
    root = parsed(draw(diagram("phase"), title="Projet 12", language="en"))
    said = {element.get("id"): element.text for element in root if element.get("id")}
    assert (root.get("aria-labelledby"), said) == (
        "title desc",
        {
            "title": "Projet 12",
            "desc": "4\u00a0activities, 4\u00a0events, 1\u00a0gateway. Lanes: Project lead, Comité de pilotage.",
        },
    )


def test_a_strict_content_security_policy_lets_everything_through() -> None:
    drawn = parsed(draw(diagram("kinds"), marks={"Task": Mark("late", "1", "/x")}))
    tags = {etree.QName(element).localname for element in drawn.iter()}
    assert tags == {"svg", "title", "desc", "defs", "g", "a", "rect", "circle", "path", "text", "tspan"}
    attributes = {str(name) for element in drawn.iter() for name in element.attrib}
    assert {name for name in attributes if name == "style" or name.startswith("on")} == set()


def test_texts_from_a_page_never_break_the_drawing() -> None:
    odd = "\x00\x0b<&\"'\ufffe"
    drawn = draw(diagram("phase"), marks={"Decide": Mark("done", odd, odd, odd)}, title=odd, id_prefix="a")
    assert tooltip(groups(drawn)["Decide"]) == "Jalon G1 <&\"' – fait – <&\"'"


def test_the_style_sheet_has_the_colours_of_the_drawing_without_it() -> None:
    light = dict(re.findall(r"--diagram-([\w-]+): light-dark\((#\w+),", Path(STYLES).read_text()))
    expected = {"ink": INK, "line": LINE, "paper": PAPER, "wash": WASH, "band": BAND, "text": TEXT}
    for state, (fill, stroke) in STATE_PAINT.items():
        expected |= {state: stroke, f"{state}-wash": fill}
    assert light == expected


def test_a_close_up_shows_the_picture_around_one_element_and_stays_within_it() -> None:
    whole = [float(each) for each in parsed(draw(diagram("phase"))).get("viewBox", "").split()]
    for element in ("Decide", "Consult"):
        box = [float(each) for each in parsed(draw(diagram("phase"), near=element)).get("viewBox", "").split()]
        assert box[2:] == [min(720, whole[2]), min(280, whole[3])]
        assert whole[0] <= box[0] <= box[0] + box[2] <= whole[0] + whole[2]
        assert whole[1] <= box[1] <= box[1] + box[3] <= whole[1] + whole[3]
    assert draw(diagram("phase"), near="nobody") == draw(diagram("phase"))


def test_a_picture_that_is_too_wide_for_its_names_to_be_read_in_a_page_says_so() -> None:
    wide = (WORKFLOWS / "projet-transversal" / "projet-transversal.bpmn").read_bytes()
    assert parsed(draw(wide)).get("class") == "diagram wide"
    assert parsed(draw(wide, near="G1")).get("class") == "diagram"
    assert parsed(draw(diagram("phase"))).get("class") == "diagram"
