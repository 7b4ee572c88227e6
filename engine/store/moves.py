"""The last move of a project to another version, and whether anything has happened since."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import DecisionRow, EventRow, ProjectRow, TaskRow


def last_move(session: Session, project: ProjectRow) -> EventRow | None:
    """None where the project goes on in no release that it was moved to."""
    found = session.execute(
        select(EventRow)
        .where(EventRow.stream == project.id, EventRow.kind.in_(("project_migrated", "migration_reverted")))
        .order_by(EventRow.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    if found is None or found.kind != "project_migrated" or json.loads(found.facts)["release"] != project.release_id:
        return None
    return found


def touched(session: Session, project: ProjectRow, moved: EventRow) -> str | None:
    """The step or gate that was completed, or decided, since; None where nothing was."""
    closed = select(TaskRow.element).where(
        TaskRow.project_id == project.id, TaskRow.closed_at >= moved.at, TaskRow.state == "done"
    )
    element = session.execute(closed.limit(1)).scalar_one_or_none()
    if element is not None:
        return element
    decided = select(DecisionRow.gate).where(DecisionRow.project_id == project.id, DecisionRow.at >= moved.at)
    return session.execute(decided.limit(1)).scalar_one_or_none()
