"""What departs from the methods, in the pages: grouped, filtered, exported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import ApproveOverlay, Engine, RequestOverlay
from tests.web.conftest import Browser, words
from tests.web.test_tailoring import engine, send

__all__ = ["engine"]  # a fixture


@pytest.fixture
def hidden(engine: Engine, bruno: Browser) -> Engine:
    """Bruno's department leaves C2 out, with Chloé's approval."""
    send(bruno, "hide", "C2")
    engine.execute(RequestOverlay(1), 2)
    engine.execute(ApproveOverlay(1), 3)
    return engine


def test_by_step_it_says_in_how_many_departments(hidden: Engine, chloe: Browser) -> None:
    said = words(chloe.get("/derogations"))
    assert "« Atelier d’idéation » est masquée C2 · Projet transversal 1 sur 2 – 1" in said
    assert "demandée par Bruno Cordier accordée par Chloé Dumas le" in said
    page = chloe.get("/derogations").text
    assert "/derogations?etape=C2&amp;methode=projet_transversal#list" in page
    assert 'href="/methodes/projet_transversal/services/DSI"' in page


@pytest.mark.parametrize(("view", "title"), [("service", "Systèmes d’information"), ("motif", "Des projets courts.")])
def test_by_department_and_by_reason(hidden: Engine, chloe: Browser, view: str, title: str) -> None:
    assert f"{title} 1 sur 2 – 1" in words(chloe.get(f"/derogations?vue={view}"))


def test_a_filter_without_answer_says_so(hidden: Engine, chloe: Browser) -> None:
    assert "Rien ne correspond à ces filtres." in words(chloe.get("/derogations?etat=past"))
    assert "Rien ne correspond à ces filtres." in words(chloe.get("/derogations?recherche=introuvable"))


def test_it_leaves_as_a_file_with_its_fingerprints(hidden: Engine, chloe: Browser) -> None:
    said = chloe.get("/derogations.csv?etape=C2").text.splitlines()
    assert said[0].startswith("\ufeffNuméro;Ce dont on s’écarte;Méthode;Version;Étape;État")
    row = said[1].split(";")
    assert row[:6] == ["1", "« Atelier d’idéation » est masquée", "projet_transversal", "1.0.0", "Atelier d’idéation",
                       "en vigueur"]  # fmt: skip
    assert [len(each) for each in row[-2:]] == [64, 64]
    assert chloe.get("/derogations.xlsx").status_code == 200


def test_everyone_reads_the_tailorings_and_opens_no_entry_of_them(hidden: Engine, amina: Browser) -> None:
    page = amina.get("/derogations")
    assert "« Atelier d’idéation » est masquée" in words(page)
    assert "/entrees/" not in page.text


def test_an_organisation_without_any_says_so(chloe: Browser, browser: Callable[[int | None], Browser]) -> None:
    assert "Aucune dérogation en vigueur." in words(chloe.get("/derogations"))
    assert browser(None).get("/derogations").status_code == 303
