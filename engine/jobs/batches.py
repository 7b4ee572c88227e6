"""A batch goes on, one act an item, from where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.commands.carry_out_item import CarryOutItem
from engine.people import SYSTEM
from engine.store.tables import BatchRow

if TYPE_CHECKING:
    from engine.engine import Engine


def carry_out(engine: Engine, batch: int) -> int:
    """All items that are left; how many. Each has a key of its own: begun twice, an item is done once."""
    items = 0
    while (number := _next(engine, batch)) is not None:
        engine.execute(CarryOutItem(batch, number), SYSTEM, key=f"batch-{batch}-{number}")
        items += 1
    return items


def _next(engine: Engine, batch: int) -> int | None:
    with engine.store.read() as session:
        return session.execute(
            select(BatchRow.done).where(BatchRow.id == batch, BatchRow.ended_at.is_(None))
        ).scalar_one_or_none()
