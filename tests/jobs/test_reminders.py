"""One message a person a working day; a mark is passed once; what is late a week is told to the sponsor."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from engine import SYSTEM, GatherReminders, GrantTime, HoldProject, NotAllowed, ResumeProject, SendReminders
from engine.jobs.daily import Told, enqueue_daily
from engine.reminders import MARKS, mark_on
from engine.settings import Settings
from engine.store.tables import ActorRow, EventRow, MessageRow, ServiceRow, TaskRow
from engine.working_time import PARIS, end_of, is_working, working_days_from
from tests.engine.play import Play
from tests.jobs.receivers import Mailbox
from tests.jobs.test_queue import jobs

#: a Wednesday without a public holiday near
DUE = date(2027, 2, 10)


@pytest.fixture
def late(play: Play, mailbox: Mailbox) -> Play:
    """Claire and Denis have addresses; the task A of a project of Claire's is due on DUE."""
    play.engine.settings = Settings(smtp=mailbox.url, mail_from="jalon@organisme.fr", base="https://jalon.organisme.fr")
    with play.engine.store.write() as session:
        for login, language in (("claire", "fr"), ("denis", "en"), ("alice", "fr")):
            row = session.get_one(ActorRow, play.people[login])
            row.email, row.language = f"{login}@organisme.fr", language
    project(play)
    return play


def project(play: Play, due: date = DUE, title: str = "Un projet") -> int:
    started = play.start(title=title)
    with play.engine.store.write() as session:
        session.execute(update(TaskRow).where(TaskRow.project_id == started).values(due_at=end_of(due)))
    return started


def remind(play: Play, day: date) -> Told:
    play.clock.at = datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC)
    escalated = play.engine.execute(GatherReminders(day, "tasks"), SYSTEM).escalated
    return Told(play.engine.execute(SendReminders(day), SYSTEM).messages, escalated)


def written(play: Play) -> list[tuple[str, str]]:
    """To whom, and the day."""
    return [(row.address.partition("@")[0], row.key[9:19]) for row in play.rows(MessageRow, MessageRow.kind == "mail")]


# --- marks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "mark"), [
    (date(2027, 2, 4), 0),  # Thursday, four working days before
    (date(2027, 2, 5), 1),  # Friday, three before
    (date(2027, 2, 9), 1),
    (date(2027, 2, 10), 2),
    (date(2027, 2, 14), 2),  # Sunday
    (date(2027, 2, 15), 3),  # Monday, three after
    (date(2027, 2, 18), 3),
    (date(2027, 2, 19), 4),  # Friday, seven after
    (date(2030, 1, 1), 4),
])  # fmt: skip
def test_marks_are_counted_in_working_days(day: date, mark: int) -> None:
    assert mark_on(DUE, day) == mark


@given(due=st.dates(date(2026, 1, 1), date(2030, 12, 31)), days=st.integers(-30, 30))
def test_marks_only_grow_and_every_one_is_passed(due: date, days: int) -> None:
    day = due + timedelta(days=days)
    assert mark_on(due, day) <= mark_on(due, day + timedelta(days=1))
    assert mark_on(due, due - timedelta(days=30)) == 0
    assert mark_on(due, due + timedelta(days=30)) == len(MARKS)


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)), count=st.integers(1, 20))
def test_working_days_before_and_after_are_working_and_as_many(day: date, count: int) -> None:
    after, before = working_days_from(day, count), working_days_from(day, -count)
    assert (is_working(after), is_working(before)) == (True, True)
    assert sum(is_working(day + timedelta(days=n)) for n in range(1, (after - day).days + 1)) == count
    assert sum(is_working(before + timedelta(days=n)) for n in range((day - before).days)) == count


# --- messages --------------------------------------------------------------------------------------------------


def test_a_person_is_reminded_before_on_and_after_the_due_date_and_then_the_sponsor_is_told(late: Play) -> None:
    for day in (DUE + timedelta(days=n) for n in range(-8, 20)):
        if is_working(day):
            remind(late, day)
    assert written(late) == [
        ("claire", "2027-02-05"),
        ("claire", "2027-02-10"),
        ("claire", "2027-02-15"),
        ("claire", "2027-02-19"),
        ("denis", "2027-02-19"),
    ]
    (event,) = late.rows(EventRow, EventRow.kind == "task_escalated")
    assert event.actor_id is None
    line = late.project(1).history[0]
    assert line.text.read("fr") == "« Cadrer » a sept jours ouvrés de retard : signalé à Denis"


def test_the_message_is_in_the_language_of_its_reader_and_links_to_the_task(late: Play, mailbox: Mailbox) -> None:
    remind(late, DUE + timedelta(days=9))
    late.due()
    to_claire, to_denis = mailbox.messages
    assert (str(to_claire["Subject"]), to_claire.get_content().replace("\r\n", "\n")) == (
        "Jalon : 1 échéance(s), dont 1 dépassée(s)",
        "Bonjour Claire,\n\nCes tâches vous attendent :\n\n"
        "- Cadrer (Un projet) : échéance dépassée depuis le 10/02/2027\n  https://jalon.organisme.fr/taches/1\n\n"
        "Tout ce qui vous attend : https://jalon.organisme.fr/\n",
    )
    assert (str(to_denis["Subject"]), to_denis.get_content().replace("\r\n", "\n")) == (
        "Jalon: tasks seven days late in your projects",
        "Hello Denis,\n\nIn your projects, these tasks are seven working days past their due date:\n\n"
        "- Frame (Un projet): was due on 10 February 2027\n  https://jalon.organisme.fr/taches/1\n\n"
        "All that waits for you: https://jalon.organisme.fr/\n",
    )


