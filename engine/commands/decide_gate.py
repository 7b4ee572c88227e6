"""Decide a gate inside what the vote allows: the chair does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from engine import execution
from engine.commands.cast_vote import session_of
from engine.commands.hold_project import suspend
from engine.errors import (
    CriteriaUnmet,
    OtherMethodAdvised,
    OutcomeNotAllowed,
    ReserveIncomplete,
    ReservesMissing,
    ReviewDateMissing,
    StalePage,
    VoteOpen,
)  # fmt: skip
from engine.gates import Assessed, assessed, ballots, counted, outcome_of_vote, reworks
from engine.history import OUTCOMES
from engine.method import Outcome
from engine.store.act import Act
from engine.store.case import Case, last_answers, must, must_be_fresh, must_say, next_for
from engine.store.projection import end_recurring, go_on, uncall
from engine.store.tables import DecisionRow, ReserveRow, VoteRow
from engine.votes import why_not
from engine.working_time import PARIS, end_of


@dataclass(frozen=True, slots=True)
class Reserve:
    """A condition set on a favourable decision."""

    text: str
    owner: int  #: actor
    due: date


@dataclass(frozen=True, slots=True)
class DecideGate:
    """Decide a gate inside what the vote allows: the chair does."""

    task: int
    outcome: Outcome
    reason: str
    reserves: tuple[Reserve, ...] = ()
    review_at: date | None = None  #: for a hold
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    decision: int
    number: str
    next_task: int | None


def handle(act: Act, command: DecideGate) -> Decided:
    case = act.case(command.task)
    must(act, case, "decide")
    must_be_fresh(case, command.revision)
    reason = must_say(command.reason, "decide", case.name)
    vote = session_of(act, case)
    criteria = assessed(act.session, case.project.id, case.task.id, case.gate)
    _must_be_allowed(act, case, command, vote, criteria)
    if command.outcome in ("go", "go_reserves"):
        _must_be_this_method(act, case)
    decision = _write(act, case, command, reason, vote, criteria)
    if command.outcome == "hold":
        _hold(act, case, command, reason, vote)
        return Decided(decision.id, decision.number, None)
    return Decided(decision.id, decision.number, _go_on(act, case, command))


def _must_be_allowed(
    act: Act, case: Case, command: DecideGate, vote: VoteRow, criteria: tuple[Assessed, ...]
) -> None:  # fmt: skip
    gate = case.gate
    if gate.rule != "chair" and vote.closed_at is None and command.outcome != "hold":
        raise VoteOpen(gate=gate.name)
    chairs = [each.actor for each in case.held[gate.chair].holders]
    found = outcome_of_vote(act.session, case.task.id, vote.session, gate, case.voters(), chairs)
    unmet = [each for each in criteria if not each.holds]
    if command.outcome == "go" and unmet and "go" in gate.outcomes and found != "unfavourable":
        raise CriteriaUnmet(gate=gate.name, criteria=tuple(each.text for each in unmet))
    # a hold decides nothing: it needs no result
    known = "tie" if command.outcome == "hold" else found
    done = reworks(act.session, case.project.id, gate.id)
    refusal = why_not(gate, command.outcome, known, done, len(unmet))
    if refusal is not None:
        raise OutcomeNotAllowed(outcome=OUTCOMES.get(command.outcome, command.outcome), gate=gate.name, why=refusal)
    if command.outcome == "go_reserves" and not command.reserves:
        raise ReservesMissing
    for number, reserve in enumerate(command.reserves, 1):
        if not reserve.text.strip() or not reserve.owner or reserve.due <= act.now.astimezone(PARIS).date():
            raise ReserveIncomplete(number=number)
    if command.outcome == "hold" and (
        command.review_at is None or command.review_at <= act.now.astimezone(PARIS).date()
    ):
        raise ReviewDateMissing


def _must_be_this_method(act: Act, case: Case) -> None:
    """A phase that advises a method (E3) may only be passed towards the method that the project runs on."""
    for task in case.method.phase[case.gate.phase].tasks:
        field = next((each for each in task.form if each.source == "methods"), None)
        if field is None:
            continue
        chosen = last_answers(act.session, case.project.id, task.id).get(field.key)
        if chosen and chosen != case.method.id:
            raise OtherMethodAdvised(task=task.name, method=case.method.name, gate=case.gate.name)


def _write(
    act: Act, case: Case, command: DecideGate, reason: str, vote: VoteRow, criteria: tuple[Assessed, ...]
) -> DecisionRow:  # fmt: skip
    """The decision as a record: number, evidence, votes, rule, reasons."""
    gate, project = case.gate, case.project
    before = act.session.execute(
        select(func.count()).where(DecisionRow.project_id == project.id, DecisionRow.gate == gate.id)
    ).scalar_one()
    row = DecisionRow(
        project_id=project.id, task_id=case.task.id, gate=gate.id, number=f"{project.id}-{gate.id}-{before + 1}",
        session=vote.session, outcome=command.outcome, reason=reason, at=act.now, actor_id=act.actor.id,
        record=json.dumps(_record(act, case, vote, criteria), ensure_ascii=False),
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record(
        "gate_decided",
        project,
        case.task,
        element=gate.id,
        outcome=command.outcome,
        reason=reason,
        number=row.number,
    )
    if command.outcome == "go_reserves":
        for reserve in command.reserves:
            act.session.add(
                ReserveRow(
                    project_id=project.id, decision_id=row.id, gate=gate.id, body=reserve.text.strip(),
                    owner_id=reserve.owner, due_at=end_of(reserve.due), proof="",
                )
            )  # fmt: skip
            act.record(
                "reserve_set",
                project,
                case.task,
                element=gate.id,
                text=reserve.text.strip(),
                to=reserve.owner,
            )
    return row


def _record(act: Act, case: Case, vote: VoteRow, criteria: tuple[Assessed, ...]) -> dict[str, Any]:
    voters = case.voters()
    tally = counted(act.session, case.task.id, vote.session, voters)
    return {
        "rule": case.gate.rule,
        "quorum": str(case.gate.quorum),
        "eligible": tally.eligible,
        "favourable": tally.favourable,
        "unfavourable": tally.unfavourable,
        "abstention": tally.abstention,
        "ballots": [
            {"actor": row.actor_id, "opinion": row.opinion, "comment": row.comment}
            for row in ballots(act.session, case.task.id, vote.session)
        ],
        "criteria": [{"key": each.key, "state": each.state, "evidence": each.evidence} for each in criteria],
    }


def _hold(act: Act, case: Case, command: DecideGate, reason: str, vote: VoteRow) -> None:
    """The project is suspended; the gate waits for a new session."""
    assert command.review_at is not None
    suspend(act, case.project, reason, command.review_at)
    vote.session, vote.closed_at = vote.session + 1, None


def _go_on(act: Act, case: Case, command: DecideGate) -> int | None:
    task, gate = case.task, case.gate
    row = case.execution
    landing = gate.landing if command.outcome == "rework" else None
    said = {"decision": command.outcome, "landing": landing}
    run = execution.complete(case.release.program, row.process, row.state, task.token, said)
    if run is None:
        raise StalePage(what=case.name)
    task.state, task.closed_at, task.closed_by = "done", act.now, act.by
    uncall(act, task)
    if command.outcome in ("go", "go_reserves", "stop"):
        end_recurring(act, case.project, case.release, gate.id)
    return next_for(act.actor, go_on(act, case.project, case.release, row, run))
