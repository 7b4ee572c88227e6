"""A working day from its beginning: who is asked what, one message each, resumable, and each thing once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from engine import (
    SYSTEM,
    CastVote,
    CommentOn,
    HoldProject,
    LoadOrganisation,
    NotAllowed,
    ReportEvaluation,
    SendReminders,
)
from engine.commands import gather_reminders, send_reminders
from engine.commands.call_reviews import CallReviews
from engine.commands.find_dormant import FindDormant
from engine.commands.gather_digest import GatherDigest
from engine.commands.gather_reminders import GatherReminders
from engine.jobs.daily import Told, begins_a_week, carry_out
from engine.settings import Settings
from engine.store.tables import ActorRow, EntryRow, EventRow, MessageRow, NoticeRow, ProjectRow, TaskRow, TimerRow
from engine.working_time import end_of, is_working
from tests.engine.play import Play

#: a Wednesday without a public holiday near; the Monday after it
DUE, MONDAY = date(2027, 2, 10), date(2027, 2, 15)


@pytest.fixture
def play(play: Play) -> Play:
    """Everyone has an address."""
    play.engine.settings = Settings(smtp="smtp://localhost", mail_from="jalon@organisme.fr")
    with play.engine.store.write() as session:
        session.execute(update(ActorRow).values(email=ActorRow.login + "@organisme.fr"))
    return play


def on(play: Play, day: date) -> Told:
    play.clock.at = datetime(day.year, day.month, day.day, 6, 30, tzinfo=UTC)
    return carry_out(play.engine, day)


def started(play: Play, due: date = DUE, title: str = "Un projet", *, awake: bool = True) -> int:
    """A project whose first task is due on that day; awake: somebody will do something in it before it falls asleep."""
    project = play.start(title=title)
    with play.engine.store.write() as session:
        session.execute(update(TaskRow).where(TaskRow.project_id == project).values(due_at=end_of(due)))
        if awake:
            late = play.clock.at + timedelta(days=400)
            session.execute(update(ProjectRow).where(ProjectRow.id == project).values(moved_at=late))
    return project


def mails(play: Play) -> list[tuple[str, str]]:
    """To whom, and on which day."""
    return [(row.address.partition("@")[0], row.key[9:19]) for row in play.rows(MessageRow)]


def body(play: Play, login: str) -> str:
    """Of the last message to someone."""
    (*_, row) = play.rows(MessageRow, MessageRow.address == f"{login}@organisme.fr")
    return str(row.body)


def actions(play: Play, *where: Any) -> list[tuple[str, str]]:
    logins = {id: login for login, id in play.people.items()}
    return [(logins[row.owner_id], row.origin) for row in play.rows(EntryRow, EntryRow.register == "action", *where)]


def action(play: Play, project: int | None, owner: str, due: date, title: str = "Relancer", **said: Any) -> None:
    fields = {
        "register": "action", "number": 1, "body": "", "state": "todo", "level": 0, "theme": "", "facts": "{}",
        "origin": "", "at": play.clock.at, "proof": "", "reminded": 0,
    }  # fmt: skip
    with play.engine.store.write() as session:
        session.add(
            EntryRow(**fields | {"project_id": project, "title": title, "owner_id": play.people[owner],
                                 "due_at": end_of(due)} | said)
        )  # fmt: skip


# --- actions ---------------------------------------------------------------------------------------------------


def test_tasks_and_actions_are_told_in_one_message(play: Play) -> None:
    project = started(play)
    action(play, project, "claire", DUE)
    action(play, None, "claire", DUE, "Action de l’organisme")
    assert on(play, DUE) == Told(1, 0)
    said = body(play, "claire")
    assert "- Cadrer (Un projet) : à rendre aujourd’hui" in said
    assert "- Relancer (Un projet) : à rendre aujourd’hui" in said
    assert "- Action de l’organisme : à rendre aujourd’hui" in said


def test_an_overdue_action_is_told_to_the_sponsor_and_history_says_so(play: Play) -> None:
    project = started(play, date(2027, 12, 1))
    action(play, project, "emile", DUE)
    for day in (DUE + timedelta(days=n) for n in range(20)):
        if is_working(day):
            on(play, day)
    to_emile = [day for to, day in mails(play) if to == "emile"]
    assert to_emile == ["2027-02-10", "2027-02-15", "2027-02-19"]
    assert ("denis", "2027-02-19") in mails(play)
    (event,) = play.rows(EventRow, EventRow.kind == "action_escalated")
    assert event.actor_id is None
    assert "L’action n° 1 a sept jours ouvrés de retard : signalée à Denis" in [
        each.text.read("fr") for each in play.project(project).history
    ]


def test_an_overdue_action_of_no_project_is_told_to_the_sponsor_of_the_organisation(play: Play) -> None:
    action(play, None, "karim", DUE, "Revoir le volet")
    assert on(play, DUE + timedelta(days=9)) == Told(2, 1)
    assert "Revoir le volet" in body(play, "denis")
    assert play.rows(EventRow, EventRow.kind == "action_escalated", EventRow.stream == 0)


def test_a_deviation_is_told_before_its_day_and_on_it_to_who_asked_and_to_the_lead(play: Play) -> None:
    project = started(play, date(2027, 12, 1))
    asked = {
        "register": "deviation",
        "state": "approved",
        "author_id": play.people["emile"],
        "closed_at": play.clock.at,
    }
    action(play, project, "gael", DUE, "Pas de test", **asked)
    for day in (DUE - timedelta(days=10) + timedelta(days=n) for n in range(30)):
        if is_working(day):
            on(play, day)
    told = [mail for mail in mails(play) if mail[1] < "2027-03-01"]
    assert sorted(told) == sorted(
        (to, day) for to in ("claire", "emile", "gael") for day in ("2027-02-05", "2027-02-10")
    )
    assert "- Terme de la dérogation « Pas de test » (Un projet) : à rendre aujourd’hui" in body(play, "emile")


def test_no_message_says_a_word_of_a_resistance(play: Play) -> None:
    project = started(play, date(2027, 12, 1))
    action(play, project, "emile", DUE, "Les agents d’accueil", register="resistance", state="open")
    assert on(play, DUE + timedelta(days=30)).messages == 0
    assert play.rows(NoticeRow) == []


def test_actions_of_a_project_on_hold_wait_and_those_of_an_ended_one_do_not(play: Play) -> None:
    held, ended = started(play, date(2027, 12, 1)), started(play, date(2027, 12, 1), "Clos")
    play.do("claire", HoldProject(held, "budget gelé", date(2027, 6, 1)))
    action(play, held, "emile", DUE)
    action(play, ended, "gael", DUE)
    with play.engine.store.write() as session:
        session.execute(update(ProjectRow).where(ProjectRow.id == ended).values(status="closed"))
    on(play, DUE)
    assert mails(play) == [("gael", "2027-02-10")]


# --- voters ----------------------------------------------------------------------------------------------------


def test_voters_who_have_not_voted_are_told_and_nobody_else(play: Play) -> None:
    project = play.start()
    gate = play.until(project, "G1")
    with play.engine.store.write() as session:
        session.execute(update(TaskRow).where(TaskRow.id == gate).values(due_at=end_of(DUE)))
    play.do("alice", CastVote(gate, "favourable"))
    with play.engine.store.write() as session:
        session.execute(update(ProjectRow).values(moved_at=end_of(DUE)))
    on(play, DUE)
    told = {to for to, _ in mails(play)}
    voters = {each.actor.name for each in play.gate(gate).voters}
    assert "Alice" in voters
    assert told == {"bruno", "chloe", "denis"}
    assert "Votre vote est attendu :" in body(play, "bruno")
    assert "claire" not in told


# --- chunks ----------------------------------------------------------------------------------------------------


def test_a_day_that_breaks_off_goes_on_and_nobody_is_told_twice(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather_reminders, "BATCH", 2)
    monkeypatch.setattr(send_reminders, "BATCH", 2)
    project = started(play)
    for login in ("emile", "fatou", "gael", "hana", "alice"):
        action(play, project, login, DUE)
    play.clock.at = datetime(2027, 2, 10, 6, 30, tzinfo=UTC)
    engine = play.engine
    # the process dies after one act of each kind
    engine.execute(GatherReminders(DUE, "tasks"), SYSTEM)
    engine.execute(GatherReminders(DUE, "actions"), SYSTEM)
    assert engine.execute(SendReminders(DUE), SYSTEM).messages == 2
    first = mails(play)
    carry_out(engine, DUE)
    carry_out(engine, DUE)
    assert (len(first), sorted(mails(play))) == (2, sorted((to, "2027-02-10") for to in (
        "claire", "emile", "fatou", "gael", "hana", "alice"
    )))  # fmt: skip
    assert play.rows(NoticeRow) == []


def test_what_crosses_its_mark_after_the_message_of_the_day_waits_for_the_next(play: Play) -> None:
    project = started(play)
    on(play, DUE)
    action(play, project, "claire", DUE)
    on(play, DUE)
    assert len(mails(play)) == 1
    on(play, DUE + timedelta(days=1))
    assert [day for _, day in mails(play)] == ["2027-02-10", "2027-02-11"]
    assert "Relancer" in body(play, "claire")


def test_what_is_done_before_the_message_leaves_is_not_told(play: Play) -> None:
    project = started(play)
    play.clock.at = datetime(2027, 2, 10, 6, 30, tzinfo=UTC)
    play.engine.execute(GatherReminders(DUE, "tasks"), SYSTEM)
    play.complete(project, "A")
    assert play.engine.execute(SendReminders(DUE), SYSTEM).messages == 0


# --- the weekly digest -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2027, 2, 15), True),
        (date(2027, 2, 16), False),
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 3, 30), True),
        (date(2027, 2, 14), False),
    ],
)
def test_a_week_begins_on_its_first_working_day(day: date, begins: bool) -> None:
    assert begins_a_week(day) is begins


def test_on_monday_the_lead_and_the_sponsor_read_what_is_late_in_the_same_message(play: Play) -> None:
    project = started(play, date(2027, 1, 4))
    started(play, date(2027, 12, 1), "Sans retard")
    action(play, project, "emile", date(2027, 1, 11))
    on(play, date(2027, 2, 12))
    before = len(mails(play))
    on(play, MONDAY)
    on(play, MONDAY)
    assert mails(play)[before:] == [("claire", "2027-02-15"), ("denis", "2027-02-15")]
    line = "- Un projet : 1 tâche(s) et 1 action(s) en retard, la plus ancienne depuis le 04/01/2027"
    assert (line in body(play, "claire"), line in body(play, "denis")) == (True, True)
    assert "Sans retard" not in body(play, "claire")


# --- dormant projects ------------------------------------------------------------------------------------------


def test_a_project_that_sleeps_thirty_days_is_asked_after_the_lead_first_then_the_sponsor(play: Play) -> None:
    project = started(play, date(2028, 12, 1), awake=False)
    began = play.clock.at.date()
    asked = []
    for days in range(25, 70):
        if is_working(day := began + timedelta(days=days)):
            on(play, day)
            asked.append(actions(play, EntryRow.project_id == project, EntryRow.origin == "dormant"))
    assert asked[0] == []
    assert asked[-1] == [("claire", "dormant"), ("denis", "dormant")]
    assert [len(each) for each in asked] == sorted(len(each) for each in asked)
    (entry, _) = play.rows(EntryRow, EntryRow.origin == "dormant")
    assert (entry.at.date() - began).days in (30, 31, 32, 33)


def test_whoever_does_something_wakes_it_and_what_jalon_does_by_itself_does_not(play: Play) -> None:
    project = started(play, date(2027, 1, 4), awake=False)
    moved = play.clock.at
    on(play, moved.date() + timedelta(days=28))
    assert play.rows(ProjectRow)[0].moved_at == moved
    play.do("claire", CommentOn(play.task(project, "A"), "On reprend lundi."))
    on(play, moved.date() + timedelta(days=35))
    assert actions(play, EntryRow.origin == "dormant") == []


def test_the_sleepers_are_found_by_one_question_whatever_the_number_of_projects(essai: Play) -> None:
    for number in range(3):
        started(essai, title=f"Projet {number}")
    asked: list[str] = []
    event.listen(
        essai.engine.store.engine, "before_cursor_execute",
        lambda connection, cursor, statement, *_: asked.append(statement),
    )  # fmt: skip
    essai.engine.execute(FindDormant(essai.clock.at.date()), SYSTEM)
    assert [each.split()[0] for each in asked if not each.startswith("BEGIN")] == ["SELECT"]


# --- strands ---------------------------------------------------------------------------------------------------


def test_the_owner_of_a_strand_reviews_it_in_january_and_in_july_once(play: Play) -> None:
    play.do("jeanne", LoadOrganisation({"strands": [{"code": "V1", "fr": "Volet", "owner": "karim"}]}))
    for day in (date(2027, 1, 4), date(2027, 1, 5), date(2027, 2, 1), date(2027, 7, 1), date(2027, 7, 2)):
        on(play, day)
    titles = [row.title for row in play.rows(EntryRow, EntryRow.origin == "review")]
    assert titles == ["Revue semestrielle : Volet (2027-1)", "Revue semestrielle : Volet (2027-2)"]
    assert actions(play, EntryRow.origin == "review") == [("karim", "review")] * 2


# --- cold evaluation -------------------------------------------------------------------------------------------


@pytest.fixture
def evaluated(play: Play) -> tuple[int, int]:
    """A project closed six months ago, and the action that asks whether its results last."""
    project = play.start()
    play.until(project, "")
    (timer,) = play.rows(TimerRow, TimerRow.kind == "cold")
    assert (timer.due_at.year, timer.due_at.month) == (2027, 5)
    play.clock.advance(days=170)
    assert play.due() == 0
    play.clock.advance(days=20)
    assert play.due() == 1
    (entry,) = play.rows(EntryRow, EntryRow.origin == "cold")
    return project, int(entry.id)


def test_six_months_after_it_was_closed_a_project_is_evaluated_once_more(
    play: Play, evaluated: tuple[int, int]
) -> None:
    project, entry = evaluated
    page = play.project(project, "denis")
    assert page.evaluation is not None
    assert (page.evaluation.owner and page.evaluation.owner.name, "evaluate" in page.can) == ("Denis", True)
    play.do("denis", ReportEvaluation(entry, "partly", "Huit indicateurs sur dix tiennent."))
    page = play.project(project)
    assert page.evaluation is not None
    assert (page.evaluation.text.fr, page.evaluation.note) == (
        "ils tiennent en partie", "Huit indicateurs sur dix tiennent.",
    )  # fmt: skip
    assert "evaluate" not in page.can


def test_nobody_else_answers_for_who_keeps_the_result(play: Play, evaluated: tuple[int, int]) -> None:
    _, entry = evaluated
    assert type(play.refused("claire", ReportEvaluation(entry, "yes", "Tout tient."))) is NotAllowed


# --- who -------------------------------------------------------------------------------------------------------


def test_nobody_but_jalon_does_what_a_day_asks(essai: Play) -> None:
    day = essai.clock.at.date()
    for command in (
        GatherReminders(day, "tasks"), GatherDigest(day), FindDormant(day), CallReviews("2027-1"), SendReminders(day),
    ):  # fmt: skip
        assert type(essai.refused("denis", command)) is NotAllowed
