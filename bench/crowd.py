"""A database as large as one likes, by bulk SQL: ten open tasks a project, most of them of other people.

Each project is a copy of one that was really started, with its state, so all of them wait. Three people read in it:
`many` (a tenth of all open tasks are theirs, another tenth wait at a seat of theirs; they lead twenty projects and are
called to vote at fifty gates), `few` (five tasks, one project to lead) and `none`.
"""

from __future__ import annotations

from typing import Any

from bench.bulk import Bulk, bulk, settle
from bench.organisation import actors, members
from engine import SYSTEM, Engine, LoadOrganisation, StartProject

READERS = ("many", "few", "none")
PER_PROJECT, OTHERS, LED, CALLED = 10, 200, 20, 50


def crowded(url: str, tasks: int) -> Engine:
    """An engine on `url`, a furnished database, with `tasks` open tasks in a tenth as many projects."""
    engine = Engine(url)
    engine.execute(LoadOrganisation(_people()), SYSTEM)
    known = actors(engine)
    leads: dict[str, tuple[int, ...]] = {"CP": (known["lead"],)}
    engine.execute(StartProject("Projet", "petit_projet", "ORG", ("O1",), "T1", (), leads), known["lead"])
    with bulk(engine, "projects", "executions", "tasks", "calls", "timers") as rows:
        members(rows, "other", OTHERS)
        _fill(rows, max(tasks // PER_PROJECT, LED + 1), known | {"other0": rows.last("actors") - OTHERS + 1})
    settle(engine)
    return engine


def _people() -> dict[str, Any]:
    """Those who read."""
    roles = {"many": [("FIN", "ORG"), ("COPIL", "DSI"), ("EXP", "DAF")], "few": [("EXP", "DRH")], "none": []}
    return {
        "people": [
            {
                "login": login, "name": login.capitalize(), "service": "ORG",
                "roles": [{"role": role, "service": service} for role, service in held],
            }
            for login, held in roles.items()
        ]
    }  # fmt: skip


def _fill(rows: Bulk, projects: int, known: dict[str, int]) -> None:
    rows.copy(
        "projects", 2, projects, 1, id="s.n", title="'Projet ' || s.n", moved_at=rows.moment(f"s.n - {projects}"),
        status="CASE WHEN s.n % 30 = 0 THEN 'held' ELSE 'running' END",
    )  # fmt: skip
    rows.copy("executions", 2, projects, 1, id="s.n", project_id="s.n")
    _tasks(rows, projects, known)
    _calls(rows, projects)
    rows.run(
        "INSERT INTO jalon_timers (project_id, kind, element, subject, due_at, execution_id, token) "
        f"SELECT s.n, 'drawn', 'wait', '', {rows.moment('1000000 + s.n')}, s.n, '' FROM {rows.series(1, projects)}"
    )
    rows.run(
        "INSERT INTO jalon_holdings (role, scope, scope_id, actor_id) "
        f"SELECT 'CP', 'project', s.n, {known['many']} FROM {rows.series(2, LED)} "
        f"UNION ALL SELECT 'CP', 'project', {LED + 1}, {known['few']}"
    )
    rows.number_on("projects", "executions", "tasks")


def _tasks(rows: Bulk, projects: int, known: dict[str, int]) -> None:
    """In every ten: one of `many`, two at a seat, one gate, six of others."""
    first = rows.last("tasks")
    last = first + projects * PER_PROJECT - 1
    kind = f"s.n % {PER_PROJECT}"
    project = f"((s.n - {first}) / {PER_PROJECT} + 1)"
    few, other = known["few"], f"{known['other0']} + (s.n / {PER_PROJECT}) % {OTHERS}"
    rows.copy(
        "tasks", first + 1, last, first,
        id="s.n", project_id=project, execution_id=project,
        element=f"CASE {kind} WHEN 3 THEN 'SG1' ELSE 'S11' END",
        kind=f"CASE {kind} WHEN 3 THEN 'gate' ELSE 'task' END",
        assignee_id=f"CASE {kind} WHEN 0 THEN {known['many']} WHEN 1 THEN NULL WHEN 2 THEN NULL "
        f"WHEN 3 THEN {known['all']} "
        f"WHEN 4 THEN CASE WHEN s.n < {first + 50} THEN {few} ELSE {other} END ELSE {other} END",
        seat=f"CASE {kind} WHEN 1 THEN 's1:FIN' WHEN 2 THEN 's1:RS' WHEN 3 THEN 's1:RESP' "
        f"ELSE 'p' || {project} || ':CP' END",
        opened_at=rows.moment(f"s.n - {last}"),
        due_at=f"CASE WHEN s.n % 7 = 0 THEN {rows.never} ELSE {rows.moment('(s.n * 7919) % 2000000 - 600000')} END",
    )  # fmt: skip


def _calls(rows: Bulk, projects: int) -> None:
    """Each gate calls its lead to present and a committee to vote; the last fifty that of `many`."""
    gates = "jalon_tasks WHERE kind = 'gate'"
    rows.run(
        "INSERT INTO jalon_calls (task_id, kind, role, seat) "
        f"SELECT id, 'present', 'CP', 'p' || project_id || ':CP' FROM {gates} UNION ALL "
        f"SELECT id, 'vote', 'COPIL', CASE WHEN project_id > {projects - CALLED} THEN 's4:COPIL' "
        f"ELSE 's3:COPIL' END FROM {gates}"
    )
