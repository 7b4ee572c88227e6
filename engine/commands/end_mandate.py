"""End a mandate before its time: who gave it, or who has it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from engine.errors import NotFound
from engine.store.act import Act
from engine.store.tables import MandateRow


@dataclass(frozen=True, slots=True)
class EndMandate:
    """End a mandate before its time: who gave it, or who has it."""

    mandate: int


def handle(act: Act, command: EndMandate) -> None:
    me = act.actor.id
    row = act.session.execute(
        select(MandateRow).where(
            MandateRow.id == command.mandate, or_(MandateRow.actor_id == me, MandateRow.deputy_id == me)
        )
    ).scalar_one_or_none()
    if row is None:
        raise NotFound
    if row.ended_at is not None or row.until <= act.now:
        return
    row.ended_at = act.now
    project = act.project(row.project_id) if row.project_id is not None else None
    act.record("mandate_ended", project, to=row.deputy_id)
