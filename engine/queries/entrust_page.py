"""What entrusting all tasks of a person to another asks: how many there are, in which projects, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.people import ADMINISTRATOR
from engine.queries.lines import ActorLine
from engine.queries.view import View
from engine.store.tables import ActorRow, ProjectRow, TaskRow


@dataclass(frozen=True, slots=True)
class EntrustPageOf:
    """Administrators only: others get `NotFound`."""

    person: int


@dataclass(frozen=True, slots=True)
class EntrustPage:
    person: ActorLine
    left: bool  #: they may no longer sign in
    tasks: int  #: open and theirs: what is open to one of their roles is not counted
    projects: tuple[tuple[int, str, int], ...]  #: (id, title, tasks), most first
    others: tuple[ActorLine, ...]  #: to whom they may be entrusted


def read(view: View, query: EntrustPageOf) -> EntrustPage:
    if view.actor.id and not view.actor.holds(ADMINISTRATOR):
        raise NotFound
    active = view.session.execute(select(ActorRow.active).where(ActorRow.id == query.person)).scalar_one_or_none()
    if active is None:
        raise NotFound
    count = func.count(TaskRow.id)
    projects = view.session.execute(
        select(ProjectRow.id, ProjectRow.title, count)
        .join(TaskRow, TaskRow.project_id == ProjectRow.id)
        .where(TaskRow.assignee_id == query.person, TaskRow.state == "open")
        .group_by(ProjectRow.id, ProjectRow.title)
        .order_by(count.desc(), ProjectRow.title, ProjectRow.id)
    ).all()
    return EntrustPage(
        person=view.people([query.person])[query.person],
        left=not active,
        tasks=sum(tasks for _, _, tasks in projects),
        projects=tuple((id, title, tasks) for id, title, tasks in projects),
        others=tuple(each for each in view.directory() if each.id != query.person),
    )
