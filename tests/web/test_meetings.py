"""Meetings in the browser: from the task of an occurrence to its minutes, and what each person sees of them."""

from __future__ import annotations

import csv
import io
import re

import pytest

from engine import Appoint, LoadOrganisation, ReportWeather
from engine.store.tables import EntryRow, TaskRow
from tests.engine.play import Play
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]


@pytest.fixture
def project(play: Play) -> int:
    """In the phase in which the group meets every fortnight."""
    started = play.start()
    play.until(started, "X")
    return started


def test_a_meeting_is_held_from_the_task_that_asks_for_it_to_its_end(play: Play, project: int, person: Opened) -> None:
    claire, task = person("claire"), play.task(project, "T1")
    assert "Ouvrir la réunion" in words(claire.get(f"/taches/{task}"))
    answer = claire.post(f"/projets/{project}/reunions", {"task": str(task)})
    assert (answer.status_code, answer.location) == (303, "/reunions/1")
    said = words(claire.get("/reunions/1"))
    assert "Groupe de projet" in said
    assert "Rien n’est en retard ni en attente de décision" in said
    emile = play.people["emile"]
    line = {
        "line-register": "action", "line-title": "Relancer", "line-owner": str(emile), "line-due": "2026-12-10",
        "minutes": "**Vu** avec tous.", "noted": "1", "present": str(emile),
    }  # fmt: skip
    assert claire.post("/reunions/1", line | {"do": "save"}).status_code == 303
    assert [row.title for row in play.rows(EntryRow, EntryRow.origin == "meeting")] == ["Relancer"]
    assert "action Relancer Émile" in words(claire.get("/reunions/1"))
    closing = {"minutes": "**Vu** avec tous.", "noted": "1", "present": str(emile), "do": "close"}
    assert claire.post("/reunions/1", closing).status_code == 303
    page = claire.get("/reunions/1")
    assert "<strong>Vu</strong> avec tous." in page.text
    assert "Présents Émile" in words(page)
    assert play.rows(TaskRow, TaskRow.id == task)[0].state == "done"


def test_what_is_refused_is_said_and_what_was_typed_stays(play: Play, project: int, person: Opened) -> None:
    claire = person("claire")
    claire.post(f"/projets/{project}/reunions", {"task": str(play.task(project, "T1"))})
    answer = claire.post(
        "/reunions/1", {"minutes": "Un début", "line-title": "Sans porteur", "line-register": "action"}
    )
    assert answer.status_code == 422
    assert "La ligne 1 du compte rendu est incomplète : une action a un porteur et une échéance." in words(answer)
    assert "Un début" in answer.text
    assert 'value="Sans porteur"' in answer.text
    answer = claire.post("/reunions/1", {"minutes": "Un début", "do": "close"})
    assert (answer.status_code, "Personne n’est noté présent" in words(answer)) == (422, True)


def test_members_read_the_minutes_without_attendance_and_others_find_nothing(
    play: Play, project: int, person: Opened
) -> None:
    claire, alice = person("claire"), play.people["alice"]
    claire.post(f"/projets/{project}/reunions", {"task": str(play.task(project, "T1"))})
    claire.post("/reunions/1", {"minutes": "Vu.", "noted": "1", "present": str(alice), "do": "close"})
    emile = person("emile")
    assert "Vu." in words(emile.get("/reunions/1"))
    assert "Présen" not in words(emile.get("/reunions/1"))
    assert "Présence" not in words(emile.get(f"/projets/{project}/reunions"))
    assert "Présence" in words(claire.get(f"/projets/{project}/reunions"))
    karim = person("karim")
    addresses = ("/reunions/1", f"/projets/{project}/reunions", f"/projets/{project}/passation")
    assert [karim.get(each).status_code for each in addresses] == [404] * 3


