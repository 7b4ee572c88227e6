"""A draft is played twice, keeps both plays, and says what it no longer does once it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, OpenMethodDraft
from tests.browser.stage import PASSWORD, Stage, engine_over, served
from tests.browser.test_publication import seen
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION

#: what is clicked, in the order of the page
WHOLE = (
    "Terminer : Étape A", "À reprendre : Porte 1", "Terminer : Étape A", "Favorable : Porte 1", "Terminer : Étape B",
    "À reprendre : Porte 2", "Terminer : Étape B", "Favorable : Porte 2",
)  # fmt: skip
STOPPED = ("Terminer : Étape A", "Arrêté : Porte 1")


def fill(url: str) -> None:
    """Jeanne owns the methods; one is being drawn, two phases ended each by a gate."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    engine.execute(OpenMethodDraft(name="Une ouverture", phases=2), SYSTEM)
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "a method to try", fill, tmp_path)


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def play(page: Page, clicks: tuple[str, ...], name: str) -> None:
    page.goto("/atelier/1/essayer")
    for each in clicks:
        with page.expect_navigation():
            page.get_by_role("button", name=each).click()
    page.get_by_label("Nom du scénario").fill(name)
    click(page, "Garder ce scénario")
    expect(page.get_by_text(f"Le scénario « {name} » est gardé")).to_be_visible()


def test_two_plays_cover_a_method_and_one_says_why_it_fails_once_the_drawing_changes(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("jeanne")
        page.goto("/atelier/1")
        page.get_by_role("link", name="Scénarios").click()
        expect(page.get_by_text("Ce brouillon ne garde aucun scénario.")).to_be_visible()

        play(page, STOPPED, "Arrêt à la première porte")
        click(page, "Jouer tous les scénarios")
        expect(page.get_by_text("1 scénario sur 1 passe")).to_be_visible()
        missed = page.get_by_role("row", name="G1 ? → Phase 2")
        expect(missed).to_contain_text("Décider « Porte 1 » : favorable.")
        expect(page.locator("[data-element=G1_go].state-missed")).to_have_count(1)
        seen(page, "scenarios-some", axe, screenshot)

        play(page, WHOLE, "Du début à la fin")
        click(page, "Jouer tous les scénarios")
        expect(page.get_by_text("2 scénarios sur 2 passent")).to_be_visible()
        expect(page.get_by_role("link", name="100 % parcourus")).to_be_visible()
        expect(page.locator(".diagram .state-missed, .diagram .state-partly")).to_have_count(0)
        page.get_by_label("Montrer").select_option("ce qui n’est jamais parcouru")
        click(page, "Filtrer")
        expect(page.get_by_text("Rien ne correspond : tout est parcouru")).to_be_visible()

        page.goto("/atelier/1/plan/B")
        page.locator("#words-fr").fill("Chiffrer")
        page.locator("#words-en").fill("Estimate")
        page.get_by_role("button", name="Enregistrer : Nom et consigne").click()
        expect(page.get_by_role("heading", name="Chiffrer").first).to_be_visible()
        page.goto("/atelier/1/scenarios")
        click(page, "Jouer tous les scénarios")
        expect(page.get_by_text("1 scénario sur 2 passe")).to_be_visible()
        card = page.locator("li.card").first
        expect(card).to_contain_text("Il s’arrête à l’étape 5 sur 8.")
        expect(card).to_contain_text("Rien ne s’appelle plus « Étape B » dans le dessin")
        seen(page, "scenarios-failing", axe, screenshot)

        card.get_by_role("link", name="Voir cette étape dans l’essai").click()
        expect(page.get_by_text("« Du début à la fin » : étape 4 sur 8")).to_be_visible()
        seen(page, "scenario-step", axe, screenshot)
        for each in ("Terminer : Chiffrer", "Favorable : Porte 2"):
            with page.expect_navigation():
                page.get_by_role("button", name=each).click()
        expect(page.get_by_text("terminé à « Projet clos »")).to_be_visible()
        page.get_by_label("Nom du scénario").fill("Du début à la fin")
        page.get_by_label("Remplacer le scénario qui porte ce nom").check()
        click(page, "Garder ce scénario")
        click(page, "Jouer tous les scénarios")
        expect(page.get_by_text("2 scénarios sur 2 passent")).to_be_visible()
        page.goto("/atelier/1/publier")
        expect(page.get_by_text("Les 2 scénarios passent.")).to_be_visible()
        assert axe(page) == []
