"""A project chooses of its method before the gate of its intake freezes it, in the page."""

from __future__ import annotations

import pytest

from engine import CloseEntry
from engine.store.tables import EntryRow
from tests.engine.play import Play
from tests.engine.test_overlays import METHOD
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]  # fixtures


@pytest.fixture
def project(play: Play) -> int:
    started = play.start(METHOD)
    play.until(started, "G0", E3={"methode": METHOD})
    return started


def test_the_lead_chooses_somebody_else_signs_and_the_gate_freezes_it(play: Play, person: Opened, project: int) -> None:
    claire = person("claire")
    here = f"/projets/{project}/choix"
    assert "Aucun choix" in words(claire.get(here))
    assert f'href="{here}"' in claire.get(f"/projets/{project}").text
    asked = {"what": "hide C2", "reason": "Les idées sont là", "measure": "une boîte", "until": "31/12/2027"}
    done = claire.post(here, asked)
    assert done.status_code == 303
    said = words(claire.get(here))
    assert "« Atelier d’idéation » est masquée Les idées sont là · en compensation : une boîte" in said
    assert "attend l’accord d’une autre personne" in said
    (entry,) = play.rows(EntryRow, EntryRow.register == "deviation")
    play.do("denis", CloseEntry(entry.id, "approved", "oui"))
    assert "accordé" in words(claire.get(here))
    play.decide(project, "G0")
    page = claire.get(here)
    assert "La méthode de ce projet est figée" in words(page)
    assert '<form method="post" action="' + here not in page.text


def test_what_is_refused_keeps_what_was_typed(person: Opened, project: int) -> None:
    claire = person("claire")
    page = claire.post(f"/projets/{project}/choix", {"what": "due C3", "days": "400", "reason": "long"})
    assert page.status_code == 422
    assert "l’échéance devait être d’au plus 30 jours ouvrés" in words(page)
    assert 'value="400"' in page.text
    bare = claire.post(f"/projets/{project}/choix", {"what": "hide C2", "reason": ""})
    assert bare.status_code == 422
    assert 'value="hide C2" selected' in bare.text


def test_a_choice_is_taken_back(person: Opened, project: int) -> None:
    claire = person("claire")
    claire.post(f"/projets/{project}/choix", {"what": "hide C2", "reason": "court"})
    assert claire.post(f"/projets/{project}/choix", {"drop": "1"}).status_code == 303
    assert "Aucun choix" in words(claire.get(f"/projets/{project}/choix"))


def test_who_does_not_steer_reads_only(person: Opened, project: int) -> None:
    gael = person("gael")
    assert "Choisir" not in words(gael.get(f"/projets/{project}/choix")).replace("Choisir pour", "")
    assert gael.post(f"/projets/{project}/choix", {"what": "hide C2", "reason": "court"}).status_code == 403
