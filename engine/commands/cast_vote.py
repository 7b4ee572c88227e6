"""Vote at a gate. A ballot is secret until the vote closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from engine.errors import AlreadyVoted, InterestDeclared, VoteClosed
from engine.store.act import Act
from engine.store.case import Case, must, spoken_day
from engine.store.tables import BallotRow, VoteRow


@dataclass(frozen=True, slots=True)
class CastVote:
    """Vote at a gate. A ballot is secret until the vote closes."""

    task: int
    opinion: Literal["favourable", "unfavourable", "abstention"]
    comment: str = ""


def handle(act: Act, command: CastVote) -> None:
    case = act.case(command.task)
    must(act, case, "vote")
    put_in(act, case, command.opinion, command.comment.strip())
    # what was voted stays out of history until the vote closes: the ballot is secret
    act.record("ballot_cast", case.project, case.task, element=case.task.element)


def put_in(act: Act, case: Case, opinion: str, comment: str) -> None:
    """One ballot, or one declared interest, in the present session. Raises when it is closed or already used."""
    vote = session_of(act, case)
    if vote.closed_at is not None:
        raise VoteClosed(gate=case.name, at=spoken_day(vote.closed_at))
    before = act.session.execute(
        select(BallotRow).where(
            BallotRow.task_id == case.task.id,
            BallotRow.session == vote.session,
            BallotRow.actor_id == act.actor.id,
        )
    ).scalar_one_or_none()
    if before is not None and before.opinion == "interest":
        raise InterestDeclared(gate=case.name)
    if before is not None:
        raise AlreadyVoted(gate=case.name, at=spoken_day(before.cast_at))
    act.session.add(
        BallotRow(
            task_id=case.task.id, session=vote.session, actor_id=act.actor.id, opinion=opinion, comment=comment,
            cast_at=act.now,
        )
    )  # fmt: skip


def session_of(act: Act, case: Case) -> VoteRow:
    """The present session of the gate's vote; the first one opens with the first who asks."""
    row = act.session.execute(select(VoteRow).where(VoteRow.task_id == case.task.id)).scalar_one_or_none()
    if row is None:
        row = VoteRow(task_id=case.task.id, session=1)
        act.session.add(row)
        act.session.flush()
    return row
