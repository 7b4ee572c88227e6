"""An administrator who never saw the page hides a step, raises a quorum and adds a local check; an owner approves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod
from tests.browser.stage import PASSWORD, Stage, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.play import files_of

HERE = "/methodes/projet_transversal/adapter/DRH"


def fill(url: str) -> None:
    """Hana administers her department, Jeanne owns the methods."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    for each in people:
        if each["login"] == "hana":
            each["roles"] = [*each["roles"], {"role": "ADM", "service": "DRH"}]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    engine.execute(PublishMethod(files_of("projet-transversal")), SYSTEM)
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    with templates.copy("sqlite", "a department to tailor", fill, tmp_path) as url:
        engine = Engine(url)
        yield engine
        engine.close()


def change(page: Page, id: str) -> Locator:
    """The form of one change, opened with the keyboard."""
    fold = page.locator(f'[id="{id}"]')
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    return fold


def put(page: Page, id: str, **typed: str) -> None:
    form = change(page, id)
    for name, value in typed.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=reason]").fill("Les projets de la DRH sont courts.")
    form.locator("[name=reason]").press("Enter")


def test_an_admin_hides_a_step_raises_a_quorum_and_adds_a_check_and_the_owner_approves(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        page = stage.at("hana")
        page.goto(HERE)
        put(page, "C2-hide")
        expect(page.get_by_text("C’est dans le brouillon.")).to_be_visible()
        put(page, "G2-quorum", value="25")
        expect(page.get_by_text("Le quorum devait être d’au moins").first).to_be_visible()
        assert axe(page) == []
        page.locator('[id="G2-quorum-value"]').fill("75")
        page.locator('[id="G2-quorum-reason"]').press("Enter")
        expect(page.get_by_text("C’est dans le brouillon.")).to_be_visible()
        put(page, "G2-criterion", fr="Le bureau est saisi", en="The board knows")
        expect(page.get_by_text("critère ajouté : Le bureau est saisi").first).to_be_visible()
        assert axe(page) == []
        for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            screenshot(page, f"tailoring-{width}-{scheme}")
        page.get_by_role("button", name="Présenter à l’approbation").click()
        expect(page.get_by_text("L’aménagement est présenté")).to_be_visible()

        owner = stage.at("jeanne")
        owner.goto(HERE)
        owner.get_by_role("button", name="Approuver").click()
        expect(owner.get_by_text("L’aménagement est approuvé")).to_be_visible()
        owner.get_by_role("link", name="La fiche du service").click()
        expect(owner.get_by_text("critère ajouté : Le bureau est saisi").first).to_be_visible()
        assert axe(owner) == []
        screenshot(owner, "tailoring-sheet")
