"""The agenda of a project's meeting, made from what is open.

A meeting that is closed keeps its agenda as it was. Of a confidential register an agenda keeps the entry's number only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.computed import Looked
from engine.criteria import assessed
from engine.method import Method
from engine.store.entries import title_of
from engine.store.tables import EntryRow, ProjectRow, ReserveRow, TaskRow
from engine.words import Text

#: parts of an agenda, in the order in which they are taken
SECTIONS: dict[str, Text] = {
    "tasks": Text("Tâches en retard", "Late tasks"),
    "actions": Text("Actions en retard", "Late actions"),
    "reserves": Text("Réserves à lever", "Reserves to lift"),
    "risks": Text("Risques élevés", "High risks"),
    "resistances": Text("Résistances", "Resistance"),
    "changes": Text("Modifications à décider", "Changes to decide"),
    "criteria": Text("Critères de la prochaine porte à remplir", "Criteria of the next gate to meet"),
}
#: entries that only the lead and the sponsor see
CONFIDENTIAL = "resistances"
#: criticality (probability × impact) from which a risk is on every agenda
HIGH = 12
#: points of one part: what is longer is for its register
MOST_POINTS = 40


@dataclass(frozen=True, slots=True)
class Point:
    """One line of an agenda. `about`: task, entry, reserve or gate; `id` is its row's."""

    section: str
    about: str
    id: int
    text: Text
    owner: int | None = None  #: actor
    due: datetime | None = None


def agenda(session: Session, now: datetime, project: ProjectRow, method: Method) -> tuple[Point, ...]:
    """What is open in the project at this moment, part after part."""
    return (
        *_tasks(session, now, project, method),
        *_entries(session, "actions", EntryRow.register == "action", EntryRow.due_at < now, project=project),
        *_reserves(session, project),
        *_entries(session, "risks", EntryRow.register == "risk", EntryRow.level >= HIGH, project=project),
        *_entries(session, CONFIDENTIAL, EntryRow.register == "resistance", project=project),
        *_entries(session, "changes", EntryRow.register == "change", project=project),
        *_criteria(session, now, project, method),
    )


def _tasks(session: Session, now: datetime, project: ProjectRow, method: Method) -> Iterator[Point]:
    late = (
        select(TaskRow.id, TaskRow.element, TaskRow.instance, TaskRow.assignee_id, TaskRow.due_at)
        .where(TaskRow.project_id == project.id, TaskRow.state == "open", TaskRow.due_at < now)
        .order_by(TaskRow.due_at, TaskRow.id)
        .limit(MOST_POINTS)
    )
    for row in session.execute(late):
        name = method.name_of(row.element)
        if row.instance:
            name = Text(f"{name.fr} · {row.instance}", f"{name.read('en')} · {row.instance}")
        yield Point("tasks", "task", row.id, name, row.assignee_id, row.due_at)


def _entries(session: Session, section: str, *where: Any, project: ProjectRow) -> Iterator[Point]:
    query = (
        select(EntryRow)
        .where(EntryRow.project_id == project.id, EntryRow.closed_at.is_(None), *where)
        .order_by(EntryRow.level.desc(), EntryRow.due_at, EntryRow.id)
        .limit(MOST_POINTS)
    )
    for row in session.execute(query).scalars():
        yield Point(
            section, "entry", row.id, title_of(row), row.owner_id, row.due_at if row.due_at.year < 9999 else None
        )


def _reserves(session: Session, project: ProjectRow) -> Iterator[Point]:
    query = (
        select(ReserveRow, EntryRow.id)
        .outerjoin(EntryRow, (EntryRow.origin == "reserve") & (EntryRow.origin_id == ReserveRow.id))
        .where(ReserveRow.project_id == project.id, ReserveRow.lifted_at.is_(None))
        .order_by(ReserveRow.due_at, ReserveRow.id)
        .limit(MOST_POINTS)
    )
    for row, action in session.execute(query):
        about, id = ("entry", action) if action is not None else ("reserve", row.id)
        yield Point("reserves", about, id, Text(row.body), row.owner_id, row.due_at)


def _criteria(session: Session, now: datetime, project: ProjectRow, method: Method) -> Iterator[Point]:
    """Of the gate that waits for its decision: before it opens nobody can have looked at them."""
    waiting = select(TaskRow.id, TaskRow.element).where(
        TaskRow.project_id == project.id, TaskRow.state == "open", TaskRow.kind == "gate"
    )
    looked = Looked(session, project, method, now)
    for task, element in session.execute(waiting.order_by(TaskRow.id)).all():
        for each in assessed(looked, task, method.gate[element]):
            if not each.holds:
                yield Point("criteria", "gate", task, each.text)


# --- as a closed meeting keeps it --------------------------------------------------------------------------


def frozen(points: tuple[Point, ...]) -> str:
    return json.dumps([_kept(each) for each in points], ensure_ascii=False)


def _kept(point: Point) -> dict[str, Any]:
    said: dict[str, Any] = {"section": point.section, "about": point.about, "id": point.id}
    if point.section == CONFIDENTIAL:
        return said
    due = point.due.isoformat() if point.due else ""
    return said | {"fr": point.text.fr, "en": point.text.en, "owner": point.owner, "due": due}


def thawed(kept: str) -> tuple[Point, ...]:
    """The points of a closed meeting; those of a confidential register without words."""
    return tuple(
        Point(
            each["section"], each["about"], each["id"], Text(each.get("fr", ""), each.get("en", "")),
            each.get("owner"), datetime.fromisoformat(each["due"]) if each.get("due") else None,
        )
        for each in json.loads(kept or "[]")
    )  # fmt: skip
