"""What is known of a gate before it is decided: ballots, criteria, reserves, reworks. Read by commands and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.method import Gate
from engine.store.tables import AssessmentRow, BallotRow, DecisionRow, ReserveRow, TimerRow
from engine.votes import Result, Tally, result, tally
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Assessed:
    """A criterion and what is said of it. `state`: met, unmet, not_applicable; empty when nobody has looked."""

    key: str
    text: Text
    state: str
    evidence: str
    computed: bool
    remark: Text
    actor: int | None = None

    @property
    def holds(self) -> bool:
        return self.state in ("met", "not_applicable")


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


def assessed(session: Session, project: int, task: int, gate: Gate) -> tuple[Assessed, ...]:
    """Every criterion of the gate; computed ones as the project's record says."""
    said = {
        row.criterion: row
        for row in session.execute(select(AssessmentRow).where(AssessmentRow.task_id == task)).scalars()
    }
    found = []
    for each in gate.criteria:
        row = said.get(each.key)
        if each.computed == "reserves_lifted":
            found.append(_reserves_lifted(session, project, each.key, each.text))
        elif row is None:
            found.append(Assessed(each.key, each.text, "", "", False, Text("")))
        else:
            found.append(Assessed(each.key, each.text, row.state, row.evidence, False, Text(""), row.actor_id))
    return tuple(found)


def _reserves_lifted(session: Session, project: int, key: str, text: Text) -> Assessed:
    open_ = session.execute(
        select(func.count()).where(ReserveRow.project_id == project, ReserveRow.lifted_at.is_(None))
    ).scalar_one()
    if open_:
        remark = Text("{count} réserve(s) à lever.", "{count} reserve(s) to lift.").format(count=open_)
        return Assessed(key, text, "unmet", "", True, remark)
    return Assessed(key, text, "met", "", True, Text("Aucune réserve à lever.", "No reserve to lift."))


def decided_since(session: Session, project: int, gate: str, since: datetime) -> bool:
    """Has the gate been decided since? What was answered before is then frozen; a hold decides nothing."""
    query = select(DecisionRow.id).where(
        DecisionRow.project_id == project, DecisionRow.gate == gate, DecisionRow.at >= since,
        DecisionRow.outcome != "hold",
    )  # fmt: skip
    return session.execute(query.limit(1)).first() is not None


def reworks(session: Session, project: int, gate: str) -> int:
    """How many times the gate has sent its phase back."""
    return session.execute(
        select(func.count()).where(
            DecisionRow.project_id == project, DecisionRow.gate == gate, DecisionRow.outcome == "rework"
        )
    ).scalar_one()
