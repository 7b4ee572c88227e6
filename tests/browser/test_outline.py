"""The plan of a draft in a browser: what was typed is not lost unasked, what was done is in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, OpenMethodDraft
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


def test_words_of_one_form_are_not_lost_when_another_is_sent(engine: Engine, person: Callable[..., Page]) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.goto("/atelier/1/plan/A")
        instructions = page.locator("#words-help_fr")
        instructions.fill("Rencontrez dix habitants.")
        settings = page.locator("form#step")
        settings.locator("[name='due.n']").fill("15")
        settings.get_by_role("button", name="Enregistrer").click()
        expect(instructions).to_have_value("Rencontrez dix habitants.")
        assert asked == ["beforeunload"]


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
