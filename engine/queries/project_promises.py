"""How far a project is from what it promised, and whether its results last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from engine.evaluation import HELD
from engine.method import Method
from engine.queries.lines import ActorLine
from engine.queries.view import View
from engine.store.baselines import drift_of, last_baseline, promising
from engine.store.tables import EntryRow, ProjectRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """What the project promised last, and how far it is from it."""

    at: datetime
    end: str  #: ISO date; empty
    cost: str
    scope: int  #: parts
    delay: int  #: working days
    delay_share: Decimal | None  #: per cent of the time given
    cost_share: Decimal | None  #: per cent
    missing: int
    added: int
    beyond: frozenset[str]  #: delay, cost: what exceeds its tolerance


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """Whether the results last, as asked of who keeps them."""

    entry: int
    owner: ActorLine | None
    due: datetime
    held: str  #: yes, partly, no; empty while nobody has said
    text: Text
    note: str
    at: datetime | None


def baseline(view: View, project: ProjectRow, method: Method) -> BaselineLine | None:
    row = last_baseline(view.session, project.id) if promising(method) is not None else None
    if row is None:
        return None
    said, found = json.loads(row.promised), drift_of(view.session, project, method, row, project.ended_at or view.now)
    return BaselineLine(
        at=row.at, end=str(said.get("end") or ""), cost=str(said.get("cost") or ""), scope=int(said.get("scope") or 0),
        delay=found.delay, delay_share=found.delay_share, cost_share=found.cost, missing=found.missing,
        added=found.added, beyond=frozenset(found.beyond),
    )  # fmt: skip


def evaluation(view: View, project: ProjectRow) -> EvaluationLine | None:
    """What is asked, or was said, of a project that was closed; of several who were asked, who answered counts."""
    if project.status != "closed":
        return None
    asked = select(EntryRow).where(
        EntryRow.origin == "cold", EntryRow.origin_id == project.id, EntryRow.project_id == project.id
    )
    rows = list(view.session.execute(asked.order_by(EntryRow.id)).scalars())
    mine = [row for row in rows if row.owner_id == view.actor.id]
    row = next(iter([each for each in rows if each.closed_at is not None] or mine or rows), None)
    if row is None:
        return None
    held = str(json.loads(row.facts).get("held", ""))
    return EvaluationLine(
        row.id, view.person(row.owner_id), row.due_at, held, HELD.get(held, Text("")), row.proof, row.closed_at
    )