def test_the_list_is_filtered_exported_and_says_when_it_is_empty(play: Play, project: int, person: Opened) -> None:
    claire, address = person("claire"), f"/projets/{project}/reunions"
    assert "Aucune réunion pour l’instant." in words(claire.get(address))
    sent = {"title": "=Comité", "kind": "committee", "held_on": "2026-12-01"}
    assert claire.post(address, sent).status_code == 303
    assert claire.post(address, sent | {"held_on": "demain"}).status_code == 422
    assert "=Comité" in words(claire.get(f"{address}?nature=committee"))
    assert "Aucune réunion ne correspond à ces filtres." in words(claire.get(f"{address}?nature=group"))
    rows = list(csv.reader(io.StringIO(claire.get(f"{address}.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1:5] == ["'=Comité", "Comité de pilotage", "2026-12-01", "Claire"]
    assert claire.get(f"{address}.xlsx").data.startswith(b"PK")


def test_the_weather_is_said_on_the_page_of_the_project_and_read_in_the_list(
    play: Play, project: int, person: Opened
) -> None:
    claire = person("claire")
    assert "Dire la météo du projet" in words(claire.get(f"/projets/{project}"))
    answer = claire.post(f"/projets/{project}/meteo", {"weather": "stormy"})
    assert (answer.status_code, "annoncer du mauvais temps" in words(answer)) == (422, True)
    assert claire.post(f"/projets/{project}/meteo", {"weather": "stormy", "note": "Budget gelé."}).status_code == 303
    for address in ("/projets", f"/projets/{project}"):
        assert "orageux" in words(person("gael").get(address))
    assert "Dire la météo" not in words(person("gael").get(f"/projets/{project}"))
    assert "orageux" in claire.get("/projets.csv").data.decode("utf-8-sig")


def test_a_successor_reads_what_is_open_decided_and_promised(play: Play, project: int, person: Opened) -> None:
    play.do("claire", ReportWeather(project, "cloudy", "Presque."))
    play.do("denis", Appoint(project, "CP", (play.people["emile"],)))
    said = words(person("emile").get(f"/projets/{project}/passation"))
    for part in ("Ce qui est ouvert", "Réaliser", "Ce qui est décidé", "favorable", "Ce qui est promis",
                 "Mieux accueillir", "Prendre la suite de Claire", "nuageux – Presque."):  # fmt: skip
        assert part in said, part


def test_the_cold_evaluation_is_given_on_the_page_of_the_closed_project(play: Play, person: Opened) -> None:
    project = play.start()
    play.until(project, "")
    play.clock.advance(days=200)
    play.due()
    page = person("denis").get(f"/projets/{project}")
    (address,) = re.findall(rf'action="(/projets/{project}/evaluation/\d+)"', page.text)
    assert "Attendue de Denis" in words(person("claire").get(f"/projets/{project}"))
    assert person("denis").post(address, {"held": "yes"}).status_code == 422
    assert person("denis").post(address, {"held": "yes", "note": "Tout tient."}).status_code == 303
    said = words(person("claire").get(f"/projets/{project}"))
    assert "les indicateurs tiennent Denis" in said
    assert "Tout tient." in said


# --- the strategy ----------------------------------------------------------------------------------------------


def test_every_page_of_the_strategy_links_to_the_others(play: Play, project: int, person: Opened) -> None:
    play.do("jeanne", LoadOrganisation({
        "strands": [{"code": "V1", "fr": "Accueil", "owner": "karim"}],
        "objectives": [{"code": "O1", "fr": "Mieux accueillir", "strand": "V1"}, {"code": "O2", "fr": "Répondre vite"}],
    }))  # fmt: skip
    gael = person("gael")
    index = gael.get("/strategie")
    assert "Objectifs qu’aucun projet en cours ne sert Répondre vite" in words(index)
    assert 'href="/strategie/volets/V1"' in index.text
    strand = gael.get("/strategie/volets/V1")
    assert "porté par Karim" in words(strand)
    assert f'href="/projets/{project}"' in strand.text
    objective = gael.get("/strategie/objectifs/O1")
    assert 'href="/strategie/volets/V1"' in objective.text
    assert "prochaine porte" in words(objective)
    assert "Aucun projet ici." in words(gael.get("/strategie/objectifs/O2"))
    assert 'href="/strategie/objectifs/O1"' in gael.get(f"/projets/{project}").text
    matrix = words(gael.get("/strategie/matrice"))
    assert "aucun projet" in matrix
    assert "Un projet" in matrix
    rows = list(csv.reader(io.StringIO(gael.get("/strategie/matrice.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["O2", "O1"]
    assert [gael.get(f"/strategie/{each}").status_code for each in ("volets/V9", "objectifs/O9")] == [404, 404]
