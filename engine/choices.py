"""What a field chooses from: its own options, or what its `source` names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.answers import Allowed
from engine.method import Field, Item, Method, Task
from engine.store.act import last_answers
from engine.store.tables import ActorRow, ChoiceRow, FileRow, ProjectRow, ReleaseRow, ServiceRow, TaskRow
from engine.words import Text

#: sources that the organisation keeps as lists
KEPT = {"objectives": "objective", "strands": "strand", "themes": "theme"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text


def choices_of(
    session: Session, project: ProjectRow, method: Method, fields: Iterable[Field]
) -> dict[str, tuple[Choice, ...]]:
    """For each enum and multiselect field, what may be chosen, in order."""
    return {
        each.key: _from(session, project, method, each.source)
        if each.source
        else tuple(Choice(option.value, option.label) for option in each.options)
        for each in fields
        if each.type in ("enum", "multiselect")
    }


def items_of(
    session: Session, project: ProjectRow, method: Method, fields: Iterable[Field]
) -> dict[str, tuple[Item, ...]]:
    """For each checklist, its items."""
    return {
        each.key: tuple(Item(c.value, c.label) for c in _from(session, project, method, each.source))
        if each.source
        else each.items
        for each in fields
        if each.type == "checklist"
    }


def allowed(session: Session, project: ProjectRow, method: Method, task: Task, row: TaskRow) -> Allowed:
    """What the answers of one task may choose from; asks the database only for what its form needs."""
    types = {each.type for each in task.form}
    columns = {column.type for each in task.form for column in each.columns}
    return Allowed(
        choices={
            key: frozenset(choice.value for choice in found)
            for key, found in choices_of(session, project, method, task.form).items()
        },
        items=items_of(session, project, method, task.form),
        people=people_ids(session) if types & {"user", "users"} or "user" in columns else frozenset(),
        files=attached(session, row) if "file" in types else {},
    )


def people_ids(session: Session) -> frozenset[int]:
    return frozenset(session.execute(select(ActorRow.id).where(ActorRow.active, ActorRow.kind == "internal")).scalars())


def attached(session: Session, row: TaskRow) -> dict[str, int]:
    """How many files answer each field; those of an earlier round of the task still count."""
    found: dict[str, int] = {}
    rows = (
        select(FileRow.field)
        .join(TaskRow, TaskRow.id == FileRow.task_id)
        .where(
            TaskRow.project_id == row.project_id,
            TaskRow.element == row.element,
            TaskRow.instance == row.instance,
            FileRow.withdrawn_at.is_(None),
        )
    )
    for field in session.execute(rows).scalars():
        found[field] = found.get(field, 0) + 1
    return found


def _from(session: Session, project: ProjectRow, method: Method, source: str) -> tuple[Choice, ...]:
    if source in KEPT:
        rows = session.execute(select(ChoiceRow).where(ChoiceRow.kind == KEPT[source]).order_by(ChoiceRow.id)).scalars()
        return tuple(Choice(row.code, Text(row.label_fr, row.label_en)) for row in rows)
    if source in ("services", "impacted_services"):
        found = session.execute(select(ServiceRow).order_by(ServiceRow.path)).scalars()
        impacted = json.loads(project.impacted)
        return tuple(
            Choice(row.code, Text(row.name_fr, row.name_en))
            for row in found
            if source == "services" or row.code in impacted
        )
    if source == "methods":
        releases = session.execute(select(ReleaseRow).order_by(ReleaseRow.id)).scalars()
        last = {row.method: Choice(row.method, Text(row.name_fr, row.name_en)) for row in releases}
        return tuple(last.values())
    return _rows_answered(session, project, method, source)


def _rows_answered(session: Session, project: ProjectRow, method: Method, source: str) -> tuple[Choice, ...]:
    """The rows of a table that an earlier task answered, by their first column; the value is the row's text."""
    element, _, key = source.partition(".")
    task = method.tasks.get(element)
    field = task.field(key) if task else None
    if field is None or not field.columns:
        return ()
    first = field.columns[0].key
    words = [str(row.get(first) or "") for row in last_answers(session, project.id, element).get(key) or []]
    return tuple(Choice(each, Text(each)) for each in dict.fromkeys(words) if each)
