"""Decide a gate inside what the vote allows: the chair does, or the sponsor once the phase was reworked too often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine import execution
from engine.announcing import answer_author, tell_sponsor
from engine.closing import ends, must_close
from engine.commands.call_second_session import withdraw_session
from engine.commands.cast_vote import session_of
from engine.commands.continue_in_method import carry_on
from engine.commands.hold_project import suspend
from engine.commands.start_project import last_release, must_be_staffed
from engine.computed.looked import look
from engine.criteria import assessed, lacking
from engine.decisions import Settled, advised, write_decision
from engine.errors import (
    CatchUpOpen,
    ChoicesUnsigned,
    CriteriaUnmet,
    DeviationExpired,
    ExceptionOpen,
    MethodOutgrown,
    OutcomeNotAllowed,
    ReserveIncomplete,
    ReservesMissing,
    ReviewDateMissing,
    StalePage,
    VoteOpen,
)  # fmt: skip
from engine.gates import escalated, open_exceptions, outcome_of_vote, reworks, second_session
from engine.method import OUTCOMES, Outcome
from engine.release import Release
from engine.reserves import set_reserve
from engine.store.act import Act
from engine.store.baselines import promise
from engine.store.case import Case, must, must_be_fresh, must_say, next_for
from engine.store.chosen import chosen
from engine.store.deviations import FORCED, expired
from engine.store.ending import uncall
from engine.store.entries import open_entry, title_of
from engine.store.exceptions import stop
from engine.store.known import outgrown
from engine.store.migrating import unresolved
from engine.store.projection import end_recurring, go_on
from engine.store.tables import ActorRow, DecisionRow, EntryRow, VoteRow
from engine.store.weaving import weave_in
from engine.votes import Result, why_not
from engine.words import Text
from engine.working_time import PARIS


@dataclass(frozen=True, slots=True)
class Reserve:
    """A condition set on a favourable decision."""

    text: str
    owner: int  #: actor
    due: date


@dataclass(frozen=True, slots=True)
class DecideGate:
    """Decide a gate inside what the vote allows: the chair does, or the sponsor after the last rework."""

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
    over = case.task.kind == "gate" and escalated(act.session, case.project.id, case.gate)
    must(act, case, "settle" if over else "decide")
    must_be_fresh(case, command.revision)
    reason = must_say(command.reason, "decide", case.name)
    vote = session_of(act, case)
    criteria = assessed(look(act.session, case, act.now, steers=False), case.task.id, case.gate)
    second = second_session(act.session, case.task.id, vote.session)
    settled = Settled(command.outcome, reason, vote, second, criteria, over)
    other = _goes_on_in(act, case, command.outcome)
    _must_be_allowed(act, case, command, settled)
    if command.outcome in ("go", "go_reserves"):
        _must_await_no_exception(act, case)
        _must_depart_with_leave(act, case)
        _must_have_chosen(act, case)
        _must_have_caught_up(act, case)
    decision = write_decision(act, case, settled)
    if over and command.outcome != "hold":
        _note_what_is_forced(act, case, command.outcome, settled, decision)
    withdraw_session(act, case.task)
    if command.outcome == "hold":
        _hold(act, case, command, settled)
        return Decided(decision.id, decision.number, None)
    for reserve in command.reserves if command.outcome == "go_reserves" else ():
        set_reserve(act, case, decision, reserve.text.strip(), reserve.owner, reserve.due)
    if command.outcome in ("go", "go_reserves"):
        promise(act, case.project, case.method, case.gate, decision.id)
    if other:
        return Decided(decision.id, decision.number, _leave_for(act, case, other, reason))
    if command.outcome == "rework":
        tell_sponsor(act, case)
    release = _frozen(act, case, command.outcome)
    opened = _go_on(act, case, command, release)
    if case.project.status == "dismissed":
        answer_author(act, case.project, decision)
    return Decided(decision.id, decision.number, opened)


# --- what may be decided -----------------------------------------------------------------------------------


def _must_be_allowed(act: Act, case: Case, command: DecideGate, settled: Settled) -> None:
    gate, vote = case.gate, settled.vote
    if gate.rule != "chair" and vote.closed_at is None and command.outcome != "hold" and not settled.escalated:
        raise VoteOpen(gate=gate.name)
    found = _found(act, case, vote)
    # a hold decides nothing, and the sponsor settles what the votes could not: neither needs a result
    known = "tie" if command.outcome == "hold" or settled.escalated else found
    unmet = [each for each in settled.criteria if not each.holds]
    if command.outcome == "go" and unmet and "go" in gate.outcomes and known != "unfavourable":
        looked = look(act.session, case, act.now)
        pointers = tuple(pointer for each in unmet for pointer in lacking(case.task.id, each, looked))
        raise CriteriaUnmet(gate=gate.name, criteria=tuple(each.text for each in unmet), pointers=pointers)
    done = reworks(act.session, case.project.id, gate.id)
    refusal = why_not(gate, command.outcome, known, done, len(unmet))
    if refusal is not None:
        raise OutcomeNotAllowed(outcome=OUTCOMES.get(command.outcome, command.outcome), gate=gate.name, why=refusal)
    today = act.now.astimezone(PARIS).date()
    if command.outcome == "go_reserves":
        _must_be_complete(act, command, today)
    if command.outcome == "hold" and (command.review_at is None or command.review_at <= today):
        raise ReviewDateMissing


def _found(act: Act, case: Case, vote: VoteRow) -> Result:
    chairs = [each.actor for each in case.held[case.gate.chair].holders]
    return outcome_of_vote(act.session, case.task.id, vote.session, case.gate, case.voters(), chairs)


def _must_be_complete(act: Act, command: DecideGate, today: date) -> None:
    """Each reserve says what remains, who answers for it and until when."""
    if not command.reserves:
        raise ReservesMissing
    for number, reserve in enumerate(command.reserves, 1):
        owner = act.session.get(ActorRow, reserve.owner) if reserve.owner else None
        if not reserve.text.strip() or owner is None or not owner.active or reserve.due <= today:
            raise ReserveIncomplete(number=number)


def _goes_on_in(act: Act, case: Case, outcome: Outcome) -> str:
    """The other method in which the decision has the project go on: the one advised in this phase (E3) where it passes,
    the larger one where a project too big for its method is sent back. Empty: it stays in its own.

    Raises `MethodOutgrown` for any other decision on a project that is too big.
    """
    if outcome != "hold" and outgrown(act.session, case.project, case.method, case.gate):
        if outcome != "rework":
            raise MethodOutgrown(method=case.method.name, gate=case.name, other=_name_of_method(act, case.gate.larger))
        return case.gate.larger
    wanted = advised(act, case) if outcome in ("go", "go_reserves") else ""
    return wanted if wanted != case.method.id else ""


def _name_of_method(act: Act, method: str) -> Text:
    return act.release(last_release(act, method).id).method.name


def _must_await_no_exception(act: Act, case: Case) -> None:
    """A main gate is not passed while an exceptional one is open beside it."""
    if case.task.phase in case.method.exception:
        return
    waiting = open_exceptions(act.session, case.project.id, case.method)
    if waiting:
        raise ExceptionOpen(gate=case.name, exceptions=tuple(case.method.name_of(each) for each in waiting))


def _must_depart_with_leave(act: Act, case: Case) -> None:
    past = expired(act.session, case.project, act.now)
    if past:
        raise DeviationExpired(gate=case.name, deviations=tuple(past))


def _note_what_is_forced(
    act: Act, case: Case, chosen: Outcome, settled: Settled, decision: DecisionRow
) -> None:  # fmt: skip
    """A sponsor who settles otherwise than the vote allows departs from the method, which itself asked for a word."""
    vote = settled.vote
    closed = case.gate.rule == "chair" or vote.closed_at is not None
    if closed and why_not(case.gate, chosen, _found(act, case, vote), 0, 0) is None:
        return
    outcome = OUTCOMES.get(chosen, Text(chosen))
    entry = open_entry(
        act, "deviation", case.project, FORCED.format(outcome=outcome, name=case.name), body=settled.reason,
        facts={
            "element": case.gate.id, "operation": "forced", "method": case.method.id, "version": case.method.version,
            "decision": decision.number,
        },
        origin="gate", origin_id=case.task.id, state="approved",
    )  # fmt: skip
    entry.author_id = None


def _must_have_chosen(act: Act, case: Case) -> None:
    """What the project asks for beyond what is granted is answered before its method is frozen."""
    if not _freezes(case):
        return
    waits = [each.entry for each in chosen(act.link, case.project) if each.state == "open"]
    if waits:
        rows = act.session.execute(select(EntryRow).where(EntryRow.id.in_(waits)).order_by(EntryRow.id)).scalars()
        raise ChoicesUnsigned(gate=case.name, choices=tuple(title_of(row) for row in rows))


def _must_have_caught_up(act: Act, case: Case) -> None:
    owed = unresolved(act.session, case.project)
    if owed:
        raise CatchUpOpen(gate=case.name, steps=tuple(each.title for each in owed))


# --- what it brings ----------------------------------------------------------------------------------------


def _hold(act: Act, case: Case, command: DecideGate, settled: Settled) -> None:
    """The project is suspended; the gate waits for a new session."""
    assert command.review_at is not None
    suspend(act, case.project, settled.reason, command.review_at)
    settled.vote.session, settled.vote.closed_at = settled.vote.session + 1, None


def _leave_for(act: Act, case: Case, other: str, reason: str) -> int | None:
    """The gate is the last act in this method."""
    case.task.state, case.task.closed_at, case.task.closed_by = "done", act.now, act.by
    uncall(act, case.task)
    return next_for(act.actor, carry_on(act, case.project, other, reason, {}))


def _freezes(case: Case) -> bool:
    """Is it the gate of the intake?"""
    return case.method.intake is not None and case.gate.phase == case.method.intake.id


def _frozen(act: Act, case: Case, outcome: Outcome) -> Release:
    """Where the intake passes, the project goes on in a release woven for it; elsewhere in its own."""
    if outcome not in ("go", "go_reserves") or not _freezes(case):
        return case.release
    choices = [each.operation for each in chosen(act.link, case.project, case.method) if each.counts]
    release = weave_in(act, case.project, case.execution, choices)
    if release is not case.release:
        must_be_staffed(act, case.project, release.method)
    return release


def _go_on(act: Act, case: Case, command: DecideGate, release: Release) -> int | None:
    task, gate = case.task, case.gate
    row = case.execution
    landing = gate.landing if command.outcome == "rework" else None
    said = {"decision": command.outcome, "landing": landing}
    run = execution.complete(release.program, row.process, row.state, task.token, said)
    if run is None:
        raise StalePage(what=case.name)
    if run.step.end and ends(case.method, row.process):
        must_close(act, case, run.step.end)
    task.state, task.closed_at, task.closed_by = "done", act.now, act.by
    uncall(act, task)
    if command.outcome in ("go", "go_reserves", "stop"):
        end_recurring(act, case.project, release, gate.id)
    opened = go_on(act, case.project, release, row, run)
    if command.outcome == "stop" and case.task.phase in case.method.exception:
        opened = stop(act, case.project, release)
    return next_for(act.actor, opened)
