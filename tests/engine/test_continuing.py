"""A project that goes on in another method: one too big for its own, one that was advised another, one so decided."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine import (
    SYSTEM,
    ContinueInMethod,
    DecideGate,
    MethodOutgrown,
    MethodsShareSteps,
    NotAllowed,
    PublishMethod,
    ReasonMissing,
    SameMethod,
)
from engine.store.tables import DecisionRow, EventRow, ExecutionRow, ProjectRow, TaskRow
from tests.engine.play import ESSAI, Play

SMALL, LONG = "petit_projet", "projet_transversal"


def framed(play: Play, charge: str, **said: Any) -> tuple[int, int]:
    """A small project at its first gate, whose workload is estimated."""
    project = play.start(SMALL, **said)
    gate = play.until(project, "SG1", S11={"charge": charge, "objectif": "Un seul numéro"})
    play.examine(gate)
    return project, gate


@pytest.mark.parametrize(("charge", "impacted"), [("21", ("DAF",)), ("20", ("DAF", "DRH", "DSI"))])
def test_a_project_too_big_for_its_method_may_only_be_sent_back_and_then_goes_on_in_the_larger(
    play: Play, charge: str, impacted: tuple[str, ...]
) -> None:
    project, gate = framed(play, charge, impacted=impacted)
    for outcome in ("go", "stop"):
        refusal = play.refused("denis", DecideGate(gate, outcome, "assez vu"))  # type: ignore[arg-type]
        assert type(refusal) is MethodOutgrown
    assert refusal.said.fr == (
        "Ce projet dépasse ce que permet « Petit projet » : « Feu vert » ne peut que le reprendre. "
        "Décidez « à reprendre » : il continue dans « Projet transversal », avec tout ce qu’il sait."
    )
    lines = {each.outcome: (each.allowed, each.why_not.fr, each.effect.fr) for each in play.gate(gate).outcomes}
    assert lines["go"][:2] == (
        False, "le projet dépasse ce que permet sa méthode : il ne peut que continuer dans « Projet transversal ».",
    )  # fmt: skip
    assert lines["rework"] == (
        True, "",
        "Le projet continue dans « Projet transversal », avec son historique, ses personnes et ce qu’il a répondu.",
    )  # fmt: skip
    play.do("denis", DecideGate(gate, "rework", "trop grand"))
    page = play.project(project)
    assert (page.method_id, page.status, play.open(project)) == (LONG, "running", ["E1"])
    assert page.phases[0].state == "current"


def test_one_that_fits_goes_on_where_it_is(play: Play) -> None:
    project, gate = framed(play, "20")
    play.do("denis", DecideGate(gate, "go", "prêt"))
    assert play.project(project).method_id == SMALL


def test_history_people_and_answers_go_with_it(play: Play) -> None:
    project, gate = framed(play, "21")
    before = play.project(project)
    play.do("denis", DecideGate(gate, "rework", "trop grand"))
    after = play.project(project)
    assert (after.id, after.title, after.lead, after.objectives) == (
        before.id, before.title, before.lead, before.objectives,
    )  # fmt: skip
    texts = [each.text.fr for each in after.history]
    assert "Denis a fait continuer le projet dans la méthode « projet_transversal » 1.0.0 : trop grand" in texts
    assert "Claire a terminé « Fiche projet »" in texts
    assert [each.gate_name.fr for each in after.decisions] == ["Feu vert"]
    assert "Fiche projet" in [each.name.fr for each in after.done]
    sheet = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "S11")[0].id
    assert play.page(sheet).values["objectif"] == "Un seul numéro"
    assert play.gate(gate).decided is not None
    play.complete(project, "E1")
    asked = play.page(play.task(project, "E2"))
    assert asked.values["charge"] == "21"


def test_it_comes_to_the_end_of_the_larger_method(essai: Play) -> None:
    project, gate = framed(essai, "21")
    essai.do("denis", DecideGate(gate, "rework", "trop grand"))
    essai.until(project, "", {"G1": ["go"]}, E2={"conditions_travail": False}, A2={"externes": False})
    assert essai.project(project).status == "closed"
    assert [row.ended_at is None for row in essai.rows(ExecutionRow, ExecutionRow.process == LONG)] == [False]


def test_the_method_that_was_advised_is_the_one_in_which_a_favourable_decision_has_it_go_on(play: Play) -> None:
    project = play.start(LONG)
    gate = play.until(project, "G0", E3={"methode": SMALL})
    play.examine(gate)
    play.do("denis", DecideGate(gate, "go", "la méthode légère suffit"))
    page = play.project(project)
    assert (page.method_id, play.open(project)) == (SMALL, ["S11"])
    [row] = play.rows(ProjectRow, ProjectRow.id == project)
    [decision] = play.rows(DecisionRow, DecisionRow.project_id == project)
    assert json.loads(decision.record)["frozen"] == {
        "method": LONG, "version": "1.0.0", "theme": row.theme, "advised": SMALL,
        "objectives": json.loads(row.objectives), "impacted": json.loads(row.impacted),
    }  # fmt: skip


def test_the_sponsor_may_decide_so_at_any_time_with_a_reason(play: Play) -> None:
    project = play.start(SMALL)
    assert type(play.refused("claire", ContinueInMethod(project, LONG, "plus grand"))) is NotAllowed
    assert type(play.refused("denis", ContinueInMethod(project, LONG, " "))) is ReasonMissing
    assert type(play.refused("denis", ContinueInMethod(project, SMALL, "encore"))) is SameMethod
    play.do("denis", ContinueInMethod(project, LONG, "plus grand que prévu"))
    assert play.open(project) == ["E1"]
    assert [row.kind for row in play.rows(EventRow, EventRow.kind == "project_continued")] == ["project_continued"]


def test_a_method_whose_steps_have_the_same_names_is_refused(play: Play) -> None:
    twin = ESSAI | {"essai.bpmn": ESSAI["essai.bpmn"].replace(b'process id="essai"', b'process id="jumeau"')}
    play.engine.execute(PublishMethod(twin), SYSTEM)
    project = play.start()
    refusal = play.refused("denis", ContinueInMethod(project, "jumeau", "autrement"))
    assert type(refusal) is MethodsShareSteps
    assert "A, B, C" in refusal.said.fr
