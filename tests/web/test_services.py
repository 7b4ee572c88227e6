"""The page of a service: what is asked of it, with filters, links, an empty state and its files."""

from __future__ import annotations

from engine import HoldProject, RefuseTask
from tests.engine.play import Play
from tests.engine.test_services import answering
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]


def test_a_head_opens_the_page_of_their_service_from_the_inbox(play: Play, person: Opened) -> None:
    project = answering(play)
    task = play.task(project, "R DRH")
    hana = person("hana")
    assert 'href="/services"' in hana.get("/").text
    assert hana.get("/services").location == "/services/DRH"
    page = hana.get("/services/DRH")
    assert f'href="/taches/{task}"' in page.text
    assert f'href="/projets/{project}"' in page.text
    assert "Demandé à Service DRH" in words(page)
    assert "Répondre tâche Un projet Service DRH Hana" in words(page)
    assert 'href="/services"' not in person("karim").get("/").text


def test_the_list_filters_sorts_and_leaves_as_a_file(play: Play, person: Opened) -> None:
    project = answering(play)
    play.do("hana", RefuseTask(play.task(project, "R DRH"), "Pas concernés."))
    hana = person("hana")
    assert "refusé" in words(hana.get("/services/DRH?etat=refused&tri=project"))
    assert "Rien ne correspond à ces filtres." in words(hana.get("/services/DRH?nature=opinion"))
    exported = hana.get("/services/DRH.csv?etat=refused").get_data(as_text=True)
    assert "Répondre;tâche;refusé;Un projet;Service DRH;Denis;non;" in exported
    assert hana.get("/services/DRH.xlsx").status_code == 200
    assert words(hana.get("/services/DRH?tri=faux")) == words(hana.get("/services/DRH"))


def test_an_empty_service_and_what_will_come(play: Play, person: Opened) -> None:
    project = play.start()
    said = words(person("hana").get("/services/DRH"))
    assert "Rien n’est attendu de ce service." in said
    assert "Répondre Un projet Étude Service DRH" in said
    play.do("claire", HoldProject(project, "budget", play.clock.at.date().replace(year=2027)))
    assert "Aucune étape à venir ne s’adresse à ce service." in words(person("hana").get("/services/DRH"))


def test_nobody_else_finds_it(play: Play, person: Opened) -> None:
    for login, status in (("gael", 200), ("jeanne", 200), ("claire", 404), ("karim", 404)):
        assert person(login).get("/services/DRH").status_code == status
        assert person(login).get("/services/DRH.csv").status_code == status
    assert "Vous ne répondez d’aucun service." in words(person("karim").get("/services"))
