"""A database as large as one likes, by bulk SQL: ten open tasks a project, most of them of other people.

Each project is a copy of one that was really started, with its state, so all of them wait. Three people read in it:
`many` (a tenth of all open tasks are theirs, another tenth wait at a seat of theirs; they lead twenty projects and are
called to vote at fifty gates), `few` (five tasks, one project to lead) and `none`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Table, text

from bench.organisation import actors, prepared
from engine import SYSTEM, Engine, LoadOrganisation, StartProject
from engine.store.tables import Base

READERS = ("many", "few", "none")
PER_PROJECT, OTHERS, LED, CALLED = 10, 200, 20, 50
FILLED = ("projects", "executions", "tasks", "calls", "timers")

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


def crowded(url: str, tasks: int) -> Engine:
    """An engine on `url`, where there is no table yet, with `tasks` open tasks in a tenth as many projects."""
    engine = prepared(url)
    engine.execute(LoadOrganisation(_people()), SYSTEM)
    known = actors(engine)
    leads = {"CP": (known["lead"],)}
    engine.execute(StartProject("Projet", "petit_projet", "ORG", ("O1",), "T1", (), leads), known["lead"])
    with engine.store.engine.begin() as connection, _bulk(connection):
        _Filling(connection, max(tasks // PER_PROJECT, LED + 1), known).fill()
    _settle(engine)
    return engine


def _people() -> dict[str, Any]:
    """Those who read, and those to whom the other tasks belong."""
    roles = {"many": [("FIN", "ORG"), ("COPIL", "DSI"), ("EXP", "DAF")], "few": [("EXP", "DRH")]}
    return {
        "people": [
            {
                "login": login, "name": login.capitalize(), "service": "ORG",
                "roles": [{"role": role, "service": service} for role, service in roles.get(login, [])],
            }
            for login in (*READERS, *(f"other{number}" for number in range(OTHERS)))
        ]
    }  # fmt: skip


@contextmanager
def _bulk(connection: Connection) -> Iterator[None]:
    """Without indexes and look-ups of foreign keys meanwhile: the rows are right by construction."""
    tables = [cast(Table, Base.metadata.tables[f"jalon_{each}"]) for each in FILLED]
    indexes = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    yield
    for index in indexes:
        index.create(connection)


def _settle(engine: Engine) -> None:
    """What a database does by itself after a while: statistics, and pages without dead rows."""
    with engine.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        postgresql = connection.dialect.name == "postgresql"
        for statement in ("VACUUM ANALYZE",) if postgresql else ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.connection.cursor().execute(statement)


class _Filling:
    """Rows made from the one project that was started."""

    def __init__(self, connection: Connection, projects: int, known: dict[str, int]) -> None:
        self.connection, self.projects, self.known = connection, projects, known
        self.dialect = connection.dialect.name
        self.first = int(connection.execute(text("SELECT max(id) FROM jalon_tasks")).scalar_one())
        self.last = self.first + projects * PER_PROJECT - 1

    def fill(self) -> None:
        projects = self._series(2, self.projects)
        self._copy(
            "projects", projects, "o.id = 1", id="s.n", title="'Projet ' || s.n",
            status="CASE WHEN s.n % 30 = 0 THEN 'held' ELSE 'running' END",
            moved_at=self._moment(f"s.n - {self.projects}"),
        )  # fmt: skip
        self._copy("executions", projects, "o.id = 1", id="s.n", project_id="s.n")
        self._tasks()
        self._calls()
        self._timers()
        self._leads()
        if self.dialect == "postgresql":
            for each in ("projects", "executions", "tasks"):
                self._run(f"SELECT setval(pg_get_serial_sequence('jalon_{each}', 'id'), max(id)) FROM jalon_{each}")

    def _tasks(self) -> None:
        """In every ten: one of `many`, two at a seat, one gate, six of others."""
        kind = f"s.n % {PER_PROJECT}"
        project = f"((s.n - {self.first}) / {PER_PROJECT} + 1)"
        few, other = self.known["few"], f"{self.known['other0']} + (s.n / {PER_PROJECT}) % {OTHERS}"
        self._copy(
            "tasks", self._series(self.first + 1, self.last), f"o.id = {self.first}",
            id="s.n", project_id=project, execution_id=project,
            element=f"CASE {kind} WHEN 3 THEN 'SG1' ELSE 'S11' END",
            kind=f"CASE {kind} WHEN 3 THEN 'gate' ELSE 'task' END",
            assignee_id=f"CASE {kind} WHEN 0 THEN {self.known['many']} WHEN 1 THEN NULL WHEN 2 THEN NULL "
            f"WHEN 3 THEN {self.known['all']} "
            f"WHEN 4 THEN CASE WHEN s.n < {self.first + 50} THEN {few} ELSE {other} END ELSE {other} END",
            seat=f"CASE {kind} WHEN 1 THEN 's1:FIN' WHEN 2 THEN 's1:RS' WHEN 3 THEN 's1:RESP' "
            f"ELSE 'p' || {project} || ':CP' END",
            opened_at=self._moment(f"s.n - {self.last}"),
            due_at=f"CASE WHEN s.n % 7 = 0 THEN {NEVER[self.dialect]} "
            f"ELSE {self._moment('(s.n * 7919) % 2000000 - 600000')} END",
        )  # fmt: skip

    def _calls(self) -> None:
        """Each gate calls its lead to present and a committee to vote; fifty of them the one of `many`."""
        gates = "jalon_tasks WHERE kind = 'gate'"
        self._run(
            "INSERT INTO jalon_calls (task_id, kind, role, seat) "
            f"SELECT id, 'present', 'CP', 'p' || project_id || ':CP' FROM {gates} UNION ALL "
            f"SELECT id, 'vote', 'COPIL', CASE WHEN project_id > {self.projects - CALLED} THEN 's4:COPIL' "
            f"ELSE 's3:COPIL' END FROM {gates}"
        )

    def _timers(self) -> None:
        """One a project, that waits."""
        self._run(
            "INSERT INTO jalon_timers (project_id, kind, element, subject, due_at, execution_id, token) "
            f"SELECT s.n, 'drawn', 'wait', '', {self._moment('1000000 + s.n')}, s.n, '' "
            f"FROM {self._series(1, self.projects)}"
        )

    def _leads(self) -> None:
        self._run(
            "INSERT INTO jalon_holdings (role, scope, scope_id, actor_id) "
            f"SELECT 'CP', 'project', s.n, {self.known['many']} FROM {self._series(2, LED)} "
            f"UNION ALL SELECT 'CP', 'project', {LED + 1}, {self.known['few']}"
        )

    def _copy(self, table: str, series: str, where: str, **changed: str) -> None:
        columns = [each.name for each in Base.metadata.tables[f"jalon_{table}"].columns]
        said = ", ".join(changed.get(each, f"o.{each}") for each in columns)
        self._run(
            f"INSERT INTO jalon_{table} ({', '.join(columns)}) SELECT {said} FROM jalon_{table} o, {series} "
            f"WHERE {where}"
        )

    def _run(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement.replace("%", "%%") if self.dialect == "postgresql" else statement)

    def _series(self, low: int, high: int) -> str:
        return SERIES[self.dialect].format(low, high)

    def _moment(self, seconds: str) -> str:
        return MOMENT[self.dialect].format(seconds)
