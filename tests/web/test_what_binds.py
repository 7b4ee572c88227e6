"""What holds a project to its method, as people meet it on their pages: reserves, thresholds, departments, resistances.

The shipped « Projet transversal », played on SQLite: no database changes what a page says.
"""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from engine import SYSTEM, DecideGate, EscalateIdeas, OpenEntry, Reserve
from tests.engine.conftest import essai, sqlite_url
from tests.engine.play import Play
from tests.web.conftest import words
from tests.web.played import Opened, person

__all__ = ["essai", "person", "sqlite_url"]

#: neither partners nor the works council are asked
PLAIN = {"A2": {"externes": False}, "E2": {"conditions_travail": False}}
FOUR = ("DAF", "DRH", "DSI", "DIR1")


@pytest.fixture
def play(essai: Play) -> Play:
    return essai


def criterion(page: TestResponse, text: str) -> str:
    """What the gate room says from this criterion on."""
    return words(page).partition(text)[2][:160]


def test_with_one_of_two_reserves_left_the_next_gate_is_red_and_nobody_can_tick_it(play: Play, person: Opened) -> None:
    project = play.start("projet_transversal")
    gate = play.until(project, "G1", **PLAIN)
    play.examine(gate)
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    day = play.clock.at.date().replace(year=2027)
    two = tuple(Reserve(text, play.people["claire"], day) for text in ("Chiffrer le T0", "Associer les gardiens"))
    play.do("denis", DecideGate(gate, "go_reserves", "deux points restent", reserves=two))
    first = play.project(project).reserves[0]
    claire = person("claire")
    claire.get(f"/projets/{project}")
    claire.post(f"/projets/{project}/reserves/{first.id}", {"proof": "chiffré"})
    gate = play.until(project, "G2", **PLAIN)
    play.examine(gate)
    page = claire.get(f"/portes/{gate}")
    assert criterion(page, "Réserves de G1 levées").startswith(" non rempli Constaté par Jalon : personne ne peut le")
    assert 'name="state-6"' not in page.text
    claire.post(f"/portes/{gate}/criteres", {"state-6": "met", "evidence-6": "tout est levé"})
    assert "non rempli" in criterion(claire.get(f"/portes/{gate}"), "Réserves de G1 levées")
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    denis = person("denis")
    denis.get(f"/portes/{gate}")
    refused = denis.post(f"/portes/{gate}/decision", {"outcome": "go", "reason": "prêt"})
    assert (refused.status_code, "Réserves de G1 levées" in words(refused)) == (422, True)


def test_a_budget_that_crosses_the_threshold_in_planning_adds_a_gate_before_the_commitment(
    play: Play, person: Opened
) -> None:
    project = play.start("projet_transversal")
    play.until(project, "G3", P1T={"budget": "120 000"}, C6={"cout": "80 000"}, **PLAIN)
    denis = person("denis")
    said = words(denis.get(f"/projets/{project}"))
    assert "La porte d’exception « Budget au-delà du seuil » attend sa décision" in said
    gate = play.task(project, "G3")
    play.examine(gate)
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    assert "la porte d’exception « Budget au-delà du seuil » attend sa décision." in words(denis.get(f"/portes/{gate}"))
    refused = denis.post(f"/portes/{gate}/decision", {"outcome": "go_reserves", "reason": "prêt"})
    assert refused.status_code == 422
    if "X1T" in play.open(project):
        play.complete(project, "X1T")
    play.decide(project, "GX1")
    assert "la porte d’exception" not in words(denis.get(f"/portes/{gate}"))


def test_four_departments_have_a_task_each_and_a_refusal_is_told_and_keeps_the_criterion_red(
    play: Play, person: Opened
) -> None:
    project = play.start("projet_transversal", impacted=FOUR)
    play.until(project, "A3", E2={"services_impactes": list(FOUR)}, A2={"externes": False})
    assert [each for each in play.open(project) if each.startswith("A3 ")] == [f"A3 {code}" for code in FOUR]
    for code in FOUR[:3]:
        play.complete(project, f"A3 {code}")
    claire = person("claire")
    assert "3 service(s) sur 4 ont répondu." in words(claire.get(f"/projets/{project}"))
    left = play.task(project, "A3 DIR1")
    login = play.doer(left)
    refuser = person(login)
    refuser.get(f"/taches/{left}")
    refuser.post(f"/taches/{left}/refuser", {"reason": "Ce n’est pas de mon ressort"})
    assert "Refusée : Recueillir les besoins" in words(person("denis").get("/"))
    assert "3 service(s) sur 4 ont répondu." in words(claire.get(f"/projets/{project}"))


