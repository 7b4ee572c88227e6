"""The method owner's matrix: services by steps, filters, exports, and where each cell leads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import DraftOverlay, Engine, RequestOverlay, write_overlay
from engine.overlay import operations as op
from tests.overlay.samples import overlay
from tests.web.conftest import Browser, words
from tests.web.test_carrying_over import approved, engine, person

__all__ = ["engine"]  # a fixture
HERE = "/methodes/projet_transversal/amenagements"
QUORUM = op.RaiseQuorum("G2", Decimal("0.75"), reason="Le budget est engagé.")


@pytest.fixture
def tailored(engine: Engine) -> Engine:
    """Bruno's department hides a step and raises a quorum; it asks for more."""
    approved(engine, overlay(op.Hide("C2", reason="=court"), QUORUM))
    bruno = person(engine, "bruno")
    asked = write_overlay(overlay(QUORUM, op.Hide("K3", reason="La lettre s’en charge."), service="DSI"))
    engine.execute(RequestOverlay(engine.execute(DraftOverlay(asked), bruno).overlay), bruno)
    return engine


@pytest.mark.usefixtures("tailored")
def test_the_matrix_names_what_each_service_does_to_each_step_and_leads_there(chloe: Browser) -> None:
    page = chloe.get(HERE)
    said = words(page)
    assert "1 services sur" not in said
    assert "1 attend votre approbation" in said
    assert "Systèmes d’information 2 opérations · demandé par Bruno Cordier" in said
    assert "quorum porté à 75 %" in said.replace("\u00a0", " ")
    assert 'href="/methodes/projet_transversal/adapter/DSI#at-K3"' in page.text
    assert 'href="/methodes/projet_transversal/services/DSI"' in page.text
    assert said.count("moins que la méthode") >= 2


@pytest.mark.usefixtures("tailored")
def test_what_is_asked_most_often_stands_first(chloe: Browser) -> None:
    said = words(chloe.get(HERE))
    assert "masquée dans 1 services sur" not in said
    assert "Atelier d’idéation : masquée dans 1 service sur" in said


@pytest.mark.usefixtures("tailored")
def test_it_is_filtered_and_exported_a_line_for_each_operation(chloe: Browser) -> None:
    assert "Rien ne correspond à ces filtres." in words(chloe.get(f"{HERE}?texte=rien+de+tel"))
    page = chloe.get(f"{HERE}?operation=hide&etat=in_force")
    assert f'{HERE}.csv?operation=hide&amp;etat=in_force"' in page.text
    file = chloe.get(f"{HERE}.csv?operation=hide")
    lines = file.text.splitlines()
    assert len(lines) == 3
    assert lines[1].split(";")[:7] == [
        "Systèmes d’information", "en vigueur", "1.0.0", "C2", "Atelier d’idéation", "Masquer cette étape", "masquée",
    ]  # fmt: skip
    assert lines[1].split(";")[7] == "'=court"
    assert chloe.get(f"{HERE}.xlsx").data[:2] == b"PK"


def test_without_any_it_says_so(chloe: Browser) -> None:
    assert "Aucun service n’aménage cette méthode." in words(chloe.get(HERE))


@pytest.mark.usefixtures("tailored")
def test_only_owners_of_methods_are_led_there(chloe: Browser, bruno: Browser) -> None:
    assert f'href="{HERE}"' in chloe.get("/methodes/projet_transversal").text
    assert f'href="{HERE}"' not in bruno.get("/methodes/projet_transversal").text
    assert bruno.get(HERE).status_code == 403
    chloe.post("/langue", {"language": "en", "next": "/compte"})
    assert "Departments and steps" in words(chloe.get(HERE))
