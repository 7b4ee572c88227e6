"""Every timer fires once: after downtime, over a hold, on the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert, update

from engine import SYSTEM, FireTimer, HoldProject, NotAllowed, NotFound, ResumeProject
from engine.jobs.sweep import key_of, sweep
from engine.store.tables import EventRow, TaskRow, TimerRow
from engine.working_time import next_occurrence
from tests.engine.play import Play
from tests.jobs.test_queue import jobs

PARIS = ZoneInfo("Europe/Paris")


def waiting(play: Play) -> int:
    """A project with one timer: the next occurrence of T1, a fortnight after the last."""
    project = play.start()
    play.until(project, "X")
    play.complete(project, "T1")
    return project


def timer(play: Play) -> TimerRow:
    (row,) = play.rows(TimerRow, TimerRow.kind == "occurrence")
    return row


def opened(play: Play, project: int) -> int:
    """How many occurrences of T1 there ever were."""
    return len(play.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "T1"))


def test_a_timer_that_is_due_becomes_one_job(play: Play) -> None:
    project = waiting(play)
    assert sweep(play.engine) == 0
    play.clock.advance(days=15)
    assert (sweep(play.engine), sweep(play.engine)) == (1, 0)
    row = timer(play)
    assert row.queued_at == play.clock.at
    assert jobs(play.engine) == [(key_of(row.id, row.due_at), "fire", [row.id], "jalon-projects")]
    assert opened(play, project) == 1


def test_more_than_one_sweep_takes_at_once_are_all_enqueued_in_order(play: Play) -> None:
    project = waiting(play)
    due = play.clock.at
    with play.engine.store.write() as session:
        session.execute(insert(TimerRow), [
            {"project_id": project, "kind": "review", "element": "", "subject": "", "due_at": due - timedelta(hours=n)}
            for n in range(230)
        ])  # fmt: skip
    assert sweep(play.engine) == 230
    assert len(jobs(play.engine)) == 230
    assert not play.rows(TimerRow, TimerRow.queued_at.is_(None), TimerRow.due_at <= due)


def test_an_idle_tick_is_one_statement_however_many_projects_wait(play: Play) -> None:
    project = waiting(play)
    later = play.clock.at + timedelta(days=1)
    with play.engine.store.write() as session:
        session.execute(insert(TimerRow), [
            {"project_id": project, "kind": "occurrence", "element": "T1", "subject": "", "due_at": later}
            for _ in range(5_000)
        ])  # fmt: skip
    asked: list[str] = []
    event.listen(
        play.engine.store.engine, "before_cursor_execute",
        lambda connection, cursor, statement, *_: asked.append(statement),
    )  # fmt: skip
    assert sweep(play.engine) == 0
    assert [each.split()[0] for each in asked if not each.startswith("BEGIN")] == ["SELECT"]


def test_the_sweep_asks_its_index(essai: Play) -> None:
    waiting(essai)
    asked: list[tuple[str, Any]] = []
    event.listen(
        essai.engine.store.engine, "before_cursor_execute",
        lambda connection, cursor, statement, values, *_: asked.append((statement, values)),
    )  # fmt: skip
    sweep(essai.engine)
    statement, values = next(each for each in asked if each[0].startswith("SELECT"))
    with essai.engine.store.engine.connect() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
    assert "ix_jalon_timers_due" in plan
    assert "TEMP B-TREE" not in plan


def test_a_timer_fires_once_however_often_it_is_told_to(play: Play) -> None:
    project = waiting(play)
    play.clock.advance(days=15)
    id = timer(play).id
    answers = [play.engine.execute(FireTimer(id), SYSTEM, key=key).fired for key in ("a", "a", "b", None)]
    # the same key answers what it answered
    assert answers == [True, True, False, False]
    assert opened(play, project) == 2


def test_nobody_but_jalon_fires_a_timer_and_only_one_that_exists(play: Play) -> None:
    waiting(play)
    assert type(play.refused("claire", FireTimer(timer(play).id))) is NotAllowed
    assert type(play.refused("jalon", FireTimer(999))) is NotFound


def test_a_timer_that_is_not_due_yet_goes_back_to_the_sweep(play: Play) -> None:
    project = waiting(play)
    play.clock.advance(days=15)
    sweep(play.engine)
    row = timer(play)
    with play.engine.store.write() as session:
        session.execute(update(TimerRow).values(due_at=row.due_at + timedelta(days=30)))
    assert not play.engine.execute(FireTimer(row.id), SYSTEM, key="first").fired
    assert (timer(play).queued_at, opened(play, project)) == (None, 1)
    play.clock.advance(days=30)
    assert sweep(play.engine) == 1
    assert len(jobs(play.engine)) == 2


# --- hold ------------------------------------------------------------------------------------------------------


def test_a_hold_stops_the_timers_and_its_review_still_comes(play: Play) -> None:
    project = waiting(play)
    play.do("claire", HoldProject(project, "budget gelé", date(2026, 12, 1)))
    held_at = play.clock.at
    assert timer(play).stopped_at == held_at
    play.clock.advance(days=60)
    assert play.due() == 1
    assert (play.project(project).history[0].kind, opened(play, project)) == ("review_due", 1)
    assert sweep(play.engine) == 0


def test_a_timer_that_was_enqueued_before_a_hold_fires_after_it_once(play: Play) -> None:
    project = waiting(play)
    play.clock.advance(days=15)
    sweep(play.engine)
    row = timer(play)
    play.do("claire", HoldProject(project, "budget gelé", date(2026, 12, 20)))
    # the job that was on its way finds a timer that is stopped
    assert not play.engine.execute(FireTimer(row.id), SYSTEM, key=key_of(row.id, row.due_at)).fired
    play.clock.advance(days=2)
    play.do("denis", ResumeProject(project, "budget rendu"))
    again = timer(play)
    assert again.due_at - row.due_at == timedelta(days=2, seconds=1)
    assert (again.stopped_at, again.queued_at, again.fired_at) == (None, None, None)
    assert sweep(play.engine) == 1
    assert [key for key, *_ in jobs(play.engine)] == [key_of(row.id, row.due_at), key_of(row.id, again.due_at)]
    play.due()
    assert opened(play, project) == 2


# --- downtime --------------------------------------------------------------------------------------------------


def test_after_a_year_of_downtime_a_recurrence_opens_once(play: Play) -> None:
    project = waiting(play)
    play.clock.advance(days=365)
    assert play.due() == 1
    assert opened(play, project) == 2
    play.complete(project, "T1")
    assert (play.due(), opened(play, project)) == (0, 2)
    play.clock.advance(days=14)
    assert play.due() == 1


# --- clocks ----------------------------------------------------------------------------------------------------

#: the nights of 2027 on which Paris has no 2 o'clock, and has it twice
CHANGES = [datetime(2027, 3, 28, 1, 0, tzinfo=UTC), datetime(2027, 10, 31, 1, 0, tzinfo=UTC)]


@pytest.mark.parametrize("change", CHANGES)
def test_every_timer_of_the_night_of_a_clock_change_fires_once(essai: Play, change: datetime) -> None:
    project = waiting(essai)
    essai.clock.at = change - timedelta(hours=4)
    before = len(essai.rows(EventRow, EventRow.kind == "review_due"))
    quarters = [change + timedelta(minutes=15 * n) for n in range(-12, 13)]
    with essai.engine.store.write() as session:
        session.execute(update(TimerRow).values(fired_at=essai.clock.at))
        session.execute(insert(TimerRow), [
            {"project_id": project, "kind": "review", "element": "", "subject": "", "due_at": each} for each in quarters
        ])  # fmt: skip
    fired = []
    while essai.clock.at < change + timedelta(hours=4):
        essai.clock.advance(minutes=10)
        fired.append(essai.due())
        # an operator sets the clock back, and forth again
        essai.clock.advance(hours=-1)
        fired.append(essai.due())
        essai.clock.advance(hours=1)
    assert sum(fired) == len(quarters)
    assert len(essai.rows(EventRow, EventRow.kind == "review_due")) - before == len(quarters)


@given(
    day=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    minute=st.integers(0, 24 * 60 - 1),
    days=st.integers(1, 60),
)
def test_the_next_occurrence_keeps_its_hour_in_paris_and_comes_later(day: date, minute: int, days: int) -> None:
    hour, minute = divmod(minute, 60)
    first = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS).astimezone(UTC)
    following = next_occurrence(first, f"P{days}D")
    assert following > first
    local = following.astimezone(PARIS)
    assert local.date() == first.astimezone(PARIS).date() + timedelta(days=days)
    # 02:30 does not exist in the night of the change: what is due then comes an hour later on the clock
    asked = first.astimezone(PARIS).time()
    assert (local.hour - asked.hour, local.minute) in ((0, asked.minute), (1, asked.minute))
