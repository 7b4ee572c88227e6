"""The plan of a draft in a browser: what was typed is not lost unasked, what was done is in view."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, AmendMethodDraft, Engine, LoadOrganisation, MethodOutlineOf, OpenMethodDraft, Task
from tests.browser.stage import PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION


def fill(url: str) -> None:
    """Jeanne owns the methods; one of six phases is being drawn."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    engine.execute(OpenMethodDraft(name="Une longue méthode", phases=6), SYSTEM)
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "a method in six phases", fill, tmp_path)


def task(engine: Engine) -> Task:
    method = engine.read(MethodOutlineOf(1), SYSTEM).method
    assert method is not None
    return method.tasks["A"]


def asked_of(page: Page) -> list[str]:
    """What the browser itself asks; filled as it goes."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    return asked


def press(page: Page, form: str) -> None:
    page.locator(f"form#{form}").get_by_role("button", name=re.compile("^(Enregistrer|Remplacer)")).click()


def test_words_of_one_form_are_kept_when_another_is_sent(engine: Engine, person: Callable[..., Page]) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        asked = asked_of(page)
        page.goto("/atelier/1/plan/A")
        page.locator("#words-help_fr").fill("Rencontrez dix habitants.")
        page.locator("#step-due").fill("15")
        press(page, "step")
        expect(page.get_by_text("C’est dans le brouillon.")).to_be_visible()
        expect(page.locator("#words-help_fr")).to_have_value("Rencontrez dix habitants.")
        assert (task(engine).help.fr, task(engine).due, asked) == ("Rencontrez dix habitants.", "P15D", [])


def test_one_of_two_forms_that_is_refused_is_shown_and_the_other_waits(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        asked = asked_of(page)
        page.goto("/atelier/1/plan/A")
        page.locator("#words-fr").fill("")
        page.locator("#step-due").fill("15")
        press(page, "step")
        expect(page.locator("#problems")).to_be_focused()
        expect(page.get_by_role("link", name="Nom en français — Un nom en français est attendu.")).to_be_visible()
        expect(page.locator("#step-due")).to_have_value("15")
        assert (task(engine).due, axe(page)) == ("P10D", [])
        page.locator("#words-fr").fill("Écouter")
        press(page, "step")
        expect(page.get_by_text("C’est dans le brouillon.")).to_be_visible()
        assert (task(engine).name.fr, task(engine).due, asked) == ("Écouter", "P15D", [])


def test_what_somebody_else_wrote_meanwhile_is_seen_before_it_is_replaced(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        asked = asked_of(page)
        page.goto("/atelier/1/plan/A")
        engine.execute(AmendMethodDraft(1, {"do": "rename", "element": "A", "fr": "La leur", "en": "Theirs"}), SYSTEM)
        page.locator("#words-fr").fill("La mienne")
        page.locator("#step-due").fill("15")
        press(page, "step")
        expect(page.get_by_text("Dans le brouillon, maintenant : La leur")).to_be_visible()
        screenshot(page, "plan-stale")
        assert (task(engine).name.fr, axe(page)) == ("La leur", [])
        page.get_by_role("button", name="Remplacer par ce que j’ai écrit").click()
        expect(page.get_by_text("a changé depuis que cette page est ouverte")).to_be_visible()
        assert task(engine).name.fr == "La leur"  # the deadline goes first: of what it replaces, nothing was seen yet
        page.get_by_role("link", name="Ouvrir la page telle qu’elle est").click()
        expect(page.locator("#step-due")).to_have_value("10")
        assert asked == []


def test_what_a_link_names_is_not_left_folded(engine: Engine, person: Callable[..., Page]) -> None:
    for n in range(6):
        engine.execute(
            AmendMethodDraft(1, {"do": "rename", "element": f"P{n + 1}", "fr": f"Temps {n}", "en": ""}), SYSTEM
        )
    role = {"do": "role", "element": "une_longue_methode", "fr": "Direction", "en": ""}
    engine.execute(AmendMethodDraft(1, role), SYSTEM)
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        page.goto("/atelier/1/plan")
        found = page.locator("#findings")
        expect(found).to_be_hidden()
        page.get_by_role("link", name="La relecture trouve 7 remarques à accepter").click()
        expect(found).to_be_visible()
        found.get_by_role("link", name="Une longue méthode").click()
        box = page.locator("#role-D-en")
        expect(box).to_be_in_viewport()
        expect(box).to_have_value("")


def test_what_was_done_is_in_view_where_the_reader_lands(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        page.goto("/atelier/1/plan")
        page.locator("#add-P5 > summary").click()
        page.locator("#new-P5-fr").fill("Vérifier")
        page.locator("#new-P5-en").fill("Check")
        page.get_by_role("button", name="Ajouter cette étape").locator("visible=true").click()
        for said in ("L’étape « Vérifier » est ajoutée.", "La relecture ne trouve rien.", "Annuler ce changement"):
            expect(page.get_by_text(said)).to_be_in_viewport()
        assert axe(page) == []
        screenshot(page, "plan-standing")
        page.goto("/atelier/1/plan/A")
        page.locator("#add-question > summary").click()
        page.locator("#field-new-fr").fill("Habitants rencontrés")
        page.locator("#field-new-en").fill("Residents met")
        page.get_by_role("button", name="Ajouter cette question").click()
        expect(page.get_by_role("heading", name="Habitants rencontrés ajoutée")).to_be_in_viewport()
        expect(page.get_by_text("« Habitants rencontrés » est dans le brouillon.")).to_be_in_viewport()
        expect(page.get_by_role("button", name="Enregistrer cette question : Habitants rencontrés")).to_be_visible()
        assert axe(page) == []
        screenshot(page, "plan-added")


#: a table of six columns, each with a box
WIDE = {"do": "field", "element": "A", "type": "table", "fr": "Coûts", "en": "Costs"}
COLUMNS = "\n".join(f"Une colonne {n} | A column {n}" for n in range(6))


def test_nothing_is_cut_off_or_covered(engine: Engine, person: Callable[..., Page]) -> None:
    engine.execute(AmendMethodDraft(1, WIDE | {"lines": COLUMNS}), SYSTEM)
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto("/atelier/1/plan/A")
        assert page.evaluate("document.documentElement.scrollWidth") == 1366
        last = page.locator("fieldset.preview[lang=fr]").get_by_role("columnheader").last
        inner = page.locator("fieldset.preview[lang=fr]").bounding_box()
        column = last.bounding_box()
        assert inner is not None
        assert column is not None
        assert column["x"] + column["width"] <= inner["x"] + inner["width"]
        press(page, "words")
        expect(page.get_by_text("C’est dans le brouillon.")).to_be_visible()
        bar, title = page.locator(".standing").bounding_box(), page.get_by_role("heading", name="Nom et consigne")
        expect(title).to_be_in_viewport()
        told = title.bounding_box()
        assert bar is not None
        assert told is not None
        assert told["y"] >= bar["y"] + bar["height"]


#: of a node: how far the middle of its words is from its own
OFF = """node => {
  const range = document.createRange(); range.selectNodeContents(node.firstChild);
  const words = range.getBoundingClientRect(), box = node.getBoundingClientRect();
  return Math.abs((words.top + words.bottom) / 2 - (box.top + box.bottom) / 2);
}"""


def test_the_words_of_a_link_stand_in_its_middle_as_those_of_a_button_do(
    engine: Engine, person: Callable[..., Page]
) -> None:
    more = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}
    engine.execute(AmendMethodDraft(1, more), SYSTEM)
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        page.goto("/atelier/1/plan")
        for each in ("main a.button.small", "main button.small"):
            assert page.locator(each).first.evaluate(OFF) <= 1
