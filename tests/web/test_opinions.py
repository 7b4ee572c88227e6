"""An opinion asked within a time limit, as its people see it: clock, request, answer, and what silence brought."""

from __future__ import annotations

import pytest

from tests.engine.opinions import asked
from tests.engine.play import Play
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]


@pytest.fixture
def opinion(play: Play) -> int:
    return asked(play)[1]


def test_the_page_tells_the_time_limit_the_rule_and_what_silence_means(opinion: int, person: Opened) -> None:
    said = words(person("claire").get(f"/taches/{opinion}"))
    assert "Délai de l’avis Sans avis dans le délai, il est réputé négatif et le projet continue." in said
    assert "Règle d’essai" in said
    assert "Délai 1 mois Fin du délai 23 décembre 2026 à 23:59" in said
    assert "Demander un délai" not in said


def test_a_request_suspends_the_clock_and_its_answer_resumes_it(play: Play, opinion: int, person: Opened) -> None:
    claire = person("claire")
    claire.get(f"/taches/{opinion}")
    claire.post(f"/taches/{opinion}/information", {"body": "Combien de postes ?"})
    said = words(claire.get(f"/taches/{opinion}"))
    assert "Délai suspendu depuis le 23 novembre 2026 : une information est demandée." in said
    assert "Combien de postes ?" in said
    play.clock.advance(days=3)
    request = play.page(opinion).requests[0].id
    claire.post(f"/taches/{opinion}/information/{request}", {"answer": "Douze."})
    said = words(claire.get(f"/taches/{opinion}"))
    assert "dont suspendu par une demande 3 jours" in said
    assert "Fin du délai 26 décembre 2026 à 23:59" in said


def test_an_empty_request_is_refused_beside_its_field(opinion: int, person: Opened) -> None:
    page = person("claire").post(f"/taches/{opinion}/information", {"body": " "})
    assert page.status_code == 422
    assert "Un motif est attendu pour suspendre le délai de « Expertiser »." in words(page)


def test_day_31_without_an_opinion_is_deemed_negative_and_the_project_goes_on(
    play: Play, opinion: int, person: Opened
) -> None:
    play.clock.advance(days=31)
    play.due()
    claire = person("claire")
    said = words(claire.get(f"/taches/{opinion}"))
    assert "Aucun avis n’est venu dans le délai : il est réputé négatif, et le projet continue." in said
    assert "« Expertiser » : aucun avis dans le délai, il est réputé négatif et le projet continue" in said
    project = play.row(opinion).project_id
    assert play.open(project) == ["R DAF", "R DRH"]
