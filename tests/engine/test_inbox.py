"""The inbox: every task that waits for someone, once, in any order, page after page; what it reads of tables."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engine import CastVote, ClaimTask, HoldProject, Me, MyTasks, Projects, run_due
from engine.store.tables import CallRow, HoldingRow, TaskRow
from tests.engine.play import Play

SCOPES = ("all", "mine", "roles", "unassigned")
SORTS = ("due", "project", "opened")


@pytest.fixture
def busy(play: Play) -> Play:
    """Six projects: one at A, three at B, which one expert has taken, two at the gate, of which one is on hold."""
    return filled(play)


def filled(play: Play) -> Play:
    projects = [play.start(title=f"Projet {each}") for each in "abcdef"]
    for project in projects[1:]:
        play.complete(project, "A", urgent=False)
    play.do("emile", ClaimTask(play.task(projects[1], "B")))
    for project in projects[4:]:
        while not any(code.startswith("G1") for code in play.open(project)):
            play.complete(project, play.open(project)[0])
    play.do("claire", HoldProject(projects[5], "Budget", (play.clock.at + timedelta(days=300)).date()))
    return play


def walked(play: Play, login: str, size: int, **asked: Any) -> list[int]:
    """The tasks of every page, in order."""
    found: list[int] = []
    after = ""
    while True:
        page = play.see(login, MyTasks(size=size, after=after, **asked))
        found += [line.id for line in page.tasks]
        if not (after := page.after):
            return found


def waiting_for(play: Play, login: str) -> list[TaskRow]:
    """Assigned to them, open to a role of theirs, or a gate that calls them and on which nobody has voted."""
    me = play.people[login]
    seats = {f"{each.scope[0]}{each.scope_id}:{each.role}" for each in play.rows(HoldingRow, HoldingRow.actor_id == me)}
    called = {each.task_id for each in play.rows(CallRow, CallRow.seat.in_(seats))}
    return [
        each
        for each in play.rows(TaskRow, TaskRow.state == "open")
        if each.assignee_id == me or (each.assignee_id is None and each.seat in seats) or each.id in called
    ]


@pytest.mark.parametrize("login", ["claire", "denis", "alice", "emile", "fatou", "karim"])
def test_the_pages_hold_every_task_that_waits_for_a_person_once(busy: Play, login: str) -> None:
    expected = {each.id for each in waiting_for(busy, login)}
    for sort in SORTS:
        found = walked(busy, login, size=1, sort=sort)
        assert sorted(found) == sorted(expected), sort
        assert found == walked(busy, login, size=100, sort=sort), sort


def test_each_order_is_the_one_that_was_asked_for(busy: Play) -> None:
    rows = {each.id: each for each in busy.rows(TaskRow)}
    keys: dict[str, Any] = {
        "due": lambda id: (rows[id].due_at, id),
        "project": lambda id: (rows[id].project_id, id),
        "opened": lambda id: (-rows[id].opened_at.timestamp(), -id),
    }
    for login in ("fatou", "denis", "claire"):
        for sort in SORTS:
            found = walked(busy, login, size=2, sort=sort)
            assert found == sorted(found, key=keys[sort]), (login, sort)


def test_the_filter_offers_the_projects_in_which_a_task_waits(busy: Play) -> None:
    for login in ("claire", "denis", "alice", "emile", "karim"):
        expected = {each.project_id for each in waiting_for(busy, login)}
        assert {int(each.value) for each in busy.see(login, MyTasks()).projects} == expected, login


def test_late_is_what_is_past_its_date_in_a_project_that_goes_on(busy: Play) -> None:
    busy.clock.advance(days=200)
    run_due(busy.engine)
    for sort in SORTS:
        for login in ("denis", "alice", "fatou"):
            late = [each for each in busy.see(login, MyTasks(size=100)).tasks if each.late]
            found = walked(busy, login, size=1, sort=sort, late=True)
            assert sorted(found) == sorted(line.id for line in late), (login, sort)
    assert busy.see("denis", MyTasks(late=True)).tasks


def test_a_gate_leaves_the_inbox_of_the_one_who_has_voted(busy: Play) -> None:
    [gate] = [each.id for each in busy.see("alice", MyTasks()).tasks if not each.held]
    busy.do("alice", CastVote(gate, "favourable"))
    assert gate not in walked(busy, "alice", size=100)
    assert gate in walked(busy, "bruno", size=100)


def test_the_header_counts_what_waits_in_projects_that_go_on(busy: Play) -> None:
    for login in ("claire", "denis", "alice", "emile", "karim"):
        page = busy.see(login, MyTasks(size=100))
        assert busy.see(login, Me()).open == len([each for each in page.tasks if not each.held]), login


# --- what is read ----------------------------------------------------------------------------------------------


def plans(play: Play, login: str, query: Any) -> list[str]:
    """How SQLite finds the rows of each statement of a page."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(play.engine.store.engine, "before_cursor_execute", note)
    try:
        play.see(login, query)
    finally:
        event.remove(play.engine.store.engine, "before_cursor_execute", note)
    with play.engine.store.engine.connect() as connection:
        return [
            str(row.detail)
            for statement, parameters in asked
            if statement.startswith(("SELECT", "WITH"))
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


@pytest.mark.parametrize("scope", SCOPES)
def test_no_part_of_the_inbox_reads_a_whole_table(essai: Play, scope: Any) -> None:
    filled(essai)
    for login in ("claire", "denis", "alice", "emile", "karim"):
        for sort in SORTS:
            for more in ({}, {"late": True}, {"project": 2}):
                steps = plans(essai, login, MyTasks(scope, sort=sort, **more))
                assert [each for each in steps if re.match(r"SCAN (t|p|c|b|v|jalon_\w+)\b", each)] == []


def test_neither_the_header_nor_the_list_of_projects_reads_every_task(essai: Play) -> None:
    filled(essai)
    for query in (Me(), Projects(), Projects(sort="title"), Projects(sort="phase")):
        steps = plans(essai, "fatou", query)
        assert [each for each in steps if re.match(r"SCAN (t|jalon_tasks)\b", each)] == [], query


def test_a_person_with_more_seats_than_a_statement_can_unite_reads_their_inbox(busy: Play) -> None:
    actor, root = busy.people["fatou"], busy.rows(HoldingRow, HoldingRow.role == "EXP")[0].scope_id
    before = walked(busy, "fatou", size=100)
    with busy.engine.store.write() as session:
        session.add_all(
            HoldingRow(role=f"R{number}", scope="service", scope_id=root, actor_id=actor) for number in range(600)
        )
    assert walked(busy, "fatou", size=100) == before
