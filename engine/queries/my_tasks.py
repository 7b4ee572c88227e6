"""The inbox: what is expected of me, whom I keep waiting, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from engine.errors import NotFound
from engine.queries import waiting
from engine.queries.lines import ChoiceLine, TaskLine
from engine.queries.view import View, task_columns
from engine.store.tables import NEVER, CallRow, ProjectRow, TaskRow
from engine.words import Text

Scope = Literal["all", "mine", "roles", "unassigned"]

#: of the late ones, in another order than by date: so many of each branch, the latest first
MOST_LATE = 1_000
#: of the most urgent ones, those among which the blocking are looked for
MOST_URGENT = 20
#: in the filter: the latest projects
MOST_PROJECTS = 100
#: what any of the orders looks at
SORTED_BY = "id, due_at, project_id"
#: tasks are numbered as they open: the newest has the highest number
ORDERS = {"due": "due_at, id", "project": "project_id, id", "opened": "id DESC"}


@dataclass(frozen=True, slots=True)
class MyTasks:
    """`scope`: assigned to me, or open to one of my roles, or in a project that I lead and taken by nobody.

    `sort`: `due` (default), `project` or `opened` (the newest first). `after`: the cursor that the page before gave.
    """

    scope: Scope = "all"
    project: int | None = None
    late: bool = False
    sort: Literal["due", "project", "opened"] = "due"
    after: str = ""
    size: int = 25


@dataclass(frozen=True, slots=True)
class MyTasksPage:
    blocking: tuple[TaskLine, ...]  #: mine, that others wait for or that are late; most urgent first
    tasks: tuple[TaskLine, ...]
    projects: tuple[ChoiceLine, ...]  #: for the filter: the hundred latest
    after: str  #: cursor of the next page; empty on the last


def read(view: View, query: MyTasks) -> MyTasksPage:
    size = min(max(query.size, 1), 100)
    found = _page(view, query, size + 1)
    first = not query.after and query.scope in ("all", "mine")
    urgent = _urgent(view) if first else []
    lines = _lines(view, {*found, *urgent})
    shown = tuple(lines[id] for id in found[:size])
    return MyTasksPage(
        blocking=_blocking(lines[id] for id in urgent),
        tasks=shown,
        projects=_projects(view),
        after=_cursor(query, shown[-1]) if len(found) > size else "",
    )


def _page(view: View, query: MyTasks, size: int) -> list[int]:
    """The tasks of the page, in order: each branch takes the head of its index, the heads are sorted together."""
    branches = _branches(view, query.scope)
    if not branches:
        return []
    filters, said = _filters(view, query)
    beyond, cursor = _beyond(query)
    order = ORDERS[query.sort]
    if query.late and query.sort != "due":
        # no index has both: the latest, then the order that is asked for
        heads = waiting.heads(branches, SORTED_BY, filters, ORDERS["due"], MOST_LATE)
    else:
        heads = waiting.heads(branches, SORTED_BY, [*filters, beyond], order, size)
    columns = waiting.unique(view.actor, SORTED_BY)
    page = f"SELECT {columns} FROM {heads} heads WHERE {beyond} ORDER BY {order} LIMIT {size}"
    return [row.id for row in waiting.ask(view.session, page, branches, **said, **cursor)]


def _branches(view: View, scope: Scope) -> list[waiting.Branch]:
    actor = view.actor
    match scope:
        case "mine":
            return waiting.assigned(actor) + waiting.called(actor)
        case "roles":
            return waiting.seated(actor)
        case "unassigned":
            return waiting.untaken(actor, _led(view))
    return waiting.assigned(actor) + waiting.seated(actor) + waiting.called(actor) + waiting.stood_for(actor)


def _led(view: View) -> list[int]:
    """Projects in which the actor holds the lead's role."""
    projects = view.session.execute(
        select(ProjectRow.id, ProjectRow.release_id).where(ProjectRow.id.in_(view.actor.projects))
    )
    return [id for id, release in projects if view.actor.holds_in(id, view.release(release).method.lead)]


