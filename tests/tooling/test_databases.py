"""Each test has a migrated database of its own, on both kinds."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text

from engine.store.tables import Base

#: of the queue engine, in SQLite's one file; on PostgreSQL they have a schema of their own
OF_DBOS = {
    "application_versions", "dbos_migrations", "notifications", "operation_outputs", "queues", "streams",
    "workflow_events", "workflow_events_history", "workflow_input", "workflow_output", "workflow_schedules",
    "workflow_status",
}  # fmt: skip


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_a_bare_database_has_no_table(bare_database_url: str) -> None:
    assert tables(bare_database_url) == set()


def test_a_database_has_every_table(database_url: str) -> None:
    beside = OF_DBOS if database_url.startswith("sqlite") else set()
    assert tables(database_url) == {*Base.metadata.tables, "jalon_version"} | beside


@pytest.mark.parametrize("visit", ["first", "second"])
def test_what_one_test_writes_no_other_sees(database_url: str, visit: str) -> None:
    engine = create_engine(database_url)
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE trace (visit text)"))
            connection.execute(text("INSERT INTO trace VALUES (:visit)"), {"visit": visit})
            assert connection.scalars(text("SELECT visit FROM trace")).all() == [visit]
    finally:
        engine.dispose()
