"""A deviation holds until its day; once past, the next gate waits until another one is granted for the same step."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine.store.entries import facts_of, title_of
from engine.store.tables import EntryRow, ProjectRow, ReleaseRow
from engine.words import Text


def expired(session: Session, project: ProjectRow, now: datetime) -> list[Text]:
    """What the project departs from without leave any more: its own deviations, and its department's tailoring's.

    Deviations are about the same thing where they name the same step, or bear the same title.
    """
    overlay = select(ReleaseRow.overlay_id).where(ReleaseRow.id == project.release_id).scalar_subquery()
    rows = session.execute(
        select(EntryRow)
        .where(
            EntryRow.register == "deviation",
            EntryRow.state == "approved",
            or_(EntryRow.project_id == project.id, and_(EntryRow.origin == "overlay", EntryRow.origin_id == overlay)),
        )
        .order_by(EntryRow.id)
    ).scalars()
    past: dict[str, Text] = {}
    held: set[str] = set()
    for row in rows:
        about = str(facts_of(row).get("element") or row.title)
        if row.due_at < now:
            past.setdefault(about, title_of(row))
        else:
            held.add(about)
    return [title for about, title in past.items() if about not in held]
