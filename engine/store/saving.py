"""What an act changed in the rows that it read -> one UPDATE a row, guarded by its revision.

SQLAlchemy's own flush does the same for any graph of objects; an act changes three or four rows that it knows, and
this takes a quarter of the time (docs/explanation/speed.md). Rows that are new or deleted go through the flush.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Update, bindparam, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from engine.store.session import ask
from engine.store.tables import Base


def save(session: Session) -> None:
    """Write every change. Raises `StaleDataError` where another act changed the row since it was read.

    The session forgets its rows: an act saves once, at its end.
    """
    if session.new or session.deleted:
        session.flush()
    for row in session.dirty:
        _save(session, row)
    session.expunge_all()


def _save(session: Session, row: Base) -> None:
    state, kind = inspect(row), type(row)
    assert state.identity is not None  # it was read, so it has one
    changed = tuple(sorted(key for key, before in state.committed_state.items() if getattr(row, key) != before))
    if not changed:
        return
    values: dict[str, Any] = {key: getattr(row, key) for key in changed}
    values["its_key"], revision = state.identity[0], getattr(row, "revision", None)
    if revision is not None:
        values |= {"its_revision": revision, "revision": revision + 1}
    if ask(session, _update(kind, changed), values).rowcount != 1:
        raise StaleDataError(f"{kind.__tablename__} {state.identity[0]} was changed by another act")
    if revision is not None:
        row.revision = revision + 1  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def _update(kind: type[Base], changed: tuple[str, ...]) -> Update:
    """The statement for these columns of this table, built once."""
    table: Any = kind.__table__
    [own] = kind.__mapper__.primary_key
    written = (*changed, "revision") if "revision" in table.c else changed
    query: Update = update(table).where(own == bindparam("its_key"))
    if "revision" in table.c:
        query = query.where(table.c.revision == bindparam("its_revision"))
    return query.values({name: bindparam(name) for name in written})
