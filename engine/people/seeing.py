"""Who may see a project, and a task."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, or_, select, true

from engine.mandates import below, opens, theirs, where_one_takes_part
from engine.people.actor import Actor
from engine.store.tables import ProjectRow, TaskRow


def visible(actor: Actor, model: type[ProjectRow] | type[TaskRow]) -> ColumnElement[bool]:
    """The condition under which `actor` may see a row of `model`; what one may not see is 404.

    A project's page is open to every employee (the method wants it known); its tasks, files and votes to those who
    take part: they hold a role in it, or in a service above it, or one of its tasks is theirs. A guest sees those.
    """
    if not actor.id:
        return true()  # Jalon itself, on the machine
    if model is ProjectRow:
        return true() if not actor.guest else ProjectRow.id.in_(_own_projects(actor))
    own = or_(TaskRow.assignee_id == actor.id, TaskRow.closed_by == actor.id, TaskRow.seat.in_(actor.seats))
    if actor.stood:
        own = or_(own, *map(theirs, actor.stood))
    return own if actor.guest else or_(own, TaskRow.project_id.in_(taking_part(actor)))


def sees(actor: Actor, task: TaskRow, project: ProjectRow, path: Iterable[int]) -> bool:
    """`visible` for a task that is already read, with its project and the path of the project's service."""
    if not actor.id or actor.id in (task.assignee_id, task.closed_by) or task.seat in actor.seats:
        return True
    if actor.guest:
        return False
    if project.id in actor.projects or project.author_id == actor.id or not actor.services.isdisjoint(path):
        return True
    return bool(actor.stood) and any(opens(each, task, project, path) for each in actor.stood)


def _own_projects(actor: Actor) -> Select[int]:
    return select(TaskRow.project_id).where(or_(TaskRow.assignee_id == actor.id, TaskRow.seat.in_(actor.seats)))


def taking_part(actor: Actor) -> Select[int]:
    """The projects whose tasks an internal actor may open."""
    if not actor.id:
        return select(ProjectRow.id)
    own = or_(
        ProjectRow.id.in_(actor.projects),
        ProjectRow.author_id == actor.id,
        ProjectRow.service_id.in_(below(actor.services)),
    )
    return select(ProjectRow.id).where(or_(own, *map(where_one_takes_part, actor.stood)))
