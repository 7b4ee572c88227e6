"""A second session: called where the quorum failed, without quorum where the method says so, every ballot kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from engine import (
    CallSecondSession,
    CastVote,
    CloseVote,
    DecideGate,
    NoSecondSession,
    NotAllowed,
    PublishMethod,
    QuorumNotReached,
    QuorumReached,
    ResumeProject,
    SecondSessionCalled,
    VoteClosed,
)
from engine.store.tables import BallotRow, DecisionRow, EventRow, TimerRow
from tests.engine.play import ESSAI, Play

QUORUM = '<camunda:property name="method.gate.quorum" value="0.5" />'
SECOND = f'{QUORUM}<camunda:property name="method.gate.second_session" value="P5D" />'
FREE = f'{SECOND}<camunda:property name="method.gate.second_without_quorum" value="true" />'


def with_second(attributes: str) -> dict[str, bytes]:
    """`essai` whose first gate foresees a second session."""
    main = ESSAI["essai.bpmn"].decode().replace('versionTag="1.0.0"', 'versionTag="1.1.0"')
    return ESSAI | {"essai.bpmn": main.replace(QUORUM, attributes, 1).encode()}


def at_gate(play: Play, attributes: str) -> tuple[int, int]:
    """The project and its gate: four voters, two of them make the quorum."""
    play.do("jalon", PublishMethod(with_second(attributes)))
    project = play.start()
    return project, play.until(project, "G1", A={"urgent": False})


def test_a_second_session_decides_without_quorum_once_its_date_has_come(play: Play) -> None:
    project, task = at_gate(play, FREE)
    play.do("alice", CastVote(task, "unfavourable", "trop tôt"))
    assert type(play.refused("alice", CallSecondSession(task))) is NotAllowed
    assert "call_session" in play.gate(task).can
    play.do("denis", CallSecondSession(task))
    gate = play.gate(task)
    assert (gate.session, gate.cast, gate.needed, gate.second_free) == (2, 0, 2, True)
    assert gate.second_at is not None
    assert "call_session" not in gate.can
    assert [line.kind for line in play.project(project).due] == ["session"]
    # before its date, the quorum still counts
    play.do("bruno", CastVote(task, "favourable", "prêt"))
    assert type(play.refused("denis", CloseVote(task))) is QuorumNotReached
    refusal = play.refused("denis", CallSecondSession(task))
    assert type(refusal) is SecondSessionCalled
    assert "est déjà convoquée pour le 30/11/2026" in refusal.text("fr")
    play.clock.advance(days=8)
    play.due()
    assert play.rows(EventRow, EventRow.kind == "second_session_due") != []
    assert play.gate(task).needed == 1
    play.do("denis", CloseVote(task))
    play.examine(task)
    play.do("denis", DecideGate(task, "go", "prêt"))
    record = json.loads(play.rows(DecisionRow)[0].record)
    assert (record["quorum_reached"], record["without_quorum"], record["second_session"]) == (False, True, True)
    assert [(row.session, row.opinion) for row in play.rows(BallotRow)] == [(1, "unfavourable"), (2, "favourable")]
    line = play.project(project).decisions[0]
    assert (line.without_quorum, line.session, line.needed) == (True, 2, 2)


def test_a_second_session_keeps_its_quorum_where_the_method_does_not_waive_it(essai: Play) -> None:
    _, task = at_gate(essai, SECOND)
    essai.do("denis", CallSecondSession(task))
    essai.do("bruno", CastVote(task, "favourable"))
    essai.clock.advance(days=8)
    assert type(essai.refused("denis", CloseVote(task))) is QuorumNotReached
    # it failed too: a third one may be called
    essai.do("denis", CallSecondSession(task))
    assert essai.gate(task).session == 3
    essai.do("alice", CastVote(task, "favourable"))
    essai.do("bruno", CastVote(task, "favourable"))
    essai.do("denis", CloseVote(task))


def test_nobody_decides_for_an_empty_room(essai: Play) -> None:
    _, task = at_gate(essai, FREE)
    essai.do("denis", CallSecondSession(task))
    essai.clock.advance(days=8)
    assert type(essai.refused("denis", CloseVote(task))) is QuorumNotReached


@pytest.mark.parametrize(
    ("attributes", "voters", "closed", "refusal"),
    [
        (QUORUM, [], False, NoSecondSession),
        (FREE, ["alice", "bruno"], False, QuorumReached),
        (FREE, ["alice", "bruno"], True, VoteClosed),
    ],
)
def test_a_second_session_that_cannot_be_is_refused(
    essai: Play, attributes: str, voters: list[str], closed: bool, refusal: type[Exception]
) -> None:
    _, task = at_gate(essai, attributes)
    for voter in voters:
        essai.do(voter, CastVote(task, "favourable"))
    if closed:
        essai.do("denis", CloseVote(task))
    assert type(essai.refused("denis", CallSecondSession(task))) is refusal


def test_a_hold_ends_the_second_session_and_a_new_first_one_opens(essai: Play) -> None:
    project, task = at_gate(essai, FREE)
    essai.do("denis", CallSecondSession(task))
    essai.do("denis", DecideGate(task, "hold", "budget gelé", review_at=date(2027, 1, 15)))
    essai.do("denis", ResumeProject(project))
    assert essai.rows(TimerRow, TimerRow.kind == "session", TimerRow.fired_at.is_(None)) == []
    gate = essai.gate(task)
    assert (gate.session, gate.second_at) == (3, None)
    essai.clock.advance(days=30)
    essai.do("bruno", CastVote(task, "favourable"))
    assert type(essai.refused("denis", CloseVote(task))) is QuorumNotReached
