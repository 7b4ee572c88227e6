"""The gate room: criteria, evidence, votes, quorum, outcome."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from engine.computed.looked import look
from engine.confidential import open_part
from engine.criteria import assessed
from engine.errors import NotFound
from engine.gates import ballots, counted, escalated, open_exceptions, outcome_of_vote, reworks, second_session
from engine.method import OUTCOMES, Field
from engine.people import can
from engine.queries.around_gate import GateBeside, RiskLine, beside, risks
from engine.queries.criteria import CriterionLine, criterion_lines
from engine.queries.lines import (
    ActorLine,
    CommentLine,
    DecisionLine,
    EventLine,
    FileLine,
    ProofLine,
    ReserveLine,
    TaskLine,
)
from engine.queries.proofs import offered
from engine.queries.reading import answer_as_read
from engine.queries.view import View, task_columns
from engine.store.case import Case
from engine.store.known import outgrown
from engine.store.migrating import Owed, unresolved
from engine.store.releases import last_releases
from engine.store.tables import BallotRow, DecisionRow, EventRow, TaskRow, VoteRow
from engine.votes import EFFECTS, EXCEPTIONAL, RULES, Result, needed, why_not
from engine.words import Text


@dataclass(frozen=True, slots=True)
class GatePageOf:
    task: int


@dataclass(frozen=True, slots=True)
class VoterLine:
    actor: ActorLine
    role: Text
    voted: bool
    interest: bool  #: declared an interest: does not count
    opinion: Literal["", "favourable", "unfavourable", "abstention"]  #: empty until the vote closes
    comment: str
    by: str = ""  #: the deputy who cast it


@dataclass(frozen=True, slots=True)
class DeliverableLine:
    """What a task of the phase produced: the evidence."""

    task: int
    code: str
    name: Text
    instance: Text
    by: str
    at: datetime | None
    answers: tuple[tuple[Text, Text], ...]  #: (label, answer as it reads)
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    outcome: str  #: go, go_reserves, rework, hold, stop
    label: Text
    effect: Text  #: what it does
    allowed: bool
    why_not: Text


@dataclass(frozen=True, slots=True)
class GatePage:
    task: TaskLine
    revision: int
    help: Text
    phase: Text
    chair: tuple[ActorLine, ...]
    chair_role: Text
    rule: str
    rule_text: Text
    session: int  #: from 1
    closed_at: datetime | None  #: of the vote
    decided: DecisionLine | None  #: the decision of this task, once taken
    criteria: tuple[CriterionLine, ...]
    proofs: tuple[ProofLine, ...]  #: what can be cited as evidence; empty for who may not assess
    evidence: tuple[DeliverableLine, ...]
    voters: tuple[VoterLine, ...]
    eligible: int
    needed: int
    cast: int
    result: Literal["", "favourable", "unfavourable", "tie"]  #: empty while the vote is open
    outcomes: tuple[OutcomeLine, ...]
    landing: Text  #: where a rework returns
    reworks: int
    rework_max: int
    reserves: tuple[ReserveLine, ...]  #: of the gates before
    decisions: tuple[DecisionLine, ...]  #: earlier sessions of this gate
    people: tuple[ActorLine, ...]
    comments: tuple[CommentLine, ...]
    history: tuple[EventLine, ...]
    can: frozenset[str]  #: assess, vote, declare_interest, close_vote, decide, comment
    mine: VoterLine | None  #: my own ballot, shown to me at once
    in_name_of: tuple[VoterLine, ...] = ()  #: whose ballot I may cast, by mandate
    second_at: datetime | None = None  #: of a second session: its date
    second_free: bool = False  #: from that date on it decides without quorum
    escalated: bool = False  #: the sponsor decides: the phase was reworked as often as it may be
    risks: tuple[RiskLine, ...] = ()  #: open, 12 of 16 or more
    owed: tuple[Owed, ...] = ()  #: to be caught up with since a change of version, before it can be passed
    gates: tuple[GateBeside, ...] = ()
    exceptional: bool = False  #: beside the phases: what it decides is whether the project goes on


ON_GATE = ("assess", "vote", "declare_interest", "close_vote", "call_session", "decide", "comment")


def read(view: View, query: GatePageOf) -> GatePage:
    case = view.case(query.task)
    if case.task.kind != "gate":
        raise NotFound
    task, gate, method = case.task, case.gate, case.method
    vote = view.session.execute(select(VoteRow).where(VoteRow.task_id == task.id)).scalar_one_or_none()
    session, closed_at = (vote.session, vote.closed_at) if vote else (1, None)
    criteria = assessed(look(view.session, case, view.now), task.id, gate)
    voters = case.voters()
    tally = counted(view.session, task.id, session, voters)
    chairs = [each.actor for each in case.held[gate.chair].holders]
    found = outcome_of_vote(view.session, task.id, session, gate, voters, chairs)
    second = second_session(view.session, task.id, session)
    over = task.state == "open" and escalated(view.session, case.project.id, gate)
    known = "tie" if over else found if closed_at or gate.rule == "chair" else None
    standing = case.standing
    lines = _voters(view, case, session, closed_at is not None or task.state != "open")
    mine = next((line for line in lines if line.actor.id == view.actor.id), None)
    least = needed(gate, tally.eligible, second is not None and second.free(gate, view.now))
    verbs = _can(case, closed_at is not None, mine, over)
    done = reworks(view.session, case.project.id, gate.id)
    decisions = view.decisions(
        select(DecisionRow)
        .where(DecisionRow.project_id == case.project.id, DecisionRow.gate == gate.id)
        .order_by(DecisionRow.id.desc()),
        method,
    )
    phase = method.phase.get(gate.phase)
    landing = method.name_of(gate.landing) if gate.landing else Text("")
    ways = _outcomes(case, known, done, sum(not each.holds for each in criteria), landing)
    owed = unresolved(view.session, case.project) if task.state == "open" else ()
    return GatePage(
        task=view.tasks(task_columns().where(TaskRow.id == task.id))[0],
        revision=task.revision,
        help=gate.help,
        phase=phase.name if phase else Text(""),
        chair=tuple(view.people(chairs)[each] for each in chairs),
        chair_role=method.role[gate.chair].name,
        rule=gate.rule,
        rule_text=RULES[gate.rule],
        session=session,
        closed_at=closed_at,
        decided=next((each for each in decisions if each.task == task.id and each.outcome != "hold"), None),
        criteria=criterion_lines(view, case, criteria),
        proofs=offered(view, case.project.id, method) if can("assess", standing) else (),
        evidence=_evidence(view, case),
        voters=tuple(lines),
        eligible=tally.eligible,
        needed=least,
        cast=tally.cast,
        result="" if over else known or "",
        outcomes=_unless_exceptions(view, case, _unless_outgrown(view, case, _unless_owed(owed, ways))),
        landing=landing,
        reworks=done,
        rework_max=gate.rework_max,
        reserves=view.reserves(case.project.id, method, standing.lead or standing.sponsor),
        decisions=tuple(each for each in decisions if each.task != task.id or each.outcome == "hold"),
        people=view.directory(),
        comments=view.comments(task.id),
        history=view.events(select(EventRow).where(EventRow.task_id == task.id).order_by(EventRow.id), method),
        can=verbs if tally.cast < least and (second is None or second.at <= view.now) else verbs - {"call_session"},
        mine=_mine(view, case, session),
        in_name_of=_in_name_of(view, case, lines) if not closed_at and gate.rule != "chair" else (),
        second_at=second.at if second else None,
        second_free=gate.second_free,
        escalated=over,
        risks=risks(view, case.project.id),
        owed=owed,
        gates=beside(view, case),
        exceptional=task.phase in method.exception,
    )


def _can(case: Case, closed: bool, mine: VoterLine | None, over: bool) -> frozenset[str]:
    gate, standing = case.gate, case.standing
    verbs = {verb for verb in ON_GATE if can(verb, standing)}
    if mine is None or mine.voted or mine.interest:
        verbs -= {"vote", "declare_interest"}
    if closed or gate.rule == "chair":
        verbs -= {"vote", "declare_interest", "close_vote", "call_session"}
    if not gate.second:
        verbs.discard("call_session")
    if over:
        verbs -= {"decide", "call_session"}
        verbs |= {"decide"} if can("settle", standing) else set()
    return frozenset(verbs)


def _in_name_of(view: View, case: Case, lines: list[VoterLine]) -> tuple[VoterLine, ...]:
    """The voters of `lines` whose ballot the actor may cast for them; none for who presents."""
    if not can("vote", case.standing):
        return ()
    able = set(case.ballots_of()) - {view.actor.id}
    return tuple(each for each in lines if each.actor.id in able)


def _voters(view: View, case: Case, session: int, shown: bool) -> list[VoterLine]:
    """Everyone who votes; opinions only once the vote is closed."""
    voters = case.voters()
    cast = {row.actor_id: row for row in ballots(view.session, case.task.id, session)}
    people = view.people([*voters, *(row.by_id for row in cast.values())])
    lines = [
        _voter(people, actor, case.method.role[role].name, cast.get(actor), shown) for actor, role in voters.items()
    ]
    return sorted(lines, key=lambda each: each.actor.name)


def _voter(people: dict[int, ActorLine], actor: int, role: Text, ballot: BallotRow | None, shown: bool) -> VoterLine:
    interest = ballot is not None and ballot.opinion == "interest"
    opinion: Any = ballot.opinion if ballot and shown and not interest else ""
    return VoterLine(
        actor=people[actor], role=role, voted=ballot is not None and not interest, interest=interest, opinion=opinion,
        comment=ballot.comment if ballot and (shown or interest) else "",
        by=people[ballot.by_id].name if ballot and ballot.by_id else "",
    )  # fmt: skip


def _mine(view: View, case: Case, session: int) -> VoterLine | None:
    me, voters = view.actor.id, case.voters()
    if me not in voters:
        return None
    cast = {row.actor_id: row for row in ballots(view.session, case.task.id, session)}
    people = view.people([me, *(row.by_id for row in cast.values())])
    return _voter(people, me, case.method.role[voters[me]].name, cast.get(me), True)


def _outcomes(case: Case, found: Result | None, done: int, unmet: int, landing: Text) -> tuple[OutcomeLine, ...]:
    effects = EXCEPTIONAL if case.task.phase in case.method.exception else EFFECTS
    lines = []
    for outcome in case.gate.outcomes:
        refusal = why_not(case.gate, outcome, "tie" if outcome == "hold" else found, done, unmet)
        lines.append(
            OutcomeLine(
                outcome=outcome,
                label=OUTCOMES[outcome],
                effect=effects[outcome].format(landing=landing),
                allowed=refusal is None,
                why_not=refusal or Text(""),
            )
        )
    return tuple(lines)


def _unless_owed(owed: tuple[Owed, ...], lines: tuple[OutcomeLine, ...]) -> tuple[OutcomeLine, ...]:
    """A gate is not passed while something is to be caught up with since a change of version."""
    if not owed:
        return lines
    why = (TO_DO if len(owed) == 1 else ALL_TO_DO).format(steps=tuple(each.title for each in owed))
    return tuple(
        replace(each, allowed=False, why_not=why) if each.allowed and each.outcome in ("go", "go_reserves") else each
        for each in lines
    )


TO_DO = Text("{steps} reste à faire.", "{steps} is still to be done.")
ALL_TO_DO = Text("{steps} restent à faire.", "{steps} are still to be done.")


def _unless_outgrown(view: View, case: Case, lines: tuple[OutcomeLine, ...]) -> tuple[OutcomeLine, ...]:
    """Of a project too big for its method, a rework alone may be decided: it goes on in the larger one."""
    if case.task.state != "open" or not outgrown(view.session, case.project, case.method, case.gate):
        return lines
    other = next((row for row in last_releases(view.session) if row.method == case.gate.larger), None)
    larger = Text(other.name_fr, other.name_en) if other is not None else Text(case.gate.larger)
    why = Text(
        "le projet dépasse ce que permet sa méthode : il ne peut que continuer dans « {larger} ».",
        "the project is beyond what its method allows: it can only go on in “{larger}”.",
    ).format(larger=larger)
    effect = Text(
        "Le projet continue dans « {larger} », avec son historique, ses personnes et ce qu’il a répondu.",
        "The project goes on in “{larger}”, with its history, its people and what it has answered.",
    ).format(larger=larger)
    return tuple(
        replace(each, effect=effect) if each.outcome == "rework"
        else each if each.outcome == "hold" else replace(each, allowed=False, why_not=why)
        for each in lines
    )  # fmt: skip


def _unless_exceptions(view: View, case: Case, lines: tuple[OutcomeLine, ...]) -> tuple[OutcomeLine, ...]:
    """A main gate is not passed while an exceptional one is open beside it."""
    if case.task.state != "open" or case.task.phase in case.method.exception:
        return lines
    waiting = open_exceptions(view.session, case.project.id, case.method)
    if not waiting:
        return lines
    why = Text(
        "la porte d’exception « {gate} » attend sa décision.", "the exceptional gate “{gate}” awaits its decision."
    ).format(gate=case.method.name_of(waiting[0]))
    return tuple(
        replace(each, allowed=False, why_not=why) if each.outcome in ("go", "go_reserves") else each for each in lines
    )


def _evidence(view: View, case: Case) -> tuple[DeliverableLine, ...]:
    """What the phase produced in its last round: the answers and files of each task."""
    gate, method, project = case.gate, case.method, case.project
    rows = list(
        view.session.execute(
            select(TaskRow)
            .where(
                TaskRow.project_id == project.id, TaskRow.phase == gate.phase, TaskRow.kind == "task",
                TaskRow.state == "done",
            )
            .order_by(TaskRow.id)
        ).scalars()
    )  # fmt: skip
    last = {(row.element, row.instance): row for row in rows}
    people = view.people(row.closed_by for row in last.values())
    files = view.files(TaskRow.project_id == project.id, TaskRow.phase == gate.phase, method=method)
    names = {each.id: each.name for each in view.directory()}
    lines = []
    steers = case.holds(method.lead) or case.holds(method.sponsor)
    for row in last.values():
        # the project may have moved to a version that no longer draws it
        drawn = view.release_of(case.release, row.element, project.id).method
        answers, form = json.loads(row.answers or "{}"), drawn.tasks[row.element].form
        by = people.get(row.closed_by or 0)
        lines.append(
            DeliverableLine(
                task=row.id,
                code=row.element,
                name=drawn.name_of(row.element),
                instance=view.instance(row.instance),
                by=by.name if by else "Jalon",
                at=row.closed_at,
                answers=_answers(view, form if steers else open_part(form), answers, names),
                files=tuple(each for each in files if each.task == row.id),
            )
        )
    return tuple(lines)


def _answers(
    view: View, form: tuple[Field, ...], answers: dict[str, Any], names: dict[int, str]
) -> tuple[tuple[Text, Text], ...]:
    return tuple(
        (field.label, answer_as_read(field, answers.get(field.key), names, view.services))
        for field in form
        if field.type != "file" and answers.get(field.key) not in (None, "", [], {})
    )
