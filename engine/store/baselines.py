"""Baselines as rows: written by the decision that commits, and by a change that is accepted; never otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import feel
from engine.answers import day, decimal
from engine.drift import Drift, drift, tolerances
from engine.execution.program import evaluate
from engine.method import Gate, Method
from engine.store.act import Act
from engine.store.known import known
from engine.store.tables import BaselineRow, EntryRow, ProjectRow, StageRow
from engine.working_time import PARIS, working_days_from

#: what the method says of a gate that promises (`method.gate.baseline.<what>`)
PROMISES = ("end", "cost", "scope", "milestones", "tolerances")


def promise(act: Act, project: ProjectRow, method: Method, gate: Gate, decision: int) -> None:
    """The baseline that a favourable decision at this gate freezes, from what forms answered."""
    if not gate.baseline:
        return
    said = promised_now(act.session, project, method, gate)
    act.session.add(BaselineRow(project_id=project.id, decision_id=decision, at=act.now, promised=json.dumps(said)))
    act.record("baseline_set", project, element=gate.id, end=str(said.get("end", "")), cost=str(said.get("cost", "")))


def promised_now(session: Session, project: ProjectRow, method: Method, gate: Gate) -> dict[str, Any]:
    texts = dict(gate.baseline)
    names = {what: feel.compile(text).names for what, text in texts.items()}
    values = known(session, project, method, set().union(*names.values()))
    # of a project that came from another method, no form has answered some of it
    answered = [what for what in texts if any(values.get(name) is not None for name in names[what])]
    found = {what: _plain(evaluate(texts[what], values)) for what in answered}
    parts = found.get("scope")
    said = {name: value for name, value in found.items() if name in ("end", "cost", "milestones") and value is not None}
    if isinstance(parts, list):
        said |= {"scope": len(parts), "parts": [str(each) for each in parts]}
    return said | {"tolerances": tolerances(dict(gate.tolerance), found.get("tolerances"))}


def replan(act: Act, project: ProjectRow, change: EntryRow, facts: Mapping[str, Any]) -> None:
    """A change that was accepted moves what is promised by what it said; without a baseline it moves nothing."""
    last = last_baseline(act.session, project.id)
    if last is None:
        return
    said = json.loads(last.promised)
    days, cost = decimal(str(facts.get("delay") or "0")) or Decimal(0), decimal(str(facts.get("cost") or "0"))
    end, planned = day(str(said.get("end") or "")), decimal(str(said.get("cost") or ""))
    if end is not None:
        said["end"] = working_days_from(end, int(days)).isoformat()
    if planned is not None and cost is not None:
        said["cost"] = f"{planned + cost:f}"
    act.session.add(BaselineRow(project_id=project.id, entry_id=change.id, at=act.now, promised=json.dumps(said)))
    act.record("baseline_moved", project, end=str(said.get("end", "")), cost=str(said.get("cost", "")))


def last_baseline(session: Session, project: int) -> BaselineRow | None:
    query = select(BaselineRow).where(BaselineRow.project_id == project).order_by(BaselineRow.id.desc()).limit(1)
    return session.execute(query).scalar_one_or_none()


def drift_of(session: Session, project: ProjectRow, method: Method, row: BaselineRow, now: datetime) -> Drift:
    """How far the project is from its last baseline."""
    gate = promising(method)
    promised = json.loads(row.promised)
    today = _day(delivered(session, project, method, gate) or now)
    if gate is None:
        return drift(promised, _day(row.at), today, None)
    current = promised_now(session, project, method, gate)
    return drift(promised, _day(row.at), today, decimal(str(current.get("cost") or "")), current.get("parts"))


def promising(method: Method) -> Gate | None:
    return next((gate for gate in method.gates if gate.baseline), None)


def delivered(session: Session, project: ProjectRow, method: Method, gate: Gate | None) -> datetime | None:
    """When the phase after the gate that promised was over: the delay no longer grows."""
    phases = [phase.id for phase in method.phases if not phase.short]
    if gate is None or gate.phase not in phases[:-1]:
        return None
    after = phases[phases.index(gate.phase) + 1]
    query = select(StageRow.left_at).where(StageRow.project_id == project.id, StageRow.phase == after)
    return session.execute(query.order_by(StageRow.id.desc()).limit(1)).scalar()


def _day(moment: datetime) -> date:
    return moment.astimezone(PARIS).date()


def _plain(value: Any) -> Any:
    """FEEL's values as JSON has them."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if value is None or isinstance(value, bool | int | str) else str(value)
