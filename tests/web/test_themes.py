"""The themes: their page, their export, starting a project with several, what they add on its page."""

from __future__ import annotations

import json

from engine import SYSTEM, Engine, PublishPack
from tests.engine.play import ROOT
from tests.web.conftest import Browser, words

START = {"title": "Vélo-école", "methode": "tous_les_champs", "service": "DSI", "objectives": "O1"}


def publish(engine: Engine, *themes: str) -> None:
    for theme in themes:
        path = ROOT / "workflows" / "themes" / f"{theme}.json"
        engine.execute(PublishPack(json.loads(path.read_text("utf-8"))), SYSTEM)


def test_the_page_of_themes_says_what_each_adds(engine: Engine, amina: Browser) -> None:
    assert "Aucune thématique." in words(amina.get("/thematiques"))
    publish(engine, "innovation", "organisation")
    said = words(amina.get("/thematiques"))
    assert "Formuler l’hypothèse" in said
    assert "La consultation du CSE est close" in said
    assert "Code du travail, art. L2312-8, R2312-6" in said
    rows = amina.get("/thematiques.csv").text.replace("\u00a0", " ").splitlines()
    assert "Innovation;1.0.0;tâche;IN1;Formuler l’hypothèse;P1, I, S1;CP" in rows
    assert (
        "Innovation;1.0.0;étape imposée;C5;Le pilote est obligatoire : on n’étend pas ce qui n’a pas été essayé.;C5;"
        in rows
    )


def test_a_project_starts_with_several_and_shows_what_they_add(engine: Engine, amina: Browser) -> None:
    publish(engine, "innovation", "organisation")
    assert amina.get("/projets/nouveau?methode=tous_les_champs").text.count('name="themes"') == 2
    started = amina.post("/projets/nouveau", {**START, "themes": ["innovation", "organisation"]})
    page = amina.get(started.location)
    said = words(page)
    assert "Ce que ces thématiques ajoutent" in said
    assert "Analyser l’impact sur les postes" in said
    assert "Innovation · Organisation" in said


def test_a_project_without_theme_has_no_such_part(amina: Browser) -> None:
    assert "thématique" not in words(amina.get("/projets/1"))