def _filters(view: View, query: MyTasks) -> tuple[list[str], dict[str, Any]]:
    filters: list[str] = []
    said: dict[str, Any] = {}
    if query.project is not None:
        filters.append("t.project_id = :project")
        said["project"] = query.project
    if query.late:
        filters += ["t.due_at < :now", waiting.RUNNING]
        said["now"] = view.now
    return filters, said


def _beyond(query: MyTasks) -> tuple[str, dict[str, Any]]:
    """What comes after the cursor. Raises `NotFound` for one that no page gave."""
    if not query.after:
        return "true", {}
    first, _, last = query.after.rpartition("_")
    try:
        return _after(query.sort, first, int(last))
    except ValueError:
        raise NotFound from None


def _after(sort: str, first: str, id: int) -> tuple[str, dict[str, Any]]:
    # the first comparison alone is where an index starts
    match sort:
        case "opened":
            return "id < :last", {"last": id}
        case "project":
            beyond = "project_id >= :first AND (project_id > :first OR id > :last)"
            return beyond, {"first": int(first), "last": id}
    beyond = "due_at >= :first AND (due_at > :first OR id > :last)"
    return beyond, {"first": datetime.fromisoformat(first), "last": id}


def _cursor(query: MyTasks, last: TaskLine) -> str:
    first = {"due": (last.due_at or NEVER).isoformat(), "project": str(last.project), "opened": ""}[query.sort]
    return f"{first}_{last.id}"


def _urgent(view: View) -> list[int]:
    """The most urgent of mine, in projects that go on."""
    branches = waiting.assigned(view.actor) + waiting.called(view.actor)
    heads = waiting.heads(branches, SORTED_BY, [waiting.RUNNING], ORDERS["due"], MOST_URGENT)
    urgent = f"SELECT id FROM {heads} heads ORDER BY {ORDERS['due']} LIMIT {MOST_URGENT}"
    return [row.id for row in waiting.ask(view.session, urgent, branches)]


def _blocking(urgent: Iterable[TaskLine]) -> tuple[TaskLine, ...]:
    """Late, or that somebody waits for."""
    lines = [line for line in urgent if line.late or line.waits or line.kind == "gate"]
    return tuple(sorted(lines, key=lambda line: not line.late)[:5])


def _lines(view: View, ids: set[int]) -> dict[int, TaskLine]:
    if not ids:
        return {}
    lines = view.tasks(task_columns().where(TaskRow.id.in_(sorted(ids))))
    return {line.id: line for line in _with_calls(view, lines)}


def _with_calls(view: View, lines: tuple[TaskLine, ...]) -> tuple[TaskLine, ...]:
    """What is asked of this actor at the gates that another chairs: their vote, or to present."""
    gates = [
        line.id
        for line in lines
        if line.kind == "gate" and (line.assignee is None or line.assignee.id != view.actor.id)
    ]
    if not gates:
        return lines
    rows = view.session.execute(
        select(CallRow.task_id, CallRow.kind).where(
            CallRow.task_id.in_(gates), CallRow.seat.in_({*view.actor.seats, *(each.seat for each in view.actor.stood)})
        )
    )
    # the lead presents, and never votes
    asked: dict[int, Any] = {}
    for task, kind in rows:
        asked[task] = "present" if "present" in (kind, asked.get(task)) else kind
    return tuple(replace(line, asked=asked.get(line.id, "")) for line in lines)


def _projects(view: View) -> tuple[ChoiceLine, ...]:
    """Those with a task for me, by title."""
    branches = _branches(view, "all")
    heads = waiting.heads(branches, "DISTINCT project_id", [], "project_id DESC", MOST_PROJECTS)
    latest = f"SELECT DISTINCT project_id FROM {heads} heads ORDER BY project_id DESC LIMIT {MOST_PROJECTS}"
    rows = waiting.ask(
        view.session, f"SELECT id, title FROM jalon_projects WHERE id IN ({latest}) ORDER BY title, id", branches
    )
    return tuple(ChoiceLine(str(row.id), Text(row.title)) for row in rows)
