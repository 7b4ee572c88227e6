"""A project from outside: started, held and resumed, with what is conditional, for each service, or recurs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine import (
    Appoint,
    ChoiceUnknown,
    HoldProject,
    JalonError,
    NotAllowed,
    OpenEntry,
    ProjectNotHeld,
    ReasonMissing,
    ResumeProject,
    ReviewDateMissing,
    RolesIncompatible,
    RoleWithoutHolder,
    StartIncomplete,
    StartProject,
)
from engine.store.tables import EntryRow, ReserveRow, TaskRow, TimerRow
from engine.working_time import end_of
from tests.engine.play import Play

LONG = "projet_transversal"


def test_a_project_starts_at_its_first_task_for_the_one_who_leads_it(play: Play) -> None:
    started = play.do(
        "claire", StartProject(" Un projet ", "essai", "DAF", ("O1",), people={"CP": (play.people["claire"],)})
    )
    page = play.project(started.project)
    assert (page.title, page.status, page.version) == ("Un projet", "running", "1.0.0")
    assert [(line.id, line.code) for line in page.open] == [(started.next_task, "A")]


REFUSED: list[tuple[dict[str, Any], type[JalonError], str]] = [
    (
        {"people": {}}, RoleWithoutHolder,
        "La méthode demande des rôles que personne ne tient : Chef de projet. "
        "Désignez une personne pour chacun, dans le projet ou dans le service.",
    ),
    (
        {"people": {"CP": (2,)}}, RolesIncompatible,
        "Denis ne peut pas être à la fois Chef de projet et Commanditaire : le chef de projet présente à la porte "
        "et n’y vote jamais. Désignez deux personnes.",
    ),
    (
        {"people": {"CP": (1,), "COPIL": (1,)}}, RoleWithoutHolder,
        "La méthode demande des rôles que personne ne tient : Comité de pilotage. "
        "Désignez une personne pour chacun, dans le projet ou dans le service.",
    ),
    ({"objectives": ("O9",)}, ChoiceUnknown, "« O9 » ne fait pas partie des choix de « Objectif stratégique »."),
    ({"theme": "lune"}, ChoiceUnknown, "« lune » ne fait pas partie des choix de « Thématique »."),
    ({"service": "LUNE"}, ChoiceUnknown, "« LUNE » ne fait pas partie des choix de « Service »."),
    ({"impacted": ("LUNE",)}, ChoiceUnknown, "« LUNE » ne fait pas partie des choix de « Services impactés »."),
    ({"method": "lune"}, ChoiceUnknown, "« lune » ne fait pas partie des choix de « Méthode »."),
    ({"people": {"CP": (9999,)}}, ChoiceUnknown, "« 9999 » ne fait pas partie des choix de « Annuaire »."),
    ({"title": " "}, StartIncomplete, "Le titre du projet manque. Écrivez en une ligne ce qu’il va changer."),
    ({"objectives": ()}, StartIncomplete, "Aucun objectif stratégique n’est choisi. Cochez-en au moins un."),
    (
        {"title": "", "objectives": (), "service": ""}, StartIncomplete,
        "Le titre du projet manque. Écrivez en une ligne ce qu’il va changer. Aucun objectif stratégique n’est choisi. "
        "Cochez-en au moins un. Le service qui porte le projet manque. Choisissez-le dans la liste.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind", "sentence"), REFUSED)
def test_a_project_that_cannot_be_run_is_not_started(
    essai: Play, said: dict[str, Any], kind: type[JalonError], sentence: str
) -> None:
    whole = {
        "title": "Un projet", "method": "essai", "service": "DAF", "objectives": ("O1",),
        "people": {"CP": (essai.people["claire"],)},
    }  # fmt: skip
    refusal = essai.refused("claire", StartProject(**whole | said))
    assert type(refusal) is kind
    assert refusal.text("fr").startswith(sentence)


def test_whoever_is_appointed_receives_the_tasks_that_wait_for_the_role(play: Play) -> None:
    project = play.start()
    play.complete(project, "A", urgent=False)
    task = play.task(project, "B")
    play.do("claire", Appoint(project, "EXP", (play.people["karim"],)))
    assert play.row(task).assignee_id == play.people["karim"]
    assert type(play.refused("claire", Appoint(project, "COPIL", (play.people["karim"],)))) is NotAllowed
    assert type(play.refused("denis", Appoint(project, "CP", (play.people["denis"],)))) is RolesIncompatible
    assert type(play.refused("denis", Appoint(project, "CP", ()))) is RoleWithoutHolder
    assert type(play.refused("denis", Appoint(project, "LUNE", ()))) is ChoiceUnknown
    assert type(play.refused("denis", Appoint(project, "EXP", (9999,)))) is ChoiceUnknown


# --- what is drawn ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("urgent", "following"), [(True, ["U"]), (False, ["B"])])
def test_a_conditional_task_opens_when_its_condition_holds(play: Play, urgent: bool, following: list[str]) -> None:
    project = play.start()
    play.complete(project, "A", urgent=urgent)
    assert play.open(project) == following


@pytest.mark.parametrize("externes", [True, False])
def test_outside_partners_are_consulted_only_where_there_are_any(essai: Play, externes: bool) -> None:
    project = essai.start(LONG)
    essai.until(project, "G1", A2={"externes": externes})
    assert bool(essai.rows(TaskRow, TaskRow.element == "A3E")) is externes


@pytest.mark.parametrize("conditions", [True, False])
def test_the_works_council_is_consulted_only_where_working_conditions_change(essai: Play, conditions: bool) -> None:
    project = essai.start(LONG)
    essai.until(project, "G3", E2={"conditions_travail": conditions})
    assert bool(essai.rows(TaskRow, TaskRow.element == "P7T")) is conditions


def test_one_task_opens_for_each_impacted_service_with_its_own_holder(play: Play) -> None:
    project = play.start()
    play.complete(project, "A", urgent=False, services_impactes=["DAF", "DRH", "DSI"])
    play.until(project, "R")
    rows = play.rows(TaskRow, TaskRow.element == "R")
    assert {row.instance: row.assignee_id for row in rows} == {
        "DAF": play.people["gael"], "DRH": play.people["hana"], "DSI": play.people["gael"],
    }  # fmt: skip
    assert play.project(project).impacted[2].code == "DSI"


# --- hold ------------------------------------------------------------------------------------------------------


def test_a_hold_moves_every_deadline_and_recurrence_by_its_length(play: Play) -> None:
    project = play.start()
    play.until(project, "X")
    play.complete(project, "T1")
    due = play.row(play.task(project, "X")).due_at
    next_ = play.rows(TimerRow)[0].due_at
    play.do("claire", HoldProject(project, "budget gelé", date(2027, 1, 15)))
    held_at = play.clock.at
    page = play.project(project)
    assert (page.status, page.review_at, page.hold_reason) == ("held", end_of(date(2027, 1, 15)), "budget gelé")
    play.clock.advance(days=40)
    assert play.due() == 0 or play.project(project).status == "held"
    assert not any(line.late for line in play.project(project).open)
    play.do("denis", ResumeProject(project, "budget rendu"))
    length = play.clock.at - held_at
    assert length > timedelta(days=40)
    assert play.row(play.task(project, "X")).due_at == due + length
    assert play.rows(TimerRow, TimerRow.kind == "occurrence")[0].due_at == next_ + length
    assert play.project(project).status == "running"


def test_a_hold_moves_what_is_promised_in_the_registers_but_not_the_answer_to_an_idea(play: Play) -> None:
    project = play.start()
    play.until(project, "G1", A={"urgent": False})
    play.decide(project, "G1", "go_reserves")
    idea = play.do("gael", OpenEntry("idea", {"title": "Vélos", "body": "Trop de voitures"}, project)).entry
    [action] = play.rows(EntryRow, EntryRow.origin == "reserve")
    answered = play.rows(EntryRow, EntryRow.id == idea)[0].due_at
    assert action.due_at == end_of(date(2026, 12, 23))
    play.do("claire", HoldProject(project, "budget gelé", date(2027, 1, 15)))
    play.clock.advance(days=40)
    play.do("denis", ResumeProject(project, "budget rendu"))
    [moved] = play.rows(EntryRow, EntryRow.id == action.id)
    assert moved.due_at == end_of(date(2027, 2, 1)) == play.rows(ReserveRow)[0].due_at
    assert play.rows(EntryRow, EntryRow.id == idea)[0].due_at == answered


def test_the_review_of_a_hold_is_recalled_when_its_day_has_passed(play: Play) -> None:
    project = play.start()
    play.do("claire", HoldProject(project, "budget gelé", date(2026, 12, 1)))
    play.clock.at = end_of(date(2026, 12, 1))
    assert play.due() == 1
    assert play.project(project).history[0].kind == "review_due"
    assert play.due() == 0


def test_who_may_not_hold_or_resume_and_when(play: Play) -> None:
    project = play.start()
    review = date(2027, 1, 15)
    cases: list[tuple[str, Any, type[JalonError], str]] = [
        (
            "alice", HoldProject(project, "gel", review), NotAllowed,
            "Vous ne pouvez pas suspendre le projet. Qui le peut : le commanditaire ou le chef de projet. "
            "Adressez-vous à cette personne.",
        ),
        (
            "claire", HoldProject(project, " ", review), ReasonMissing,
            "Un motif est attendu pour suspendre le projet. Écrivez une phrase que les personnes concernées liront.",
        ),
        (
            "claire", HoldProject(project, "gel", date(2026, 11, 23)), ReviewDateMissing,
            "Une suspension demande une date de revue à venir. Choisissez le jour où le projet sera réexaminé.",
        ),
        (
            "claire", ResumeProject(project), ProjectNotHeld,
            "Le projet « Un projet » n’est pas suspendu : il n’y a rien à reprendre.",
        ),
    ]  # fmt: skip
    for login, act, kind, sentence in cases:
        refusal = play.refused(login, act)
        assert (type(refusal), refusal.text("fr")) == (kind, sentence)


# --- what recurs -----------------------------------------------------------------------------------------------


def occurrences(play: Play, project: int, code: str, state: str = "open") -> list[str]:
    where = [TaskRow.project_id == project, TaskRow.element == code, TaskRow.state == state]
    return [row.instance for row in play.rows(TaskRow, *where)]


def test_recurring_activities_begin_on_entering_their_phase(play: Play) -> None:
    project = play.start()
    lines = [{"objet": "Annonce", "date": "2027-01-15"}, {"objet": "Bilan", "date": ""}]
    play.until(project, "G1", A={"jalons": lines, "urgent": False})
    assert occurrences(play, project, "T1") == []
    play.decide(project, "G1")
    assert occurrences(play, project, "T1") == [""]
    assert occurrences(play, project, "T2") == ["Annonce · 2027-01-15", "Bilan"]
    due = play.rows(TaskRow, TaskRow.element == "T2")[0].due_at
    assert due == end_of(date(2027, 1, 15))


def test_the_next_occurrence_opens_when_its_day_comes(play: Play) -> None:
    project = play.start()
    play.until(project, "X")
    first = play.rows(TaskRow, TaskRow.element == "T1")[0].opened_at
    play.complete(project, "T1")
    assert (occurrences(play, project, "T1"), play.due()) == ([], 0)
    assert [line.next_at for line in play.project(project).occurrences if line.code == "T1"] == [
        first + timedelta(days=14)
    ]
    play.clock.at = first + timedelta(days=14)
    assert play.due() == 1
    assert occurrences(play, project, "T1") == [""]


def test_recurring_activities_end_at_their_gate(play: Play) -> None:
    project = play.start()
    play.until(project, "X")
    play.complete(project, "T1")
    play.until(project, "")
    assert play.project(project).status == "closed"
    assert {row.kind for row in play.rows(TimerRow, TimerRow.fired_at.is_(None))} == {"cold"}
    play.clock.advance(days=60)
    assert play.due() == 0


def test_a_rework_of_the_phase_starts_no_second_recurrence(play: Play) -> None:
    project = play.start()
    play.until(project, "G2")
    play.decide(project, "G2", "rework")
    assert play.open(project).count("T1") == 1


def test_the_six_activities_of_the_roll_out_begin_in_p4_and_end_at_g4(essai: Play) -> None:
    project = essai.start(LONG)
    essai.until(project, "G3")
    recurring = {f"T{number}" for number in range(1, 7)}
    assert recurring & {code.split()[0] for code in essai.open(project)} == set()
    essai.decide(project, "G3")
    assert recurring <= {code.split()[0] for code in essai.open(project)}
    essai.until(project, "G4")
    essai.decide(project, "G4")
    assert recurring & {code.split()[0] for code in essai.open(project)} == set()
