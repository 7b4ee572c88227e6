"""Call a second session of a gate's vote, the quorum not being there: the chair does."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from engine.commands.cast_vote import session_of
from engine.errors import NoSecondSession, QuorumReached, SecondSessionCalled, VoteClosed
from engine.gates import counted, second_session
from engine.store.act import Act
from engine.store.case import must, spoken_day
from engine.store.tables import TaskRow, TimerRow
from engine.votes import needed
from engine.working_time import PARIS, due_after


@dataclass(frozen=True, slots=True)
class CallSecondSession:
    """Call a second session of a gate's vote, the quorum not being there: the chair does.

    It is open at once and votes anew; the ballots of the session before are kept. Its date is what the method says:
    from then on, where the method lets it, it closes without quorum.
    """

    task: int


def handle(act: Act, command: CallSecondSession) -> None:
    case = act.case(command.task)
    must(act, case, "call_session")
    gate, vote = case.gate, session_of(act, case)
    if not gate.second:
        raise NoSecondSession(gate=gate.name)
    if vote.closed_at is not None:
        raise VoteClosed(gate=gate.name, at=spoken_day(vote.closed_at))
    tally = counted(act.session, case.task.id, vote.session, case.voters())
    before = second_session(act.session, case.task.id, vote.session)
    least = needed(gate, tally.eligible, before is not None and before.free(gate, act.now))
    if tally.cast >= least:
        raise QuorumReached(gate=gate.name, cast=tally.cast, needed=least)
    if before is not None and before.at > act.now:
        raise SecondSessionCalled(gate=gate.name, at=spoken_day(before.at))
    due = due_after(act.now, gate.second)
    withdraw_session(act, case.task)
    vote.session += 1
    act.session.add(
        TimerRow(
            project_id=case.project.id, kind="session", element=gate.id, subject=str(vote.session), due_at=due,
            task_id=case.task.id,
        )
    )  # fmt: skip
    act.record(
        "second_session_called", case.project, case.task, element=gate.id, session=vote.session,
        until=due.astimezone(PARIS).date().isoformat(), cast=tally.cast, eligible=tally.eligible, needed=least,
        **case.in_whose_name,
    )  # fmt: skip


def withdraw_session(act: Act, gate: TaskRow) -> None:
    """No second session is awaited at this gate any more."""
    act.session.execute(
        update(TimerRow)
        .where(TimerRow.task_id == gate.id, TimerRow.kind == "session", TimerRow.fired_at.is_(None))
        .values(fired_at=act.now)
        .execution_options(synchronize_session=False)
    )
