"""Back up a database while others write, and restore it into an empty one; also the way from SQLite to PostgreSQL.

What is in the archive: engine/store/archive.py. Read in one snapshot; restored in one transaction, which commits only
once every count and every chain of history has been proved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    DateTime,
    LargeBinary,
    Select,
    collate,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from engine.engine import Engine
from engine.errors import ArchiveRefused, NotInitialised, NotWritten, RestoreNotEmpty
from engine.store import outbox
from engine.store.archive import CHAINS, NEWER, Reader, Writer, opened
from engine.store.chain import Break, breaks
from engine.store.session import migrate, schema_of, schemas
from engine.store.tables import Base, BatchRow, MessageRow, Moment
from engine.words import Text

#: what belongs to a running server, not to the organisation
LEFT_OUT = frozenset({"jalon_sessions", "jalon_workers", "jalon_failures"})
#: rows held at once; one where a row can be as large as a file
BATCH = 500
ONE_BY_ONE = frozenset({"jalon_files"})

BROKEN = Text(
    "la chaîne de l’historique y est rompue (flux {streams}) : un événement a été changé ou retiré.",
    "its chain of history is broken (stream {streams}): an event was changed or removed.",
)


@dataclass(frozen=True, slots=True)
class BackedUp:
    rows: int
    bytes: int  #: of the file
    broken: tuple[Break, ...]  #: where history's chain does not hold: such a backup is refused on restoring


@dataclass(frozen=True, slots=True)
class Restored:
    rows: int
    taken_at: str  #: ISO, UTC


# --- out ---------------------------------------------------------------------------------------------------


def back_up(engine: Engine, path: Path) -> BackedUp:
    """Write the whole database to a new file, as it is at one moment. Raises `NotWritten`, `NotInitialised`.

    The file appears under its name only once it is complete and on the disk.
    """
    if path.exists():
        raise NotWritten(file=path, why=Text("il existe déjà", "it exists already"))
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            writer = Writer(file)
            with closing(writer.zip):
                rows, broken = _write(engine, writer)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as error:
        raise NotWritten(file=path, why=error) from error
    finally:
        part.unlink(missing_ok=True)
    return BackedUp(rows, path.stat().st_size, broken)


def _write(engine: Engine, writer: Writer) -> tuple[int, tuple[Break, ...]]:
    with engine.store.snapshot() as session:
        schema = schema_of(session.connection())
        if schema is None:
            raise NotInitialised
        for name in _tables(session):
            columns = _columns(session, name)
            kinds = [(each, KIND.get(type_, "plain")) for each, type_ in columns.items()]
            writer.write(member(name), kinds, _rows(session, name, columns))
        heads = [("stream", "plain"), ("number", "plain"), ("digest", "plain")]
        writer.write(CHAINS, heads, _heads(session))
        broken = tuple(breaks(session))
    rows = sum(each.rows for name, each in writer.members.items() if name != CHAINS)
    writer.close(schema, engine.clock())
    return rows, broken


def member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _tables(session: Session) -> list[str]:
    """Those of ours that this database has, each after those that it refers to."""
    there = set(inspect(session.connection()).get_table_names())
    return [each.name for each in Base.metadata.sorted_tables if each.name in there - LEFT_OUT]


#: how a column is read and written; what is not named passes as it is
KIND: dict[type[Any], str] = {LargeBinary: "bytes", Moment: "moment"}


def _columns(session: Session, name: str) -> dict[str, type[Any]]:
    """The columns that the table really has: it may be of an older schema."""
    found: dict[str, type[Any]] = {}
    for each in inspect(session.connection()).get_columns(name):
        known = {LargeBinary: LargeBinary, DateTime: Moment, Boolean: Boolean}
        found[each["name"]] = next((ours for kind, ours in known.items() if isinstance(each["type"], kind)), NullType)
    return found


def _rows(session: Session, name: str, columns: dict[str, type[Any]]) -> Iterator[Sequence[Any]]:
    key = inspect(session.connection()).get_pk_constraint(name)["constrained_columns"]
    bare = table(name, *(column(each, type_()) for each, type_ in columns.items()))
    query: Select[Any] = select(*bare.c)
    if name == "jalon_services":
        query = query.order_by(func.length(bare.c.path))  # parents first
    query = query.order_by(*(_in_bytes(session, bare.c[each]) if each == "key" else bare.c[each] for each in key))
    return iter(session.execute(query.execution_options(yield_per=1 if name in ONE_BY_ONE else BATCH)))


def _in_bytes(session: Session, key: Any) -> Any:
    """Texts in the same order on both databases."""
    return collate(key, "C") if session.connection().dialect.name == "postgresql" else key


def _heads(session: Session) -> Iterator[Sequence[Any]]:
    events = Base.metadata.tables["jalon_events"]
    other = events.alias()
    last = select(func.max(other.c.number)).where(other.c.stream == events.c.stream).scalar_subquery()
    query = select(events.c.stream, events.c.number, events.c.digest).where(events.c.number == last)
    return iter(session.execute(query.order_by(events.c.stream).execution_options(yield_per=BATCH)))


# --- in ----------------------------------------------------------------------------------------------------


def restore(engine: Engine, path: Path) -> Restored:
    """Fill the empty database of `engine` from a backup, and bring it up to this version.

    Raises `ArchiveRefused`, `RestoreNotEmpty`, `FileMissing`: the database is then as empty as before.
    """
    with opened(path) as archive:
        if archive.schema not in schemas():
            raise archive.refused(NEWER)
        archive.prove()
        with engine.store.read() as session:
            _must_be_empty(session)
        migrate(engine.store.url, archive.schema)
        engine.queue.prepare()
        if engine.queue.holds(OF_ROWS):
            raise RestoreNotEmpty(tables=("dbos",))
        try:
            with engine.store.write() as session:
                _fill(session, archive)
                _prove(session, archive)
                _wait_again(engine, session)
        except (IntegrityError, DataError) as error:
            raise archive.damaged(type(error).__name__) from error
        engine.prepare()
        rows = sum(each.rows for name, each in archive.members.items() if name != CHAINS)
        return Restored(rows, archive.taken_at.isoformat())


def _must_be_empty(session: Session) -> None:
    full = [name for name in _tables(session) if session.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first()]
    if full:
        raise RestoreNotEmpty(tables=(*full[:2], "…"))


def _fill(session: Session, archive: Reader) -> None:
    _must_be_empty(session)
    session.execute(text("DELETE FROM jalon_sessions"))
    names = _tables(session)
    if set(archive.members) != {CHAINS, *map(member, names)}:
        raise archive.damaged("manifest.json")
    for name in names:
        columns = _columns(session, name)
        said = [each for each, _ in archive.members[member(name)].columns]
        if set(said) != set(columns):
            raise archive.damaged(member(name))
        into = insert(table(name, *(column(each, columns[each]()) for each in said)))
        rows = (dict(zip(said, row, strict=True)) for row in archive.rows(member(name)))
        while batch := list(islice(rows, 1 if name in ONE_BY_ONE else BATCH)):
            session.execute(into, batch)
        _go_on_counting(session, name, columns)


def _go_on_counting(session: Session, name: str, columns: dict[str, type[Any]]) -> None:
    """PostgreSQL numbers the next row after the last one that was restored; SQLite does so by itself."""
    if session.connection().dialect.name == "postgresql" and "id" in columns:
        session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name} HAVING max(id) > 0")
        )


def _prove(session: Session, archive: Reader) -> None:
    """The database holds what the archive says, and history's chains hold in it."""
    for name in _tables(session):
        counted = session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
        if counted != archive.members[member(name)].rows:
            raise archive.damaged(member(name))
    broken = [each.stream for each in breaks(session)]
    if broken:
        raise archive.refused(BROKEN, streams=tuple(broken))
    if any(list(found or ()) != said for found, said in zip_longest(_heads(session), archive.rows(CHAINS))):
        raise archive.damaged(CHAINS)


#: jobs that are about rows: one left by another life of the database would be taken for the one of a restored row
OF_ROWS = ("fire", "send", "batch")


def _wait_again(engine: Engine, session: Session) -> None:
    """The queue is not in the backup: timers wait for the sweep, messages and batches are enqueued again."""
    if _is_before_jobs(session):
        return
    session.execute(text("UPDATE jalon_timers SET queued_at = NULL WHERE fired_at IS NULL"))
    unsent = select(MessageRow.id).where(MessageRow.sent_at.is_(None)).order_by(MessageRow.id)
    for message in session.execute(unsent).scalars().all():
        engine.queue.enqueue(session, "send", message, key=outbox.key_of(message))
    begun = select(BatchRow.id).where(BatchRow.ended_at.is_(None)).order_by(BatchRow.id)
    for batch in session.execute(begun).scalars().all():
        engine.queue.enqueue(session, "batch", batch, key=f"batch-{batch}")


def _is_before_jobs(session: Session) -> bool:
    """The schema of the first release knows neither jobs nor messages."""
    return "jalon_messages" not in _tables(session)


__all__ = ["ArchiveRefused", "BackedUp", "Restored", "back_up", "restore"]
