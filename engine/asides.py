"""Declaring that a criterion or an item does not apply: who asks, who may approve, and the deviation that it is."""

from __future__ import annotations

from sqlalchemy import select

from engine.computations import binds
from engine.errors import ChoiceUnknown, CriterionComputed, ItemInForm
from engine.method import Criterion, Item
from engine.store.act import Act
from engine.store.case import Case
from engine.store.entries import close_entry, open_entry
from engine.store.tables import AssessmentRow, EntryRow
from engine.words import Text

TITLE = Text("Sans objet : {text}", "Not applicable: {text}")
WITHDRAWN = "La demande a été retirée."


def may_approve(case: Case, asked_by: int) -> bool:
    """The sponsor, or the chair of the gate; never who asked, never the project lead."""
    gate = case.method.gate.get(case.task.element)
    who = case.holds(case.method.sponsor) or (gate is not None and case.holds(gate.chair))
    return who and not case.holds(case.method.lead) and case.actor.id != asked_by


def item_of(case: Case, place: str) -> Item:
    """The item `field.item` of a checklist of the task. Raises `ChoiceUnknown`."""
    key, _, name = place.partition(".")
    field = case.model.field(key) if case.task.kind != "gate" else None
    found = next((each for each in field.items if each.key == name), None) if field is not None else None
    if found is None:
        raise ChoiceUnknown(value=place, label=case.name)
    return found


def must_be_waivable(subject: Criterion | Item) -> None:
    """Raises `CriterionComputed` for a control that nobody may set aside, `ItemInForm` for what its form decides."""
    if binds(subject.computed):
        raise CriterionComputed(criterion=subject.text)
    if isinstance(subject, Item) and not subject.locked:
        raise ItemInForm(criterion=subject.text)


def said_of(act: Act, task: int, place: str) -> AssessmentRow | None:
    """What was said of a criterion, or of `field.item`, on this task."""
    return act.session.execute(
        select(AssessmentRow).where(AssessmentRow.task_id == task, AssessmentRow.criterion == place)
    ).scalar_one_or_none()


def ask(act: Act, case: Case, row: AssessmentRow, text: Text, reason: str) -> None:
    """The request becomes a deviation, which waits for the word of another person."""
    entry = open_entry(
        act, "deviation", case.project, TITLE.format(text=text), body=reason,
        facts={
            "element": case.task.element, "item": row.criterion, "method": case.method.id,
            "version": case.method.version,
        },
        origin="gate" if case.task.kind == "gate" else "task", origin_id=case.task.id,
    )  # fmt: skip
    row.state, row.evidence, row.actor_id, row.at = "not_applicable", reason, act.actor.id, act.now
    row.kind, row.refers_to, row.approved_by = "entry", entry.id, None
    act.session.add(row)


def deviation_of(act: Act, row: AssessmentRow) -> EntryRow | None:
    """The deviation that still waits; None once it is answered."""
    if row.state != "not_applicable" or row.refers_to is None:
        return None
    entry = act.session.execute(select(EntryRow).where(EntryRow.id == row.refers_to)).scalar_one_or_none()
    return entry if entry is not None and entry.closed_at is None else None


def withdraw(act: Act, row: AssessmentRow) -> None:
    """Something else is said now: the request that waited no longer does."""
    entry = deviation_of(act, row)
    if entry is not None:
        close_entry(act, entry, "refused", WITHDRAWN)
