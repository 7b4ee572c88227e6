"""Who holds a role in a service is edited there, at once, and kept."""

from __future__ import annotations

from sqlalchemy import select

from engine import (
    ChoiceUnknown,
    HoldersOf,
    NameHolders,
    NotAllowed,
    NotFound,
    RolesIncompatible,
    RoleWithoutHolder,
    TaskPageOf,
)
from engine.store.tables import CallRow, EventRow, ServiceRow
from tests.engine.play import Play


def name(play: Play, service: str, role: str, *people: str, by: str = "jeanne") -> None:
    play.do(by, NameHolders(service, role, tuple(play.people[each] for each in people)))


def holders(play: Play, service: str, role: str) -> tuple[list[str], list[str], str]:
    """Named here, held above, by which service."""
    [line] = [each for each in play.see("karim", HoldersOf(service)).lines if each.role == role]
    return [each.name for each in line.here], [each.name for each in line.above], line.by.code if line.by else ""


def test_a_role_is_held_in_the_service_or_by_the_one_above(play: Play) -> None:
    assert holders(play, "DRH", "RS") == (["Hana"], [], "")
    assert holders(play, "DAF", "RS") == ([], ["Gaël"], "ORG")
    name(play, "DAF", "RS", "karim")
    assert holders(play, "DAF", "RS") == (["Karim"], [], "")
    name(play, "DAF", "RS")
    assert holders(play, "DAF", "RS") == ([], ["Gaël"], "ORG")


def test_it_applies_at_once_to_the_open_tasks_of_projects_under_way(play: Play) -> None:
    project = play.start()
    while "R DAF" not in play.open(project):
        play.complete(project, play.open(project)[0])
    task = play.task(project, "R DAF")
    assert (play.row(task).seat[0], play.row(task).assignee_id) == ("s", play.people["gael"])
    name(play, "DAF", "RS", "karim")
    assert play.row(task).assignee_id == play.people["karim"]
    assert play.see("karim", TaskPageOf(task)).can
    name(play, "DAF", "RS", "karim", "hana")
    assert play.row(task).assignee_id == play.people["karim"]  # who holds it still keeps the task
    name(play, "DAF", "RS", "hana", "chloe")
    assert play.row(task).assignee_id is None  # two hold it: it is to be taken
    other = play.task(project, "R DRH")
    assert play.row(other).assignee_id == play.people["hana"]


def test_a_gate_calls_who_holds_the_role_now(play: Play) -> None:
    project = play.start()
    gate = play.until(project, "G1")
    name(play, "DAF", "COPIL", "karim")
    assert play.gate(gate, "karim").task.id == gate
    daf = play.rows(ServiceRow, ServiceRow.code == "DAF")[0].id
    assert {row.seat for row in play.rows(CallRow, CallRow.task_id == gate, CallRow.role == "COPIL")} == {
        f"s{daf}:COPIL"
    }


def test_a_role_that_a_project_names_itself_stays(play: Play) -> None:
    project = play.start(people={"CP": (play.people["claire"],), "PM": (), "EXP": (play.people["emile"],)})
    play.until(project, "B")
    task = play.task(project, "B")
    before = play.row(task).seat, play.row(task).assignee_id
    name(play, "ORG", "EXP", "karim")
    assert (play.row(task).seat, play.row(task).assignee_id) == before


def test_history_keeps_who_named_whom(play: Play) -> None:
    name(play, "DAF", "RS", "karim")
    with play.engine.store.read() as session:
        row = session.execute(select(EventRow).where(EventRow.kind == "holders_named")).scalar_one()
    assert row.actor_id == play.people["jeanne"]
    assert f'"people":[{play.people["karim"]}]' in row.facts.replace(" ", "")


def test_only_an_administrator_of_the_service_may(play: Play) -> None:
    command = NameHolders("DAF", "RS", (play.people["karim"],))
    assert isinstance(play.refused("claire", command), NotAllowed)
    assert isinstance(play.refused("jeanne", NameHolders("RIEN", "RS", ())), NotFound)
    assert isinstance(play.refused("igor", command), NotAllowed)


def test_what_is_unknown_is_refused(play: Play) -> None:
    assert isinstance(play.refused("jeanne", NameHolders("DAF", "XYZ", ())), ChoiceUnknown)
    assert isinstance(play.refused("jeanne", NameHolders("DAF", "RS", (play.people["igor"],))), ChoiceUnknown)
    assert isinstance(play.refused("jeanne", NameHolders("DAF", "RS", (999,))), ChoiceUnknown)


def test_a_role_is_never_left_without_anybody(play: Play) -> None:
    assert isinstance(play.refused("jeanne", NameHolders("ORG", "ADM", ())), RoleWithoutHolder)
    assert isinstance(play.refused("jeanne", NameHolders("ORG", "RM", ())), RoleWithoutHolder)


def test_the_lead_of_a_project_under_way_does_not_come_to_chair_its_gates(play: Play) -> None:
    play.start()
    assert isinstance(play.refused("jeanne", NameHolders("ORG", "COM", (play.people["claire"],))), RolesIncompatible)
    assert holders(play, "ORG", "COM")[0] == ["Denis"]
