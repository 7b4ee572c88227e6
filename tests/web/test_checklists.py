"""Checklists and criteria through the pages: what blocks, evidence, approvals, a closing refused with links."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from tests.engine.play import Play, filled
from tests.engine.test_checklists import action, close, publish
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]

TICK = {"state": "done", "evidence": "vu"}
LIST = {f"f.liste.{number}.{part}": said for number in range(1, 7) for part, said in TICK.items()}


@pytest.fixture
def listed(play: Play) -> tuple[int, int]:
    """A project whose closing list is open: its project and its task."""
    publish(play)
    project = play.start("petit_projet")
    return project, play.until(project, "S22")


def links(page: TestResponse, of: str = "pointers") -> list[str]:
    """Where the lists of what is lacking lead, each place once."""
    found = re.findall(rf'<ul class="{of}".*?</ul>', page.text, re.DOTALL)
    return list(dict.fromkeys(re.findall(r'href="([^"]+)"', "".join(found))))


def test_the_task_shows_how_each_line_stands_and_what_stands_in_the_way(
    play: Play, person: Opened, listed: tuple[int, int]
) -> None:
    project, task = listed
    claire = person("claire")
    action(play, project)
    page = claire.get(f"/taches/{task}")
    said = words(page)
    assert "ne tient pas Encore ouvert : " in said
    assert "« Former les agents » qui : Émile" in said
    assert "l’administrateur ne l’a pas encore attesté" in said
    assert 'name="f.liste.4.state"' not in page.text
    refused = claire.post(f"/taches/{task}", {"f.bilan": "x", "do": "complete", **LIST})
    assert refused.status_code == 422
    assert "Encore ouvert : " in words(refused)


def test_the_administrator_vouches_and_the_sponsor_approves_on_the_task_itself(
    play: Play, person: Opened, listed: tuple[int, int]
) -> None:
    _, task = listed
    jeanne, claire, denis = person("jeanne"), person("claire"), person("denis")
    assert "À attester par l’administrateur" not in claire.get(f"/taches/{task}").text
    assert "À attester par l’administrateur" in jeanne.get(f"/taches/{task}").text
    empty = jeanne.post(f"/taches/{task}/attester", {"item": "liste.2", "evidence": ""})
    assert (empty.status_code, "demande une preuve" in words(empty)) == (422, True)
    sent = {"item": "liste.2", "evidence": "https://exemple.fr/registre"}
    done = jeanne.post(f"/taches/{task}/attester", sent, follow_redirects=True)
    assert "C’est attesté." in words(done)
    assert '<a href="https://exemple.fr/registre" rel="noopener noreferrer">' in claire.get(f"/taches/{task}").text

    asked = claire.post(f"/taches/{task}", {"f.bilan": "Cinq lignes", "aside": "liste.3", "aside.liste.3": "personne"})
    assert (asked.status_code, "sans objet, attend l’accord personne" in words(asked)) == (200, True)
    assert "Cinq lignes</textarea>" in asked.text  # what was typed still stands
    assert "votre accord est demandé" not in words(asked)
    assert "votre accord est demandé" in words(denis.get(f"/taches/{task}"))
    own = claire.post(f"/taches/{task}/sans-objet", {"subject": "liste.3", "do": "approve"})
    assert (own.status_code, "l’accord revient à un autre" in words(own)) == (403, True)
    denis.get(f"/taches/{task}")
    denis.post(f"/taches/{task}/sans-objet", {"subject": "liste.3", "do": "approve"})
    assert play.page(task).lines["liste.3"].holds


def test_the_gate_room_cites_a_piece_of_the_project_and_asks_for_approval(play: Play, person: Opened) -> None:
    publish(play)
    project = play.start("petit_projet")
    gate = play.until(project, "SG1")
    sheet = next(each.value for each in play.gate(gate, "claire").proofs)
    claire, denis = person("claire"), person("denis")
    page = claire.get(f"/portes/{gate}")
    assert f'<option value="{sheet}">Fiche projet</option>' in page.text
    missing = claire.post(f"/portes/{gate}/criteres", {"state-1": "met"})
    assert (missing.status_code, "« Objectif clair » demande une preuve" in words(missing)) == (422, True)
    claire.post(f"/portes/{gate}/criteres", {"state-1": "met", "refers-1": sheet})
    assert f'<a href="/taches/{sheet.partition(":")[2]}">Fiche projet</a>' in denis.get(f"/portes/{gate}").text
    claire.get(f"/portes/{gate}")
    claire.post(f"/portes/{gate}/criteres", {"state-1": "not_applicable", "evidence-1": "déjà décidé"})
    seen = denis.get(f"/portes/{gate}")
    assert "Demandé par Claire" in words(seen)
    refused = denis.post(f"/portes/{gate}/sans-objet", {"subject": "1", "do": "refuse"})
    assert (refused.status_code, "Un motif est attendu" in words(refused)) == (422, True)
    denis.get(f"/portes/{gate}")
    denis.post(f"/portes/{gate}/sans-objet", {"subject": "1", "do": "approve"})
    assert "accordé par Denis" in words(denis.get(f"/portes/{gate}"))


def test_a_closing_with_an_open_action_is_refused_with_a_link_to_it(
    play: Play, person: Opened, listed: tuple[int, int]
) -> None:
    project, task = listed
    play.attest(task, play.page(task))
    play.complete(project, "S22")
    gate = play.task(project, "SG2")
    play.examine(gate)
    entry = action(play, project)
    denis = person("denis")
    denis.get(f"/portes/{gate}")
    page = denis.post(f"/portes/{gate}/decision", {"outcome": "go", "reason": "tout est fait"})
    assert page.status_code == 422
    assert "Le projet ne peut pas se terminer encore. Il manque : « Former les agents »." in words(page)
    assert len(links(page)) >= 1
    assert "tout est fait</textarea>" in page.text
    close(play, entry)
    denis.get(f"/portes/{gate}")
    denis.post(f"/portes/{gate}/decision", {"outcome": "go", "reason": "tout est fait"})
    assert play.project(project).status == "closed"


def test_the_project_page_says_first_what_the_next_gate_lacks_and_who_can_mend_it(play: Play, person: Opened) -> None:
    project = play.start("projet_transversal")
    task = play.until(project, "A3")
    page = person("claire").get(f"/projets/{project}")
    said = words(page)
    assert said.index("critères ne tiennent pas") < said.index("Calendrier des phases")
    assert "0 service(s) sur 2 ont répondu." in said
    assert f"/taches/{task}" in links(page)
    stranger = words(person("alice").get(f"/projets/{project}"))
    assert ("critères ne tiennent pas" in stranger) == ("see_tasks" in play.project(project, "alice").can)


def test_each_department_is_given_its_place(play: Play, person: Opened) -> None:
    project = play.start("projet_transversal")
    claire, alice = person("claire"), person("alice")
    assert "services à situer" in words(claire.get(f"/projets/{project}"))
    codes = [each.code for each in play.project(project).services if not each.mark]
    claire.post(f"/projets/{project}/services", {f"mark-{code}": "informed" for code in codes})
    assert "chaque service a sa place" in words(claire.get(f"/projets/{project}"))
    assert {each.mark for each in play.project(project).services} == {"impacted", "informed"}
    unknown = claire.post(f"/projets/{project}/services", {"mark-ZZZ": "informed"})
    assert unknown.status_code == 422
    assert alice.post(f"/projets/{project}/services", {f"mark-{codes[0]}": ""}).status_code == 403


def test_a_list_is_completed_from_its_page(play: Play, person: Opened, listed: tuple[int, int]) -> None:
    project, task = listed
    play.attest(task, play.page(task))
    claire = person("claire")
    claire.get(f"/taches/{task}")
    sent = {**LIST, "f.liste.3.evidence": "", "f.liste.3.refers": f"task:{task}", "f.bilan": "x", "do": "complete"}
    claire.post(f"/taches/{task}", sent)
    assert play.open(project) == ["SG2"]
    assert filled(play.page(task))["liste"]["3"]["refers"] == f"task:{task}"
    assert f'<a href="/taches/{task}">' in claire.get(f"/taches/{task}").text
