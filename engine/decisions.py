"""A decision of a gate becomes a record: what was voted, on which evidence; the files of the phase are frozen by it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import votes
from engine.criteria import Assessed
from engine.evidence import named
from engine.gates import SecondSession, ballots, counted
from engine.method import Method
from engine.store.act import Act
from engine.store.case import Case, last_answers
from engine.store.tables import DecisionRow, FileRow, TaskRow, VoteRow


@dataclass(frozen=True, slots=True)
class Settled:
    """What the chair, or the sponsor in their place, decides, and on what."""

    outcome: str
    reason: str
    vote: VoteRow
    second: SecondSession | None
    criteria: tuple[Assessed, ...]
    escalated: bool


def write_decision(act: Act, case: Case, settled: Settled) -> DecisionRow:
    """The decision with its number and its record; a favourable one freezes what its phase produced."""
    gate, project = case.gate, case.project
    before = act.session.execute(
        select(func.count()).where(DecisionRow.project_id == project.id, DecisionRow.gate == gate.id)
    ).scalar_one()
    files = _files(act, case)
    row = DecisionRow(
        project_id=project.id, task_id=case.task.id, gate=gate.id, number=f"{project.id}-{gate.id}-{before + 1}",
        session=settled.vote.session, outcome=settled.outcome, reason=settled.reason, at=act.now, actor_id=act.actor.id,
        record=json.dumps(_record(act, case, settled, files), ensure_ascii=False),
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record(
        "gate_decided", project, case.task, element=gate.id, outcome=settled.outcome, reason=settled.reason,
        number=row.number, **_in_whose_name(case, settled.escalated),
    )  # fmt: skip
    if settled.outcome in ("go", "go_reserves"):
        _freeze(act, case, row, files)
    return row


def _in_whose_name(case: Case, escalated: bool) -> dict[str, int]:
    """The one for whom a deputy decides: the chair, or the sponsor."""
    role = case.method.sponsor if escalated else case.gate.chair
    other = case.acts_as(role)
    return {} if other in (None, case.actor.id) else {"mandate": other or 0}


def _record(act: Act, case: Case, settled: Settled, files: Sequence[tuple[FileRow, str]]) -> dict[str, Any]:
    gate, vote = case.gate, settled.vote
    voters = case.voters()
    whole = counted(act.session, case.task.id, vote.session, voters)
    # a hold may come while the vote is open: what was voted stays secret, in its rows
    open_ = settled.outcome == "hold" and vote.closed_at is None
    cast = [] if open_ else ballots(act.session, case.task.id, vote.session)
    tally = votes.tally(voters, ((row.actor_id, row.opinion) for row in cast))
    free = settled.second is not None and settled.second.free(gate, act.now)
    quorum = votes.needed(gate, whole.eligible)
    return {
        "rule": gate.rule,
        "quorum": str(gate.quorum),
        "needed": quorum,
        "cast": whole.cast,
        "quorum_reached": whole.cast >= quorum,
        "second_session": settled.second is not None,
        "without_quorum": free and whole.cast < quorum,
        "escalated": settled.escalated,
        "session": vote.session,
        "eligible": whole.eligible,
        "favourable": tally.favourable,
        "unfavourable": tally.unfavourable,
        "abstention": tally.abstention,
        "ballots": [
            {"actor": row.actor_id, "opinion": row.opinion, "comment": row.comment}
            | ({"by": row.by_id} if row.by_id else {})
            for row in cast
        ],
        "criteria": [_criterion(act, case, each) for each in settled.criteria],
        "files": [
            {
                "file": row.id, "name": row.name, "sha256": row.sha256, "size": row.size, "task": row.task_id,
                "element": element, "field": row.field,
            }
            for row, element in files
        ],
    } | _in_whose_name(case, settled.escalated) | _frozen(act, case)  # fmt: skip


def advised(act: Act, case: Case) -> str:
    """The method that the phase of the gate advises (E3); empty where it advises none."""
    intake = case.method.intake
    return advised_in(act.session, case.project.id, case.method) if intake and case.gate.phase == intake.id else ""


def advised_in(session: Session, project: int, method: Method) -> str:
    """The method that the intake advises by now; empty where nobody has said."""
    for task in method.intake.tasks if method.intake is not None else ():
        field = next((each for each in task.form if each.source == "methods"), None)
        if field is not None:
            return str(last_answers(session, project, task.id).get(field.key) or "")
    return ""


def _frozen(act: Act, case: Case) -> dict[str, Any]:
    """At the gate of a phase that advises a method: what the project is from then on, whatever changes later."""
    wanted = advised(act, case)
    if not wanted:
        return {}
    project = case.project
    frozen = {
        "method": case.method.id, "version": case.method.version, "advised": wanted, "theme": project.theme,
        "objectives": json.loads(project.objectives), "impacted": json.loads(project.impacted),
    }  # fmt: skip
    return {"frozen": frozen}


def _criterion(act: Act, case: Case, each: Assessed) -> dict[str, Any]:
    """As it stood: what was said, what it refers to, what was computed, who approved that it does not apply."""
    line: dict[str, Any] = {"key": each.key, "state": each.state, "evidence": each.evidence}
    if each.refers_to is not None:
        shown = named(act.link, case.method, each.kind, each.refers_to)
        line |= {"kind": each.kind, "refers_to": each.refers_to, "shown_by": {"fr": shown.fr, "en": shown.read("en")}}
    if each.computed:
        line["computed"] = {"fr": each.remark.fr, "en": each.remark.read("en")}
    return line | ({"approved_by": each.approved_by} if each.approved_by else {})


def _files(act: Act, case: Case) -> Sequence[tuple[FileRow, str]]:
    """Every file of the phase, with the step it was attached to."""
    rows = act.session.execute(
        select(FileRow, TaskRow.element)
        .join(TaskRow, TaskRow.id == FileRow.task_id)
        .where(TaskRow.project_id == case.project.id, TaskRow.phase == case.gate.phase, FileRow.withdrawn_at.is_(None))
        .order_by(FileRow.id)
    )
    return [(row, element) for row, element in rows]


def _freeze(act: Act, case: Case, decision: DecisionRow, files: Sequence[tuple[FileRow, str]]) -> None:
    frozen = [row for row, _ in files if row.frozen_by is None]
    for row in frozen:
        row.frozen_by = decision.id
    if frozen:
        act.record(
            "files_frozen", case.project, case.task, element=case.gate.id, number=decision.number, count=len(frozen),
            files=[[row.name, row.sha256] for row in frozen],
        )  # fmt: skip