def test_a_person_gets_one_message_for_all_their_tasks(late: Play) -> None:
    for number in range(4):
        project(late, DUE + timedelta(days=number), f"Projet {number}")
    assert remind(late, DUE) == Told(1, 0)
    (message,) = late.rows(MessageRow)
    assert message.body.count("/taches/") == 5
    assert message.body.index("Un projet") < message.body.index("Projet 3")


def test_after_downtime_a_backlog_is_one_message(late: Play) -> None:
    remind(late, DUE + timedelta(days=200))
    remind(late, DUE + timedelta(days=201))
    assert written(late) == [("claire", "2027-08-29"), ("denis", "2027-08-29")]


def test_the_same_day_told_twice_is_one_message_however_it_is_told(late: Play) -> None:
    remind(late, DUE)
    with late.engine.store.write() as session:
        session.execute(update(TaskRow).values(reminded=0))
    assert remind(late, DUE) == Told(0, 0)
    assert len(written(late)) == 1


def test_a_task_that_waits_for_a_role_is_told_to_all_who_hold_it(late: Play) -> None:
    started = late.start()
    gate = late.until(started, "G1")
    with late.engine.store.write() as session:
        session.execute(update(TaskRow).where(TaskRow.id == gate).values(due_at=end_of(DUE), assignee_id=None,
                                                                         seat=f"s{root(late)}:COPIL"))  # fmt: skip
        session.get_one(ActorRow, late.people["bruno"]).email = "bruno@organisme.fr"
        session.execute(update(TaskRow).where(TaskRow.id != gate).values(reminded=4))
    remind(late, DUE)
    assert sorted(to for to, _ in written(late)) == ["alice", "bruno", "denis"]


def root(play: Play) -> int:
    (row,) = play.rows(ServiceRow, ServiceRow.code == "ORG")
    return int(row.id)


def test_nobody_is_reminded_of_a_project_on_hold_and_marks_begin_again_after_it(late: Play) -> None:
    remind(late, DUE)
    late.do("claire", HoldProject(1, "budget gelé", date(2027, 6, 1)))
    assert remind(late, DUE + timedelta(days=30)) == Told(0, 0)
    late.do("denis", ResumeProject(1))
    due = late.row(1).due_at.astimezone(PARIS).date()
    assert remind(late, working_days_from(due, 1)) == Told(1, 0)


def test_more_time_begins_the_marks_again(late: Play) -> None:
    remind(late, DUE)
    late.do("denis", GrantTime(1, DUE + timedelta(days=40)))
    assert remind(late, DUE + timedelta(days=1)) == Told(0, 0)
    assert remind(late, DUE + timedelta(days=40)) == Told(1, 0)


def test_one_who_has_left_or_has_no_address_is_not_written_to(late: Play) -> None:
    with late.engine.store.write() as session:
        session.get_one(ActorRow, late.people["claire"]).email = ""
        session.get_one(ActorRow, late.people["denis"]).active = False
    assert remind(late, DUE + timedelta(days=10)).messages == 0
    assert late.row(1).reminded == 4


def test_without_a_mail_server_history_still_says_what_is_late(late: Play) -> None:
    late.engine.settings = Settings()
    assert remind(late, DUE + timedelta(days=10)) == Told(0, 1)
    assert (written(late), len(late.rows(EventRow, EventRow.kind == "task_escalated"))) == ([], 1)


def test_a_reminder_does_not_outdate_the_page_of_a_task(late: Play) -> None:
    revision = late.row(1).revision
    remind(late, DUE)
    assert (late.row(1).revision, late.row(1).reminded) == (revision, 2)


def test_nobody_but_jalon_sends_reminders(late: Play) -> None:
    assert type(late.refused("denis", SendReminders(DUE))) is NotAllowed


# --- once a working day ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hour", "enqueued"), [
    (datetime(2027, 2, 10, 6, 29, tzinfo=UTC), []),  # 07:29 in Paris
    (datetime(2027, 2, 10, 6, 30, tzinfo=UTC), ["daily-2027-02-10"]),
    (datetime(2027, 2, 10, 22, 0, tzinfo=UTC), ["daily-2027-02-10"]),  # it was down in the morning
    (datetime(2027, 7, 14, 12, 0, tzinfo=UTC), []),  # a public holiday
    (datetime(2027, 2, 13, 12, 0, tzinfo=UTC), []),  # a Saturday
    (datetime(2027, 3, 29, 5, 30, tzinfo=UTC), []),  # Easter Monday
    (datetime(2027, 3, 30, 5, 30, tzinfo=UTC), ["daily-2027-03-30"]),  # summer time
])  # fmt: skip
def test_the_day_begins_at_half_past_seven_on_working_days(essai: Play, hour: datetime, enqueued: list[str]) -> None:
    essai.clock.at = hour
    last: Any = None
    for _ in range(3):  # of three machines each may try
        enqueue_daily(essai.engine, None)
        last = enqueue_daily(essai.engine, last)
    assert [key for key, *_ in jobs(essai.engine)] == enqueued
