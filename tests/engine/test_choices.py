"""What a project is from the gate of its intake on: its method with what its themes add and what it chose, signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import (
    ChoicesFrozen,
    ChoicesUnsigned,
    ChooseForProject,
    CloseEntry,
    Compliance,
    DecideGate,
    NotAllowed,
    OverlayRefused,
    PublishPack,
    ReasonMissing,
    RoleWithoutHolder,
)
from engine.overlay import operations as op
from engine.store.tables import EntryRow, EventRow, ProjectRow, ReleaseRow, TaskRow
from tests.engine.play import ROOT, Play
from tests.engine.test_overlays import METHOD, in_force, release_of, service

__all__ = ["service"]  # a fixture
HIDE_C2 = {"op": "hide", "element": "C2", "reason": "Les idées sont déjà là.", "measure": "une boîte à idées"}


def publish(play: Play, *themes: str) -> None:
    for theme in themes:
        path = Path(ROOT) / "workflows" / "themes" / f"{theme}.json"
        play.do("jeanne", PublishPack(json.loads(path.read_text(encoding="utf-8"))))


def origins(play: Play, project: int) -> dict[str, Any]:
    with play.engine.store.read() as session:
        found: dict[str, Any] = json.loads(session.get_one(ReleaseRow, release_of(play, project).id).origins or "{}")
        return found


def intake(play: Play, **said: Any) -> int:
    """A project at the gate of its intake."""
    project = play.start(METHOD, **said)
    play.until(project, "G0", E3={"methode": METHOD})
    return project


def choose(play: Play, project: int, operation: dict[str, Any], by: str = "claire", **said: Any) -> Any:
    return play.do(by, ChooseForProject(project, operation, **said))


# --- themes ------------------------------------------------------------------------------------------------


def test_a_project_with_a_theme_goes_on_with_what_its_pack_adds(essai: Play) -> None:
    publish(essai, "energie")
    project = intake(essai)
    assert release_of(essai, project).version == "1.0.0"
    essai.decide(project, "G0")
    woven = release_of(essai, project)
    assert woven.base_id is not None
    method = essai.engine._releases[woven.id].method
    assert {"EN1", "EN2", "EN3"} <= set(method.tasks)
    added = origins(essai, project)["elements"]
    assert [(each["level"], each["who"]) for each in added["EN1"]] == [("pack", "energie")]
    assert "A1" not in added
    essai.until(project, "EN1")
    assert [row.kind for row in essai.rows(EventRow, EventRow.kind == "project_woven")] == ["project_woven"]
    # the steps before the gate stay where they are
    assert {"E1", "E2", "E3"} <= {line.element for line in essai.see("claire", Compliance(project)).lines}


def test_a_project_runs_to_its_end_with_what_its_theme_adds(essai: Play) -> None:
    publish(essai, "energie")
    project = intake(essai)
    essai.decide(project, "G0")
    essai.until(project, "")
    assert essai.project(project).status == "closed"
    done = {row.element for row in essai.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "done")}
    assert {"EN1", "EN2", "EN3"} <= done


def test_a_project_without_theme_or_pack_stays_on_its_release(essai: Play) -> None:
    plain = intake(essai)
    essai.decide(plain, "G0")
    publish(essai, "energie")
    bare = intake(essai, theme="")
    with essai.engine.store.write() as session:
        row = session.get_one(ProjectRow, bare)
        row.theme, row.themes = "", "[]"
    essai.decide(bare, "G0")
    for project in (plain, bare):
        assert release_of(essai, project).base_id is None
        assert "EN1" not in essai.engine._releases[release_of(essai, project).id].method.tasks


def test_a_method_without_intake_starts_with_what_its_theme_adds(essai: Play) -> None:
    publish(essai, "energie")
    project = essai.start("petit_projet")
    method = essai.engine._releases[release_of(essai, project).id].method
    assert "EN1" in method.tasks
    # a role that this method lacks is its lead's
    assert method.tasks["EN1"].role == "CP"


def test_two_projects_of_one_theme_share_one_woven_release(essai: Play) -> None:
    publish(essai, "energie")
    projects = [intake(essai) for _ in range(2)]
    for project in projects:
        essai.decide(project, "G0")
    assert len({release_of(essai, project).id for project in projects}) == 1


def test_a_pack_published_later_changes_no_project_that_is_frozen(essai: Play) -> None:
    project = intake(essai)
    essai.decide(project, "G0")
    publish(essai, "energie")
    essai.until(project, "G1")
    assert release_of(essai, project).base_id is None


def test_the_theme_and_the_departments_tailoring_are_woven_together(service: Play) -> None:
    publish(service, "energie")
    in_force(service, op.Hide("C5", reason="court"))
    project = intake(service, service="DRH")
    assert release_of(service, project).base_id is not None  # the department's from its first step
    service.decide(project, "G0")
    method = service.engine._releases[release_of(service, project).id].method
    assert "EN1" in method.tasks
    assert "C5" not in method.tasks


def test_a_role_that_the_theme_asks_for_and_nobody_holds_holds_the_gate(essai: Play) -> None:
    publish(essai, "organisation")
    project = essai.start(METHOD, theme="organisation")
    essai.until(project, "G0", E1={"theme": "organisation"}, E3={"methode": METHOD})
    task = essai.task(project, "G0")
    essai.examine(task)

    refused = essai.refused("denis", DecideGate(task, "go", "prêt"))
    assert isinstance(refused, RoleWithoutHolder)
    assert "Ressources humaines" in refused.text("fr")


# --- choices -----------------------------------------------------------------------------------------------


def test_what_goes_beyond_the_tailoring_waits_for_a_signature_which_the_gate_waits_for(service: Play) -> None:
    project = intake(service, service="DRH")
    done = choose(service, project, HIDE_C2)
    (entry,) = service.rows(EntryRow, EntryRow.register == "deviation")
    assert (done.number, done.deviation, entry.id) == (1, entry.id, entry.id)
    assert (entry.title, entry.body, entry.state, entry.project_id, entry.author_id) == (
        "« Atelier d’idéation » est masquée", "Les idées sont déjà là.", "open", project, service.people["claire"],
    )  # fmt: skip
    facts = json.loads(entry.facts)
    assert (facts["element"], facts["operation"], facts["measure"]) == ("C2", "hide", "une boîte à idées")
    assert len(facts["before"]) == len(facts["after"]) == 64
    gate = service.task(project, "G0")
    service.examine(gate)

    refused = service.refused("denis", DecideGate(gate, "go", "prêt"))
    assert isinstance(refused, ChoicesUnsigned)
    assert "« Atelier d’idéation » est masquée attend une réponse" in refused.text("fr")
    service.do("denis", CloseEntry(entry.id, "approved", "d’accord"))
    service.do("denis", DecideGate(gate, "go", "prêt"))
    assert "C2" not in service.engine._releases[release_of(service, project).id].method.tasks
    assert origins(service, project)["hidden"]["C2"]["level"] == "project"
    service.until(project, "C3")
    assert service.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "C2") == []


def test_who_chooses_does_not_sign(service: Play) -> None:
    project = intake(service)
    entry = choose(service, project, HIDE_C2, by="denis").deviation
    assert isinstance(service.refused("denis", CloseEntry(entry, "approved", "oui")), NotAllowed)
    service.do("jeanne", CloseEntry(entry, "approved", "oui"))


def test_a_choice_that_is_refused_or_taken_back_is_not_woven(service: Play) -> None:
    project = intake(service)
    refused = choose(service, project, HIDE_C2)
    service.do("denis", CloseEntry(refused.deviation, "refused", "non"))
    back = choose(service, project, {**HIDE_C2, "element": "C5"})
    service.do("claire", ChooseForProject(project, drop=back.number))
    entry = service.rows(EntryRow, EntryRow.id == back.deviation)[0]
    assert (entry.state, entry.proof) == ("refused", "Le choix a été retiré.")
    said = [each.text.fr for each in service.project(project).history]
    assert "Claire retire ce qui était choisi pour « Expérimenter »" in said
    assert "Claire aménage « Atelier d’idéation » pour le projet : Les idées sont déjà là." in said
    service.decide(project, "G0")
    assert release_of(service, project).base_id is None


def test_what_adds_control_is_history_only(service: Play) -> None:
    project = intake(service)
    done = choose(service, project, {"op": "quorum", "element": "G2", "value": "0.9", "reason": "le budget"})
    assert done.deviation is None
    assert service.rows(EntryRow, EntryRow.register == "deviation") == []
    service.decide(project, "G0")
    method = service.engine._releases[release_of(service, project).id].method
    assert str(method.gate["G2"].quorum) == "0.9"


def test_what_the_department_leaves_out_needs_no_signature_again(service: Play) -> None:
    in_force(service, op.Hide("C2", reason="court"))
    project = intake(service, service="DRH")
    service.decide(project, "G0")
    assert "C2" not in service.engine._releases[release_of(service, project).id].method.tasks
    assert len(service.rows(EntryRow, EntryRow.register == "deviation")) == 1


@pytest.mark.parametrize(
    ("operation", "refusal"),
    [
        ({"op": "hide", "element": "A1", "reason": "non"}, OverlayRefused),
        ({"op": "quorum", "element": "G2", "value": "0.1", "reason": "non"}, OverlayRefused),
        ({"op": "hide", "element": "C2"}, ReasonMissing),
    ],
)
def test_a_project_chooses_within_what_is_granted(
    service: Play, operation: dict[str, Any], refusal: type[Exception]
) -> None:
    project = intake(service)
    assert isinstance(service.refused("claire", ChooseForProject(project, operation)), refusal)


def test_only_who_steers_chooses_and_only_until_the_gate(service: Play) -> None:
    project = intake(service)
    assert isinstance(service.refused("emile", ChooseForProject(project, HIDE_C2)), NotAllowed)
    service.decide(project, "G0")
    assert isinstance(service.refused("claire", ChooseForProject(project, HIDE_C2)), ChoicesFrozen)
