"""Databases that earlier releases filled, opened as they were left (README.md says how they were made)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import DATABASES, created, text

HERE = Path(__file__).parent


@pytest.fixture(params=DATABASES)
def first_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a copy of the first release's database, not migrated yet."""
    if request.param == "sqlite":
        path = tmp_path / "first.db"
        path.write_bytes(gzip.decompress((HERE / "first.db.gz").read_bytes()))
        yield f"sqlite:///{path}"
        return
    with created(request.getfixturevalue("postgresql_server")) as url:
        with psycopg.connect(text(url.set(drivername="postgresql")), autocommit=True) as connection:
            connection.execute(gzip.decompress((HERE / "first.sql.gz").read_bytes()))
        yield text(url)
