"""A method owner draws a gate, gives it criteria, publishes: no new project passes it without a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Page, expect

from engine import (
    SYSTEM,
    AskReviewOf,
    Engine,
    LoadOrganisation,
    MethodDraftFiles,
    MethodDraftOf,
    OpenMethodDraft,
    ProjectPageOf,
    PublishMethodDraft,
    ReviewMethodDraft,
    SaveMethodDraft,
)
from tests.browser.conftest import PATIENCE
from tests.browser.stage import PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION

#: pixels that the pad of an element takes beside it
BESIDE = 60
CLEAN = "La relecture n’a rien à redire"


def fill(url: str) -> None:
    """Jeanne and Karim own the methods; Claire leads, Denis sponsors."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    for each in people:
        if each["login"] == "karim":
            each["roles"] = [{"role": "RM", "service": "ORG"}]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "a workshop", fill, tmp_path)


class Canvas:
    """The modeler in a window, used with the mouse and the keyboard."""

    def __init__(self, page: Page, draft: int) -> None:
        self.page = page
        page.goto(f"/atelier/{draft}/dessiner")
        expect(page.locator("#workshop[data-ready=true]")).to_be_attached()
        expect(page.locator("[data-part=count]")).to_have_text(CLEAN)

    def middle(self, element: str) -> tuple[float, float]:
        box = self.box(element)
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def box(self, element: str) -> FloatRect:
        """Of an element, all being shown where it is out of view."""
        drawn = self.page.locator(f'.djs-element[data-element-id="{element}"]').first
        paper = self.page.locator("[data-part=canvas]").bounding_box()
        box = drawn.bounding_box()
        assert box is not None, element
        assert paper is not None
        if box["x"] + box["width"] > paper["x"] + paper["width"] - BESIDE:
            self.page.get_by_role("button", name="Tout voir").click()
            box = drawn.bounding_box()
            assert box is not None, element
        return box

    def select(self, element: str) -> None:
        # by its edge: the pad of what was selected before may cover its middle
        box = self.box(element)
        shown = self.page.get_by_label("Identifiant", exact=True)
        for patience in (2_000, 4_000, PATIENCE):  # the library drops a click that follows a drawn flow at once
            self.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
            try:
                expect(shown).to_have_value(element, timeout=patience)
                return
            except AssertionError:
                if patience == PATIENCE:
                    raise

    def delete(self, element: str) -> None:
        self.select(element)
        self.page.keyboard.press("Delete")
        expect(self.page.locator(f'.djs-element[data-element-id="{element}"]')).to_have_count(0)

    def drop(self, tool: str, where: tuple[float, float]) -> None:
        self.page.locator(f'[data-action="{tool}"]').click()
        self.page.mouse.move(where[0] - 30, where[1], steps=4)
        self.page.mouse.move(*where, steps=4)
        expect(self.page.locator(".djs-drag-group").first).to_be_attached()
        self.page.mouse.click(*where)

    def connect(self, source: str, target: str) -> str:
        """The id of the new flow."""
        self.page.locator('[data-action="global-connect-tool"]').click()
        self.page.mouse.click(*self.middle(source))
        self.page.mouse.move(*self.middle(target), steps=6)
        self.page.mouse.click(*self.middle(target))
        joined = "([source, target]) => elements().find((e) => e.source?.id === source && e.target?.id === target)?.id"
        script = f"(ends) => {{ {ELEMENTS} return ({joined})(ends); }}"
        return str(self.page.wait_for_function(script, arg=[source, target]).json_value())

    def outcome(self, flow: str, outcome: str, landing: str = "") -> None:
        # where a flow runs is the library's affair: it is selected as the keyboard would
        script = f"(id) => {{ {ELEMENTS} modeler.get('selection').select(elements().find((e) => e.id === id)); }}"
        self.page.evaluate(script, flow)
        expect(self.page.get_by_label("Identifiant", exact=True)).to_have_value(flow)
        self.page.get_by_label("Issue de la porte", exact=True).select_option(outcome)
        if landing:
            self.page.get_by_label("Une reprise revient à l’étape").fill(landing)

    def saved(self) -> None:
        self.page.get_by_role("button", name="Enregistrer").click()
        expect(self.page.locator("[data-part=status]")).to_contain_text("Enregistré à")


