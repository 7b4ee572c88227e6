"""Ideas: anyone has one, named or not; each gets an answer, or somebody is told; a project keeps its author."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from engine import (
    SYSTEM,
    AnswerIdea,
    CloseEntry,
    EntryPageOf,
    EscalateIdeas,
    IdeaUnanswered,
    MoveEntry,
    MyEntries,
    NotAllowed,
    OpenEntry,
    ReasonMissing,
    RegisterPageOf,
    StartFromIdea,
    SupportIdea,
    TransitionRefused,
)
from engine.jobs.handlers import daily
from engine.jobs.queue import Job
from engine.registers import ANSWER_DAYS
from engine.store.tables import ActorRow, ActRow, EntryRow, EventRow, MessageRow, ProjectRow
from engine.working_time import end_of
from tests.engine.play import Play

IDEA = {
    "title": "Des vélos pour les agents",
    "body": "Trop de voitures",
    "theme": "energie",
    "services": ["DRH", "DAF"],
}


def had(play: Play, login: str = "karim", unnamed: bool = False, key: str | None = None, **said: Any) -> int:
    return int(play.do(login, OpenEntry("idea", {**IDEA, **said}, unnamed=unnamed), key=key).entry)


def idea(play: Play, id: int, login: str = "karim") -> Any:
    return play.see(login, EntryPageOf(id))


def mailed(play: Play) -> list[tuple[int | None, str]]:
    return [(row.actor_id, row.subject) for row in play.rows(MessageRow, MessageRow.kind == "mail")]


def with_mail(play: Play) -> None:
    play.engine.settings = dataclasses.replace(play.engine.settings, smtp="localhost:25")
    with play.engine.store.write() as session:
        for row in session.execute(select(ActorRow)).scalars():
            row.email = f"{row.login}@exemple.fr"


def test_any_employee_has_an_idea_that_everyone_reads_and_supports_once(play: Play) -> None:
    id = had(play)
    for login in ("alice", "gael", "alice"):
        play.do(login, SupportIdea(id))
    assert isinstance(play.refused("karim", SupportIdea(id)), NotAllowed)
    assert isinstance(play.refused("igor", SupportIdea(id)), Exception)
    (line,) = play.see("gael", RegisterPageOf("idea")).entries
    assert (line.supports, line.author.name, line.owner.name, line.state) == (2, "Karim", "Jeanne", "received")
    assert line.due == end_of(play.clock.at.date() + timedelta(days=ANSWER_DAYS))


def test_the_most_supported_come_first_where_asked(play: Play) -> None:
    first, second = had(play), had(play, title="Une autre")
    play.do("alice", SupportIdea(first))
    asked = RegisterPageOf("idea", sort="supports")
    assert [each.id for each in play.see("gael", asked).entries] == [first, second]


def test_who_stays_unnamed_is_nowhere_in_the_database(play: Play) -> None:
    id = had(play, unnamed=True, key="cle-1")
    page = idea(play, id, "alice")
    assert page.line.author is None
    assert page.history[0].text.fr == "? a ouvert dans Idées le n° 1"
    (row,) = play.rows(EntryRow)
    (opened,) = play.rows(EventRow, EventRow.kind == "entry_opened")
    assert (row.author_id, opened.actor_id) == (None, None)
    assert [each for each in play.rows(ActRow) if each.command == "OpenEntry"] == []
    assert had(play, unnamed=True, key="cle-1") == id, "a second click is one idea"


def test_an_answer_says_why_tells_the_author_and_stops_the_clock(play: Play) -> None:
    with_mail(play)
    id = had(play)
    assert isinstance(play.refused("alice", AnswerIdea(id, "declined", "non")), NotAllowed)
    assert isinstance(play.refused("jeanne", AnswerIdea(id, "declined", " ")), ReasonMissing)
    play.do("jeanne", MoveEntry(id, "studied"))
    assert idea(play, id).line.due is not None, "being studied is not an answer yet"
    play.do("jeanne", AnswerIdea(id, "pool", "L’an prochain"))
    line = idea(play, id).line
    assert (line.state, line.closed, line.due, line.proof) == ("pool", True, None, "L’an prochain")
    assert mailed(play) == [(play.people["karim"], "Votre idée « Des vélos pour les agents » : au vivier")]


def test_an_idea_becomes_a_project_only_by_starting_it(play: Play) -> None:
    id = had(play)
    assert isinstance(play.refused("jeanne", AnswerIdea(id, "project", "oui")), TransitionRefused)


def test_fifteen_days_without_answer_apologise_to_the_author_and_ask_the_sponsor(play: Play) -> None:
    with_mail(play)
    id, answered = had(play), had(play, title="Une autre")
    play.do("jeanne", AnswerIdea(answered, "kept", "Bonne idée"))
    before = mailed(play)
    play.clock.advance(days=ANSWER_DAYS)
    assert play.do("jalon", EscalateIdeas()).ideas == 0
    play.clock.advance(days=1)
    assert play.do("jalon", EscalateIdeas()).ideas == 1
    assert play.do("jalon", EscalateIdeas()).ideas == 0, "once"
    assert mailed(play)[len(before) :] == [
        (play.people["karim"], "Votre idée « Des vélos pour les agents » attend encore sa réponse"),
        (play.people["denis"], "Une idée attend sa réponse : Des vélos pour les agents"),
    ]
    action, owned = play.see("denis", MyEntries()).entries[::-1]
    if action.register == "idea":
        action, owned = owned, action
    assert (action.register, owned.id) == ("action", id)
    assert isinstance(play.refused("denis", CloseEntry(action.id, "done", "vu")), IdeaUnanswered)
    play.do("denis", AnswerIdea(id, "declined", "Trop cher"))
    assert play.see("denis", EntryPageOf(action.id)).line.state == "done"
    assert play.see("denis", MyEntries()).entries == ()


def test_the_daily_job_escalates(play: Play) -> None:
    had(play)
    play.clock.advance(days=ANSWER_DAYS + 1)
    daily(play.engine, Job("daily", "daily-2026-12-09", 0, None, ("2026-12-09",)))
    assert [row.origin for row in play.rows(EntryRow, EntryRow.register == "action")] == ["answer"]


@pytest.mark.parametrize("waiting", [1, 30])
def test_looking_for_ideas_without_answer_is_one_question_however_many_entries_there_are(
    essai: Play, waiting: int
) -> None:
    for number in range(waiting):
        had(essai, title=f"Idée {number}")
    asked: list[str] = []

    def noted(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    event.listen(essai.engine.store.engine, "before_cursor_execute", noted)
    essai.engine.execute(EscalateIdeas(), SYSTEM)
    event.remove(essai.engine.store.engine, "before_cursor_execute", noted)
    assert len([each for each in asked if each.startswith("SELECT")]) == 1


def test_an_idea_becomes_a_project_whose_author_is_the_ideas(play: Play) -> None:
    id = had(play)
    asked = StartFromIdea(id, "essai", "DAF", ("O1",), lead=play.people["claire"])
    assert isinstance(play.refused("alice", asked), NotAllowed)
    project = play.do("jeanne", asked).project
    (row,) = play.rows(ProjectRow)
    assert (row.id, row.title, row.author_id, row.theme) == (project, IDEA["title"], play.people["karim"], "energie")
    assert row.impacted == '["DRH", "DAF"]'
    page = idea(play, id)
    assert (page.line.state, page.started) == ("project", project)
    assert "see_tasks" in play.project(project, "karim").can, "the author takes part in it"
    kinds = [each.kind for each in play.rows(EventRow, EventRow.stream == project)]
    assert "idea_taken_up" in kinds


def test_an_unnamed_idea_becomes_a_project_of_who_starts_it(play: Play) -> None:
    id = had(play, unnamed=True)
    project = play.do("jeanne", StartFromIdea(id, "essai", "DAF", ("O1",), lead=play.people["claire"])).project
    (row,) = play.rows(ProjectRow, ProjectRow.id == project)
    assert row.author_id == play.people["jeanne"]
