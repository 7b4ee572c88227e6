"""Opinions asked within a time limit: what silence means, what suspends the clock, and where its time goes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import (
    AnswerRequest,
    AskMoreTime,
    ClockFixed,
    CompleteTask,
    GrantTime,
    HoldProject,
    JalonError,
    NoClock,
    NotAllowed,
    ProjectHeld,
    RefuseTask,
    RequestAnswered,
    RequestInformation,
    ResumeProject,
    SaveDraft,
    TaskClosed,
)
from engine.clocks import divided
from engine.store.tables import EntryRow, EventRow, TaskRow
from tests.engine.opinions import asked
from tests.engine.play import MONDAY, Play

SECOND = timedelta(seconds=1)
#: a month after the Monday on which it was asked, at the end of the day in Paris
A_MONTH_LATER = datetime(2026, 12, 23, 22, 59, 59, tzinfo=UTC)


def clock(play: Play, task: int) -> Any:
    found = play.page(task).clock
    assert found is not None
    return found


def wait(play: Play, until: datetime) -> None:
    play.clock.at = until
    play.due()


def test_a_silence_is_deemed_an_answer_on_the_day_after_the_time_limit_and_the_project_goes_on(play: Play) -> None:
    project, task = asked(play)
    assert clock(play, task).ends_at == A_MONTH_LATER
    wait(play, A_MONTH_LATER - SECOND)
    assert play.row(task).state == "open"
    wait(play, A_MONTH_LATER + SECOND)
    page = play.page(task)
    assert (page.task.state, page.values["avis"], page.closed_by) == ("done", "non", "")
    assert page.silence.fr == "Aucun avis n’est venu dans le délai : il est réputé négatif, et le projet continue."
    assert clock(play, task).deemed
    assert play.open(project) == ["R DAF", "R DRH"]
    said = [row for row in play.rows(EventRow, EventRow.kind == "silence_unfavourable")]
    assert [(row.actor_id, json.loads(row.facts)) for row in said] == [
        (None, {"element": "B", "source": "Règle d’essai"})
    ]


def test_what_a_refusal_asks_of_the_sponsor_is_over_once_the_opinion_is_deemed_given(play: Play) -> None:
    project, task = asked(play)
    play.do(play.doer(task), RefuseTask(task, "hors de ma compétence"))
    wait(play, A_MONTH_LATER + SECOND)
    [action] = play.rows(EntryRow, EntryRow.project_id == project, EntryRow.register == "action")
    assert (play.row(task).state, action.state, action.closed_at is None) == ("done", "done", False)


def test_a_silence_may_be_deemed_favourable(play: Play) -> None:
    project, task = asked(play, "favourable")
    wait(play, A_MONTH_LATER + SECOND)
    assert play.row(task).state == "done"
    assert play.open(project) == ["R DAF", "R DRH"]
    assert len(play.rows(EventRow, EventRow.kind == "silence_favourable")) == 1


def test_a_silence_may_go_to_the_sponsor_who_then_answers(play: Play) -> None:
    project, task = asked(play, "escalate")
    wait(play, A_MONTH_LATER + SECOND)
    assert play.row(task).assignee_id == play.people["denis"]
    play.do("denis", CompleteTask(task, {"avis": "oui"}))
    assert play.open(project) == ["R DAF", "R DRH"]


def test_a_silence_may_block_and_says_so(play: Play) -> None:
    project, task = asked(play, "block")
    wait(play, A_MONTH_LATER + timedelta(days=400))
    page = play.page(task)
    assert (page.task.state, page.silence.en) == (
        "open", "No opinion came in time. The method requires it: the project waits.",
    )  # fmt: skip
    assert play.open(project) == ["B"]


def test_what_was_typed_and_holds_is_kept_with_the_deemed_answer(play: Play) -> None:
    _, task = asked(play)
    play.do(play.doer(task), SaveDraft(task, {"avis": "oui", "fin": "demain", "expert": False}))
    wait(play, A_MONTH_LATER + SECOND)
    answers = json.loads(play.row(task).answers or "")
    assert (answers["avis"], answers["fin"], answers["expert"]) == ("non", None, False)


def test_an_opinion_given_in_time_ends_the_clock(play: Play) -> None:
    _, task = asked(play)
    play.clock.advance(days=3)
    play.do(play.doer(task), CompleteTask(task, {"avis": "oui"}))
    wait(play, A_MONTH_LATER + timedelta(days=90))
    page = play.page(task)
    assert (page.values["avis"], page.silence.fr, clock(play, task).deemed) == ("oui", "", False)
    assert timedelta(days=3) < clock(play, task).elapsed < timedelta(days=3, minutes=1)


def test_an_expert_gives_the_opinion_another_month(play: Play) -> None:
    _, task = asked(play)
    play.do(play.doer(task), SaveDraft(task, {"expert": True}))
    later = datetime(2027, 1, 25, 22, 59, 59, tzinfo=UTC).replace(day=23)
    assert (clock(play, task).ends_at, clock(play, task).term, play.row(task).due_at) == (later, "P2M", later)
    wait(play, A_MONTH_LATER + SECOND)
    assert play.row(task).state == "open"
    wait(play, later + SECOND)
    assert play.row(task).state == "done"


def test_a_request_for_information_suspends_the_clock_until_its_answer(play: Play) -> None:
    project, task = asked(play)
    doer = play.doer(task)
    request = play.do(doer, RequestInformation(task, "Combien de postes ?")).request
    asked_at = play.clock.at
    seen = clock(play, task)
    assert (seen.ends_at, seen.stopped, seen.stopped_at, play.page(task).task.due_at) == (
        None, "request", asked_at, None,
    )  # fmt: skip
    play.clock.advance(days=60)
    play.due()
    assert play.row(task).state == "open"
    play.do("claire", AnswerRequest(request, "Douze."))
    suspended = play.clock.at - asked_at
    seen = clock(play, task)
    assert (seen.ends_at, seen.stopped, seen.suspended) == (A_MONTH_LATER + suspended, "", suspended)
    assert [(each.body, each.answer) for each in play.page(task).requests] == [("Combien de postes ?", "Douze.")]
    wait(play, A_MONTH_LATER + suspended + SECOND)
    assert play.open(project) == ["R DAF", "R DRH"]


def test_two_requests_suspend_it_until_both_are_answered(play: Play) -> None:
    _, task = asked(play)
    first = play.do(play.doer(task), RequestInformation(task, "Combien ?")).request
    asked_at = play.clock.at
    play.clock.advance(days=1)
    second = play.do("claire", RequestInformation(task, "Où ?")).request
    play.do("claire", AnswerRequest(first, "Douze."))
    assert clock(play, task).stopped == "request"
    play.clock.advance(days=1)
    play.do("claire", AnswerRequest(second, "À Rouen."))
    assert clock(play, task).ends_at == A_MONTH_LATER + (play.clock.at - asked_at)


def test_a_hold_within_a_request_does_not_count_twice(play: Play) -> None:
    project, task = asked(play)
    request = play.do(play.doer(task), RequestInformation(task, "Combien ?")).request
    asked_at = play.clock.at
    play.clock.advance(days=2)
    play.do("denis", HoldProject(project, "budget", date(2027, 6, 1)))
    play.clock.advance(days=5)
    assert isinstance(play.refused("claire", AnswerRequest(request, "Douze.")), ProjectHeld)
    play.do("denis", ResumeProject(project))
    assert clock(play, task).stopped == "request"
    play.clock.advance(days=1)
    play.do("claire", AnswerRequest(request, "Douze."))
    seen = clock(play, task)
    assert seen.ends_at == A_MONTH_LATER + (play.clock.at - asked_at)
    assert (seen.held.days, seen.suspended.days) == (5, 3)


def test_nobody_moves_the_end_of_such_a_clock(play: Play) -> None:
    _, task = asked(play)
    doer = play.doer(task)
    assert isinstance(play.refused(doer, AskMoreTime(task, date(2027, 3, 1), "il en faut")), ClockFixed)
    refusal = play.refused("claire", GrantTime(task, date(2027, 3, 1)))
    assert refusal.said.fr == (
        "Le délai de « Expertiser » est fixé par la méthode (Règle d’essai) : personne ne l’allonge. "
        "Demandez une information : le délai est suspendu jusqu’à la réponse."
    )
    assert {"more_time", "grant_time"} & play.page(task, "claire").can == set()


def test_bad_requests_are_refused_in_words(play: Play) -> None:
    project, task = asked(play)
    other = play.task(project, "B")
    request = play.do(play.doer(task), RequestInformation(task, "Combien ?")).request
    assert play.refused("claire", RequestInformation(task, " ")).said.fr.startswith("Un motif est attendu")
    assert isinstance(play.refused("bruno", RequestInformation(other, "Combien ?")), NotAllowed)
    play.do("claire", AnswerRequest(request, "Douze."))
    assert isinstance(play.refused("claire", AnswerRequest(request, "Treize.")), RequestAnswered)
    play.do(play.doer(task), CompleteTask(task, {"avis": "oui"}))
    assert isinstance(play.refused("claire", RequestInformation(task, "Combien ?")), TaskClosed)
    answer = play.task(project, "R DAF")
    assert isinstance(play.refused("claire", RequestInformation(answer, "Combien ?")), NoClock)


def test_an_opinion_asked_no_more_has_no_clock(play: Play) -> None:
    project, _ = asked(play)
    play.until(project, "G1")
    wait(play, A_MONTH_LATER + timedelta(days=400))
    assert [row.state for row in play.rows(TaskRow, TaskRow.element == "B")] == ["done"]


ACTS = ("ask", "answer", "hold", "resume", "term")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(60, 40 * 3600)), max_size=12))
def test_running_suspended_and_held_time_are_all_the_time_there_was(essai: Play, acts: list[tuple[str, int]]) -> None:
    """Whatever is asked, answered, held and resumed, the clock ends once it has run for its term, and not before."""
    if not essai.rows(TaskRow):
        asked(essai)
    essai.clock.at = MONDAY
    project = essai.start()
    essai.complete(project, "A", urgent=False)
    task = essai.task(project, "B")
    doer, began = essai.doer(task), essai.row(task).opened_at
    requests: list[int] = []
    for act, seconds in acts:
        essai.clock.advance(seconds=seconds)
        try:
            if act == "ask":
                requests.append(essai.do(doer, RequestInformation(task, "Combien ?")).request)
            elif act == "answer" and requests:
                essai.do("claire", AnswerRequest(requests.pop(), "Douze."))
            elif act == "hold":
                essai.do("denis", HoldProject(project, "budget", date(2099, 1, 1)))
            elif act == "resume":
                essai.do("denis", ResumeProject(project))
            elif act == "term":
                essai.do(doer, SaveDraft(task, {"expert": seconds % 2 == 0}))
        except JalonError:
            pass  # not now: the clock must not notice
        seen = clock(essai, task)
        assert seen.elapsed == seen.running + seen.suspended + seen.held == essai.clock.at - began
        if seen.ends_at is not None:
            months = 2 if seen.term == "P2M" else 1
            assert seen.ends_at - seen.suspended - seen.held == _months_after(began, months)


def _months_after(began: datetime, months: int) -> datetime:
    """Straight from the calendar: the last second of that day in Paris."""
    from zoneinfo import ZoneInfo

    paris = ZoneInfo("Europe/Paris")
    local = began.astimezone(paris)
    month = local.month - 1 + months
    return datetime(local.year + month // 12, month % 12 + 1, local.day, 23, 59, 59, tzinfo=paris).astimezone(UTC)


@given(
    requests=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99))),
    holds=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99))),
)
def test_every_second_counts_once(requests: list[tuple[int, int]], holds: list[tuple[int, int]]) -> None:
    def at(second: int) -> datetime:
        return MONDAY + timedelta(seconds=second)

    found = divided(
        at(10), at(90), [(at(a), at(b)) for a, b in requests], [(at(a), at(b)) for a, b in holds]
    )  # fmt: skip
    kinds = {"held": 0, "suspended": 0, "running": 0}
    for second in range(10, 90):
        held = any(a <= second < b for a, b in holds)
        asked_for = any(a <= second < b for a, b in requests)
        kinds["held" if held else "suspended" if asked_for else "running"] += 1
    assert {name: getattr(found, name).total_seconds() for name in kinds} == kinds
    assert found.elapsed == found.held + found.suspended + found.running


@pytest.mark.parametrize("text", ["P1M", "P2M"])
def test_a_term_is_told_on_the_page(play: Play, text: str) -> None:
    _, task = asked(play)
    play.do(play.doer(task), SaveDraft(task, {"expert": text == "P2M"}))
    seen = clock(play, task)
    assert (seen.term, seen.source, seen.means.en) == (
        text, "Règle d’essai", "Without an opinion in time, it is deemed negative and the project goes on.",
    )  # fmt: skip
