"""Close the vote of a gate once the quorum is there: the chair does."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.cast_vote import session_of
from engine.errors import QuorumNotReached, VoteClosed
from engine.gates import counted, second_session
from engine.store.act import Act
from engine.store.case import must, spoken_day
from engine.votes import needed


@dataclass(frozen=True, slots=True)
class CloseVote:
    """Close the vote of a gate once the quorum is there: the chair does."""

    task: int


def handle(act: Act, command: CloseVote) -> None:
    case = act.case(command.task)
    must(act, case, "close_vote")
    vote = session_of(act, case)
    if vote.closed_at is not None:
        raise VoteClosed(gate=case.name, at=spoken_day(vote.closed_at))
    tally = counted(act.session, case.task.id, vote.session, case.voters())
    second = second_session(act.session, case.task.id, vote.session)
    least = needed(case.gate, tally.eligible, second is not None and second.free(case.gate, act.now))
    if tally.cast < least:
        raise QuorumNotReached(gate=case.name, cast=tally.cast, eligible=tally.eligible, needed=least)
    vote.closed_at = act.now
    act.record(
        "vote_closed", case.project, case.task, element=case.task.element, favourable=tally.favourable,
        unfavourable=tally.unfavourable, abstention=tally.abstention, eligible=tally.eligible,
        **case.in_whose_name,
    )  # fmt: skip