ELEMENTS = """const modeler = document.getElementById('workshop').modeler;
const elements = () => modeler.get('elementRegistry').getAll();"""


def test_a_gate_that_is_drawn_and_published_cannot_be_passed_without_a_decision(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        page = stage.at("jeanne")
        page.goto("/atelier")
        assert axe(page) == []
        screenshot(page, "workshop-list")
        page.get_by_label("Nom", exact=True).fill("Projet d’été")
        page.get_by_label("Nom en anglais").fill("Summer project")
        page.get_by_role("button", name="Commencer cette méthode").click()
        expect(page.get_by_text("Le brouillon est ouvert.")).to_be_visible()
        assert axe(page) == []
        screenshot(page, "workshop-draft")
        draft = int(page.url.rsplit("/", 1)[1])
        page.get_by_role("link", name="Plan, en liste").click()
        page.wait_for_url("**/plan")
        for fold in page.locator("main details summary").all():
            fold.click()
        assert axe(page) == []
        draw_gate(Canvas(page, draft), page, axe, screenshot)
        publish(engine, stage, draft)
        stage.start("claire", "projet_d_ete", "Un été", {"CP": "claire"})
        stage.complete("A")
        assert [each.code for each in opened(engine, stage)] == ["G1"]
        stage.decide("G1", "go", lead="claire", chair="denis")
        assert [each.code for each in opened(engine, stage)] == ["B"]


def draw_gate(canvas: Canvas, page: Page, axe: Callable[..., list[str]], screenshot: Callable[..., Path]) -> None:
    """The first gate of the bare start is taken out, and another drawn in its place."""
    expect(page.locator("[data-part=count]")).to_have_text(CLEAN)
    before = canvas.middle("G1")
    for each in ("G1_decision", "G1_stopped", "G1"):
        canvas.delete(each)
    expect(page.locator("[data-part=count]")).to_contain_text("à corriger")
    canvas.drop("create.gate", before)
    expect(page.locator('.djs-element[data-element-id="G1_decision"]')).to_have_count(1)
    page.keyboard.press("Escape")
    canvas.connect("P1", "G1")
    canvas.outcome(canvas.connect("G1_decision", "P2"), "go")
    canvas.outcome(canvas.connect("G1_decision", "P1"), "rework", "A")
    canvas.select("G1")
    page.locator("input[name=method-method-gate-outcomes][value=stop]").uncheck()
    expect(page.locator("[data-part=findings]")).to_contain_text("n’a aucun critère")
    expect(page.locator(".finding-marker.error")).to_have_count(1)
    assert axe_but_canvas(page, axe) == []
    looked_at(page, screenshot, "workshop-finding")
    criterion(page, "Le besoin est établi", "The need is established")
    page.get_by_label("Nom en anglais", exact=True).fill("First gate")
    canvas.saved()
    expect(page.locator("[data-part=count]")).to_have_text(CLEAN)
    expect(page.locator(".finding-marker")).to_have_count(0)
    assert page.locator(".bjs-powered-by").is_visible()
    looked_at(page, screenshot, "workshop-drawn")


def criterion(page: Page, french: str, english: str) -> None:
    criteria = page.locator("[data-entry-id=criteria]")
    criteria.get_by_role("button", name="Ajouter un critère").click()
    last = criteria.locator("details").last
    last.get_by_label("En français").fill(french)
    last.get_by_label("En anglais").fill(english)


def axe_but_canvas(page: Page, axe: Callable[..., list[str]]) -> list[str]:
    """What stands beside the canvas, which is the library's."""
    return [each for each in axe(page) if not any(part in each for part in (".djs-", ".bjs-", "bpmn-icon"))]


def looked_at(page: Page, screenshot: Callable[..., Path], name: str) -> None:
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        screenshot(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme=None)


def publish(engine: Engine, stage: Stage, draft: int) -> None:
    """Karim approves what Jeanne drew; she publishes it."""
    found = engine.read(MethodDraftOf(draft), stage.ids["jeanne"])
    assert (found.findings, found.unreadable.fr) == ((), "")
    engine.execute(AskReviewOf(draft), stage.ids["jeanne"])
    engine.execute(ReviewMethodDraft(draft, "bien vu"), stage.ids["karim"])
    engine.execute(PublishMethodDraft(draft), stage.ids["jeanne"])


def opened(engine: Engine, stage: Stage) -> Any:
    return engine.read(ProjectPageOf(stage.project), SYSTEM).open


def test_two_who_change_the_same_file_are_told_and_lose_nothing(engine: Engine, person: Callable[..., Page]) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        draft = engine.execute(OpenMethodDraft(name="Projet d’été"), stage.ids["jeanne"]).draft
        page = stage.at("jeanne")
        canvas = Canvas(page, draft)
        theirs = engine.read(MethodDraftFiles(draft), stage.ids["karim"]).files
        theirs["projet-d-ete.bpmn"] = theirs["projet-d-ete.bpmn"].replace(b'name="Porte 2"', b'name="Porte de Karim"')
        engine.execute(SaveMethodDraft(draft, theirs, 1), stage.ids["karim"])
        canvas.select("G1")
        page.get_by_label("Nom en français", exact=True).fill("Porte de Jeanne")
        conflict = page.locator("[data-part=conflict]")
        expect(conflict).to_contain_text("Karim a modifié projet-d-ete.bpmn")
        with page.expect_download() as kept:
            page.get_by_role("button", name="Garder mes fichiers").click()
        assert 'name="Porte de Jeanne"' in kept.value.path().read_text(encoding="utf-8")
        page.get_by_role("button", name="Reprendre l’autre version").click()
        expect(conflict).to_be_hidden()
        canvas.select("G2")
        expect(page.get_by_label("Nom en français", exact=True)).to_have_value("Porte de Karim")


def test_a_session_that_ends_while_one_draws_loses_nothing(engine: Engine, person: Callable[..., Page]) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        draft = engine.execute(OpenMethodDraft(name="Projet d’été"), stage.ids["jeanne"]).draft
        page = stage.at("jeanne")
        canvas = Canvas(page, draft)
        page.context.clear_cookies()
        canvas.select("G1")
        page.get_by_label("Nom en français", exact=True).fill("Porte d’été")
        told = page.locator("[data-part=conflict]")
        expect(told).to_contain_text("La session est terminée")
        other = page.context.new_page()
        other.goto("/connexion")
        other.get_by_label("Identifiant").fill("jeanne")
        other.get_by_label("Mot de passe").fill(PASSWORD)
        other.get_by_role("button", name="Se connecter").click()
        expect(other.get_by_role("heading", name="À faire", exact=True)).to_be_visible()
        canvas.saved()
        expect(told).to_be_hidden()
        main = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files["projet-d-ete.bpmn"]
        assert 'name="Porte d’été"' in main.decode()


def test_feel_is_checked_as_it_is_typed_with_what_is_known_there(engine: Engine, person: Callable[..., Page]) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        draft = engine.execute(OpenMethodDraft(name="Projet d’été"), stage.ids["jeanne"]).draft
        page = stage.at("jeanne")
        canvas = Canvas(page, draft)
        canvas.outcome("G1_go", "go")
        condition = page.get_by_label("Condition", exact=True)
        expect(page.get_by_text("Connus ici : decision, landing, resultat, services_impactes")).to_be_visible()
        condition.fill("budget > 10")
        expect(page.get_by_text("« budget » n’est pas connu à cet endroit.")).to_be_visible()
        condition.fill("decision = ")
        expect(page.locator(".bio-properties-panel-error").first).to_be_visible()
        condition.fill('decision in ("go", "go_reserves")')
        expect(page.locator(".bio-properties-panel-error")).to_have_count(0)
