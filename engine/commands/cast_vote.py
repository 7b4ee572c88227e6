"""Vote at a gate, for oneself or, by mandate, for another voter. A ballot is secret until the vote closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from engine.errors import AlreadyVoted, BallotCast, ChoiceUnknown, InterestDeclared, NoMandate, VoteClosed
from engine.store.act import Act
from engine.store.case import Case, must, spoken_day
from engine.store.tables import BallotRow, VoteRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class CastVote:
    """Vote at a gate, for oneself or, by mandate, for another voter. A ballot is secret until the vote closes."""

    task: int
    opinion: Literal["favourable", "unfavourable", "abstention"]
    comment: str = ""
    voter: int | None = None  #: the actor in whose name, by mandate; none: oneself


def handle(act: Act, command: CastVote) -> None:
    case = act.case(command.task)
    voter = _voter(act, case, command.voter)
    put_in(act, case, voter, command.opinion, command.comment.strip())
    # what was voted stays out of history until the vote closes: the ballot is secret
    if voter == act.actor.id:
        act.record("ballot_cast", case.project, case.task, element=case.task.element)
    else:
        act.record("ballot_cast_for", case.project, case.task, element=case.task.element, to=voter)


def _voter(act: Act, case: Case, asked: int | None) -> int:
    """Whose ballot it is. Raises `NoMandate` for that of another who gave none, and the refusals of `must`."""
    me, lead = act.actor.id, case.holds(case.method.lead)
    if asked not in (None, me) and not lead and case.task.state == "open" and case.votes_as(asked) is None:
        raise NoMandate(name=act.name_of(asked), gate=case.name)
    must(act, case, "vote")
    if asked is not None:
        return asked
    found = case.votes_as()
    if found != me and len(case.ballots_of()) > 1:
        raise ChoiceUnknown(value="", label=Text("Au nom de qui vous votez", "In whose name you vote"))
    assert found is not None  # or `must` refused
    return found


def put_in(act: Act, case: Case, voter: int, opinion: str, comment: str) -> None:
    """One ballot, or one declared interest, in the present session, whoever casts it.

    Raises when the session is closed, or the ballot was cast already.
    """
    vote = session_of(act, case)
    if vote.closed_at is not None:
        raise VoteClosed(gate=case.name, at=spoken_day(vote.closed_at))
    me = act.actor.id
    cast = {
        row.actor_id: row
        for row in act.session.execute(
            select(BallotRow).where(
                BallotRow.task_id == case.task.id,
                BallotRow.session == vote.session,
                BallotRow.actor_id.in_([voter, me]),
            )
        ).scalars()
    }
    if any(row.opinion == "interest" for row in cast.values()):
        raise InterestDeclared(gate=case.name)
    before = cast.get(voter)
    if before is not None:
        _refuse_twice(act, case, before)
    act.session.add(
        BallotRow(
            task_id=case.task.id, session=vote.session, actor_id=voter, opinion=opinion, comment=comment,
            by_id=me if me != voter else None, cast_at=act.now,
        )
    )  # fmt: skip


def _refuse_twice(act: Act, case: Case, before: BallotRow) -> None:
    at = spoken_day(before.cast_at)
    if before.actor_id == act.actor.id and before.by_id is None:
        raise AlreadyVoted(gate=case.name, at=at)
    by = act.name_of(before.by_id or before.actor_id)
    raise BallotCast(gate=case.name, voter=act.name_of(before.actor_id), by=by, at=at)


def session_of(act: Act, case: Case) -> VoteRow:
    """The present session of the gate's vote; the first one opens with the first who asks."""
    row = act.session.execute(select(VoteRow).where(VoteRow.task_id == case.task.id)).scalar_one_or_none()
    if row is None:
        row = VoteRow(task_id=case.task.id, session=1)
        act.session.add(row)
        act.session.flush()
    return row
