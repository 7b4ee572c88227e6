"""A recurring activity never has two open occurrences; what nobody does is kept as missed, and those who steer hear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from engine import HoldProject, ResumeProject, TaskClosed, examine
from engine.commands.complete_task import CompleteTask
from engine.store.tables import EntryRow, EventRow, ExecutionRow, TaskRow, TimerRow
from tests.engine.play import Play

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def project(play: Play) -> int:
    """In the phase in which T1 recurs, every fortnight; the lead does it."""
    started = play.start()
    play.until(started, "X")
    return started


def states(play: Play, project: int) -> list[str]:
    """Of every occurrence of T1 there ever was."""
    return [row.state for row in play.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "T1")]


def turn(play: Play, times: int = 1) -> None:
    for _ in range(times):
        play.clock.at += FORTNIGHT
        play.due()


def asked(play: Play) -> list[tuple[str, str, str]]:
    """The actions that Jalon opened: whose, what, from where."""
    logins = {id: login for login, id in play.people.items()}
    rows = play.rows(EntryRow, EntryRow.register == "action")
    return [(logins[row.owner_id], row.title, row.origin) for row in rows]


def test_the_next_occurrence_replaces_one_that_nobody_did(play: Play, project: int) -> None:
    turn(play)
    assert states(play, project) == ["missed", "open"]
    assert "« Faire le point » n’a pas été fait : l’occurrence suivante le remplace" in [
        each.text.read("fr") for each in play.project(project).history
    ]
    (missed,) = play.rows(TaskRow, TaskRow.state == "missed")
    refusal = play.refused("claire", CompleteTask(missed.id, {"presents": [1]}))
    assert (type(refusal), "non faite" in refusal.text("fr")) == (TaskClosed, True)


def test_the_execution_of_what_was_missed_is_over_and_the_doctor_finds_nothing(play: Play, project: int) -> None:
    turn(play, 2)
    missed = [row.execution_id for row in play.rows(TaskRow, TaskRow.state == "missed")]
    assert all(row.ended_at for row in play.rows(ExecutionRow, ExecutionRow.id.in_(missed)))
    assert [each.found.en for each in examine(play.engine) if not each.well and each.check == "states"] == []


def test_two_misses_in_a_row_reach_the_lead_and_four_the_sponsor(play: Play, project: int) -> None:
    turn(play)
    assert asked(play) == []
    turn(play)
    to_claire = ("claire", "« Faire le point » : 2 fois de suite non fait", "task")
    assert asked(play) == [to_claire]
    turn(play)
    assert asked(play) == [to_claire]
    turn(play)
    assert asked(play) == [to_claire, ("denis", "« Faire le point » : 4 fois de suite non fait", "task")]
    turn(play, 3)
    assert len(asked(play)) == 2


def test_an_occurrence_that_is_done_begins_the_count_again(play: Play, project: int) -> None:
    for _ in range(3):
        turn(play)
        play.complete(project, "T1")
        turn(play)
    assert (states(play, project).count("missed"), asked(play)) == (3, [])


def test_a_backlog_after_downtime_is_one_miss_and_one_occurrence(play: Play, project: int) -> None:
    play.clock.advance(days=200)
    assert play.due() == 1
    assert (states(play, project), asked(play)) == (["missed", "open"], [])
    (following,) = play.rows(TimerRow, TimerRow.kind == "occurrence", TimerRow.fired_at.is_(None))
    assert following.due_at - play.clock.at == FORTNIGHT


def test_a_hold_counts_no_miss(play: Play, project: int) -> None:
    play.do("claire", HoldProject(project, "budget gelé", play.clock.at.date() + timedelta(days=100)))
    turn(play, 4)
    play.do("denis", ResumeProject(project))
    assert states(play, project) == ["open"]
    turn(play)
    assert states(play, project) == ["missed", "open"]


def test_lines_of_a_plan_are_never_missed(play: Play) -> None:
    project = play.start()
    play.until(project, "X", A={"jalons": [{"objet": "Annonce", "date": "2026-12-01"}], "urgent": False})
    turn(play, 5)
    assert [row.state for row in play.rows(TaskRow, TaskRow.element == "T2")] == ["open"]


def test_a_line_of_a_plan_that_says_how_often_comes_again_by_itself_and_no_other(play: Play) -> None:
    project = play.start()
    lines = [{"objet": "Chaque mois", "date": ""}, {"objet": "Annonce", "date": ""}]
    play.until(project, "X", A={"jalons": lines, "urgent": False})
    play.complete(project, "T2 Chaque mois")
    turn(play, 6)
    told = play.rows(TaskRow, TaskRow.element == "T2")
    assert [(row.instance.partition(" ")[0], row.state) for row in told] == [
        ("Chaque", "done"), ("Annonce", "open"), ("Chaque", "missed"), ("Chaque", "open"),
    ]  # fmt: skip


def test_an_occurrence_opened_before_timers_were_armed_with_it_still_recurs(play: Play, project: int) -> None:
    with play.engine.store.write() as session:
        session.execute(update(TimerRow).where(TimerRow.kind == "occurrence").values(fired_at=play.clock.at))
    play.complete(project, "T1")
    turn(play)
    assert states(play, project) == ["done", "open"]


def test_the_gate_that_ends_them_leaves_nothing_open_nor_executing(play: Play, project: int) -> None:
    turn(play)
    play.until(project, "")
    assert set(states(play, project)) == {"missed", "cancelled"}
    assert play.rows(ExecutionRow, ExecutionRow.project_id == project, ExecutionRow.ended_at.is_(None)) == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=st.lists(st.sampled_from(["do", "wait", "late"]), max_size=7))
def test_whatever_is_done_and_when_there_is_one_open_occurrence_at_most(essai: Play, course: list[str]) -> None:
    project = essai.start()
    essai.until(project, "X")
    misses = 0
    for each in course:
        if each == "do" and states(essai, project)[-1] == "open":
            essai.complete(project, "T1")
        else:
            misses += states(essai, project)[-1] == "open"
            essai.clock.advance(days=14 if each == "wait" else 45)
            essai.due()
        found = states(essai, project)
        assert found.count("open") <= 1
        assert found.count("missed") == misses
    kinds = [row.kind for row in essai.rows(EventRow, EventRow.stream == project)]
    assert kinds.count("occurrence_missed") == misses
