"""docs/tutorial/first-method.md, step by step, as somebody follows it who has never seen the workshop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import Engine
from engine.demo import furnish
from tests.browser.stage import served
from tests.conftest import Templates


@pytest.fixture(scope="module")
def address(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    def fill(url: str) -> None:
        engine = Engine(url)
        furnish(engine)
        engine.close()

    with templates.copy("sqlite", "the demonstration", fill, tmp_path_factory.mktemp("first")) as url:
        engine = Engine(url)
        with served(engine, demo=True) as where:
            yield where
        engine.close()


def act_as(page: Page, name: str) -> None:
    switch = page.locator("form", has=page.locator("select[name=actor]")).first
    option = switch.locator("option", has_text=name).first
    switch.locator("select").select_option(option.get_attribute("value"))
    switch.get_by_role("button").click()


def workshop(page: Page) -> None:
    page.get_by_role("link", name="Méthodes", exact=True).click()
    page.get_by_role("link", name="Atelier des méthodes").click()


def say(within: Locator, french: str, english: str, button: str) -> None:
    form = within.locator("form", has=within.page.get_by_role("button", name=button)).first
    form.get_by_label("En français").fill(french)
    form.get_by_label("En anglais").fill(english)
    form.get_by_role("button", name=button).click()


def opened(page: Page, summary: str, within: str) -> Locator:
    found = page.locator("details", has=page.locator("summary", has_text=summary)).filter(has_text=within).last
    found.locator("summary").first.click()
    return found


def test_a_method_is_drawn_reviewed_published_and_a_project_starts_on_it(
    address: str, person: Callable[..., Page]
) -> None:
    page = person(base_url=address)
    page.goto("/")
    act_as(page, "Sophie Nguyen")
    workshop(page)
    page.get_by_label("Nom", exact=True).fill("Projet de quartier")
    page.get_by_label("Nombre de phases").select_option("3")
    page.get_by_role("button", name="Commencer cette méthode").click()
    expect(page.get_by_text("Rien : la méthode peut être publiée.")).to_be_visible()

    page.get_by_role("link", name="Plan, en liste").click()
    for number, (french, english) in enumerate((("Écouter", "Listen"), ("Concevoir", "Design"), ("Faire", "Make")), 1):
        say(opened(page, "Changer la phase", f"Phase {number}"), french, english, "Renommer")
    added = opened(page, "Ajouter une étape", "Écouter")
    say(added, "Rencontrer les habitants", "Meet the residents", "Ajouter cette étape")
    gate = opened(page, "Changer", "Porte 1")
    say(gate, "Vingt habitants ont été entendus", "Twenty residents were heard", "Ajouter ce critère")
    expect(page.get_by_text("La relecture ne trouve rien.")).to_be_visible()

    page.get_by_role("link", name="Ouvrir le dessin").click()
    page.get_by_role("button", name="Écouter").click()
    expect(page.locator("[data-element-id]", has_text="Rencontrer").first).to_be_visible()
    page.get_by_role("link", name="Le brouillon").click()

    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_role("button", name="Demander la relecture").click()
    act_as(page, "Marc Tessier")
    workshop(page)
    page.get_by_role("link", name="Projet de quartier").first.click()
    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_role("button", name="Approuver").click()
    act_as(page, "Sophie Nguyen")
    workshop(page)
    page.get_by_role("link", name="Projet de quartier").first.click()
    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_role("button", name="Publier la version 1.0.0").click()

    page.get_by_role("link", name="Méthodes", exact=True).click()
    page.get_by_role("link", name="Projet de quartier").first.click()
    page.get_by_role("link", name="Démarrer un projet avec cette méthode").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Démarrer")
