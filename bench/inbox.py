"""The inbox of someone with many, few and no tasks, among so many open tasks; every order and filter of it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from typing import Any

from bench.count import Count, Timed, median
from bench.crowd import READERS, crowded
from bench.databases import Place
from bench.organisation import actors
from engine import CompleteTask, Engine, MyTasks
from engine.jobs.sweep import sweep

#: what is looked at besides the usual page
VIEWS = {
    "mine": MyTasks("mine"),
    "roles": MyTasks("roles"),
    "unassigned": MyTasks("unassigned"),
    "by project": MyTasks(sort="project"),
    "newest": MyTasks(sort="opened"),
    "late": MyTasks(late=True),
    "in a project": MyTasks(project=5),
    "later pages": MyTasks(after="2031-01-01T00:00:00+00:00_0"),
}


def inboxes(places: dict[str, Place], sizes: list[int], times: int) -> dict[str, Any]:
    """By database, by size: the usual page of the three people, every view of it, the tick, a completion."""
    found: dict[str, Any] = {}
    for database, place in places.items():
        with ExitStack() as open_:
            engines = {
                str(size): crowded(open_.enter_context(place.fresh(f"crowd_{size}")), size) for size in sizes
            }  # fmt: skip
            people = {size: actors(engine) for size, engine in engines.items()}
            usual = {who: _in_turns(engines, people, MyTasks(), who, times) for who in READERS}
            views = {
                name: _slowest(_in_turns(engines, people, query, who, max(5, times // 3)) for who in READERS)
                for name, query in VIEWS.items()
            }
            found[database] = {
                size: {
                    "people": {who: row[size] for who, row in usual.items()},
                    "views": {name: row[size] for name, row in views.items()},
                    "tick": _tick(engine, times),
                    "completion_ms": _completions(engine, times),
                }
                for size, engine in engines.items()
            }
            for engine in engines.values():
                engine.close()
    return found


def _in_turns(
    engines: dict[str, Engine], people: dict[str, dict[str, int]], query: Any, who: str, times: int
) -> dict[str, float]:
    """Median by size; the sizes take turns, so that what else the machine does hits all of them."""
    timed = {size: Timed() for size in engines}
    for turn in range(times + 1):
        for size, engine in engines.items():
            act = partial(engine.read, query, people[size][who])
            if turn:
                timed[size].add(act)
            else:
                act()
    return {size: median(each.wall) for size, each in timed.items()}


def _slowest(people: Iterable[dict[str, float]]) -> dict[str, float]:
    rows = list(people)
    return {size: max(row[size] for row in rows) for size in rows[0]}


def _tick(engine: Engine, times: int) -> dict[str, Any]:
    """The sweep when nothing is due, though every project waits."""
    count, timed = Count(), Timed()
    sweep(engine)
    count.watch(engine)
    for _ in range(times):
        timed.add(lambda: sweep(engine), count)
    count.leave(engine)
    with engine.store.read() as session:
        waiting = session.connection().exec_driver_sql("SELECT count(*) FROM jalon_timers").scalar_one()
    return {"waiting": waiting, "sql": max(timed.statements), "ms": median(timed.wall)}


def _completions(engine: Engine, times: int) -> float:
    """Of the first task of so many projects, by whoever it is assigned to."""
    with engine.store.read() as session:
        rows = (
            session.connection()
            .exec_driver_sql(
                "SELECT t.id, t.assignee_id FROM jalon_tasks t JOIN jalon_projects p ON p.id = t.project_id "
                "WHERE t.state = 'open' AND t.kind = 'task' AND t.project_id > 5 AND p.status = 'running' "
                "AND t.assignee_id IS NOT NULL ORDER BY t.id LIMIT 1000"
            )
            .all()
        )
        projects = {task // 10: (task, actor) for task, actor in rows}
    timed = Timed()
    values = {"objectif": "x", "livrable": "x", "fin": "2030-06-03", "charge": "2"}
    for task, actor in list(projects.values())[:times]:
        timed.add(partial(engine.execute, CompleteTask(task, values), actor))
    return median(timed.wall[1:])
