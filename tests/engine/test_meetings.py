"""Meetings: an agenda made from what is open, minutes that feed the registers, attendance for the lead's eyes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from engine import (
    CallMeeting,
    ChoiceUnknown,
    CloseMeeting,
    Line,
    LineIncomplete,
    MeetingClosed,
    MeetingPage,
    MeetingPageOf,
    Meetings,
    MeetingsPage,
    NobodyPresent,
    NotAllowed,
    NotFound,
    ProjectEnded,
    ReasonMissing,
    StalePage,
    TakeMinutes,
    TaskTaken,
    TextRefused,
    TooLarge,
)
from engine.people import SYSTEM, Actor
from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.tables import NEVER, EntryRow, EventRow, MeetingRow, TaskRow
from tests.engine.play import Play

TODAY = date(2026, 11, 23)


@pytest.fixture
def project(play: Play) -> int:
    started = play.start()
    play.until(started, "X")
    return started


def seen(play: Play, meeting: int, login: str = "claire") -> MeetingPage:
    page: MeetingPage = play.see(login, MeetingPageOf(meeting))
    return page


def listed(play: Play, project: int, login: str = "claire", **said: Any) -> MeetingsPage:
    page: MeetingsPage = play.see(login, Meetings(project, **said))
    return page


def call(play: Play, project: int, login: str = "claire", **said: Any) -> int:
    called: int = play.do(login, CallMeeting(project, TODAY, **said)).meeting
    return called


def of_t1(play: Play, project: int) -> int:
    return call(play, project, task=play.task(project, "T1"))


def entry(play: Play, project: int, register: str, title: str, **said: Any) -> int:
    """An entry written as any command writes it."""
    engine = play.engine
    with engine.time(), engine.store.act() as link:
        act = Act(
            link, Actor(SYSTEM, "Jalon", "fr", False, frozenset()), play.clock.at, engine.store.locks_rows,
            engine.release, engine.queue, engine.settings,
        )  # fmt: skip
        row = open_entry(act, register, act.project(project), title, **said)
        act.finish()
        return int(row.id)


# --- the agenda ------------------------------------------------------------------------------------------------


def test_the_agenda_is_what_is_open_part_after_part(play: Play, project: int) -> None:
    soon = play.clock.at + timedelta(days=3)
    entry(play, project, "action", "Relancer le fournisseur", owner=play.people["emile"], due=soon)
    entry(play, project, "action", "Pas encore due", owner=play.people["emile"], due=NEVER)
    entry(play, project, "risk", "Retard du lot", facts={"probability": "4", "impact": "3"})
    entry(play, project, "risk", "Petit risque", facts={"probability": "2", "impact": "3"})
    entry(play, project, "change", "Ajouter un service")
    meeting = of_t1(play, project)
    play.clock.advance(days=12)
    parts = {part.section: [line.text.fr for line in part.lines] for part in seen(play, meeting).agenda}
    late = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open", TaskRow.due_at < play.clock.at)
    assert (len(parts.pop("tasks")), "Faire le point" in names(play, meeting)) == (len(late), True)
    assert parts == {
        "actions": ["Relancer le fournisseur"], "risks": ["Retard du lot"], "changes": ["Ajouter un service"],
    }  # fmt: skip


def names(play: Play, meeting: int) -> list[str]:
    return [line.text.fr for part in seen(play, meeting).agenda for line in part.lines]


def test_the_criteria_of_a_gate_that_waits_and_its_reserves_are_on_the_agenda(play: Play) -> None:
    project = play.start()
    play.until(project, "G2", {"G1": ["go_reserves"]})
    meeting = call(play, project, title="Point", kind="committee")
    sections = {part.section: [line.text.fr for line in part.lines] for part in seen(play, meeting).agenda}
    assert sections["reserves"] == ["Compléter le budget"]
    gate = play.gate(play.task(project, "G2"))
    assert sections["criteria"] == [each.text.fr for each in gate.criteria]


def test_resistances_are_for_the_lead_and_the_sponsor_and_no_closed_agenda_keeps_their_words(
    play: Play, project: int
) -> None:
    entry(play, project, "resistance", "Les agents d’accueil", facts={"antagonism": "4"})
    meeting = of_t1(play, project)

    def resisting(login: str) -> list[str]:
        parts = [part for part in seen(play, meeting, login).agenda if part.section == "resistances"]
        return [line.text.fr for part in parts for line in part.lines]

    for close in (False, True):
        if close:
            play.do("claire", TakeMinutes(meeting, "Vu.", (play.people["claire"],)))
            play.do("claire", CloseMeeting(meeting))
        assert (resisting("claire"), resisting("denis"), resisting("emile")) == (
            ["Les agents d’accueil"], ["Les agents d’accueil"], [],
        )  # fmt: skip
    (row,) = play.rows(MeetingRow)
    assert "accueil" not in row.agenda
    assert not [row for row in play.rows(EventRow) if "accueil" in row.facts]


# --- minutes ---------------------------------------------------------------------------------------------------


def test_lines_typed_in_a_meeting_go_to_the_registers(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    emile = play.people["emile"]
    lines = (
        Line("action", "Relancer", owner=emile, due=TODAY + timedelta(days=9)),
        Line("decision", "Retenir le lot 2", "il est prêt"),
        Line("risk", "Grève", "prévenir", emile, None, 3, 4),
    )
    play.do("claire", TakeMinutes(meeting, "# Vu\n\n- tout", (emile,), lines))
    found = {row.register: row for row in play.rows(EntryRow, EntryRow.origin == "meeting")}
    assert {register: (row.title, row.owner_id, row.level, row.origin_id) for register, row in found.items()} == {
        "action": ("Relancer", emile, 0, meeting),
        "decision": ("Retenir le lot 2", None, 0, meeting),
        "risk": ("Grève", emile, 12, meeting),
    }
    assert json.loads(found["decision"].facts) == {"body_of": "Groupe de projet", "on": "2026-11-23"}
    page = seen(play, meeting)
    titles = [each.title for each in page.sent]
    assert (page.minutes, titles) == (
        "# Vu\n\n- tout",
        ["Relancer", "Retenir le lot 2", "Grève"],
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (Line("action", "Sans porteur", due=TODAY), "une action a un porteur et une échéance"),
        (Line("action", "Sans date", owner=1), "une action a un porteur et une échéance"),
        (Line("decision", "Sans motif"), "une décision a un motif"),
        (Line("risk", "Sans score", owner=1), "un risque a un porteur, une probabilité et un impact"),
        (Line("risk", "Trop", owner=1, probability=5, impact=1), "un risque a un porteur, une probabilité"),
        (Line("action", " ", owner=1, due=TODAY), "elle ne dit rien"),
        (Line("resistance", "Ailleurs", owner=1), "elle va aux actions, aux décisions ou aux risques"),
    ],
)
def test_a_line_that_is_not_whole_is_refused_and_nothing_is_kept(essai: Play, line: Line, why: str) -> None:
    project = essai.start()
    essai.until(project, "X")
    meeting = of_t1(essai, project)
    whole = Line("decision", "Retenir", "motif")
    refusal = essai.refused("claire", TakeMinutes(meeting, "", None, (whole, line)))
    assert type(refusal) is LineIncomplete
    assert refusal.text("fr").startswith(f"La ligne 2 du compte rendu est incomplète : {why}")


def test_attendance_is_for_the_lead_and_for_who_notes_it_until_it_is_closed(play: Play, project: int) -> None:
    meeting = call(play, project, "denis", title="Comité", kind="committee")
    alice, emile = play.people["alice"], play.people["emile"]
    play.do("denis", TakeMinutes(meeting, "", (alice, emile)))

    def there(login: str) -> list[str]:
        return [each.name for each in seen(play, meeting, login).present]

    assert (there("denis"), there("claire"), there("emile")) == (["Alice", "Émile"], ["Alice", "Émile"], [])
    play.do("denis", CloseMeeting(meeting))
    assert (there("denis"), there("claire"), there("emile")) == ([], ["Alice", "Émile"], [])
    assert [(each.actor.name, each.came, each.of) for each in listed(play, project).attendance] == [
        ("Alice", 1, 1), ("Émile", 1, 1),
    ]  # fmt: skip
    assert listed(play, project, "denis").attendance == ()


def test_who_was_at_the_meeting_of_an_occurrence_is_not_read_on_its_task_page(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    task = play.task(project, "T1")
    play.do("claire", TakeMinutes(meeting, "", (play.people["emile"],)))
    play.do("claire", CloseMeeting(meeting))
    assert play.page(task).values["presents"] == [play.people["emile"]]
    assert "presents" not in play.page(task, "denis").values


# --- closing ---------------------------------------------------------------------------------------------------


def test_closing_a_meeting_freezes_it_and_completes_its_occurrence(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    task = play.task(project, "T1")
    play.do("claire", TakeMinutes(meeting, "Vu.", (play.people["emile"],)))
    agenda = seen(play, meeting).agenda
    play.do("claire", CloseMeeting(meeting, {"blocages": "le budget"}))
    row = play.row(task)
    assert (row.state, json.loads(row.answers or "{}")) == (
        "done", {"presents": [play.people["emile"]], "blocages": "le budget"},
    )  # fmt: skip
    play.clock.advance(days=60)
    assert seen(play, meeting).agenda == agenda
    refusal = play.refused("claire", TakeMinutes(meeting, "Autre chose"))
    assert type(refusal) is MeetingClosed
    assert play.refused("claire", CloseMeeting(meeting)).text("fr") == refusal.text("fr")


def test_a_meeting_whose_occurrence_was_missed_meanwhile_is_closed_all_the_same(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    play.clock.advance(days=15)
    play.due()
    play.do("claire", TakeMinutes(meeting, "", (play.people["emile"],)))
    play.do("claire", CloseMeeting(meeting))
    assert seen(play, meeting).closed_at == play.clock.at
    assert [row.state for row in play.rows(TaskRow, TaskRow.element == "T1")] == ["missed", "open"]


def test_nobody_present_closes_nothing(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    assert type(play.refused("claire", CloseMeeting(meeting))) is NobodyPresent


def test_an_occurrence_has_one_meeting_however_often_it_is_called(play: Play, project: int) -> None:
    assert of_t1(play, project) == of_t1(play, project)
    assert [each.kind_name.fr for each in listed(play, project).meetings] == ["Groupe de projet"]


def test_every_saved_word_is_guarded_by_the_revision_of_the_page(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    revision = seen(play, meeting).revision
    play.do("claire", TakeMinutes(meeting, "Un", revision=revision))
    assert type(play.refused("denis", TakeMinutes(meeting, "Deux", revision=revision))) is StalePage


# --- who may ---------------------------------------------------------------------------------------------------


def test_who_may_not_is_told_so(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    task = play.task(project, "T1")
    cases: list[tuple[str, Any, type]] = [
        ("emile", CallMeeting(project, TODAY, "group", "Point"), NotAllowed),
        ("karim", CallMeeting(project, TODAY, "group", "Point"), NotAllowed),
        ("alice", CallMeeting(project, TODAY, task=task), TaskTaken),
        ("emile", TakeMinutes(meeting, "Vu"), NotAllowed),
        ("emile", CloseMeeting(meeting), NotAllowed),
        ("claire", CallMeeting(project, TODAY, "fête", "Point"), ChoiceUnknown),
        ("claire", CallMeeting(project, TODAY, task=play.task(project, "T2")), ChoiceUnknown),
        ("claire", CallMeeting(project, TODAY), ReasonMissing),
        ("claire", CallMeeting(project, TODAY, "group", "x" * 201), TooLarge),
        ("claire", TakeMinutes(meeting, "x" * 50_001), TooLarge),
        ("claire", TakeMinutes(meeting, "", (99,)), ChoiceUnknown),
        ("claire", TakeMinutes(meeting, "", None, (Line("decision", "a\x00", "b"),)), TextRefused),
        ("claire", TakeMinutes(99, ""), NotFound),
    ]
    for login, command, kind in cases:
        assert type(play.refused(login, command)) is kind, command


def test_whoever_takes_no_part_sees_no_meeting(play: Play, project: int) -> None:
    meeting = of_t1(play, project)
    for query in (MeetingPageOf(meeting), Meetings(project)):
        for login in ("karim", "igor"):
            with pytest.raises(NotFound):
                play.see(login, query)


def test_nothing_is_called_in_a_project_that_has_ended(play: Play) -> None:
    project = play.start()
    play.until(project, "")
    assert type(play.refused("claire", CallMeeting(project, TODAY, "group", "Point"))) is ProjectEnded
