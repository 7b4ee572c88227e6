"""A resistance is known to the project's lead and its sponsor, and there is no trace of it for anyone else."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from engine import (
    ChangeEntry,
    CloseEntry,
    EntryPageOf,
    FormRefused,
    GateRegisters,
    History,
    MyEntries,
    NotAllowed,
    NotFound,
    OpenEntry,
    ProjectPageOf,
    Projects,
    RegisterPageOf,
    ScoreResistance,
)
from engine.engine import _plain
from engine.store.chain import breaks
from engine.store.entries import major_without_measure
from engine.store.tables import EntryRow, EventRow, MessageRow, ProjectRow
from tests.engine.play import Play

WORDS = "Les gardiens de la tour Zéphyr"
SAID = {"title": WORDS, "body": WORDS, "cause": WORDS, "synergy": "1", "antagonism": "4", "influence": "2"}


def reported(play: Play, project: int, login: str = "claire", **said: Any) -> int:
    play.do(login, OpenEntry("resistance", {**SAID, **said}, project))
    return max(row.id for row in play.rows(EntryRow))


def test_lead_and_sponsor_read_it_and_nobody_else_does(play: Play) -> None:
    project = play.start()
    id = reported(play, project)
    for login in play.people.keys() - {"lea"}:
        if login in ("claire", "denis"):
            assert play.see(login, EntryPageOf(id)).line.title == WORDS
            assert play.see(login, RegisterPageOf("resistance", project)).total == 1
            continue
        for query in (EntryPageOf(id), RegisterPageOf("resistance", project), RegisterPageOf("resistance")):
            with pytest.raises(NotFound):
                play.see(login, query)
        for command in (ChangeEntry(id, {}), CloseEntry(id, "eased", "x"), ScoreResistance(id, 1, 1)):
            assert isinstance(play.refused(login, command), NotFound)


def test_every_page_of_a_project_is_the_same_with_and_without_one_for_anyone_else(play: Play) -> None:
    """Counts, numbers, dates, history and its fingerprints: nothing moves."""
    project = play.start()
    play.do("claire", OpenEntry("action", {"title": "A", "owner": play.people["gael"], "due": "2026-12-01"}, project))
    queries = [
        ProjectPageOf(project), History(project), Projects(), MyEntries(), RegisterPageOf("action", project),
        RegisterPageOf("risk", project), RegisterPageOf("action"), RegisterPageOf("idea"),
    ]  # fmt: skip
    others = ["gael", "alice", "jeanne", "fatou"]

    def seen() -> dict[str, Any]:
        return {login: [seen_by(play, login, query) for query in queries] for login in others}

    at = play.clock.at
    before = seen()
    id = reported(play, project, owner=play.people["gael"], due="2026-11-24")
    play.do("claire", ScoreResistance(id, 2, 4))
    play.do("claire", ChangeEntry(id, {"measure": WORDS}))
    play.do("denis", CloseEntry(id, "lasting", "une médiation reste en place"))
    play.clock.at = at
    assert seen() == before


def seen_by(play: Play, login: str, query: Any) -> str:
    return json.dumps(dataclasses.asdict(play.see(login, query)), default=_plain, ensure_ascii=False, sort_keys=True)


def test_its_history_is_a_chain_of_its_own_without_a_word_of_it(play: Play) -> None:
    project = play.start()
    id = reported(play, project)
    play.do("claire", ScoreResistance(id, 3, 2, note=WORDS))
    events = play.rows(EventRow, EventRow.stream == -project)
    assert [(each.number, each.kind) for each in events] == [(1, "entry_opened"), (2, "entry_scored")]
    assert WORDS not in " ".join(each.facts for each in play.rows(EventRow))
    assert [each.text.fr for each in play.see("denis", EntryPageOf(id)).history] == [
        "Claire a coté dans Résistances le n° 1", "Claire a ouvert dans Résistances le n° 1",
    ]  # fmt: skip
    with play.engine.store.snapshot() as session:
        assert list(breaks(session)) == []


def test_no_message_leaves_for_it(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    play.engine.settings = dataclasses.replace(play.engine.settings, webhook="https://exemple.fr/crochet")
    project = play.start()
    before = len(play.rows(MessageRow))
    assert before > 0
    reported(play, project)
    assert len(play.rows(MessageRow)) == before


def test_whoever_takes_part_may_report_one_and_does_not_read_it_afterwards(play: Play) -> None:
    project = play.start()
    answered = play.do("gael", OpenEntry("resistance", SAID, project))
    assert (answered.entry, answered.number) == (0, 0)
    id = max(row.id for row in play.rows(EntryRow))
    with pytest.raises(NotFound):
        play.see("gael", EntryPageOf(id))
    assert play.see("claire", EntryPageOf(id)).line.author.name == "Gaël"
    assert isinstance(play.refused("karim", OpenEntry("resistance", SAID, project)), NotAllowed)


def test_the_owner_of_its_measure_does_not_find_it_among_their_actions(play: Play) -> None:
    project = play.start()
    id = reported(play, project, owner=play.people["gael"], due="2026-11-24")
    assert play.see("gael", MyEntries()).entries == ()
    made = OpenEntry(
        "action",
        {"title": "Former les équipes", "owner": play.people["gael"], "due": "2026-12-01"},
        project,
        "entry",
        id,
    )
    action = play.do("claire", made).entry
    assert play.see("gael", EntryPageOf(action)).origin is None
    assert play.see("claire", EntryPageOf(action)).origin.id == id
    assert [each.id for each in play.see("claire", EntryPageOf(id)).led_to] == [action]


def test_it_is_scored_again_and_its_past_scores_and_trend_are_kept(play: Play) -> None:
    project = play.start()
    id = reported(play, project)
    assert isinstance(play.refused("claire", ScoreResistance(id, 5, 1)), FormRefused)
    play.do("claire", ScoreResistance(id, 2, 3, note="après la réunion"))
    page = play.see("denis", EntryPageOf(id))
    assert (page.values["synergy"], page.values["antagonism"], page.values["influence"]) == ("2", "3", "2")
    assert (page.trend, page.major) == ("better", True)
    assert [(each.synergy, each.antagonism, each.note) for each in page.scores] == [("1", "4", "après la réunion")]
    play.do("denis", ScoreResistance(id, 1, 4))
    assert play.see("denis", EntryPageOf(id)).trend == "worse"


@pytest.mark.parametrize(
    ("antagonism", "measure", "owner", "held"),
    [
        ("2", "", False, False),
        ("3", "", False, True),
        ("4", "", True, True),
        ("4", "Une médiation", False, True),
        ("4", "  ", True, True),
        ("4", "Une médiation", True, False),
    ],
)
def test_a_major_one_holds_until_it_has_a_measure_and_an_owner(
    essai: Play, antagonism: str, measure: str, owner: bool, held: bool
) -> None:
    project = essai.start()
    person = essai.people["claire"] if owner else None
    id = reported(essai, project, antagonism=antagonism, measure=measure, owner=person)
    assert found(essai, project) == ([id] if held else [])
    essai.do("claire", CloseEntry(id, "eased", "ils y sont favorables"))
    assert found(essai, project) == []


def found(play: Play, project: int) -> list[int]:
    with play.engine.store.read() as session:
        return [row.id for row in major_without_measure(session, session.get_one(ProjectRow, project))]


def test_a_gate_shows_high_risks_to_all_and_resistances_to_two_people_only(play: Play) -> None:
    project = play.start("petit_projet")
    gate = play.until(project, "SG1")
    risk = {"title": "Retard", "probability": "3", "impact": "4", "owner": play.people["claire"]}
    high = play.do("claire", OpenEntry("risk", risk, project)).entry
    play.do("claire", OpenEntry("risk", {**risk, "impact": "3"}, project))
    mild, major = reported(play, project, antagonism="2"), reported(play, project)
    for login in ("claire", "denis", "gael"):
        steers = login != "gael"
        resistances, lacking = ([major, mild], {major}) if steers else ([], set())
        page = play.see(login, GateRegisters(gate))
        assert [each.id for each in page.risks] == [high], login
        assert [each.id for each in page.resistances] == resistances, login
        assert page.lacking == lacking, login
