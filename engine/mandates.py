"""Whom an actor stands in for: mandates that run, and what they open.

A holder of a role names a deputy for a time (`GrantMandate`). The deputy then does what the holder would, in the
holder's name: one seat, one ballot, whoever acts. A mandate gives nothing that its giver does not hold, and is never
passed on (docs/explanation/people.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, literal_column, or_, select

from engine.store.tables import ActorRow, HoldingRow, MandateRow, Moment, ProjectRow, ServiceRow, TaskRow


@dataclass(frozen=True, slots=True)
class Stood:
    """Somebody whom the actor stands in for, with one place where they hold a role that the mandate covers."""

    actor: int
    name: str
    role: str  #: the mandate's; empty: all that they hold
    project: int | None  #: the mandate's; none: everywhere
    seat: str  #: empty: they hold none, yet tasks may be theirs
    place: tuple[str, int]  #: of the seat: project or service, and its number

    def covers(self, project: int, role: str) -> bool:
        return self.project in (None, project) and self.role in ("", role)


def running(now: Any) -> ColumnElement[bool]:
    """A mandate that runs at `now`."""
    return and_(MandateRow.since <= now, MandateRow.until > now, MandateRow.ended_at.is_(None))


#: in the columns of `people._people`: where `language` and `service_id` say the mandate's role and project
_COLUMNS: tuple[Any, ...] = (
    literal_column("2").label("own"), HoldingRow.role, HoldingRow.scope, HoldingRow.scope_id,
    ActorRow.id, ActorRow.name, MandateRow.role, ActorRow.kind, ActorRow.active, MandateRow.project_id,
)  # fmt: skip
_COVERED = and_(
    HoldingRow.actor_id == MandateRow.actor_id,
    # written out: a bound name would meet those that `people._holdings` gives
    or_(MandateRow.role == literal_column("''"), MandateRow.role == HoldingRow.role),
)


def _stood(*covered: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .select_from(MandateRow)
        .join(ActorRow, ActorRow.id == MandateRow.actor_id)
        .outerjoin(HoldingRow, and_(_COVERED, *covered))
        .where(MandateRow.deputy_id == bindparam("actor"), ActorRow.active, running(bindparam("now", type_=Moment())))
    )


STOOD = _stood()


def stood_in(project: ColumnElement[int]) -> Select[Any]:
    """`STOOD`, of projects for this one only."""
    return _stood(or_(HoldingRow.scope == literal_column("'service'"), HoldingRow.scope_id == project))


def stood(rows: Iterable[Any]) -> tuple[Stood, ...]:
    """The rows of `STOOD`, those of a project only where the mandate is not for another."""
    return tuple(
        Stood(id, name, mandated, project, f"{scope[0]}{place}:{role}" if role else "", (scope or "", place or 0))
        for _, role, scope, place, id, name, mandated, _, _, project in rows
        if scope != "project" or project in (None, place)
    )


def theirs(each: Stood) -> ColumnElement[bool]:
    """The tasks that this mandate opens to the deputy."""
    own: ColumnElement[bool] = TaskRow.assignee_id == each.actor
    if each.role:
        own = and_(own, TaskRow.role == each.role)
    found = or_(own, TaskRow.seat == each.seat) if each.seat else own
    return found if each.project is None else and_(found, TaskRow.project_id == each.project)


def opens(each: Stood, task: TaskRow, project: ProjectRow, path: Iterable[int]) -> bool:
    """Does this mandate let one take part, or open this one task?"""
    if each.project not in (None, project.id):
        return False
    scope, place = each.place
    if place in path if scope == "service" else scope == "project" and place == project.id:
        return True
    return task.assignee_id == each.actor and each.role in ("", task.role)


def where_one_takes_part(each: Stood) -> ColumnElement[bool]:
    """The projects in which this mandate lets one take part."""
    scope, place = each.place
    if scope == "service":
        found = ProjectRow.service_id.in_(below([place]))
        return found if each.project is None else and_(found, ProjectRow.id == each.project)
    return ProjectRow.id == place if scope == "project" else false()


def below(services: Iterable[int]) -> Select[int]:
    """These services and those under them."""
    below = [ServiceRow.path.like(f"%/{each}/%") for each in services]
    return select(ServiceRow.id).where(or_(false(), *below))
