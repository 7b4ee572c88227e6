"""What a project promises at its commitment, how far it is from it, and what exceeding the tolerances opens."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import SYSTEM, CheckTolerances, CloseEntry, OpenEntry
from engine.drift import drift, tolerances, working_days_between
from engine.store.tables import BaselineRow, TaskRow
from engine.working_time import working_days_from
from tests.engine.play import Play

LOTS = [{"lot": name, "service": "DAF", "debut": "2027-01-04", "fin": end, "prerequis": ""}
        for name, end in (("Pilote", "2027-02-01"), ("Suite", "2027-03-01"))]  # fmt: skip


@pytest.fixture
def committed(essai: Play) -> tuple[Play, int]:
    """« Projet transversal » in its roll-out: it promised the end of two batches, and 80,000 €."""
    project = essai.start("projet_transversal")
    tolerated = [{"dimension": "cout", "tolerance": "8 %", "alerte": "5 %"}]
    essai.until(
        project, "D1", A2={"externes": False}, E2={"conditions_travail": False},
        P1T={"lots": LOTS, "budget": "80000"}, P5T={"tolerances": tolerated},
    )  # fmt: skip
    return essai, project


def check(play: Play, at: datetime) -> int:
    play.clock.at = at
    return int(play.engine.execute(CheckTolerances(at.date()), SYSTEM).opened)


def test_the_commitment_freezes_what_the_forms_say(committed: tuple[Play, int]) -> None:
    play, project = committed
    [row] = play.rows(BaselineRow, BaselineRow.project_id == project)
    said = json.loads(row.promised)
    assert (said["end"], said["cost"], said["scope"], said["parts"]) == ("2027-03-01", "80000", 2, ["Pilote", "Suite"])
    assert said["tolerances"] == {"delay": "10", "delay_share": "15", "cost": "8"}
    assert row.decision_id is not None
    line = play.project(project).baseline
    assert line is not None
    assert (line.end, line.delay, line.beyond) == ("2027-03-01", 0, frozenset())


def test_a_delay_beyond_the_tolerance_opens_a_report_and_a_gate_once(committed: tuple[Play, int]) -> None:
    play, project = committed
    assert check(play, datetime(2027, 3, 8, 8, 0, tzinfo=UTC)) == 0
    late = datetime(2027, 3, 16, 8, 0, tzinfo=UTC)
    assert check(play, late) == 1
    assert "X2T" in play.open(project)
    line = play.project(project).baseline
    assert line is not None
    assert (line.delay, line.beyond) == (11, frozenset({"delay"}))
    assert check(play, late + timedelta(days=1)) == 0
    play.complete(project, "X2T")
    play.decide(project, "GX2")
    assert check(play, late + timedelta(days=2)) == 0
    assert [row.element for row in play.rows(TaskRow, TaskRow.element == "X2T")] == ["X2T"]


def test_only_an_accepted_change_moves_what_is_promised(committed: tuple[Play, int]) -> None:
    play, project = committed
    values: dict[str, Any] = {
        "title": "Un mois de plus", "body": "Le fournisseur tarde", "delay": "5", "cost": "1000", "scope": "Aucun",
        "owner": play.people["denis"],
    }  # fmt: skip
    entry = play.do("claire", OpenEntry("change", values, project)).entry
    assert len(play.rows(BaselineRow, BaselineRow.project_id == project)) == 1
    play.do("denis", CloseEntry(entry, "accepted", "accordé"))
    row = play.rows(BaselineRow, BaselineRow.project_id == project)[-1]
    said = json.loads(row.promised)
    assert (said["end"], said["cost"], row.entry_id) == ("2027-03-08", "81000", entry)


def test_what_no_form_of_the_present_method_has_answered_yet_is_not_known(essai: Play) -> None:
    """A project brings its baseline from another method; the page tells the delay, and no cost."""
    project = essai.start("projet_transversal")
    promised = json.dumps({"end": "2026-11-24", "cost": "80000", "scope": 1, "parts": ["Pilote"]})
    with essai.engine.store.write() as session:
        session.add(BaselineRow(project_id=project, at=essai.clock.at, promised=promised))
    line = essai.project(project).baseline
    assert line is not None
    assert (line.delay, line.cost_share, line.missing, line.added) == (0, None, 0, 0)
    assert check(essai, datetime(2027, 3, 16, 8, 0, tzinfo=UTC)) == 1
    assert "X2T" in essai.open(project)


def test_drift_in_figures() -> None:
    promised = {"end": "2027-03-01", "cost": "100", "parts": ["a", "b"], "tolerances": {}}
    found = drift(promised, date(2027, 1, 4), date(2027, 3, 16), Decimal(111), ["b", "c"])
    assert (found.delay, found.cost, found.missing, found.added, found.beyond) == (
        11,
        Decimal(11),
        1,
        1,
        ("delay", "cost"),
    )
    assert found.delay_share == Decimal(1100) / 40
    on_time = drift(promised, date(2027, 1, 4), date(2027, 3, 1), Decimal(100))
    assert (on_time.delay, on_time.cost, on_time.beyond) == (0, Decimal(0), ())
    assert drift({}, date(2027, 1, 4), date(2027, 3, 1), None).beyond == ()


def test_a_project_may_note_other_tolerances_than_its_method() -> None:
    rows = [
        {"dimension": "delai", "tolerance": "5 jours ou 7,5 %"}, {"dimension": "cout", "tolerance": "20 %"},
        {"dimension": "qualite", "tolerance": "3 %"},
    ]  # fmt: skip
    assert tolerances({"delay": "10", "cost": "10"}, rows) == {"delay": "5", "delay_share": "7.5", "cost": "20"}


@given(first=st.dates(date(2026, 1, 1), date(2030, 1, 1)), count=st.integers(0, 60))
def test_working_days_are_counted_as_they_are_added(first: date, count: int) -> None:
    assert working_days_between(first, working_days_from(first, count)) == count
