"""A project is carried from the idea to its closure, in a browser, by each of its actors in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, ProjectPageOf, PublishMethod, RegisterPageOf
from tests.browser.stage import LATER, PASSWORD, Stage, inbox, served
from tests.conftest import DATABASES, Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.play import SHIPPED, files_of

LEADS = {"projet_transversal": "CP", "pm2": "PM", "petit_projet": "CP"}


def fill(url: str) -> None:
    """Everybody may sign in; the three methods are published."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    for each in SHIPPED:
        engine.execute(PublishMethod(files_of(each)), SYSTEM)
    engine.close()


@pytest.fixture
def engine(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    """On SQLite, unless a test asks for both."""
    with templates.copy(getattr(request, "param", "sqlite"), "people who sign in", fill, tmp_path) as url:
        engine = Engine(url)
        yield engine
        engine.close()


@pytest.fixture
def stage(engine: Engine, person: Callable[..., Page]) -> Iterator[Stage]:
    with served(engine) as address:
        yield Stage(engine, address, person)


def started(stage: Stage, method: str, title: str, **more: str) -> None:
    stage.start("claire", method, title, {LEADS[method]: "claire", **more})


def told(page: Page, *sentences: str) -> None:
    for each in sentences:
        expect(page.get_by_text(each).first).to_be_visible()


def test_a_transversal_project_goes_from_the_idea_through_its_seven_gates_to_its_closure(
    stage: Stage, engine: Engine, screenshot: Callable[..., Any]
) -> None:
    started(stage, "projet_transversal", "Répondre aux locataires")
    lead_and_chair = {"lead": "claire", "chair": "denis"}

    # P0: the idea, its place in the strategy, the method; the sponsor decides alone
    stage.complete("E1")
    stage.complete("E2", conditions_travail="true")
    stage.complete("E3", methode="projet_transversal")
    stage.decide("G0", "go", **lead_and_chair)

    # P1: a task is refused and goes to the sponsor, who entrusts it; one task a service; the gate sends the phase back
    stage.complete("A1")
    stage.complete("A2", externes="false")
    [finance, _] = stage.open("A3")
    page = stage.task(finance)
    page.get_by_text("Refuser la tâche").click()
    page.get_by_label("Motif du refus").fill("Nous n’avons personne ce mois-ci")
    page.get_by_role("button", name="Refuser").click()
    page = stage.at("denis")
    page.goto(f"/taches/{finance.id}")
    told(page, "a refusé cette tâche : Nous n’avons personne ce mois-ci")
    page.get_by_text("Confier à quelqu’un").click()
    page.locator("#assign-to").select_option(str(stage.ids["alice"]))
    page.get_by_role("button", name="Confier").click()
    stage.complete("A3")
    stage.complete("A4")
    stage.complete("A5", "emile")
    stage.complete("A6", contexte="Des réponses trop lentes")
    stage.decide("G1", "rework", **lead_and_chair, reason="Mesurer d’abord les délais")
    [again] = stage.open("A4")
    page = stage.task(again)
    told(page, "À reprendre (tour 2)", "Mesurer d’abord les délais")
    for code in ("A4", "A5"):
        stage.complete(code, "emile" if code == "A5" else "")
    [note] = stage.open("A6")
    expect(stage.task(note).locator('[name="f.contexte"]')).to_have_value("Des réponses trop lentes")
    stage.complete("A6")
    stage.decide("G1", "go_reserves", **lead_and_chair)

    # P2: opinions in parallel; the reserve of G1 binds until it is lifted; a hold, and the project goes on
    for code, login in (("C1", ""), ("C2", "fatou"), ("C3", "fatou"), ("C4", ""), ("C5", "fatou")):
        stage.complete(code, login)
    for code, login in (("C7a", "emile"), ("C7b", "fatou"), ("C7c", "emile"), ("C6", "")):
        stage.complete(code, login)
    assert inbox(engine, stage.ids["bruno"]) == ["G2"]
    page = stage.assess("G2", "claire")
    told(page, "1 réserve(s) à lever.")
    stage.vote("G2", "favourable")
    [gate] = stage.open("G2")
    page = stage.at("denis")
    page.goto(f"/portes/{gate.id}")
    screenshot(page, "gate-with-votes")
    page.get_by_role("button", name="Clore le vote").click()
    expect(page.locator("input[name=outcome][value=go]")).to_be_disabled()
    page.locator("input[name=outcome][value=hold]").check()
    page.get_by_label("Motif de la décision").fill("Attendre la subvention")
    page.get_by_text("Date de revue (si suspension)").click()
    page.locator("[name=review_at]").last.fill(LATER)
    page.get_by_role("button", name="Décider").click()
    page.goto(f"/projets/{stage.project}")
    told(page, "Attendre la subvention")
    page.get_by_role("button", name="Reprendre").click()
    told(page, "Le projet a repris.")
    page = stage.at("claire")
    page.goto(f"/projets/{stage.project}")
    page.get_by_text("Lever cette réserve").click()
    page.get_by_label("Preuve").fill("Variante chiffrée au dossier")
    page.get_by_role("button", name="Déclarer levée").click()
    told(page, "La réserve est levée.")
    stage.decide("G2", "go", **lead_and_chair)

    # P3: plans in parallel, the works council is consulted since working conditions change
    for code, login in (("P1T", ""), ("P2T", ""), ("P3T", "emile"), ("P4T", ""), ("P5T", ""), ("P6T", ""), ("P7T", "")):
        stage.complete(code, login)
    stage.decide("G3", "go", **lead_and_chair)

    # P4: recurring activities begin with it and end at its gate
    recurring = ["T1", "T2", "T3", "T4", "T5", "T6"]
    assert [code for code in recurring if stage.open(code)] == recurring
    stage.complete("T1")
    for code, login in (("D1", ""), ("D2", ""), ("D7", ""), ("D8", "fatou")):
        stage.complete(code, login)
    page = stage.at("claire")
    page.goto(f"/projets/{stage.project}")
    screenshot(page, "project-in-deployment")
    stage.decide("G4", "go", **lead_and_chair)
    assert [code for code in recurring if stage.open(code)] == []

    # P5, P6: measured, learned from, closed
    for code in ("V1", "V2", "V4"):
        stage.complete(code)
    stage.decide("G5", "go", **lead_and_chair)
    stage.complete("K1", "fatou")
    stage.complete("K4", "emile")
    stage.complete("K3", "emile")
    # what T1 promised are actions: none is left when the closing list is filled in
    for action in engine.read(RegisterPageOf("action", stage.project), SYSTEM).entries:
        assert action.owner is not None
        page = stage.at(stage.logins[action.owner.id])
        page.goto(f"/entrees/{action.id}")
        page.locator("summary", has_text="C’est fait").click()
        page.get_by_label("Preuve").last.fill("Fait et vu")
        page.get_by_role("button", name="C’est fait").click()
        told(page, "faite")
    stage.complete("K2")
    stage.decide("G6", "go", **lead_and_chair)

    page = stage.at("claire")
    page.goto(f"/projets/{stage.project}")
    told(page, "Ce projet est terminé", "favorable avec réserves", "à reprendre", "suspendu")
    page.goto(f"/projets/{stage.project}/historique")
    told(page, "Ceux de cette page ont été recalculés : rien n’y a été changé ni retiré.")
    seen = engine.read(ProjectPageOf(stage.project), SYSTEM)
    assert seen.status == "closed"
    assert [(each.id, each.state, each.reworks) for each in seen.phases] == [
        ("P0", "done", 0), ("P1", "done", 1), ("P2", "done", 0), ("P3", "done", 0), ("P4", "done", 0),
        ("P5", "done", 0), ("P6", "done", 0),
    ]  # fmt: skip
    assert [(each.gate, each.outcome) for each in seen.decisions] == [
        ("G0", "go"), ("G1", "rework"), ("G1", "go_reserves"), ("G2", "hold"), ("G2", "go"), ("G3", "go"), ("G4", "go"),
        ("G5", "go"), ("G6", "go"),
    ]  # fmt: skip


def test_a_stop_leads_to_the_short_closure(stage: Stage, engine: Engine) -> None:
    started(stage, "pm2", "Changer de logiciel", BM="claire", PCT="alice")
    for code in ("I1", "I2", "I3"):
        stage.complete(code)
    page = stage.decide("RfP", "stop", lead="claire", chair="denis", reason="Plus de budget")
    page.goto(f"/projets/{stage.project}")
    told(page, "Clôture courte")
    for code in ("ZC2", "ZC3"):
        stage.complete(code)
    page.goto(f"/projets/{stage.project}")
    told(page, "arrêté", "Plus de budget")
    assert engine.read(ProjectPageOf(stage.project), SYSTEM).status == "stopped"


def test_an_idea_is_dismissed_with_a_reasoned_answer(stage: Stage, engine: Engine) -> None:
    started(stage, "projet_transversal", "Une idée déjà couverte")
    for code in ("E1", "E2"):
        stage.complete(code)
    stage.complete("E3", methode="projet_transversal")
    page = stage.decide("G0", "stop", lead="claire", chair="denis", reason="Le projet Accueil couvre déjà ce besoin")
    page.goto(f"/projets/{stage.project}")
    told(page, "classé sans suite", "Le projet Accueil couvre déjà ce besoin")
    assert engine.read(ProjectPageOf(stage.project), SYSTEM).status == "dismissed"


def test_a_session_that_has_ended_leads_back_to_where_one_was(stage: Stage, engine: Engine) -> None:
    started(stage, "petit_projet", "Afficher les délais")
    [sheet] = stage.open("S11")
    page = stage.task(sheet)
    page.get_by_label("Objectif").fill("Répondre en cinq jours")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    engine.sessions.close_all_of(stage.ids["claire"])
    page.goto(f"/taches/{sheet.id}")
    page.get_by_label("Identifiant").fill("claire")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fiche projet")
    expect(page.get_by_label("Objectif")).to_have_value("Répondre en cinq jours")


@pytest.mark.parametrize("engine", DATABASES, indirect=True)
def test_a_small_project_is_done_without_javascript(engine: Engine, person: Callable[..., Page]) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person, javascript=False)
        started(stage, "petit_projet", "Afficher les numéros utiles")
        stage.complete("S11", charge="12")
        stage.decide("SG1", "go", lead="claire", chair="denis")
        stage.complete("S21")
        stage.complete("S22")
        page = stage.decide("SG2", "go", lead="claire", chair="denis")
        page.goto(f"/projets/{stage.project}")
        told(page, "Ce projet est terminé")
        assert engine.read(ProjectPageOf(stage.project), SYSTEM).status == "closed"
