"""Each method from its start to its end, with what can happen on the way."""

from __future__ import annotations

import pytest

from engine import History
from tests.engine.play import Play

LONG = "projet_transversal"

#: method, outcomes by gate in order, status, (phase, times taken up again) that were entered
COURSES = [
    ("petit_projet", {}, "closed", {"S1": 0, "S2": 0}),
    ("petit_projet", {"SG1": ["stop"]}, "stopped", {"S1": 0}),
    ("petit_projet", {"SG1": ["rework", "go"], "SG2": ["rework", "go"]}, "closed", {"S1": 1, "S2": 1}),
    ("pm2", {}, "closed", {"I": 0, "PL": 0, "X": 0, "CL": 0}),
    (LONG, {"G0": ["stop"]}, "dismissed", {"P0": 0}),
    (LONG, {"G3": ["stop"]}, "stopped", {"P0": 0, "P1": 0, "P2": 0, "P3": 0, "KC": 0}),
    (
        LONG,
        {"G1": ["rework", "go_reserves"], "G2": ["hold", "lift", "go"], "G6": ["rework", "go"]},
        "closed",
        {"P0": 0, "P1": 1, "P2": 0, "P3": 0, "P4": 0, "P5": 0, "P6": 1},
    ),
    ("essai", {}, "closed", {"P1": 0, "P2": 0}),
    ("essai", {"G1": ["rework", "go"], "G2": ["stop"]}, "stopped", {"P1": 1, "P2": 0, "KC": 0}),
]


@pytest.mark.parametrize(("method", "outcomes", "status", "entered"), COURSES)
def test_a_project_is_played_to_its_end(
    play: Play, method: str, outcomes: dict[str, list[str]], status: str, entered: dict[str, int]
) -> None:
    project = play.start(method)
    play.until(project, "", outcomes)
    page = play.project(project)
    assert page.status == status
    assert {each.id: each.reworks for each in page.phases if each.started_at} == entered
    assert (page.open, page.blocks) == ((), ())
    assert play.see("claire", History(project)).whole
    assert [each.next_at for each in page.occurrences] == [None] * len(page.occurrences)
