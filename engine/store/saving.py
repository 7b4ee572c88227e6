"""What an act changed in the rows that it read -> one UPDATE a row, guarded by its revision.

SQLAlchemy's own instances and flush do the same for any graph of objects; an act changes three or four rows that it
knows, and this takes a quarter of the time (docs/explanation/speed.md). Rows that are new or deleted go through the
flush.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Update, bindparam, event, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from engine.store.statements import put
from engine.store.tables import Base

Kind = TypeVar("Kind", bound=Base)


class Line:
    """A row as it was read, with the attributes of its class. What is set on it is written by `save`."""

    _kind: type[Base]
    _before: dict[str, Any]
    id: int
    revision: int

    def __init__(self, kind: type[Base], values: dict[str, Any]) -> None:
        self.__dict__ = values
        self.__dict__["_kind"], self.__dict__["_before"] = kind, values.copy()


Lines = list[Line]


def track(lines: Lines, kind: type[Kind], values: Iterable[Any]) -> Kind:
    """The row whose columns, in the order of its table, are `values`."""
    line = Line(kind, dict(zip(_columns(kind), values, strict=True)))
    lines.append(line)
    return cast(Kind, line)


def session_over(link: Connection, lines: Lines) -> Session:
    """A session in the transaction of `link`, which stays its owner; what it asks sees what was set on `lines`."""
    session = Session(link, expire_on_commit=False, join_transaction_mode="rollback_only")
    session.info["lines"] = lines
    return session


@lru_cache(maxsize=64)
def _columns(kind: type[Base]) -> tuple[str, ...]:
    return tuple(kind.__table__.c.keys())


def save(link: Connection, lines: Lines, session: Session | None) -> None:
    """Write every change, at the end of an act. Raises `StaleDataError` where another act changed the row since."""
    if session is not None and (session.new or session.deleted):
        session.flush()
    _save_lines(link, lines)
    if session is None:
        return
    for row in session.dirty:
        state = inspect(row)
        assert state.identity is not None  # it was read, so it has one
        changed = {key: getattr(row, key) for key in state.committed_state}
        changed = {key: value for key, value in changed.items() if state.committed_state[key] != value}
        if changed:
            _write(link, type(row), state.identity[0], getattr(row, "revision", None), changed)
    session.expunge_all()


def catch_up(session: Session) -> None:
    """Write what was changed so far, so that what is asked past the session sees it."""
    if session.new or session.deleted or session.dirty:
        session.flush()
    if "lines" in session.info:
        _save_lines(session.connection(), session.info["lines"])


@event.listens_for(Session, "do_orm_execute")
def _before_a_query(asked: ORMExecuteState) -> None:
    if "lines" in asked.session.info:
        _save_lines(asked.session.connection(), asked.session.info["lines"])


def _save_lines(link: Connection, lines: Lines) -> None:
    """Write what was changed in rows that were read with `track`, so that the next query sees it."""
    for line in lines:
        now, before = line.__dict__, line._before
        changed = {key: now[key] for key in before if now[key] is not before[key] and now[key] != before[key]}
        if changed:
            line.revision = _write(link, line._kind, line.id, line.revision, changed)
            now["_before"] = {key: now[key] for key in before}


def _write(link: Connection, kind: type[Base], key: int, revision: int | None, changed: dict[str, Any]) -> int:
    """The row's next revision; that of a row without one means nothing."""
    following = (revision or 0) + 1
    values = changed | {"its_key": key, "its_revision": revision, "revision": following}
    if put(link, _update(kind, tuple(sorted(changed)), revision is not None), values) != 1:
        raise StaleDataError(f"{kind.__tablename__} {key} was changed by another act")
    return following


@lru_cache(maxsize=256)
def _update(kind: type[Base], changed: tuple[str, ...], revised: bool) -> Update:
    """The statement for these columns of this table, built once."""
    table: Any = kind.__table__
    [own] = kind.__mapper__.primary_key
    query: Update = update(table).where(own == bindparam("its_key"))
    written = changed
    if revised:
        query = query.where(table.c.revision == bindparam("its_revision"))
        written = (*changed, "revision")
    return query.values({name: bindparam(name) for name in written})
