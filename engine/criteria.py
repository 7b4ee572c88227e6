"""How each criterion of a gate stands: computed, said by a person with evidence, or declared not applicable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from engine.computed import Looked, Pointer, compute
from engine.computed.checklists import APPROVED, AWAITS_APPROVAL
from engine.computed.facts import needs
from engine.method import Criterion, Gate
from engine.store.tables import AssessmentRow, EntryRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Assessed:
    """A criterion and what is said of it. `state`: met, unmet, not_applicable; empty when nobody has looked."""

    key: str
    text: Text
    state: str
    evidence: str  #: in words; the address of a link; or the reason why it does not apply
    computed: bool
    remark: Text  #: what a computation found, or what is awaited
    actor: int | None = None
    kind: str = "text"  #: of the evidence (engine.evidence)
    refers_to: int | None = None  #: the file, task or entry
    at: datetime | None = None
    locked: bool = False
    approved_by: int | None = None  #: who approved that it does not apply
    approved: bool = False
    pointers: tuple[Pointer, ...] = ()  #: of a computed one: its culprits

    @property
    def holds(self) -> bool:
        """Not applicable holds where it is not locked, or once another person approved it."""
        return self.state == "met" or (self.state == "not_applicable" and (self.approved or not self.locked))

    @property
    def asked(self) -> bool:
        """Does it await approval that it does not apply?"""
        return self.state == "not_applicable" and not self.holds


def assessed(looked: Looked, task: int | None, gate: Gate) -> tuple[Assessed, ...]:
    """Every criterion of the gate; computed ones as the project's record says. `task`: None before the gate opens."""
    said = _said(looked, task) if task is not None else {}
    looked.gather({need for each in gate.criteria if each.computed for need in needs(looked.method, each.computed)})
    return tuple(_one(looked, task, each, *said.get(each.key, (None, False))) for each in gate.criteria)


def _said(looked: Looked, task: int) -> dict[str, tuple[AssessmentRow, bool]]:
    rows = looked.session.execute(
        select(AssessmentRow, EntryRow.state)
        .outerjoin(EntryRow, and_(AssessmentRow.state == "not_applicable", EntryRow.id == AssessmentRow.refers_to))
        .where(AssessmentRow.task_id == task)
    )
    return {row.criterion: (row, state == APPROVED) for row, state in rows}


def _one(looked: Looked, task: int | None, each: Criterion, row: AssessmentRow | None, approved: bool) -> Assessed:
    if each.computed and (row is None or row.state != "not_applicable"):
        found = compute(looked, each.computed)
        state = "met" if found.holds else "unmet"
        return Assessed(each.key, each.text, state, "", True, found.remark, pointers=found.pointers)
    if row is None:
        return Assessed(each.key, each.text, "", "", False, Text(""))
    aside = row.state == "not_applicable"
    locked = each.locked or bool(each.computed)
    waits = aside and locked and not approved
    about: dict[str, Any] = {} if aside else {"kind": row.kind, "refers_to": row.refers_to}
    return Assessed(
        each.key, each.text, row.state, row.evidence, bool(each.computed), AWAITS_APPROVAL if waits else Text(""),
        row.actor_id, at=row.at, locked=locked, approved_by=row.approved_by, approved=approved,
        pointers=(_waiting(looked, task, each),) if waits and task is not None else (), **about,
    )  # fmt: skip


def _waiting(looked: Looked, task: int, each: Criterion) -> Pointer:
    said = Text("« {text} » : sans objet, à approuver", "“{text}”: not applicable, to be approved")
    return Pointer("gate", task, said.format(text=each.text), looked.sponsor)


def lacking(task: int | None, each: Assessed, looked: Looked) -> tuple[Pointer, ...]:
    """Where a criterion that does not hold is mended: its culprits, else the gate's room."""
    if each.pointers:
        return each.pointers
    said = Text("« {text} » : à remplir", "“{text}”: to be met").format(text=each.text)
    if task is None:
        return (looked.here("project", said, looked.lead),)
    return (Pointer("gate", task, said, looked.lead),)
