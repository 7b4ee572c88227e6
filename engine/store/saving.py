"""What an act changed in the rows that it read -> one UPDATE a row, guarded by its revision.

SQLAlchemy's own instances and flush do the same for any graph of objects; an act changes three or four rows that it
knows, and this takes a quarter of the time (docs/explanation/speed.md). Rows that are new or deleted go through the
flush.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Update, bindparam, event, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from engine.store.statements import Write, put_together
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


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a row: `kind` and `key` name it, `following` is its next revision."""

    kind: type[Base]
    key: int
    following: int
    write: Write
    line: Line | None = None

    @classmethod
    def of(cls, kind: type[Base], key: int, revision: int | None, changed: dict[str, Any], line: Any = None) -> Change:
        following = (revision or 0) + 1  # of a row without revisions it means nothing
        values = changed | {"its_key": key, "its_revision": revision, "revision": following}
        return cls(kind, key, following, (_update(kind, tuple(sorted(changed)), revision is not None), values), line)


def save(link: Connection, lines: Lines, session: Session | None, also: Sequence[Write] = ()) -> None:
    """Write every change, and `also` these, at the end of an act.

    Raises `StaleDataError` where another act changed a row since.
    """
    if session is not None and (session.new or session.deleted):
        session.flush()
    _write(link, [*_in_lines(lines), *(_in_session(session) if session is not None else [])], also)
    if session is not None:
        session.expunge_all()


def catch_up(session: Session) -> None:
    """Write what was changed so far, so that what is asked past the session sees it."""
    if session.new or session.deleted or session.dirty:
        session.flush()
    if "lines" in session.info:
        _write(session.connection(), _in_lines(session.info["lines"]))


@event.listens_for(Session, "do_orm_execute")
def _before_a_query(asked: ORMExecuteState) -> None:
    if "lines" in asked.session.info:
        _write(asked.session.connection(), _in_lines(asked.session.info["lines"]))


def _in_lines(lines: Lines) -> list[Change]:
    """What was changed in rows that were read with `track`."""
    found = []
    for line in lines:
        now, before = line.__dict__, line._before
        changed = {key: now[key] for key in before if now[key] is not before[key] and now[key] != before[key]}
        if changed:
            found.append(Change.of(line._kind, line.id, line.revision, changed, line))
    return found


def _in_session(session: Session) -> list[Change]:
    found = []
    for row in session.dirty:
        state = inspect(row)
        assert state.identity is not None  # it was read, so it has one
        changed = {key: getattr(row, key) for key in state.committed_state}
        changed = {key: value for key, value in changed.items() if state.committed_state[key] != value}
        if changed:
            found.append(Change.of(type(row), state.identity[0], getattr(row, "revision", None), changed))
    return found


def _write(link: Connection, changes: Sequence[Change], also: Sequence[Write] = ()) -> None:
    counts = put_together(link, [*(each.write for each in changes), *also])
    for each, count in zip(changes, counts, strict=False):
        if count != 1:
            raise StaleDataError(f"{each.kind.__tablename__} {each.key} was changed by another act")
        if each.line is not None:
            each.line.revision = each.following
            each.line.__dict__["_before"] = {key: each.line.__dict__[key] for key in each.line._before}


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
