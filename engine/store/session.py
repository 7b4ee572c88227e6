"""The database: one URL, one transaction a command, the same behaviour on SQLite and PostgreSQL.

SQLite: WAL, `synchronous=FULL` (what users call saved survives a power cut), BEGIN IMMEDIATE for what writes.
PostgreSQL: READ COMMITTED; a command locks its project's row (docs/decisions/0003-two-databases.md).
"""

from __future__ import annotations

import os
import select
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    make_url,
)  # fmt: skip
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker

from engine.errors import DatabaseBusy, DatabaseGone, DiskFull, JalonError, NotInitialised

DEFAULT_URL = "sqlite:///jalon.db"
MIGRATIONS = Path(__file__).parent / "migrations"
#: milliseconds that PostgreSQL waits for the next statement of a transaction before it rolls it back
LONGEST_PAUSE = 60_000
#: the pages that a connection keeps in memory: 16 MB, where SQLite's own 2 MB are read again and again
PRAGMAS = ("journal_mode=wal", "synchronous=full", "busy_timeout=30000", "foreign_keys=on", "cache_size=-16384")


def database_url(url: str | None = None) -> str:
    """`url`, else the environment's JALON_DATABASE_URL, else one file in the current folder."""
    return url or os.environ.get("JALON_DATABASE_URL") or DEFAULT_URL


def migrate(url: str, schema: str = "head") -> None:
    """Create the tables, or bring them up to this version. Each migration is one transaction on both databases.

    An older `schema` takes tables that were prepared for a newer one back to it.
    """
    config = _config()
    config.attributes["url"] = url
    with said_in_words():
        command.upgrade(config, schema)
        if schema != "head":
            command.downgrade(config, schema)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def schemas() -> list[str]:
    """Every revision of the tables that this version knows, the oldest first."""
    return [each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def schema_of(connection: Connection) -> str | None:
    """The revision of the tables; None where there are none yet."""
    return MigrationContext.configure(connection, opts={"version_table": "jalon_version"}).get_current_revision()


def connect(url: str) -> Engine:
    """An SQLAlchemy engine with the settings that Jalon needs."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_size=10, max_overflow=20)
        event.listen(engine, "checkout", _must_be_alive)
        event.listen(engine, "connect", _must_not_linger)
        return engine
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reads = connection.get_execution_options().get("readonly")
        connection.connection.driver_connection.execute("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _must_be_alive(connection: Any, *_: Any) -> None:
    """A connection that the server has closed is readable while nothing was asked: the pool then opens another.

    It asks the machine, not the server: a question to the server before each act would be the dearest of all.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if waiting.poll(0):
        raise DisconnectionError


def _must_not_linger(connection: Any, _: Any) -> None:
    """A process that stands still in the middle of an act would hold its locks for as long."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = {LONGEST_PAUSE}")
    connection.commit()


class Store:
    """Transactions on one database. Database faults come out as `Unavailable` errors."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = connect(url)
        self.locks_rows = self.engine.dialect.name == "postgresql"
        self._write = sessionmaker(self.engine, expire_on_commit=False)
        # PostgreSQL: each statement sees what is committed, as in a transaction of this level; but a transaction of
        # reads would end with a rollback, on which the driver forgets every statement that the server has planned
        options = {"isolation_level": "AUTOCOMMIT"} if self.locks_rows else {"readonly": True}
        self._read = sessionmaker(self.engine.execution_options(**options), expire_on_commit=False, autoflush=False)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, committed once at the end, or nothing."""
        with said_in_words(), self._write.begin() as session:
            yield session

    @contextmanager
    def act(self) -> Iterator[Connection]:
        """The same for an act, which may need no session: making one takes as long as three of its statements."""
        with said_in_words(), self.engine.begin() as link:
            yield link

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot to read from; nothing is ever written."""
        with said_in_words(), self._read() as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """The whole database as it is at one moment, however long the reading takes and whoever writes meanwhile."""
        options: dict[str, Any] = {"readonly": True}
        if self.locks_rows:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with said_in_words(), self.engine.execution_options(**options).connect() as connection:
            with Session(connection, autoflush=False) as session:
                yield session

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def said_in_words() -> Iterator[None]:
    """Database faults -> sentences with a remedy."""
    try:
        yield
    except DBAPIError as error:
        refusal = _in_words(error)
        if refusal is None:
            raise
        raise refusal from error


def _in_words(error: DBAPIError) -> JalonError | None:
    cause = str(error.orig).lower()
    if "no such table" in cause or ("relation" in cause and "does not exist" in cause):
        return NotInitialised()
    if "disk is full" in cause or "no space left" in cause:
        return DiskFull()
    if "database is locked" in cause or "deadlock" in cause or "could not serialize" in cause:
        return DatabaseBusy()
    gone = error.connection_invalidated or isinstance(error, OperationalError)
    if gone or (isinstance(error.orig, sqlite3.OperationalError) and not isinstance(error, ProgrammingError)):
        return DatabaseGone()
    return None
