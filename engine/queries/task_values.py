"""What the form of a task shows as filled in already, and to whom."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from engine import confidential
from engine.answers import sound
from engine.choices import allowed
from engine.queries.view import View
from engine.store.case import Case
from engine.store.tables import TaskRow


def meeting_of(case: Case) -> str:
    """The kind of meeting that this occurrence is; empty: none."""
    return next((each.meeting for each in case.method.recurring if each.id == case.task.element), "")


def shown(case: Case, values: dict[str, Any]) -> dict[str, Any]:
    """Who came to a meeting is for the lead to see, and for who notes it while it is open."""
    standing = case.standing
    if not meeting_of(case) or standing.lead or (standing.open and (standing.assignee or standing.seated)):
        return values
    hidden = {each.key for each in case.model.form if each.type == "users"}
    return {key: value for key, value in values.items() if key not in hidden}


def values_of(view: View, case: Case) -> dict[str, Any]:
    """The answers, else the draft, else those of the round before, else what the project already says."""
    task = case.task
    if task.answers:
        return dict(json.loads(task.answers))
    before = view.session.execute(
        select(TaskRow.answers, TaskRow.closed_by)
        .where(
            TaskRow.project_id == task.project_id, TaskRow.element == task.element, TaskRow.instance == task.instance,
            TaskRow.kind == "task", TaskRow.state == "done", TaskRow.id < task.id,
        )
        .order_by(TaskRow.id.desc())
        .limit(1)
    ).first()  # fmt: skip
    known = _said(view, case, before.answers, before.closed_by) if before and before.answers else None
    if known is None:
        known = _carried(view, case) | _from_project(case, view.actor.language)
    return known | (dict(json.loads(task.draft)) if task.draft else {})


def _said(view: View, case: Case, answers: str, by: int | None) -> dict[str, Any]:
    """What an earlier round answered; what is confidential in it is for who wrote it, and for who steers."""
    said: dict[str, Any] = json.loads(answers)
    standing = case.standing
    return said if standing.lead or standing.sponsor or by == view.actor.id else confidential.without(
        case.model.form, said
    )  # fmt: skip


def _carried(view: View, case: Case) -> dict[str, Any]:
    """Where the project went on from another method: what its forms answered there under the same keys, if it fits."""
    drawn = [*case.method.tasks]
    rows = view.session.execute(
        select(TaskRow.answers)
        .where(TaskRow.project_id == case.project.id, TaskRow.state == "done", TaskRow.element.not_in(drawn))
        .order_by(TaskRow.id)
    ).scalars()
    said: dict[str, Any] = {}
    for answers in rows:
        said |= {key: value for key, value in json.loads(answers or "{}").items() if value not in (None, "", [], {})}
    if not said:
        return {}
    model = case.model
    fitting = sound(model.form, said, allowed(view.session, case.project, case.method, model, case.task, said))
    known = {key: fitting[key] for key in fitting if key in said}
    standing = case.standing
    return known if standing.lead or standing.sponsor else confidential.without(model.form, known)


def _from_project(case: Case, language: str) -> dict[str, Any]:
    """What the project says already, and the rows that the method proposes, in the reader's language."""
    project = case.project
    known: dict[str, Any] = {}
    for field in case.model.form:
        if field.source == "objectives":
            known[field.key] = json.loads(project.objectives)
        elif field.source == "themes" and project.theme:
            known[field.key] = project.theme
        elif field.source == "services" and field.type == "multiselect":
            known[field.key] = json.loads(project.impacted)
        elif field.source == "methods":
            known[field.key] = case.method.id
        elif field.rows:
            keys = [each.key for each in field.columns]
            known[field.key] = [
                {key: cell.read(language) for key, cell in zip(keys, row, strict=False)} for row in field.rows
            ]
        elif field.key == "titre":
            known[field.key] = project.title
    return known
