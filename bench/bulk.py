"""Many rows at once: copies of a row that an act wrote, by one statement a table, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from engine import Engine
from engine.store.tables import Base

SERIES = {
    "sqlite": "(WITH RECURSIVE n(n) AS (SELECT {0} UNION ALL SELECT n + 1 FROM n WHERE n < {1}) SELECT n FROM n) s",
    "postgresql": "(SELECT generate_series({0}::bigint, {1}) AS n) s",
}
#: a moment, some seconds from now
MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now', ({0}) || ' seconds') || '000'",
    "postgresql": "now() + ({0}) * interval '1 second'",
}
NEVER = {
    "sqlite": "'9999-01-01 00:00:00.000000'",
    "postgresql": "timestamptz '9999-01-01 00:00:00+00'",
}


class Bulk:
    """SQL over a series `s.n` of numbers."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name

    def copy(self, table: str, low: int, high: int, of: int, **changed: str) -> None:
        """The row `of` of a table for each number from `low` to `high`, but for the columns that are `changed`."""
        columns = [each.name for each in Base.metadata.tables[f"jalon_{table}"].columns]
        said = ", ".join(changed.get(each, f"o.{each}") for each in columns)
        self.run(
            f"INSERT INTO jalon_{table} ({', '.join(columns)}) SELECT {said} "
            f"FROM jalon_{table} o, {self.series(low, high)} WHERE o.id = {of}"
        )

    def run(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement.replace("%", "%%") if self.dialect == "postgresql" else statement)

    def last(self, table: str) -> int:
        return int(self.connection.execute(text(f"SELECT max(id) FROM jalon_{table}")).scalar_one())

    def number_on(self, *tables: str) -> None:
        """PostgreSQL counts on from where its own numbers stand, not from ours."""
        if self.dialect == "postgresql":
            for each in tables:
                self.run(f"SELECT setval(pg_get_serial_sequence('jalon_{each}', 'id'), max(id)) FROM jalon_{each}")

    def series(self, low: int, high: int) -> str:
        return SERIES[self.dialect].format(low, high)

    def moment(self, seconds: str) -> str:
        return MOMENT[self.dialect].format(seconds)

    @property
    def never(self) -> str:
        return NEVER[self.dialect]


@contextmanager
def bulk(engine: Engine, *tables: str) -> Iterator[Bulk]:
    """One transaction, without the indexes of `tables` and without look-ups of foreign keys meanwhile."""
    indexes = [index for each in tables for index in Base.metadata.tables[f"jalon_{each}"].indexes]
    with engine.store.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
        if connection.dialect.name == "postgresql":
            # the rows are right by construction
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield Bulk(connection)
        for index in indexes:
            index.create(connection)


def settle(engine: Engine) -> None:
    """What a database does by itself after a while: statistics, and files without dead rows."""
    raw = engine.store.engine.raw_connection()
    try:
        if engine.store.locks_rows:
            raw.driver_connection.autocommit = True  # type: ignore[union-attr]
            raw.cursor().execute("VACUUM ANALYZE")
            raw.driver_connection.autocommit = False  # type: ignore[union-attr]
        else:
            raw.cursor().execute("ANALYZE")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def copies(engine: Engine, project: int, count: int) -> list[int]:
    """`count` more projects that stand where `project` does, with one open task each; their tasks."""
    with bulk(engine) as rows:
        find = text("SELECT id FROM {} WHERE project_id = :project".replace("{}", "jalon_executions"))
        execution = int(rows.connection.execute(find, {"project": project}).scalar_one())
        find = text("SELECT id FROM jalon_tasks WHERE project_id = :project AND state = 'open' ORDER BY id LIMIT 1")
        task = int(rows.connection.execute(find, {"project": project}).scalar_one())
        first = {each: rows.last(each) + 1 for each in ("projects", "executions", "tasks")}
        own = {f"{each[:-1]}_id": f"{first[each]} + s.n" for each in ("projects", "executions")}
        last = count - 1
        rows.copy("projects", 0, last, project, id=f"{first['projects']} + s.n")
        rows.copy("executions", 0, last, execution, id=f"{first['executions']} + s.n", project_id=own["project_id"])
        rows.copy("tasks", 0, last, task, id=f"{first['tasks']} + s.n", **own)
        rows.number_on("projects", "executions", "tasks")
    return list(range(first["tasks"], first["tasks"] + count))
