"""Going on in another method, from the sponsor's page of the project and from the gate."""

from __future__ import annotations

from tests.engine.play import Play
from tests.engine.test_continuing import LONG, SMALL, framed
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]


def test_the_sponsor_has_the_project_go_on_in_another_method(play: Play, person: Opened) -> None:
    project = play.start(SMALL)
    denis = person("denis")
    assert "Continuer dans une autre méthode" in words(denis.get(f"/projets/{project}"))
    denis.post(f"/projets/{project}/methode", {"method": LONG, "reason": "Trois services de plus"})
    said = words(denis.get(f"/projets/{project}"))
    assert "Denis a fait continuer le projet dans la méthode" in said
    assert play.project(project).method_id == LONG
    assert "Continuer dans une autre méthode" not in words(person("claire").get(f"/projets/{project}"))


def test_without_a_reason_it_is_refused_in_words(play: Play, person: Opened) -> None:
    project = play.start(SMALL)
    page = person("denis").post(f"/projets/{project}/methode", {"method": LONG, "reason": ""})
    assert page.status_code == 422
    assert "Un motif est attendu pour continuer dans une autre méthode" in words(page)


def test_the_gate_of_a_project_too_big_offers_to_go_on_in_the_larger_method(play: Play, person: Opened) -> None:
    _, gate = framed(play, "21")
    said = words(person("denis").get(f"/portes/{gate}"))
    assert "Le projet continue dans « Projet transversal »" in said
    assert "le projet dépasse ce que permet sa méthode" in said
