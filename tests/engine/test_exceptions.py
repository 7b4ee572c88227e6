"""Exceptional gates: opened by what forms answer, decided as any gate, in the way of the next one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import (
    SYSTEM,
    AnswerSteers,
    CloseEntry,
    ClosingRefused,
    CompleteTask,
    CorrectAnswer,
    DecideGate,
    ExceptionOpen,
    OpenEntry,
    PublishMethod,
    Reserve,
    ResumeProject,
)
from engine.computed.gates import exceptional_gates_passed
from engine.computed.looked import Looked
from engine.store.tables import EventRow, ExecutionRow, ProjectRow, TaskRow
from tests.engine.play import ESSAI, Play, files_of, filled

FILE = "depassement.bpmn"
EXCEPTION = files_of(Path(__file__).parent / "exceptions")
MAIN = ESSAI["essai.bpmn"].replace(b'camunda:versionTag="1.0.0"', b'camunda:versionTag="2.0.0"')
FILES = ESSAI | EXCEPTION | {"essai.bpmn": MAIN}


def begun(play: Play, amount: str, **answers: Any) -> tuple[int, int]:
    """A project of a method with a threshold of 1,000 €, whose first task answered `amount`."""
    play.engine.execute(PublishMethod(FILES), SYSTEM)
    project = play.start()
    return project, play.complete(project, "A", montant=amount, urgent=False, **answers)


def correct(play: Play, task: int, **values: Any) -> None:
    play.do("claire", CorrectAnswer(task, play.page(task).values | values, "le chiffre a changé"))


def test_a_threshold_that_is_crossed_opens_a_gate_beside_the_project(play: Play) -> None:
    project, _ = begun(play, "1200")
    assert play.open(project) == ["B", "S"]
    play.complete(project, "S")
    assert play.open(project) == ["B", "GS"]
    play.decide(project, "GS")
    assert play.open(project) == ["B"]
    assert play.project(project).status == "running"


def test_below_the_threshold_nothing_opens(play: Play) -> None:
    project, _ = begun(play, "1000")
    assert play.open(project) == ["B"]


def test_an_answer_corrected_in_the_middle_of_a_phase_opens_it_and_one_mended_withdraws_it(play: Play) -> None:
    project, task = begun(play, "800")
    correct(play, task, montant="1200")
    assert play.open(project) == ["B", "S"]
    correct(play, task, montant="900")
    assert play.open(project) == ["B"]
    kinds = [row.kind for row in play.rows(EventRow, EventRow.stream == project) if "exception" in row.kind]
    assert kinds == ["exception_opened", "exception_withdrawn"]


def test_the_same_figures_are_decided_once_and_others_anew(play: Play) -> None:
    project, task = begun(play, "1200")
    play.complete(project, "S")
    play.decide(project, "GS")
    correct(play, task, titre="Un autre titre")
    assert play.open(project) == ["B"]
    correct(play, task, montant="1500")
    assert play.open(project) == ["B", "S"]


def test_the_next_gate_is_not_passed_while_it_is_open(play: Play) -> None:
    project, _ = begun(play, "1200")
    while "G1" not in play.open(project):
        code = next(each for each in play.open(project) if each != "S")
        play.complete(project, code)
    gate = play.task(project, "G1")
    play.examine(gate)
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    refusal = play.refused("denis", DecideGate(gate, "go", "le dossier le montre"))
    assert (type(refusal), refusal.said.fr) == (
        ExceptionOpen,
        "« Lancement » ne peut pas être franchie : la porte d’exception « Dépassement » attend sa décision. "
        "Faites-la décider d’abord, ou choisissez une autre issue.",
    )
    go = next(each for each in play.gate(gate).outcomes if each.outcome == "go")
    assert (go.allowed, go.why_not.en) == (False, "the exceptional gate “Overrun” awaits its decision.")
    assert (
        "La porte d’exception « Dépassement » attend sa décision : la prochaine porte ne peut pas être franchie."
        in [each.fr for each, _ in play.project(project).blocks]
    )
    play.complete(project, "S")
    play.decide(project, "GS")
    play.do("denis", DecideGate(gate, "go", "le dossier le montre"))
    assert "G1" not in play.open(project)


def test_a_rework_asks_the_justification_again(play: Play) -> None:
    project, _ = begun(play, "1200")
    first = play.complete(project, "S", raison="Les prix montent")
    play.decide(project, "GS", "rework")
    assert play.open(project) == ["B", "S"]
    again = play.task(project, "S")
    assert again != first
    assert play.page(again).values["raison"] == "Les prix montent"


def test_a_hold_holds_the_project_and_the_gate_waits(play: Play) -> None:
    project, _ = begun(play, "1200")
    play.complete(project, "S")
    play.decide(project, "GS", "hold")
    assert play.project(project).status == "held"
    play.do("denis", ResumeProject(project))
    assert play.open(project) == ["B", "GS"]


def test_a_stop_leads_the_project_to_its_short_closure(play: Play) -> None:
    project, _ = begun(play, "1200")
    play.complete(project, "S")
    play.decide(project, "GS", "stop")
    page = play.project(project)
    assert (page.status, play.open(project)) == ("running", ["K"])
    assert {phase.id: phase.state for phase in page.phases} == {"P1": "done", "P2": "upcoming", "KC": "current"}
    play.complete(project, "K")
    page = play.project(project)
    assert (page.status, play.open(project)) == ("stopped", [])
    assert [row.ended_at is None for row in play.rows(ExecutionRow, ExecutionRow.project_id == project)] == [False] * 3


def test_the_short_closure_that_follows_closes_the_project_only_once_nothing_is_left_open(play: Play) -> None:
    project, _ = begun(play, "1200")
    play.complete(project, "S")
    play.decide(project, "GS", "stop")
    values = {"title": "Rendre les clés", "body": "", "owner": play.people["emile"], "due": "2027-01-04"}
    action = play.do("claire", OpenEntry("action", values, project)).entry
    closing = play.task(project, "K")
    doer = play.doer(closing)
    refusal = play.refused(doer, CompleteTask(closing, filled(play.page(closing, doer))))
    assert isinstance(refusal, ClosingRefused)
    assert [each.id for each in refusal.pointers] == [action]
    play.do("emile", CloseEntry(action, "done", "rendues"))
    play.complete(project, "K")
    assert play.project(project).status == "stopped"


def test_a_computed_criterion_sees_it_until_it_is_decided(play: Play) -> None:
    project, _ = begun(play, "1200")

    def passed() -> tuple[bool, str]:
        with play.engine.store.read() as session:
            row = session.get_one(ProjectRow, project)
            method = play.engine.release(session, row.release_id).method
            found = exceptional_gates_passed(Looked(session, row, method, play.clock.at))
        return found.holds, found.remark.fr

    assert passed() == (False, "« Justifier » est à terminer")
    play.complete(project, "S")
    assert passed() == (False, "« Dépassement » est à terminer")
    play.decide(project, "GS")
    assert passed() == (True, "Aucune porte exceptionnelle ouverte.")


def test_the_project_page_lists_them(play: Play) -> None:
    project, _ = begun(play, "1200")
    [line] = play.project(project).exceptions
    assert (line.name.en, line.outcome, line.task) == ("Overrun", "", None)
    play.complete(project, "S")
    [line] = play.project(project).exceptions
    assert line.task == play.task(project, "GS")
    play.decide(project, "GS")
    [line] = play.project(project).exceptions
    assert line.outcome == "go"


def test_what_only_a_phase_to_come_reads_may_be_corrected_and_then_steers(play: Play) -> None:
    """`services_impactes` is read in the first phase, which has begun: it may have been read. `urgent` too."""
    project, task = begun(play, "800")
    values = play.page(task).values
    refusal = play.refused("claire", CorrectAnswer(task, values | {"services_impactes": ["DSI"]}, "oubli"))
    assert isinstance(refusal, AnswerSteers)
    later = ESSAI["realisation.bpmn"]
    assert b"urgent" not in later
    assert [row.element for row in play.rows(TaskRow, TaskRow.project_id == project)] == ["A", "B"]


@pytest.mark.parametrize("amount", ["1200", "800"])
def test_a_scenario_free_project_still_comes_to_its_end(play: Play, amount: str) -> None:
    project, _ = begun(play, amount)
    play.until(project, "")
    assert play.project(project).status == "closed"


def test_a_budget_edited_from_80_to_120_thousand_in_planning_opens_a_gate_before_the_commitment(essai: Play) -> None:
    """The shipped method « Projet transversal », whose threshold is 100,000 €."""
    play = essai
    project = play.start("projet_transversal")
    play.until(project, "P2T", P1T={"budget": "80 000"}, A2={"externes": False}, E2={"conditions_travail": False})
    planned = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "P1T")[-1].id
    assert "X1T" not in play.open(project)
    correct(play, planned, budget="120 000")
    assert "X1T" in play.open(project)
    assert "Un seuil est franchi : la porte d’exception « Budget au-delà du seuil » est ouverte" in [
        each.text.fr for each in play.project(project).history
    ]
    while "G3" not in play.open(project):
        play.complete(project, next(each for each in play.open(project) if each != "X1T"))
    gate = play.task(project, "G3")
    play.examine(gate)
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    assert isinstance(play.refused("denis", DecideGate(gate, "go", "prêt")), ExceptionOpen)
    play.complete(project, "X1T")
    play.decide(project, "GX1", "go_reserves")
    play.do(
        "denis", DecideGate(gate, "go_reserves", "prêt", reserves=(Reserve("Suivre le coût", 1, date(2028, 1, 3)),))
    )
    assert play.project(project).phases[4].state == "current"


def test_what_a_phase_to_come_reads_is_corrected_and_then_steers(essai: Play) -> None:
    """E2 says whether working conditions change; P3 reads it, to consult the works council or not."""
    play = essai
    project = play.start("projet_transversal")
    play.until(project, "E3", E2={"conditions_travail": False})
    asked = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "E2")[-1].id
    correct(play, asked, conditions_travail=True)
    assert play.until(project, "P7T", A2={"externes": False}) > 0
