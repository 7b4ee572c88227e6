"""What is known of a gate before it is decided: ballots, reworks. Its criteria are in `engine.criteria`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.method import Gate, Method
from engine.store.tables import BallotRow, DecisionRow, ExecutionRow, TimerRow
from engine.votes import Result, Tally, result, tally


def counted(session: Session, task: int, number: int, voters: Iterable[int]) -> Tally:
    return tally(voters, ((row.actor_id, row.opinion) for row in ballots(session, task, number)))


def ballots(session: Session, task: int, number: int) -> list[BallotRow]:
    query = select(BallotRow).where(BallotRow.task_id == task, BallotRow.session == number).order_by(BallotRow.id)
    return list(session.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class SecondSession:
    """The present session was called because the one before lacked its quorum."""

    at: datetime  #: its date, UTC

    def free(self, gate: Gate, now: datetime) -> bool:
        """Does it decide without quorum by now?"""
        return gate.second_free and self.at <= now


def second_session(session: Session, task: int, number: int) -> SecondSession | None:
    """Whether the session `number` of a gate is one; its timer says so, and a hold moves its date."""
    at = session.execute(
        select(TimerRow.due_at).where(
            TimerRow.task_id == task, TimerRow.kind == "session", TimerRow.subject == str(number)
        )
    ).scalar()
    return SecondSession(at) if at is not None else None


def escalated(session: Session, project: int, gate: Gate) -> bool:
    """Has the gate sent its phase back as often as it may? Its sponsor then decides, whatever the vote."""
    return "rework" in gate.outcomes and reworks(session, project, gate.id) >= gate.rework_max


def outcome_of_vote(
    session: Session, task: int, number: int, gate: Gate, voters: dict[int, str], chair: Iterable[int]
) -> Result:
    """What the closed vote says; the casting vote is that of the chair who voted."""
    cast = ballots(session, task, number)
    chairs = set(chair)
    opinion = next((row.opinion for row in cast if row.actor_id in chairs), "")
    return result(gate, tally(voters, ((row.actor_id, row.opinion) for row in cast)), opinion)


def decided_since(session: Session, project: int, gate: str, since: datetime) -> bool:
    """Has the gate been decided since? What was answered before is then frozen; a hold decides nothing."""
    query = select(DecisionRow.id).where(
        DecisionRow.project_id == project, DecisionRow.gate == gate, DecisionRow.at >= since,
        DecisionRow.outcome != "hold",
    )  # fmt: skip
    return session.execute(query.limit(1)).first() is not None


def open_exceptions(session: Session, project: int, method: Method) -> list[str]:
    """The exceptional gates that are open beside the main ones, by id. No query for a method without any."""
    if not method.exceptions:
        return []
    query = select(ExecutionRow.process).where(
        ExecutionRow.project_id == project, ExecutionRow.ended_at.is_(None),
        ExecutionRow.process.in_(method.exception),
    )  # fmt: skip
    return sorted(method.exception[each].gate.id for each in session.execute(query).scalars())


def reworks(session: Session, project: int, gate: str) -> int:
    """How many times the gate has sent its phase back."""
    return session.execute(
        select(func.count()).where(
            DecisionRow.project_id == project, DecisionRow.gate == gate, DecisionRow.outcome == "rework"
        )
    ).scalar_one()
