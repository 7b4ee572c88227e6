"""An administrator who never saw the page hides a step, raises a quorum and adds a local check; an owner approves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod
from tests.browser.stage import PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.play import files_of

HERE = "/methodes/projet_transversal/adapter/DRH"
WHY = "Nos projets sont courts."


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
    yield from engine_over(templates, "a department to tailor", fill, tmp_path)


class Hands:
    """Somebody who reads the page and does what it says; `clicks` and `keys` are what it took them."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def write(self, target: Locator, words: str) -> None:
        """Click into the field, and type."""
        self.click(target)
        self.page.keyboard.type(words)
        self.keys += len(words)

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def open(self, element: str, offer: str) -> Locator:
        """One of the things that the card of an element offers."""
        fold = self.page.locator(f"#at-{element} details").filter(has=self.page.get_by_text(offer))
        self.click(fold.locator("summary").first)
        return fold

    def put(self, element: str, offer: str, **typed: str) -> None:
        fold = self.open(element, offer)
        for label, words in typed.items():
            self.write(fold.get_by_label(label.replace("_", " ")).first, words)
        self.write(fold.get_by_label("Motif"), WHY)
        with self.page.expect_navigation():
            self.click(fold.get_by_role("button", name="Mettre dans le brouillon"))
        expect(self.page.get_by_text("C’est dans le brouillon.")).to_be_visible()


def test_an_admin_who_never_saw_it_tailors_from_the_home_page_and_sends_it_for_approval(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    """Following only what the pages show. Typed at two keys a second, two seconds a click: under three minutes."""
    with served(engine) as address:
        stage = Stage(engine, address, person)
        page = stage.at("hana")
        hands = Hands(page)
        hands.link("Méthodes")
        hands.link("Projet transversal")
        hands.link("Adapter la méthode pour Service DRH")
        assert axe(page) == []
        hands.link("Conception et préconisations")
        hands.put("C2", "Masquer cette étape")
        hands.put("G2", "Relever le quorum", Part_des_votants="75")
        hands.put("G2", "Ajouter un critère", En_français="Le bureau est saisi", En_anglais="The board knows")
        assert axe(page) == []
        hands.click(page.get_by_role("button", name="Présenter à l’approbation"))
        expect(page.get_by_text("L’aménagement est présenté")).to_be_visible()
        assert (hands.clicks, hands.keys) == (17, 108)
        hands.link("À faire")
        expect(page.get_by_text("attend son approbation")).to_be_visible()

        owner = stage.at("jeanne")
        owner.goto("/")
        owner.get_by_role("link", name="À approuver : Projet transversal, pour Service DRH").click()
        owner.get_by_role("button", name="Approuver").click()
        expect(owner.get_by_text("L’aménagement est approuvé")).to_be_visible()
        owner.get_by_role("link", name="La fiche du service").click()
        expect(owner.get_by_text("critère ajouté : Le bureau est saisi").first).to_be_visible()
        with owner.expect_download() as paper:
            owner.get_by_role("link", name="Télécharger en PDF").click()
        assert paper.value.suggested_filename == "projet_transversal-1-0-0-DRH.pdf"
        assert axe(owner) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_refusal_is_mended_with_the_keyboard_and_the_page_reads_on_every_screen(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path],
    javascript: bool,
) -> None:  # fmt: skip
    with served(engine) as address:
        page = Stage(engine, address, person, javascript=javascript).at("hana")
        page.goto(f"{HERE}?partie=P2")
        fold = page.locator("#G2-quorum")
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        fold.locator("[name=value]").fill("25")
        fold.locator("[name=reason]").fill(WHY)
        fold.locator("[name=reason]").press("Enter")
        expect(page.get_by_text("Le quorum devait être d’au moins").first).to_be_visible()
        if javascript:
            assert axe(page) == []
            expect(page.locator("#problems")).to_be_focused()
        page.locator("#problems a").press("Enter")
        expect(page.locator("#G2-quorum-value")).to_be_in_viewport()
        page.locator("#G2-quorum-value").fill("75")
        page.locator("#G2-quorum-reason").press("Enter")
        expect(page.get_by_text("quorum porté à 75").first).to_be_visible()
        page.goto(f"{HERE}?partie=P2")
        page.locator("#C2-condition summary").first.click()
        page.locator("#C2-condition-answer").select_option(label="Urgence : Haute")
        page.locator("#C2-condition-reason").fill(WHY)
        page.locator("#C2-condition-reason").press("Enter")
        expect(page.get_by_text("n’est demandée que si : Urgence : Haute").first).to_be_visible()
        if not javascript:
            return
        for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            screenshot(page, f"tailoring-{width}-{scheme}")
