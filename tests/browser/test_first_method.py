"""docs/tutorial/first-method.md, step by step, as somebody follows it who has never seen the workshop."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import Engine
from engine.demo import furnish
from tests.browser.stage import served
from tests.conftest import Templates
from tests.engine.play import ROOT


@pytest.fixture
def address(templates: Templates, tmp_path: Path) -> Iterator[str]:
    def fill(url: str) -> None:
        engine = Engine(url)
        furnish(engine)
        engine.close()

    with templates.copy("sqlite", "the demonstration", fill, tmp_path) as url:
        engine = Engine(url)
        with served(engine, demo=True) as where:
            yield where
        engine.close()


class Reader:
    """Somebody who does what the tutorial says, in one of its two languages."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def words(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english

    def act_as(self, name: str) -> None:
        switch = self.page.locator("form", has=self.page.locator("select[name=actor]")).first
        option = switch.locator("option", has_text=name).first
        switch.locator("select").select_option(option.get_attribute("value"))
        switch.get_by_role("button").click()

    def link(self, french: str, english: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=self.words(french, english), exact=exact).first.click()

    def button(self, french: str, english: str) -> None:
        self.page.get_by_role("button", name=self.words(french, english)).first.click()

    def choose(self, french: str, english: str, value: str) -> None:
        self.page.get_by_label(self.words(french, english), exact=True).first.select_option(label=value)

    def workshop(self) -> None:
        self.link("Méthodes", "Methods", exact=True)
        self.link("Atelier des méthodes", "Method workshop")

    def draft(self) -> None:
        self.workshop()
        self.link("Projet de quartier", "Neighbourhood project")
        self.link("Relire et publier", "Review and publish")

    def unfold(self, french: str, english: str, within: str) -> Locator:
        summary = self.page.locator("summary", has_text=self.words(french, english))
        found = self.page.locator("details", has=summary).filter(has_text=within).last
        found.locator("summary").first.click()
        return found

    def name(self, within: Locator, french: str, english: str, button: str) -> None:
        """Both languages, and the button of that form."""
        form = within.locator("form", has=self.page.get_by_role("button", name=button)).first
        form.get_by_label(re.compile("en français|in French", re.I)).first.fill(french)
        form.get_by_label(re.compile("en anglais|in English", re.I)).first.fill(english)
        form.get_by_role("button", name=button).click()


