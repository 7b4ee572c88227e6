"""What holds for every act: one transaction, one key, one history, and nothing shown to whom it is not for."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import engine
from engine import (
    AssignTask,
    ClaimTask,
    CommentOn,
    CompleteTask,
    FireTimer,
    History,
    KeyReused,
    MyTasks,
    NotAllowed,
    NotFound,
    People,
    ProjectPageOf,
    Projects,
    SignInNeeded,
    StartProject,
    TaskPageOf,
)
from engine.commands import HANDLERS
from engine.store.tables import ActRow, EventRow, TaskRow
from tests.engine.play import Play

ANSWER = {"titre": "Un titre", "urgent": False, "services_impactes": ["DAF"]}


def test_the_same_key_is_one_act_and_answers_the_same(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    first = play.do("claire", CompleteTask(task, ANSWER), key="clic-1")
    before = play.counts()
    assert play.do("claire", CompleteTask(task, ANSWER), key="clic-1") == first
    assert play.counts() == before
    assert [(row.key, row.command) for row in play.rows(ActRow)] == [("clic-1", "CompleteTask")]


def test_a_key_that_served_another_act_is_refused(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    play.do("claire", CommentOn(task, "Un"), key="clic-1")
    others = [("claire", CommentOn(task, "Deux")), ("denis", CommentOn(task, "Un")), ("claire", ClaimTask(task))]
    for login, act in others:
        with pytest.raises(KeyReused) as refused:
            play.do(login, act, key="clic-1")
    assert refused.value.text("fr") == (
        "Cette demande a déjà servi à un autre acte. Rechargez la page, puis recommencez."
    )


def test_a_refused_act_does_not_use_its_key(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    for _ in range(2):
        with pytest.raises(NotFound):
            play.do("karim", ClaimTask(task), key="clic-1")
    play.do("claire", CompleteTask(task, ANSWER), key="clic-1")
    assert play.open(project) == ["B"]


def test_nobody_acts_without_being_signed_in_and_none_but_jalon_moves_the_clocks(play: Play) -> None:
    project = play.start()
    for actor in (None, 9999, play.people["lea"]):
        with pytest.raises(SignInNeeded):
            play.engine.execute(ClaimTask(play.task(project, "A")), actor)
        with pytest.raises(SignInNeeded):
            play.engine.read(MyTasks(), actor)
    assert type(play.refused("claire", FireTimer(1))) is NotAllowed


def test_every_command_has_its_handler() -> None:
    assert {kind for kind in HANDLERS if kind.__name__ not in engine.__all__} == set()


# --- history ---------------------------------------------------------------------------------------------------


def test_history_is_a_chain_that_shows_what_was_changed_behind_its_back(play: Play) -> None:
    project = play.start()
    play.until(project, "G1")
    page = play.see("claire", History(project, size=500))
    assert page.whole
    assert [event.number for event in page.events] == list(range(len(page.events), 0, -1))
    with play.engine.store.write() as session:
        session.execute(text("UPDATE jalon_projects SET events = events + 1"))
    assert not play.see("claire", History(project)).whole


@pytest.mark.parametrize(
    "statement", ["UPDATE jalon_events SET facts = '{}'", "DELETE FROM jalon_events WHERE number = 1"]
)
def test_the_database_itself_refuses_to_change_history(play: Play, statement: str) -> None:
    play.start()
    before = play.counts()
    with pytest.raises(DBAPIError, match="history is append-only"), play.engine.store.engine.begin() as connection:
        connection.execute(text(statement))
    assert play.counts() == before


def test_each_act_is_written_once_with_who_and_when(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    at = play.clock.at
    before = {row.id for row in play.rows(EventRow)}
    play.do("claire", CompleteTask(task, ANSWER))
    new = [row for row in play.rows(EventRow) if row.id not in before]
    assert [(row.kind, row.actor_id) for row in new] == [
        ("task_completed", play.people["claire"]),
        ("task_opened", play.people["claire"]),
    ]
    assert {row.at for row in new} == {play.clock.at}
    assert play.clock.at > at


# --- who sees what ---------------------------------------------------------------------------------------------


def test_a_project_is_known_to_every_employee_but_its_tasks_to_those_who_take_part(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    page = play.project(project, "karim")
    assert (page.title, "see_tasks" in page.can, page.files) == ("Un projet", False, ())
    with pytest.raises(NotFound):
        play.see("karim", TaskPageOf(task))
    assert play.page(task, "fatou").can == {"comment"}


def test_what_does_not_exist_reads_as_what_one_may_not_see(play: Play) -> None:
    project = play.start()
    said = set()
    for login, task in (("karim", play.task(project, "A")), ("karim", 9999), ("claire", 9999)):
        with pytest.raises(NotFound) as refused:
            play.page(task, login)
        said.add(refused.value.text("fr"))
    assert len(said) == 1


def test_a_guest_sees_the_tasks_that_are_theirs_and_nothing_else(play: Play) -> None:
    project = play.start()
    other = play.start(title="Un autre")
    play.complete(project, "A", urgent=False)
    task = play.task(project, "B")
    with pytest.raises(NotFound):
        play.project(project, "igor")
    play.do("claire", AssignTask(task, play.people["igor"]))
    assert [line.id for line in play.see("igor", MyTasks()).tasks] == [task]
    assert [line.id for line in play.see("igor", Projects()).projects] == [project]
    with pytest.raises(NotFound):
        play.see("igor", ProjectPageOf(other))
    with pytest.raises(NotFound):
        play.page(play.task(other, "A"), "igor")
    with pytest.raises(NotFound):
        play.see("igor", People())
    refusal = play.refused("igor", StartProject("Le mien", "essai", "DAF", ("O1",)))
    assert (type(refusal), refusal.text("fr")) == (
        NotAllowed,
        "Vous ne pouvez pas démarrer un projet. Qui le peut : les personnes de l’organisme. "
        "Adressez-vous à cette personne.",
    )
    play.do("igor", CompleteTask(task, {"avis": "oui"}))
    assert play.page(task, "igor").values["avis"] == "oui"
    assert len(play.rows(TaskRow, TaskRow.element == "R")) == 2
