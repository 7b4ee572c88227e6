"""Statements past the session: written once for a database's driver, and handed to it as text.

SQLAlchemy compiles them, and reads and writes each type; what it does around each execution costs an act more than the
database does (docs/explanation/speed.md).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ClauseElement, Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

#: what a statement is given: one row, or several
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]
#: a statement that answers no rows, and what it is given
Write = tuple[ClauseElement, Values]
#: a transaction
Link = Connection | Session


def ask(link: Link, statement: ClauseElement, values: Values) -> list[Any]:
    """Past the session, in its transaction: for statements built once, of rows that it does not hold. Every row, whose
    columns are read by name or by place.

    The session would look at each statement for what it might concern, at several times the cost of the statement;
    one that is given several rows, or whose columns have defaults, goes through SQLAlchemy all the same.
    """
    connection = _connection(link)
    if not isinstance(values, Mapping):
        return list(connection.execute(cast(Executable, statement), values))
    lists = tuple([(name, len(value)) for name, value in values.items() if isinstance(value, list)])
    said = _said(statement, connection.dialect, frozenset(values), lists)
    if said.defaults:
        return list(connection.execute(cast(Executable, statement), values))
    cursor = _executed(connection, said.text, said.given(values))
    rows = cursor.fetchall()
    cursor.close()
    return said.rows(rows)


def put(link: Link, statement: ClauseElement, values: Values) -> int:
    """The same for what answers no rows. How many rows it wrote."""
    cursor = _sent(_connection(link), statement, values)
    count: int = cursor.rowcount
    cursor.close()
    return count


def put_together(link: Link, writes: Sequence[Write]) -> list[int]:
    """Several of them, how many rows each wrote; PostgreSQL is sent all, then asked once what became of them.

    Where one fails, its error is raised, and none after it is carried out.
    """
    connection = _connection(link)
    if len(writes) < 2 or connection.dialect.name != "postgresql":
        return [put(connection, *each) for each in writes]
    with Translated(connection), _driver(connection).pipeline():
        cursors = [_sent(connection, *each) for each in writes]
    counts = [each.rowcount for each in cursors]
    for each in cursors:
        each.close()
    return counts


def _sent(connection: Connection, statement: ClauseElement, values: Values) -> Any:
    rows = [values] if isinstance(values, Mapping) else values
    said = _said(statement, connection.dialect, frozenset(rows[0]))
    given = [said.given(row) for row in rows]
    return _executed(connection, said.text, given if len(given) > 1 else given[0], len(given) > 1)


def _connection(link: Link) -> Connection:
    return link if isinstance(link, Connection) else link.connection()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _executed(connection: Connection, text: str, given: Any, many: bool = False) -> Any:
    """The driver's cursor. Whoever listens to SQLAlchemy's statements hears this one too; errors are SQLAlchemy's."""
    cursor = connection.connection.cursor()
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, text, given, None, many)
    with Translated(connection, text, given):
        cursor.executemany(text, given) if many else cursor.execute(text, given)
    for listener in connection.dispatch.after_cursor_execute:
        listener(connection, cursor, text, given, None, many)
    return cursor


class Translated:
    """The driver's errors come out as SQLAlchemy's; a connection that the server has left is not used again."""

    __slots__ = ("connection", "given", "text")

    def __init__(self, connection: Connection, text: str = "", given: Any = None) -> None:
        self.connection, self.text, self.given = connection, text, given

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, _: Any) -> None:
        driver = self.connection.dialect.loaded_dbapi.Error
        if not isinstance(error, driver):
            return
        gone = self.connection.dialect.is_disconnect(error, cast(Any, self.connection.connection), None)
        if gone:
            self.connection.invalidate(error)
        raise DBAPIError.instance(
            self.text, self.given, error, driver, connection_invalidated=gone, dialect=self.connection.dialect
        ) from error


class Said:
    """A statement as a database's driver takes it, and how its rows are read.

    `lists`: of each list that it is given, the name and the length; it is written for lists of that length.
    """

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, keys: frozenset[str], lists: tuple[tuple[str, int], ...]
    ) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect, column_keys=sorted(keys)))
        self.defaults = bool(compiled.insert_prefetch)
        places: Sequence[str] | None = compiled.positiontup
        self.text, self.by_place = str(compiled), compiled.positional
        self.fixed = {name: value for name, value in compiled.params.items() if name not in keys}
        self.lists: list[tuple[str, Sequence[str]]] = []
        types = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
        if any(bind.expanding for bind in compiled.bind_names):
            given = dict.fromkeys(keys) | {name: [None] * length for name, length in lists}
            unfolded = compiled.construct_expanded_state(given)
            self.text, places = unfolded.statement, unfolded.positiontup
            for name, parts in unfolded.parameter_expansion.items():
                types |= dict.fromkeys(parts, types.pop(name))
                if name in keys:
                    self.lists.append((name, parts))
                else:  # a list of the statement's own
                    self.fixed |= zip(parts, self.fixed.pop(name), strict=True)
        self.read = [(name, types[name].bind_processor(dialect)) for name in places or types]
        columns = compiled._result_columns
        self.row: Any = namedtuple("row", [each.keyname for each in columns], rename=True)  # type: ignore[misc]
        readers = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self.readers = [(place, reader) for place, reader in enumerate(readers) if reader is not None]

    def given(self, row: Mapping[str, Any]) -> Any:
        """`row` in the form of the driver: by place, or by name."""
        said = {**self.fixed, **row} if self.fixed or self.lists else cast("dict[str, Any]", row)
        for name, parts in self.lists:
            said.update(zip(parts, row[name], strict=True))
        if self.by_place:
            return tuple([said[name] if read is None else read(said[name]) for name, read in self.read])
        return {name: said[name] if read is None else read(said[name]) for name, read in self.read}

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """The driver's rows, each column as its type reads it."""
        make = self.row._make
        if not self.readers:
            return [make(row) for row in found]
        rows = []
        for row in found:
            values = list(row)
            for place, reader in self.readers:
                values[place] = reader(values[place])
            rows.append(make(values))
        return rows


@lru_cache(maxsize=2048)
def _said(
    statement: ClauseElement, dialect: Dialect, keys: frozenset[str], lists: tuple[tuple[str, int], ...] = ()
) -> Said:
    return Said(statement, dialect, keys, lists)