def test_a_major_resistance_without_measure_holds_g2_and_a_department_learns_nothing_of_it(
    play: Play, person: Opened
) -> None:
    project = play.start("projet_transversal")
    gate = play.until(project, "G2", **PLAIN)
    said = {"title": "Les gardiens", "synergy": "1", "antagonism": "4"}
    play.do("claire", OpenEntry("resistance", said, project))
    play.examine(gate)
    claire, gael = person("claire"), person("gael")
    assert "Sans mesure ou sans porteur : " in criterion(claire.get(f"/portes/{gate}"), "Résistances majeures traitées")
    seen = gael.get(f"/portes/{gate}")
    assert "Le journal confidentiel est à compléter" in criterion(seen, "Résistances majeures traitées")
    assert "Les gardiens" not in seen.text
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    denis = person("denis")
    denis.get(f"/portes/{gate}")
    refused = denis.post(f"/portes/{gate}/decision", {"outcome": "go", "reason": "prêt"})
    assert (refused.status_code, "Résistances majeures traitées" in words(refused)) == (422, True)


def test_a_stop_at_g1_leads_to_the_short_closure_which_leaves_no_action_behind(play: Play, person: Opened) -> None:
    project = play.start("projet_transversal")
    gate = play.until(project, "G1", **PLAIN)
    said = {"title": "Prévenir les partenaires", "owner": play.people["claire"], "due": "2026-12-15"}
    action = int(play.do("claire", OpenEntry("action", said, project)).entry)
    play.examine(gate)
    play.vote(gate, *["unfavourable"] * len(play.gate(gate).voters))
    denis, claire = person("denis"), person("claire")
    denis.get(f"/portes/{gate}")
    denis.post(f"/portes/{gate}/decision", {"outcome": "stop", "reason": "le besoin a disparu"})
    assert play.open(project) == ["KC1"]
    assert "Clôture courte" in words(claire.get(f"/projets/{project}"))
    play.complete(project, "KC1")
    listed = play.task(project, "KC2")
    assert "« Prévenir les partenaires »" in words(claire.get(f"/taches/{listed}"))
    claire.get(f"/entrees/{action}")
    claire.post(f"/entrees/{action}/etat", {"state": "done", "word": "C’est dit"})
    assert "« Prévenir les partenaires »" not in words(claire.get(f"/taches/{listed}"))
    for code in ("KC4", "KC2"):
        play.complete(project, code)
    assert "arrêté" in words(claire.get(f"/projets/{project}"))
    assert play.project(project).status == "stopped"


def test_item_10_of_the_closing_list_turns_red_when_an_action_is_opened_again(play: Play, person: Opened) -> None:
    project = play.start("projet_transversal")
    play.until(project, "G1", **PLAIN)
    said = {"title": "Prévenir les partenaires", "owner": play.people["claire"], "due": "2026-12-15"}
    action = int(play.do("claire", OpenEntry("action", said, project)).entry)
    play.decide(project, "G1", "stop")
    play.complete(project, "KC1")
    claire, listed = person("claire"), play.task(project, "KC2")
    play.attest(listed, play.page(listed))  # what the administrator has to vouch for is an action too

    def item() -> str:
        text = words(claire.get(f"/taches/{listed}"))
        found = re.search(r"Actions ouvertes soldées ou transférées \(0 orpheline\) (\w+ ?\w+ ?\w+)", text)
        return found[1] if found else text

    assert item().startswith("ne tient pas")
    for state, expected in (("done", "fait"), ("todo", "ne tient pas"), ("done", "fait")):
        claire.get(f"/entrees/{action}")
        claire.post(f"/entrees/{action}/etat", {"state": state, "word": "C’est dit"})
        assert item().startswith(expected), state


def test_an_idea_without_answer_after_fifteen_days_reaches_who_must_answer(play: Play, person: Opened) -> None:
    karim = person("karim")
    opened = karim.post(
        "/entrees/nouvelle", {"registre": "idees", "f.title": "Des vélos", "f.body": "Trop de voitures"}
    )
    idea = opened.location.rpartition("/")[2]
    play.clock.advance(days=16)
    play.engine.execute(EscalateIdeas(), SYSTEM)
    denis = person("denis")
    assert "Répondre à l’idée n° 1 : Des vélos" in words(denis.get("/"))
    denis.get(f"/entrees/{idea}")
    denis.post(f"/entrees/{idea}/etat", {"state": "declined", "word": "Trop cher"})
    assert "Trop cher" in words(karim.get(f"/entrees/{idea}"))
    assert "Répondre à l’idée" not in words(denis.get("/"))
