"""A draft as a list: every page of it, without a script; what is refused keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine import SYSTEM, Engine, LoadOrganisation, Method, MethodDraftOf, MethodOutlineOf, SaveMethodDraft, Text
from tests.web.conftest import Browser, words
from tests.web.test_workshop import OWNERS, begun


@pytest.fixture
def dara(engine: Engine, browser: Callable[[int | None], Browser]) -> Browser:
    """Dara and Eva own the methods; their numbers are 4 and 5."""
    engine.execute(LoadOrganisation(OWNERS), SYSTEM)
    return browser(4)


def method(engine: Engine, draft: int) -> Method:
    found = engine.read(MethodOutlineOf(draft), 4).method
    assert isinstance(found, Method)
    return found


def marked(dara: Browser, draft: int, element: str) -> str:
    found = re.search(r'name="mark" value="([0-9a-f]{16})"', dara.get(f"/atelier/{draft}/plan/{element}").text)
    assert found is not None
    return found[1]


def sent(dara: Browser, draft: int, asked: Mapping[str, Any]) -> TestResponse:
    """`page`: the element on whose page it was asked; none: on the list."""
    page = f"/{asked['page']}" if "page" in asked else ""
    return dara.post(f"/atelier/{draft}/plan{page}", {name: each for name, each in asked.items() if name != "page"})


def plain(said: str) -> str:
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def test_who_does_not_draw_changes_the_method_as_a_list(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    assert "Étape A A ·" in words(dara.get(f"/atelier/{draft}/plan"))
    more = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}
    answer = sent(dara, draft, more)
    assert answer.status_code == 303
    said = words(dara.get(f"/atelier/{draft}/plan"))
    assert ("Chiffrer T1 ·" in said, "La relecture ne trouve rien." in said) == (True, True)
    answer = sent(dara, draft, {"do": "up", "element": "T1"})
    assert answer.location == f"/atelier/{draft}/plan#at-T1"
    found = words(dara.get(f"/atelier/{draft}/plan"))
    assert found.index("Chiffrer T1") < found.index("Étape A A")
    assert b"Chiffrer" in engine.read(MethodDraftOf(draft), 4).files["p1.bpmn"]


def test_what_the_list_cannot_change_is_said_beside_it(dara: Browser) -> None:
    draft = begun(dara)
    refused = sent(dara, draft, {"do": "up", "element": "A"})
    said = words(refused)
    assert (refused.status_code, "« Étape A » est prise dans une branche" in said.replace("\u00a0", " ")) == (422, True)


def test_a_draft_that_is_half_drawn_is_no_list(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    files = engine.read(MethodDraftOf(draft), 4).files
    files["projet-d-ete.bpmn"] = files["projet-d-ete.bpmn"].replace(b'value="method"', b'value="phase"')
    engine.execute(SaveMethodDraft(draft, files, 1), 4)
    assert "Ce brouillon ne se lit pas encore comme une méthode." in words(dara.get(f"/atelier/{draft}/plan"))


def test_each_element_has_a_page_and_what_is_not_there_has_none(dara: Browser) -> None:
    draft = begun(dara)
    for element, title in (("A", "Étape A"), ("G1", "Porte 1"), ("P1", "Phase 1"), ("projet_d_ete", "Projet d’été")):
        answer = dara.get(f"/atelier/{draft}/plan/{element}")
        assert (answer.status_code, f"<h1>{title}" in answer.text) == (200, True)
    assert dara.get(f"/atelier/{draft}/plan/gone").status_code == 404
    dara.post(f"/atelier/{draft}/abandonner")
    assert dara.get(f"/atelier/{draft}/plan/A").location == f"/atelier/{draft}"
    assert dara.get(f"/atelier/{draft}/plan").location == f"/atelier/{draft}"


def test_instructions_are_seen_in_both_languages_before_they_are_kept(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    said = {
        "do": "words", "element": "A", "page": "A", "form": "words", "fr": "Cadrer", "en": "Frame",
        "help_fr": "Voir **ceci**", "help_en": "See *this*",
    }  # fmt: skip
    seen = sent(dara, draft, said | {"preview": "1"})
    assert (seen.status_code, "<strong>ceci</strong>" in seen.text, "<em>this</em>" in seen.text) == (200, True, True)
    assert method(engine, draft).tasks["A"].help == Text("")
    answer = sent(dara, draft, said | {"mark": marked(dara, draft, "A")})
    assert answer.location == f"/atelier/{draft}/plan/A#words"
    assert method(engine, draft).tasks["A"].help == Text("Voir **ceci**", "See *this*")


def test_a_question_is_asked_and_seen_as_the_actor_will_see_it(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    asked = {
        "do": "field", "element": "A", "page": "A", "form": "field-new", "fr": "Coût", "en": "Cost", "type": "money",
        "required": ["", "yes"],
    }  # fmt: skip
    answer = sent(dara, draft, asked)
    assert answer.location == f"/atelier/{draft}/plan/A?ajout=field-new#added"
    page = dara.get(answer.location)
    assert ('id="added">Coût' in page.text, "« Coût » est dans le brouillon." in plain(words(page))) == (True, True)
    assert page.text.count("<details open><summary>Modifier cette question") == 1
    french, english = (page.text.split(f'<fieldset class="preview" lang="{each}"')[1] for each in ("fr", "en"))
    assert ("En euros, par exemple" in french, ">Cost" in english, "In euros, for example" in english) == (
        True, True, True,
    )  # fmt: skip
    bounded = asked | {"form": "field-cout", "field": "cout", "min": "0", "max": "1 250,50", "required": ""}
    sent(dara, draft, bounded)
    field = method(engine, draft).tasks["A"].field("cout")
    assert field is not None
    assert (str(field.minimum), str(field.maximum), field.required) == ("0", "1250.50", False)


def test_what_is_refused_stays_as_it_was_typed(dara: Browser) -> None:
    draft = begun(dara)
    asked = {
        "do": "field", "element": "A", "page": "A", "form": "field-new", "fr": "Urgence", "en": "Urgency",
        "type": "enum", "help_fr": "Selon vous",
    }  # fmt: skip
    refused = sent(dara, draft, asked)
    assert (refused.status_code, "« Urgence » demande des choix" in plain(words(refused))) == (422, True)
    assert ('value="Selon vous"' in refused.text, '<option value="enum" selected>' in refused.text) == (True, True)


def test_a_deadline_and_its_bounds_are_numbers_and_units(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    asked = {
        "do": "step", "element": "A", "page": "A", "form": "step", "due.n": "15", "due.unit": "D", "due_max.n": "1",
        "due_max.unit": "M", "due_min.n": "", "due_min.unit": "D",
    }  # fmt: skip
    sent(dara, draft, asked)
    assert method(engine, draft).tasks["A"].due == "P15D"
    found = engine.read(MethodOutlineOf(draft, "A"), 4).detail
    assert found is not None
    assert found.bounds == ("", "P1M")
    refused = sent(dara, draft, asked | {"due.n": "dix"})
    assert (refused.status_code, "« dix » devait être un nombre entier." in plain(words(refused))) == (422, True)


def test_a_condition_is_picked_among_earlier_answers(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    more = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}
    asked = {"do": "field", "element": "A", "fr": "Budget", "en": "Budget", "type": "money", "required": "yes"}
    sent(dara, draft, more)
    sent(dara, draft, asked)
    depends = {
        "do": "step", "element": "T1", "page": "T1", "form": "step", "lock": "conditional", "number": "budget",
        "comparison": ">=", "value": "5 000", "answer": "", "when": "",
    }  # fmt: skip
    assert '<option value="budget">' in dara.get(f"/atelier/{draft}/plan/T1").text
    assert sent(dara, draft, depends).status_code == 303
    found = engine.read(MethodOutlineOf(draft, "T1"), 4)
    assert (found.detail.when, found.draft.findings) == ("budget >= 5000", ())
    refused = sent(dara, draft, {**depends, "element": "A", "page": "A", "number": ""})
    assert (refused.status_code, "dites laquelle" in words(refused)) == (422, True)


def test_who_votes_at_a_gate_and_how_many(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    role = {
        "do": "role",
        "element": "projet_d_ete",
        "page": "projet_d_ete",
        "form": "role-new",
        "fr": "Expert",
        "en": "Expert",
    }
    assert sent(dara, draft, role).status_code == 303
    gate = {
        "do": "gate", "element": "G1", "page": "G1", "form": "gate", "voter.COM": ["", "yes"], "voter.E": ["", "yes"],
        "rule": "two_thirds", "quorum": "50", "rework_max": "2", "due.n": "3", "due.unit": "W",
    }  # fmt: skip
    assert sent(dara, draft, gate).status_code == 303
    found = method(engine, draft).gate["G1"]
    assert (found.voters, str(found.quorum), found.rule, found.due) == (("COM", "E"), "0.5", "two_thirds", "P3W")
    refused = sent(dara, draft, gate | {"quorum": "150"})
    assert (refused.status_code, "de 1 à 100 %" in plain(words(refused))) == (422, True)


def test_the_last_change_is_undone_on_the_page(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    assert "Annuler ce changement" not in words(dara.get(f"/atelier/{draft}/plan"))
    sent(dara, draft, {"do": "remove_phase", "element": "P1", "page": "P1", "form": "remove"})
    assert [each.id for each in method(engine, draft).phases] == ["P2"]
    assert "Annuler ce changement" in words(dara.get(f"/atelier/{draft}/plan"))
    sent(dara, draft, {"do": "undo", "revision": "2"})
    assert [each.id for each in method(engine, draft).phases] == ["P1", "P2"]
    refused = sent(dara, draft, {"do": "undo", "revision": "2"})
    assert (refused.status_code, "Dara a changé ce brouillon depuis" in words(refused)) == (422, True)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    mark = marked(dara, draft, "A")
    files = engine.read(MethodDraftOf(draft), 4).files
    files["p1.bpmn"] = files["p1.bpmn"].replace("Étape A".encode(), b"Par Eva")
    engine.execute(SaveMethodDraft(draft, files, 1), 5)
    said = {
        "do": "words",
        "element": "A",
        "page": "A",
        "form": "words",
        "mark": mark,
        "fr": "Par Dara",
        "en": "By Dara",
    }
    refused = sent(dara, draft, said)
    assert (refused.status_code, "« Par Eva » a changé depuis que cette page est ouverte" in plain(words(refused))) == (
        422, True,
    )  # fmt: skip
    assert 'value="Par Dara"' in refused.text
    assert method(engine, draft).tasks["A"].name.fr == "Par Eva"


def test_a_refused_entry_stays_on_the_page_of_its_element(dara: Browser) -> None:
    draft = begun(dara)
    page = dara.get(f"/atelier/{draft}/plan/A").text
    here, list_of_it = f"/atelier/{draft}/plan/A", f'href="/atelier/{draft}/plan#at-A"'
    assert set(re.findall(r'<form method="post" action="(/atelier[^"]*)"', page)) == {here}
    refused = dara.post(here, {"do": "words", "element": "A", "form": "words", "fr": "", "en": "Frame"})
    assert (refused.status_code, refused.request.path, refused.text.count(list_of_it)) == (422, here, 2)


def test_the_page_of_a_draft_says_whose_next_version_it_is_and_how_to_make_it_another(dara: Browser) -> None:
    assert dara.post("/atelier", {"way": "new", "name": " "}).status_code == 422
    refused = dara.post("/atelier", {"way": "new", "name": "Tous les champs"})
    assert (refused.status_code, "est déjà publiée, sous le même identifiant" in plain(words(refused))) == (409, True)
    draft = int(dara.post("/atelier", {"way": "release", "method": "tous_les_champs"}).location.rsplit("/", 1)[1])
    said = "Ce brouillon est la suite de « Tous les champs » 1.0.0 : publié, il en sera la version suivante."
    for address in ("", "/plan", "/plan/tous_les_champs"):
        page = dara.get(f"/atelier/{draft}{address}")
        assert (said in plain(words(page)), "/plan/tous_les_champs#identity" in page.text) == (True, True)
    asked = {"do": "identify", "element": "tous_les_champs", "form": "identity", "id": "autres_champs"}
    done = sent(dara, draft, asked | {"page": "tous_les_champs"})
    assert done.location == f"/atelier/{draft}/plan/autres_champs#identity"
    assert "la suite de" not in words(dara.get(f"/atelier/{draft}"))


def test_what_was_added_is_where_the_reader_lands(dara: Browser) -> None:
    draft = begun(dara)
    for page, do, name in (("G1", "criterion", "Accord écrit"), ("projet_d_ete", "role", "Expert")):
        asked = {"do": do, "element": page, "page": page, "form": f"{do}-new", "fr": name, "en": name}
        answer = sent(dara, draft, asked)
        assert answer.location == f"/atelier/{draft}/plan/{page}?ajout={do}-new#added"
        assert dara.get(answer.location).text.partition('id="added"')[2].partition("</li>")[0].count(name) > 0


def test_what_is_saved_and_what_the_review_finds_stand_together_in_view(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    sent(dara, draft, {"do": "rename", "element": "P1", "fr": "Écouter", "en": ""})
    page = dara.get(f"/atelier/{draft}/plan")
    bar = page.text.partition('<div class="standing">')[2].partition("<h2")[0]
    held = ("C’est dans le brouillon.", f'href="/atelier/{draft}/plan#findings"', "Annuler ce changement")
    assert [each in bar for each in held] == [True] * 3
    assert page.text.count("C’est dans le brouillon.") == 1
    found = page.text.partition('id="findings"')[2].partition("</details>")[0]
    assert engine.read(MethodDraftOf(draft), 4).findings != ()
    assert f'<a href="/atelier/{draft}/plan/P1#words-en">Écouter</a>' in found
    assert "La relecture trouve" in words(dara.get(f"/atelier/{draft}/plan/A"))
