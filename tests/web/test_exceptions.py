"""Exceptional gates as people see them: on the project's page, on the method's, in the gate room."""

from __future__ import annotations

import pytest

from tests.engine.play import Play
from tests.engine.test_exceptions import begun
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]


@pytest.fixture
def project(play: Play) -> int:
    return begun(play, "1200")[0]


def test_the_project_says_that_the_next_gate_waits_for_it(play: Play, project: int, person: Opened) -> None:
    said = words(person("claire").get(f"/projets/{project}"))
    assert (
        "La porte d’exception « Dépassement » attend sa décision : la prochaine porte ne peut pas être franchie."
        in said
    )
    assert "Portes d’exception ◆ Dépassement ouverte" in said
    play.complete(project, "S")
    play.decide(project, "GS")
    said = words(person("claire").get(f"/projets/{project}"))
    assert "Portes d’exception ◆ Dépassement favorable, le 23 novembre 2026" in said


def test_its_room_is_that_of_any_gate(play: Play, project: int, person: Opened) -> None:
    play.complete(project, "S", raison="Les prix montent")
    said = words(person("denis").get(f"/portes/{play.task(project, 'GS')}"))
    assert "Porte d’exception GS : Dépassement" in said
    assert "Les prix montent" in said


def test_the_method_sheet_says_when_it_opens(play: Play, project: int, person: Opened) -> None:
    said = words(person("claire").get("/methodes/essai"))
    assert "S’ouvre, même au milieu d’une phase, dès que : montant > 1000" in said