PHASES = (("Écouter", "Listen"), ("Concevoir", "Design"), ("Faire", "Make"))
CRITERIA = {
    1: ("Vingt habitants ont été entendus", "Twenty residents were heard"),
    2: ("Le budget est accordé", "The budget is granted"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_method_is_drawn_reviewed_published_and_a_project_starts_on_it(
    address: str, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path],
    language: str,
) -> None:  # fmt: skip
    page = person(base_url=address)
    reader = Reader(page, language)
    page.goto("/")
    reader.act_as("Sophie Nguyen")
    if language == "en":
        page.get_by_role("button", name="English").click()
    reader.workshop()
    screenshot(page, "workshop")
    begin(reader)
    name_phases(reader)
    add_a_step(reader)
    decide_gates(reader)
    see_the_drawing(reader)
    try_it(reader)
    screenshot(page, "tried")
    have_it_reviewed(reader)
    screenshot(page, "approved")
    publish(reader)
    start(reader)
    from_elsewhere(reader, axe, screenshot)


def begin(reader: Reader) -> None:
    page = reader.page
    page.get_by_label(reader.words("Nom", "Name"), exact=True).fill("Projet de quartier")
    page.get_by_label(reader.words("Nom en anglais", "Name in English")).fill("Neighbourhood project")
    reader.choose("Nombre de phases", "Number of phases", "3")
    page.get_by_label(
        reader.words("se termine d’elle-même, avec le projet", "ends by itself, with the project")
    ).check()
    reader.button("Commencer cette méthode", "Begin this method")
    nothing = reader.words(
        "Rien : la relecture automatique n’a rien à redire.", "Nothing: the automatic review has nothing to say."
    )
    expect(page.get_by_text(nothing)).to_be_visible()


def name_phases(reader: Reader) -> None:
    reader.link("Plan, en liste", "Outline, as a list")
    for number, (french, english) in enumerate(PHASES, 1):
        fold = reader.unfold("Renommer la phase", "Rename the phase", f"Phase {number}")
        reader.name(fold, french, english, reader.words("Renommer", "Rename"))


def add_a_step(reader: Reader) -> None:
    page = reader.page
    fold = reader.unfold("Ajouter une étape", "Add a step", reader.words("Écouter", "Listen"))
    reader.name(
        fold, "Rencontrer les habitants", "Meet the residents", reader.words("Ajouter cette étape", "Add this step")
    )
    change(reader, reader.words("Étape A", "Step A"))
    page.locator("#words-fr").fill("Préparer les rencontres")
    page.locator("#words-en").fill("Prepare the meetings")
    page.locator("#words").get_by_role("button", name=re.compile("^(Enregistrer|Save)")).click()
    reader.link("Revenir au plan", "Back to the outline")
    change(reader, reader.words("Rencontrer les habitants", "Meet the residents"))
    asked = reader.unfold("Ajouter une question", "Add a question", "")
    asked.get_by_label(reader.words("Genre de réponse", "Kind of answer")).select_option("number")
    reader.name(
        asked, "Habitants rencontrés", "Residents met", reader.words("Ajouter cette question", "Add this question")
    )
    expect(page.get_by_role("heading", name=reader.words("Habitants rencontrés", "Residents met"))).to_be_in_viewport()
    expect(page.locator("fieldset.preview[lang=en]").get_by_label("Residents met")).to_be_visible()
    settings = page.locator("#step")
    settings.get_by_label(reader.words("Échéance, après son ouverture", "Deadline, after it opens"), exact=True).fill(
        "15"
    )
    settings.get_by_role("button", name=reader.words("Enregistrer", "Save")).click()
    reader.link("Revenir au plan", "Back to the outline")
    expect(page.get_by_text(reader.words("15 jours ouvrés", "15 working days")).first).to_be_visible()


def change(reader: Reader, name: str) -> None:
    step = reader.page.locator("li.card", has=reader.page.get_by_role("heading", name=name))
    step.get_by_role("link", name=reader.words("Modifier", "Change")).click()


def decide_gates(reader: Reader) -> None:
    for number, (french, english) in CRITERIA.items():
        gate = reader.words(f"Porte {number}", f"Gate {number}")
        fold = reader.unfold("Ajouter un critère", "Add a criterion", gate)
        reader.name(fold, french, english, reader.words("Ajouter ce critère", "Add this criterion"))
    nothing = reader.words("La relecture ne trouve rien.", "The review finds nothing.")
    expect(reader.page.get_by_text(nothing)).to_be_visible()


def see_the_drawing(reader: Reader) -> None:
    reader.link("Ouvrir le dessin", "Open the drawing")
    reader.button("Écouter", "Listen")
    expect(reader.page.locator("[data-element-id]", has_text="Rencontrer").first).to_be_visible()
    reader.link("Le brouillon", "The draft")


def try_it(reader: Reader) -> None:
    """Every step and both gates, to the end."""
    reader.link("Essayer", "Try")
    for act in ("step", "step", "gate", "step", "gate", "step"):
        reader.button(*(("Terminer", "Complete") if act == "step" else ("Favorable", "Favourable")))
    expect(reader.page.get_by_text(reader.words("fini", "over"), exact=True)).to_be_visible()
    reader.link("Projet de quartier", "Neighbourhood project")


def have_it_reviewed(reader: Reader) -> None:
    reader.link("Relire et publier", "Review and publish")
    reader.button("Demander la relecture", "Ask for the review")
    reader.act_as("Marc Tessier")
    if reader.language == "en":
        reader.page.get_by_role("button", name="English").click()
    reader.draft()
    reader.button("Approuver", "Approve")


def publish(reader: Reader) -> None:
    reader.act_as("Sophie Nguyen")
    reader.draft()
    reader.button("Publier la version 1.0.0", "Publish version 1.0.0")
    reader.link("Démarrer un projet avec cette méthode", "Start a project with this method")


def start(reader: Reader) -> None:
    """All that is missing is said first."""
    page, lead = reader.page, reader.page.locator("#role-CP")
    reader.button("Démarrer le projet", "Start the project")
    expect(page.locator("#problems li")).to_have_count(4)
    page.get_by_label(reader.words("Titre du projet", "Title of the project")).fill("Fête des voisins")
    page.locator("[name=objectives]").first.check()
    page.locator("select[name=service]").select_option("DG")
    lead.select_option(lead.locator("option", has_text="Sophie Nguyen").get_attribute("value"))
    reader.button("Démarrer le projet", "Start the project")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fête des voisins")


def from_elsewhere(reader: Reader, axe: Callable[..., list[str]], screenshot: Callable[..., Path]) -> None:
    """The second part, after the first."""
    page = reader.page
    reader.workshop()
    bring(reader)
    assert axe(page) == []
    screenshot(page, "brought")
    reader.link("En faire une méthode, depuis le plan", "Make a method of it, from the outline")
    assert axe(page) == []
    screenshot(page, "to-adopt")
    reader.button("En faire une méthode", "Make a method of it")
    complete(reader)
    screenshot(page, "adopted")
    reader.link("Relire et publier", "Review and publish")
    reader.button("Demander la relecture", "Ask for the review")
    reader.act_as("Marc Tessier")
    other(reader)
    reader.button("Approuver", "Approve")
    reader.act_as("Sophie Nguyen")
    other(reader)
    page.get_by_label(re.compile(reader.words("remarques semblables", "similar remarks"))).check()
    reader.button("Publier la version 1.0.0", "Publish version 1.0.0")
    reader.link("Démarrer un projet avec cette méthode", "Start a project with this method")
    expect(page.get_by_role("heading", level=1)).to_contain_text(reader.words("Démarrer", "Start"))


def bring(reader: Reader) -> None:
    files = sorted((ROOT / "docs" / "tutorial" / "quartier").glob("*.bpmn"))
    assert len(files) == 4
    card = reader.page.locator("form.card", has=reader.page.locator("input[type=file]"))
    card.locator("input[type=file]").set_input_files(files)
    card.get_by_role("button", name=reader.words("Ouvrir ces fichiers", "Open these files")).click()


def complete(reader: Reader) -> None:
    page = reader.page
    standing = page.locator(".standing")
    expect(
        standing.get_by_text(re.compile(reader.words("La relecture trouve", "The review finds")))
    ).to_be_in_viewport()
    expect(page.locator("#findings strong", has_text=reader.words("Erreur", "Error"))).to_have_count(0)
    change(reader, "Rencontrer les habitants")
    asked = reader.unfold("Ajouter une question", "Add a question", "")
    reader.name(
        asked, "Habitants rencontrés", "Residents met", reader.words("Ajouter cette question", "Add this question")
    )
    reader.link("Revenir au plan", "Back to the outline")
    fold = reader.unfold("Ajouter un critère", "Add a criterion", "Décider de concevoir")
    reader.name(fold, *CRITERIA[1], reader.words("Ajouter ce critère", "Add this criterion"))
    expect(page.get_by_text(CRITERIA[1][reader.language == "en"])).to_be_visible()


def other(reader: Reader) -> None:
    reader.workshop()
    reader.link("Jardin partagé", "Jardin partagé")
    reader.link("Relire et publier", "Review and publish")
