"""The list of projects, a project's page, starting one, holding it, its timeline, its exports."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine import CastVote, CloseVote, DecideGate, Engine, GateStep, PhaseStep, ProjectPageOf, Reserve, Text
from tests.web.conftest import Browser, words
from tests.web.under_vote import AMINA, BRUNO, CHLOE, in_days, under_vote
from web.timeline import LEFT, RIGHT, WIDTH, timeline

SOME = {"title": "Vélo-école", "methode": "tous_les_champs", "service": "DSI", "objectives": "O1"}


# --- the list ----------------------------------------------------------------------------------------------


def test_the_list_links_each_project_with_its_phase_and_its_next_gate(amina: Browser) -> None:
    page = amina.get("/projets")
    assert '<a href="/projets/1">Plan vélo</a>' in page.text
    assert "prochaine porte : Feu vert" in words(page)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("recherche=vélo", True), ("recherche=bus", False), ("statut=running", True), ("statut=held", False),
        ("service=DSI", True), ("methode=tous_les_champs", True), ("methode=autre", False), ("miens=1", True),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(amina: Browser, filters: str, found: bool) -> None:
    said = words(amina.get(f"/projets?{filters}"))
    assert ("Plan vélo" in said) is found
    assert ("Aucun projet ne correspond à ces filtres." in said) is not found


def test_an_unknown_sort_is_a_bad_request(amina: Browser) -> None:
    assert amina.get("/projets?tri=hasard").status_code == 400


# --- one project -------------------------------------------------------------------------------------------


def test_a_project_opens_on_what_blocks_its_next_gate(engine: Engine, amina: Browser) -> None:
    project, gate = under_vote(engine)
    page = amina.get(f"/projets/{project}")
    first = page.text.index("Avant la prochaine porte")
    assert page.text.index(f'<a href="/portes/{gate}">', first) < page.text.index('<ol class="strip"')
    assert "« Feu vert » attend sa décision" in words(page)


def test_the_strip_says_every_state_in_words(engine: Engine, amina: Browser) -> None:
    project, _ = under_vote(engine)
    strip = amina.get(f"/projets/{project}").text.partition('<ol class="strip"')[2].partition("</ol>")[0]
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", strip))
    assert "Cadrer terminée" in said or "Cadrer en cours" in said
    assert "Réaliser et clore à venir" in said


def test_one_who_takes_no_part_sees_the_project_but_no_task(engine: Engine, chloe: Browser) -> None:
    page = chloe.get("/projets/1")
    said = words(page)
    assert "Plan vélo" in said
    assert re.findall('href="/(?:taches|portes)/', page.text) == []
    assert "1 tâche(s) en cours dans «" in said
    assert "Le détail des tâches est réservé à ceux qui participent au projet." in said


def test_a_project_that_does_not_exist_is_not_found(amina: Browser) -> None:
    assert amina.get("/projets/999").status_code == 404


def test_a_project_is_held_then_resumed(amina: Browser) -> None:
    no_date = amina.post("/projets/1/suspendre", {"reason": "Le budget est revu."})
    assert no_date.status_code == 422
    assert "Une suspension demande une date de revue à venir." in words(no_date)
    assert "Le budget est revu.</textarea>" in no_date.text
    held = amina.post(
        "/projets/1/suspendre",
        {"reason": "Le budget est revu.", "review_at": in_days(30).isoformat()},
        follow_redirects=True,
    )
    assert "Ce projet est suspendu jusqu’au" in words(held)
    assert "Motif : Le budget est revu." in words(held)
    resumed = amina.post("/projets/1/reprendre", follow_redirects=True)
    assert "Le projet a repris." in words(resumed)
    assert "Ce projet est suspendu" not in words(resumed)


def test_holding_twice_is_refused_on_the_page(amina: Browser) -> None:
    form = {"reason": "Attente.", "review_at": in_days(30).isoformat()}
    amina.post("/projets/1/suspendre", form)
    page = amina.post("/projets/1/suspendre", form)
    assert page.status_code == 409
    assert "est suspendu jusqu’au" in words(page)


def test_a_reserve_is_lifted_with_its_proof_by_its_owner(
    engine: Engine, browser: Callable[[int | None], Browser]
) -> None:
    project, gate = under_vote(engine)
    for voter in (BRUNO, CHLOE):
        engine.execute(CastVote(gate, "favourable"), voter)
    engine.execute(CloseVote(gate), BRUNO)
    reserve = Reserve("Chiffrer la formation", CHLOE, in_days(20))
    engine.execute(DecideGate(gate, "go_reserves", "Reste un chiffre.", (reserve,)), BRUNO)
    (line,) = engine.read(ProjectPageOf(project), CHLOE).reserves
    chloe = browser(CHLOE)
    empty = chloe.post(f"/projets/{project}/reserves/{line.id}", {"proof": ""})
    assert empty.status_code == 422
    lifted = chloe.post(f"/projets/{project}/reserves/{line.id}", {"proof": "Devis joint"}, follow_redirects=True)
    assert "Chiffrer la formation levée" in words(lifted)
    assert "Preuve : Devis joint" in words(lifted)


# --- starting one ------------------------------------------------------------------------------------------


def test_a_start_begins_with_the_choice_of_a_method(amina: Browser) -> None:
    page = amina.get("/projets/nouveau")
    assert "D’abord la méthode" in words(page)
    assert 'href="/projets/nouveau?methode=tous_les_champs"' in page.text


def test_a_start_that_is_refused_keeps_everything(amina: Browser) -> None:
    page = amina.post("/projets/nouveau", {**SOME, "title": "", "impacted": ["DG"], "role-CP": str(AMINA)})
    assert page.status_code == 422
    assert 'name="objectives" value="O1" checked' in page.text
    assert 'name="impacted" value="DG" checked' in page.text
    assert f'<option value="{AMINA}" selected>Amina Benali' in page.text


def test_all_that_is_missing_is_said_at_once_each_with_a_way_there(amina: Browser) -> None:
    page = amina.post("/projets/nouveau", {"title": " ", "methode": "tous_les_champs", "service": ""})
    said = re.findall(r'<li><a href="#([a-zA-Z-]+)">(.*?)</a>', page.text)
    assert (page.status_code, [each for each, _ in said][:3]) == (422, ["title", "objectives", "service"])
    assert said[0][1] == "Le titre du projet manque. Écrivez en une ligne ce qu’il va changer."
    assert all(f'id="{each}"' in page.text for each, _ in said)


def test_a_role_takes_several_people_one_row_each_without_javascript(amina: Browser) -> None:
    page = amina.post("/projets/nouveau", {**SOME, "role-CP": str(AMINA), "add": "CP"})
    assert page.status_code == 200
    assert page.text.count(' name="role-CP"') == 2


def test_a_project_is_started_once_whatever_the_clicks(engine: Engine, amina: Browser) -> None:
    form: dict[str, Any] = {**SOME, "role-CP": str(AMINA), "role-RESP": str(BRUNO), "key": "one-click"}
    first = amina.post("/projets/nouveau", form)
    again = amina.post("/projets/nouveau", form)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    page = amina.get(first.location)
    assert "Vélo-école" in words(page)


def test_an_unknown_method_is_not_found(amina: Browser) -> None:
    assert amina.get("/projets/nouveau?methode=inconnue").status_code == 404


# --- the timeline ------------------------------------------------------------------------------------------

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


def phase(start: int | None, end: int | None, gate: int | None) -> PhaseStep:
    def day(number: int | None) -> datetime | None:
        return None if number is None else BEGIN + timedelta(days=number)

    step = GateStep("G", Text("Porte"), "upcoming", None, "", day(gate), False)
    return PhaseStep("P", Text("Phase"), "upcoming", day(start), day(end), 0, 0, 0, step)


def test_a_phase_has_a_bar_for_the_time_it_lasted_and_none_before_it_began() -> None:
    seen = timeline(
        [phase(0, 50, 50), phase(50, None, None), phase(None, None, None)], BEGIN, None, BEGIN + timedelta(100), "fr"
    )
    room = WIDTH - LEFT - RIGHT
    assert [(row.x, row.width) for row in seen.rows] == [(LEFT, room / 2), (LEFT + room / 2, room / 2), (LEFT, 0)]
    assert [row.diamond is not None for row in seen.rows] == [True, False, False]
    assert seen.today == WIDTH - RIGHT


@pytest.mark.parametrize(
    ("days", "marks"),
    [
        (14, ["12 janv.", "19 janv."]),
        (100, ["févr. 2026", "mars 2026", "avr. 2026"]),
        (900, ["avr. 2026", "juil. 2026", "oct. 2026", "janv. 2027", "avr. 2027", "juil. 2027", "oct. 2027",
               "janv. 2028", "avr. 2028"]),
    ],
)  # fmt: skip
def test_the_scale_marks_weeks_then_months_then_quarters(days: int, marks: list[str]) -> None:
    seen = timeline([phase(0, days, None)], BEGIN, BEGIN + timedelta(days), BEGIN, "fr")
    assert [mark.words for mark in seen.marks] == marks
    assert seen.today == 0
