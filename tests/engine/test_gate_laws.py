"""Laws of gates: the order of ballots changes nothing, and no path passes a gate without a valid decision record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import (
    AssessCriterion,
    CallSecondSession,
    CastVote,
    CloseVote,
    CompleteTask,
    DecideGate,
    DeclareInterest,
    JalonError,
    PublishMethod,
    Reserve,
    ResumeProject,
    StartProject,
)
from engine.store.tables import DecisionRow, EventRow, StageRow, TaskRow
from tests.conftest import Templates
from tests.engine.conftest import furnish, playing
from tests.engine.play import Play
from tests.engine.random_methods import Drawn, drawn, gates

VOTERS = ("alice", "bruno", "chloe", "denis")
EVERYONE = (*VOTERS, "claire", "karim")
OPINIONS = ("favourable", "unfavourable", "abstention", "interest")
ABLE = {AssessCriterion: ("claire",), CastVote: VOTERS, DeclareInterest: VOTERS}
NUMBERS = count(1)
FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


# --- any order gives one result ----------------------------------------------------------------------------


@FEW
@given(
    ballots=st.dictionaries(st.sampled_from(VOTERS), st.sampled_from(OPINIONS), min_size=2),
    orders=st.lists(st.randoms(use_true_random=False), min_size=2, max_size=2),
)
def test_any_order_of_ballots_and_arrivals_gives_one_result(
    essai: Play, ballots: dict[str, str], orders: list[Any]
) -> None:
    """The same ballots in two orders, the page looked at between them: same count, same quorum, same result."""
    seen = []
    for order in orders:
        task = essai.until(essai.start(), "G1", A={"urgent": False})
        arrivals = list(ballots.items())
        order.shuffle(arrivals)
        for login, opinion in arrivals:
            command = DeclareInterest(task, "le mien") if opinion == "interest" else CastVote(task, opinion)  # type: ignore[arg-type]
            essai.do(login, command)
            essai.gate(task, order.choice(EVERYONE[:5]))
        closed = tried(essai, "denis", CloseVote(task))
        page = essai.gate(task)
        allowed = {line.outcome for line in page.outcomes if line.allowed}
        seen.append((closed, page.cast, page.eligible, page.needed, page.result, allowed))
    assert seen[0] == seen[1]


def tried(play: Play, login: str, command: Any) -> str:
    """What a refusal is, empty where the act was carried out."""
    try:
        play.do(login, command)
    except JalonError as refusal:
        return type(refusal).__name__
    return ""


# --- no gate without its record ----------------------------------------------------------------------------


@contextmanager
def room(templates: Templates, folder: Path) -> Iterator[Play]:
    """A database of its own for one example."""
    place = folder / f"example-{next(NUMBERS)}"
    place.mkdir()
    with templates.copy("sqlite", "essai", furnish, place) as url, playing(url, {}) as play:
        yield play


@FEW
@given(asked=gates(), luck=st.randoms(use_true_random=False))
def test_no_path_passes_a_gate_without_a_valid_decision_record(
    templates: Templates, tmp_path: Path, asked: list[Drawn], luck: Any
) -> None:
    with room(templates, tmp_path) as play:
        play.do("jalon", PublishMethod(drawn(asked)))
        lead = (play.people["claire"],)
        project = play.do("claire", StartProject("Aléa", "alea", "DAF", ("O1",), people={"CP": lead})).project
        for _ in range(60):
            if not stir(play, project, luck):
                break
        entered = [row.phase for row in play.rows(StageRow, StageRow.project_id == project)]
        decisions = play.rows(DecisionRow, DecisionRow.project_id == project)
        passed = [row.gate for row in decisions if row.outcome in ("go", "go_reserves")]
        for before, phase in pairwise(dict.fromkeys(entered)):
            assert f"G{before[1:]}" in passed, (phase, entered)
        if play.project(project).status == "closed":
            assert passed == [f"G{n}" for n in range(1, len(asked) + 1)]
        for row in decisions:
            must_be_valid(play, row, asked[int(row.gate[1:]) - 1])
        told = [json.loads(each.facts)["number"] for each in play.rows(EventRow, EventRow.kind == "gate_decided")]
        assert told == [row.number for row in decisions]


def stir(play: Play, project: int, luck: Any) -> bool:
    """One thing that somebody tries, allowed or not; false once the project has ended."""
    page = play.project(project)
    if page.status == "held":
        play.clock.advance(days=luck.choice([1, 9]))
        tried(play, luck.choice(["denis", "karim"]), ResumeProject(project))
        return True
    open_ = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")
    if not open_:
        return False
    task = open_[0]
    if task.kind != "gate":
        tried(play, "claire", CompleteTask(task.id))
        return True
    if luck.random() < 0.2:
        play.lift(project)
    command = attempt(play, task.id, luck)
    # most of the time somebody who may, else anybody
    able = ABLE.get(type(command), ("denis",)) if luck.random() < 0.8 else EVERYONE
    tried(play, luck.choice(able), command)
    return True


def attempt(play: Play, task: int, luck: Any) -> Any:
    today = play.clock.at.date()
    criterion = luck.choice(["1", "2", "9"])
    reserve = Reserve("À finir", play.people["claire"], today + timedelta(days=9))
    kind = luck.choice(["assess", "assess", "vote", "vote", "vote", "interest", "second", "close", "decide", "decide"])
    match kind:
        case "assess":
            return AssessCriterion(task, criterion, luck.choice(["met", "met", "met", "unmet"]), "vu")
        case "vote":
            voter = luck.choice([None, None, None, None, play.people["alice"]])
            return CastVote(task, luck.choice(["favourable", "favourable", "favourable", *OPINIONS[:3]]), "", voter)
        case "interest":
            return DeclareInterest(task, "le mien")
        case "second":
            play.clock.advance(days=luck.choice([0, 8]))
            return CallSecondSession(task)
        case "close":
            return CloseVote(task)
    outcome = luck.choice(["go", "go", "go", "go_reserves", "rework", "hold", "stop"])
    return DecideGate(task, outcome, "motif", (reserve,), today + timedelta(days=3))


def must_be_valid(play: Play, row: DecisionRow, gate: Drawn) -> None:
    """The record, computed again from its own ballots and criteria, allows what was decided."""
    record = json.loads(row.record)
    opinions = [each["opinion"] for each in record["ballots"]]
    voters = {play.people[each] for each in VOTERS}
    assert row.actor_id == play.people["denis"]
    assert row.outcome in gate.outcomes
    assert {each["actor"] for each in record["ballots"]} <= voters
    assert len({each["actor"] for each in record["ballots"]}) == len(opinions)
    assert [record[each] for each in OPINIONS[:3]] == [opinions.count(each) for each in OPINIONS[:3]]
    if row.outcome == "go":
        assert {each["state"] for each in record["criteria"]} <= {"met", "not_applicable"}
    if gate.rule == "chair" or record["escalated"] or row.outcome == "hold":
        return
    cast, eligible = len(opinions) - opinions.count("interest"), 4 - opinions.count("interest")
    assert Decimal(cast) >= Decimal(gate.quorum) * eligible or (gate.free and record["second_session"] and cast)
    yes = opinions.count("favourable")
    favourable = {
        "majority_chair_casting": 2 * yes > cast, "two_thirds": 3 * yes >= 2 * cast, "unanimity": yes == cast,
    }[gate.rule]  # fmt: skip
    if not (gate.rule == "majority_chair_casting" and 2 * yes == cast):
        assert favourable == (row.outcome in ("go", "go_reserves"))
