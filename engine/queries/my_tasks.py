"""The inbox: what is expected of me, whom I keep waiting, what is late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all

from engine.errors import NotFound
from engine.queries.lines import ChoiceLine, TaskLine
from engine.queries.view import View, calls, task_columns
from engine.store.tables import NEVER, CallRow, ProjectRow, TaskRow
from engine.words import Text

Scope = Literal["all", "mine", "roles", "unassigned"]


@dataclass(frozen=True, slots=True)
class MyTasks:
    """`scope`: assigned to me, or open to one of my roles, or in a project that I lead and taken by nobody.

    `sort`: `due` (default), `project` or `opened`. `after`: the cursor that the page before gave.
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
    projects: tuple[ChoiceLine, ...]  #: for the filter
    after: str  #: cursor of the next page; empty on the last


def read(view: View, query: MyTasks) -> MyTasksPage:
    size = min(max(query.size, 1), 100)
    found = _page(view, query, size + 1)
    shown = found[:size]
    first = not query.after
    return MyTasksPage(
        blocking=_blocking(view) if first and query.scope in ("all", "mine") else (),
        tasks=shown,
        projects=_projects(view),
        after=_cursor(query, shown[-1]) if len(found) > size else "",
    )


def _page(view: View, query: MyTasks, size: int) -> tuple[TaskLine, ...]:
    """Each branch takes the head of its own index; their union is sorted again."""
    branches = [
        select(TaskRow.id)
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .where(TaskRow.state == "open", branch, *_filters(view, query))
        .order_by(*_order(query))
        .limit(size)
        for branch in _branches(view, query.scope)
    ]
    ids = union_all(*(select(each.subquery()) for each in branches)).subquery()
    lines = view.tasks(task_columns().where(TaskRow.id.in_(select(ids.c.id))).order_by(*_order(query)).limit(size))
    return _with_calls(view, lines)


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
        select(CallRow.task_id, CallRow.kind).where(CallRow.task_id.in_(gates), CallRow.seat.in_(view.actor.seats))
    )
    # the lead presents, and never votes
    asked: dict[int, Any] = {}
    for task, kind in rows:
        asked[task] = "present" if "present" in (kind, asked.get(task)) else kind
    return tuple(replace(line, asked=asked.get(line.id, "")) for line in lines)


def _branches(view: View, scope: Scope) -> list[ColumnElement[bool]]:
    actor = view.actor
    mine = TaskRow.assignee_id == actor.id
    called = calls(view.actor)
    roles = and_(TaskRow.assignee_id.is_(None), TaskRow.seat.in_(actor.seats))
    led = and_(TaskRow.assignee_id.is_(None), TaskRow.project_id.in_(_led(view)), TaskRow.seat.not_in(actor.seats))
    return {"all": [mine, roles, called], "mine": [mine, called], "roles": [roles], "unassigned": [led]}[scope]


def _led(view: View) -> list[int]:
    """Projects in which the actor holds the lead's role."""
    projects = view.session.execute(
        select(ProjectRow.id, ProjectRow.release_id).where(ProjectRow.id.in_(view.actor.projects))
    )
    return [id for id, release in projects if view.actor.holds_in(id, view.release(release).method.lead)]


def _filters(view: View, query: MyTasks) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.project is not None:
        found.append(TaskRow.project_id == query.project)
    if query.late:
        found += [TaskRow.due_at < view.now, ProjectRow.status == "running"]
    if query.after:
        found.append(_beyond(query))
    return found


def _order(query: MyTasks) -> list[Any]:
    orders: dict[str, list[Any]] = {
        "due": [TaskRow.due_at, TaskRow.id],
        "project": [TaskRow.project_id, TaskRow.id],
        "opened": [TaskRow.opened_at.desc(), TaskRow.id.desc()],
    }
    return orders[query.sort]


def _beyond(query: MyTasks) -> ColumnElement[bool]:
    first, _, last = query.after.rpartition("_")
    try:
        return _after(query.sort, first, int(last))
    except ValueError:
        raise NotFound from None  # a cursor that no page gave


def _after(sort: str, first: str, id: int) -> ColumnElement[bool]:
    match sort:
        case "project":
            project = int(first)
            return or_(TaskRow.project_id > project, and_(TaskRow.project_id == project, TaskRow.id > id))
        case "opened":
            moment = datetime.fromisoformat(first)
            return or_(TaskRow.opened_at < moment, and_(TaskRow.opened_at == moment, TaskRow.id < id))
    moment = datetime.fromisoformat(first)
    return or_(TaskRow.due_at > moment, and_(TaskRow.due_at == moment, TaskRow.id > id))


def _cursor(query: MyTasks, last: TaskLine) -> str:
    first = {
        "due": (last.due_at or NEVER).isoformat(),
        "project": str(last.project),
        "opened": last.opened_at.isoformat(),
    }[query.sort]
    return f"{first}_{last.id}"


def _blocking(view: View) -> tuple[TaskLine, ...]:
    """The most urgent of mine: late, or that somebody waits for."""
    mine = or_(TaskRow.assignee_id == view.actor.id, calls(view.actor))
    urgent: Select[Any] = (
        task_columns()
        .where(TaskRow.state == "open", mine, ProjectRow.status == "running")
        .order_by(TaskRow.due_at, TaskRow.id)
        .limit(20)
    )
    lines = [line for line in _with_calls(view, view.tasks(urgent)) if line.late or line.waits or line.kind == "gate"]
    return tuple(sorted(lines, key=lambda line: not line.late)[:5])


def _projects(view: View) -> tuple[ChoiceLine, ...]:
    rows = view.session.execute(
        select(ProjectRow.id, ProjectRow.title)
        .where(
            ProjectRow.id.in_(
                select(TaskRow.project_id).where(
                    TaskRow.state == "open",
                    or_(
                        TaskRow.assignee_id == view.actor.id,
                        calls(view.actor),
                        and_(TaskRow.assignee_id.is_(None), TaskRow.seat.in_(view.actor.seats)),
                    ),
                )
            )
        )
        .order_by(ProjectRow.title)
        .limit(100)
    )
    return tuple(ChoiceLine(str(id), Text(title)) for id, title in rows)
