"""The page of jobs, entrusting everything of a person, and what a project and a task say of their timers.

The organisation and the method with timers are those of the engine's tests: Jeanne administers, Claire leads.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from engine import GatherReminders, HoldProject, Jobs, LoadOrganisation, SendReminders, run_due
from engine.jobs.batches import carry_out
from engine.settings import Settings
from engine.store.tables import FailureRow, TaskRow
from tests.engine.organisation import ORGANISATION
from tests.engine.play import Play
from tests.web.conftest import Browser, words
from tests.web.jobs_seen import DEAD, at_work, seen
from tests.web.played import Opened, furnished_url, person, play, project

__all__ = ["furnished_url", "person", "play", "project"]


@pytest.fixture
def jeanne(person: Opened) -> Browser:
    return person("jeanne")


def trouble(play: Play, project: int | None = None) -> int:
    project = project or play.start()
    seen(play.engine, project, play.people["jeanne"], play.clock())
    return project


def of(said: str, first: str, last: str) -> str:
    """What a page says from one heading to another."""
    return said.partition(first)[2].partition(last)[0]


# --- who, and is all well? ---------------------------------------------------------------------------------


def test_only_an_administrator_is_shown_the_way_and_finds_the_page(play: Play, person: Opened) -> None:
    assert 'href="/jobs"' in person("jeanne").get("/").text
    claire = person("claire")
    assert 'href="/jobs"' not in claire.get("/").text
    assert [claire.get(each).status_code for each in ("/jobs", "/jobs.csv", "/personnes/1/confier")] == [404] * 3
    seen(play.engine, play.start(), play.people["jeanne"], play.clock())
    sent = {"job": DEAD, "to": "2"}
    assert [claire.post(each, sent).status_code for each in ("/jobs/relancer", "/personnes/1/confier")] == [403, 404]
    assert claire.post("/jobs/relancer", {"job": "none"}).status_code == 403


def test_a_quiet_system_says_that_all_is_well(play: Play, jeanne: Browser) -> None:
    at_work(play.engine, play.clock())
    said = words(jeanne.get("/jobs"))
    assert "Tout va bien : 1 processus travaille. Rien n’a échoué ; il n’y a rien à faire." in said
    assert "Aucune échéance n’est attendue." in said
    assert "Aucun lot n’a été demandé." in said


def test_where_nobody_works_the_page_says_what_to_start(play: Play, jeanne: Browser) -> None:
    said = words(jeanne.get("/jobs"))
    assert "Aucun processus n’exécute les travaux : aucune échéance ne se déclenche, aucun message ne part." in said
    assert "Sur PostgreSQL, lancez jalon worker sur une machine ; avec une base SQLite, relancez jalon serve ." in said
    at_work(play.engine, play.clock() - timedelta(minutes=2))
    assert "Aucun processus n’exécute les travaux" in words(jeanne.get("/jobs"))
    assert "sans signe de vie" in words(jeanne.get("/jobs"))


def test_a_failure_that_will_be_tried_again_asks_nothing(play: Play, jeanne: Browser) -> None:
    trouble(play)
    jeanne.post("/jobs/relancer", {"job": DEAD})
    said = words(jeanne.get("/jobs"))
    assert "Tout va bien : 1 processus travaille. 1 travail a échoué et sera réessayé de lui-même" in said


# --- the lists ---------------------------------------------------------------------------------------------


def test_a_dead_job_says_why_and_is_restarted_once(play: Play, jeanne: Browser) -> None:
    trouble(play)
    said = words(jeanne.get("/jobs"))
    assert "1 travail est abandonné après plusieurs essais. Lisez pourquoi ci-dessous" in said
    assert "message send-41 toute l’organisation Le serveur de courrier ne répond pas." in said
    page = jeanne.post("/jobs/relancer", {"job": DEAD}, follow_redirects=True)
    assert "Le travail est relancé." in words(page)
    (row,) = play.rows(FailureRow, FailureRow.key == DEAD)
    assert (row.dead_at, row.tries) == (None, 0)
    assert re.search(r"send-41 toute.* relancé Exporter", words(page))
    again = jeanne.post("/jobs/relancer", {"job": DEAD}, follow_redirects=True)
    assert "Ce travail n’est plus abandonné" in words(again)


def test_timers_messages_batches_and_processes_are_listed(play: Play, project: int, jeanne: Browser) -> None:
    trouble(play, project)
    said = words(jeanne.get("/jobs"))
    timers = of(said, "Prochaines échéances", "Messages à envoyer")
    assert "Relance après 5 jours ouvrés Un projet 30 novembre 2026 à 23:59" in timers
    assert "Jalon : 2 échéance(s), dont 1 dépassée(s) Jeanne" in of(said, "Messages à envoyer", "Lots Lot")
    batches = of(said, "Lots Lot", "Processus Processus")
    assert "3 sur 8" in batches
    assert "8 sur 8 · 1 refus Tâche n° 7 : « Réaliser » n’est plus à faire." in batches
    assert "Motif : départ à la retraite" in batches
    assert [word in said for word in ("au travail", "sans signe de vie", "arrêté")] == [True] * 3


def test_without_a_mail_server_the_page_says_that_no_mail_is_written(play: Play, jeanne: Browser) -> None:
    said = "Aucun courriel n’est écrit : le serveur de courrier n’est pas réglé (JALON_SMTP)."
    play.engine.settings = Settings()
    assert said in words(jeanne.get("/jobs")).replace("( ", "(").replace(" )", ")")
    play.engine.settings = Settings(smtp="smtp://localhost", mail_from="jalon@exemple.fr")
    assert "Tous les messages sont partis." in words(jeanne.get("/jobs"))


def test_the_lists_are_filtered_by_kind_project_and_person(play: Play, project: int, jeanne: Browser) -> None:
    trouble(play, project)
    only = words(jeanne.get("/jobs?liste=echecs"))
    assert "send-41" in only
    assert "Prochaines échéances" not in only
    found = play.see("jeanne", Jobs(text="un projet"))
    assert (len(found.dead), len(found.retried), len(found.unsent)) == (0, 1, 1)
    nothing = words(jeanne.get("/jobs?recherche=licorne&liste=lots"))
    assert "Aucune ligne ne correspond à ces filtres." in nothing
    # what is wrong is said whatever is filtered
    assert "1 travail est abandonné" in nothing
    assert [jeanne.get(f"/jobs?{each}").status_code for each in ("tri=x", "liste=x")] == [400, 400]


def test_the_lists_are_sorted_by_date_or_by_name(play: Play, jeanne: Browser) -> None:
    first, second = play.start(title="Zoo"), play.start(title="Abri")
    for each in (first, second):
        play.do("claire", HoldProject(each, "budget gelé", date(2027, 1, 15)))
    titles = {sort: [each.project_title for each in play.see("jeanne", Jobs(sort=sort)).timers]
              for sort in ("when", "name")}  # fmt: skip
    assert titles == {"when": ["Zoo", "Abri"], "name": ["Abri", "Zoo"]}
    said = words(jeanne.get("/jobs?tri=name"))
    assert said.index("Abri") < said.index("Zoo")


def test_every_list_is_exported_whole(play: Play, project: int, jeanne: Browser) -> None:
    trouble(play, project)

    def lines(name: str) -> list[str]:
        return jeanne.get(f"/jobs.csv?liste={name}").data.decode("utf-8-sig").splitlines()

    assert lines("echecs")[0] == "Travail;Nature;Numéro;Projet;Essais;État;Pourquoi;Date"
    assert lines("echecs")[1].startswith("send-41;message;;;8;abandonné;Le serveur de courrier ne répond pas.;")
    assert f"Sans réponse après 10 jours;{project};Un projet;2026-12-03 10:" in "\n".join(lines("echeances"))
    assert "courriel;Jeanne;Jalon : 2 échéance(s), dont 1 dépassée(s);;;" in lines("messages")[1]
    assert ";départ à la retraite;Jeanne;" in lines("lots")[1]
    assert [each.split(";")[:2] for each in lines("processus")[1:]] == [
        ["jalon-1", "au travail"], ["jalon-2", "sans signe de vie"], ["jalon-3", "arrêté"],
    ]  # fmt: skip


def test_the_page_refreshes_itself_where_scripts_run_and_by_a_link_where_not(jeanne: Browser) -> None:
    page = jeanne.get("/jobs?liste=lots").text
    assert 'hx-get="/jobs?liste=lots"' in page
    assert '<a href="/jobs?liste=lots">Rafraîchir</a>' in page


# --- entrusting --------------------------------------------------------------------------------------------


def test_entrusting_says_how_much_it_is_and_then_how_far(play: Play, jeanne: Browser) -> None:
    project = play.start()
    mine = play.rows(TaskRow, TaskRow.assignee_id == play.people["claire"], TaskRow.state == "open")
    address = f"/personnes/{play.people['claire']}/confier"
    assert f'href="{address}"' in jeanne.get("/personnes").text
    said = words(jeanne.get(address))
    assert f"{len(mine)} tâche ouverte changera de mains Un projet : 1 tâche" in said
    page = jeanne.post(address, {"to": str(play.people["bruno"]), "reason": "départ à la retraite"})
    assert (page.status_code, page.location) == (303, "/jobs?liste=lots#lot-1")
    followed = words(jeanne.get("/jobs?liste=lots"))
    assert "1 tâche va être confiée." in followed
    assert "Lot n° 1 : confier à Bruno les tâches de Claire en cours" in followed
    assert "0 sur 1" in followed
    carry_out(play.engine, 1)
    assert "1 sur 1" in words(jeanne.get("/jobs?liste=lots"))
    assert [row.assignee_id for row in play.rows(TaskRow, TaskRow.id == mine[0].id)] == [play.people["bruno"]]
    told = [each.text.fr for each in play.project(project).history if each.kind == "task_assigned"]
    assert told == [f"Jeanne a confié « {play.page(mine[0].id).task.name.fr} » à Bruno : départ à la retraite"]
    assert "Claire n’a aucune tâche ouverte." in words(jeanne.get(address))


def test_a_refused_wish_is_said_beside_the_form_which_keeps_what_was_typed(play: Play, jeanne: Browser) -> None:
    play.start()
    address = f"/personnes/{play.people['claire']}/confier"
    for to in ("", "999", str(play.people["claire"]), str(play.people["lea"])):
        page = jeanne.post(address, {"to": to, "reason": "départ à la retraite"})
        assert page.status_code == 422
        assert "ne fait pas partie des choix de « Annuaire »" in words(page)
        assert 'id="to-error"' in page.text
        assert "départ à la retraite" in page.text
    assert not play.see("jeanne", Jobs()).batches


def test_whom_tasks_still_wait_for_after_they_left_is_shown_to_the_administrator(
    play: Play, person: Opened, jeanne: Browser
) -> None:
    play.start()
    people = [{**each, "active": each["login"] not in ("lea", "claire")} for each in ORGANISATION["people"]]
    play.do("jalon", LoadOrganisation({**ORGANISATION, "people": people}))
    said = words(jeanne.get("/personnes"))
    assert "Des tâches attendent des personnes parties Claire : confier ses tâches" in said
    assert "Des tâches attendent" not in words(person("denis").get("/personnes"))
    assert "1 tâche ouverte changera de mains" in words(jeanne.get(f"/personnes/{play.people['claire']}/confier"))
    assert jeanne.get("/personnes/999/confier").status_code == 404


# --- a project's own timers --------------------------------------------------------------------------------


def test_a_project_says_what_will_come_by_itself(play: Play, project: int, person: Opened) -> None:
    said = of(words(person("claire").get(f"/projets/{project}")), "Ce qui viendra de soi-même", "Suspendre")
    assert "Relance après 5 jours ouvrés le 30 novembre 2026 · sur « Réaliser »" in said
    assert "Sans réponse après 10 jours le 3 décembre 2026 · mettra fin à « Éprouver »" in said
    assert "Ce qui viendra de soi-même" not in words(person("karim").get(f"/projets/{project}"))


def test_the_diagram_marks_each_timer_that_waits_and_the_list_beside_says_its_day(
    play: Play, project: int, person: Opened
) -> None:
    def marks() -> dict[str, str]:
        shown = play.project(project).drawings[1].marks
        return {id: shown[id].state for id in ("X_late", "Y_stop", "Z_again") if id in shown}

    assert marks() == {"X_late": "waiting", "Y_stop": "waiting", "Z_again": "waiting"}
    beside = of(words(person("claire").get(f"/projets/{project}")), "La même chose en liste : Réalisation", "Personnes")
    assert "Sans réponse après 10 jours : le 3 décembre 2026" in beside
    play.complete(project, "X")
    play.do("denis", HoldProject(project, "budget gelé", date(2027, 1, 15)))
    assert marks() == {"Y_stop": "held", "Z_again": "held"}


def test_a_project_on_hold_says_since_when_its_timers_are_stopped(play: Play, project: int, person: Opened) -> None:
    play.do("denis", HoldProject(project, "budget gelé", date(2027, 1, 15)))
    said = words(person("claire").get(f"/projets/{project}"))
    assert "Les échéances sont arrêtées depuis le 23 novembre 2026" in said
    assert "Relance après 5 jours ouvrés arrêté depuis le 23 novembre 2026 · sur « Réaliser »" in said
    assert "Revue de la suspension le 15 janvier 2027" in said


def test_a_task_says_when_its_timer_fires_and_when_it_is_reminded(play: Play, project: int, person: Opened) -> None:
    play.engine.settings = Settings(smtp="smtp://localhost", mail_from="jalon@exemple.fr")
    task = next(each.id for each in play.project(project).open if each.code == "Y")
    said = words(person("claire").get(f"/taches/{task}"))
    assert "Délai Sans réponse après 10 jours : le 3 décembre 2026 la tâche sera alors retirée" in said
    assert "prochain rappel le 25 novembre 2026" in said
    assert "signalée au commanditaire si elle n’est pas faite le 9 décembre 2026" in said
    play.engine.settings = Settings()
    without = words(person("claire").get(f"/taches/{task}"))
    assert "prochain rappel" not in without
    assert "signalée au commanditaire si elle n’est pas faite le 9 décembre 2026" in without


def test_reminders_that_were_sent_are_told_with_the_task(play: Play, project: int, person: Opened) -> None:
    play.engine.settings = Settings(smtp="smtp://localhost", mail_from="jalon@exemple.fr")
    task = next(each.id for each in play.project(project).open if each.code == "X")
    days = [(each.day.isoformat(), each.passed) for each in play.page(task).reminders]
    assert days == [("2026-11-25", False), ("2026-11-30", False), ("2026-12-03", False), ("2026-12-09", False)]
    with play.engine.store.write() as session:
        session.get_one(TaskRow, task).reminded = 2
    said = words(person("claire").get(f"/taches/{task}"))
    assert "rappelée le 30 novembre 2026 prochain rappel le 3 décembre 2026" in said
    with play.engine.store.write() as session:
        session.get_one(TaskRow, task).reminded = 4
    said = words(person("claire").get(f"/taches/{task}"))
    assert "signalée au commanditaire le 9 décembre 2026" in said
    assert "prochain rappel" not in said
    play.complete(project, "X")
    assert play.page(task).reminders == ()


# --- history -----------------------------------------------------------------------------------------------


def test_what_jalon_did_by_itself_reads_well_in_history_in_both_languages(play: Play, project: int) -> None:
    play.clock.advance(days=16)
    play.do("jalon", GatherReminders(date(2026, 12, 9), "tasks"))
    play.do("jalon", SendReminders(date(2026, 12, 9)))
    run_due(play.engine)
    play.do("denis", HoldProject(project, "budget gelé", date(2027, 1, 15)))
    play.clock.advance(days=60)
    run_due(play.engine)
    said = {
        each.kind: (each.actor, each.text.fr, each.text.read("en"))
        for each in play.project(project).history
        if each.kind in ("review_due", "task_escalated", "timer_fired")
    }
    assert said == {
        "review_due": (
            "Jalon", "La date de revue de la suspension est arrivée", "The review date of the hold has come",
        ),
        "task_escalated": (
            "Jalon",
            "« Réaliser » a sept jours ouvrés de retard : signalé à Denis",
            "“Deliver” is seven working days late: reported to Denis",
        ),
        "timer_fired": (
            "Jalon", "Le délai « Chaque semaine, trois fois » est échu", "The delay “Weekly, three times” is over",
        ),
    }  # fmt: skip
