"""Who stands in for me and for whom I stand in, with what a new mandate chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from engine.errors import NotFound
from engine.queries.lines import ActorLine, ChoiceLine
from engine.queries.view import View
from engine.store.releases import last_releases
from engine.store.tables import MandateRow, ProjectRow
from engine.words import Text

#: the latest ones
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Mandates:
    """My mandates, given and received. Guests get NotFound."""


@dataclass(frozen=True, slots=True)
class MandateLine:
    id: int
    giver: ActorLine
    deputy: ActorLine
    role: Text  #: empty: all that the giver holds
    project: Text  #: its title; empty: everywhere
    since: datetime
    until: datetime
    reason: str
    state: Literal["to_come", "running", "over"]


@dataclass(frozen=True, slots=True)
class MandatesPage:
    given: tuple[MandateLine, ...]  #: the latest first
    received: tuple[MandateLine, ...]
    roles: tuple[ChoiceLine, ...]  #: that I hold
    projects: tuple[ChoiceLine, ...]  #: in which I hold a role of their own
    people: tuple[ActorLine, ...]


def read(view: View, query: Mandates) -> MandatesPage:
    me = view.actor
    if me.guest:
        raise NotFound
    names = _roles(view)
    rows = view.session.execute(
        select(MandateRow, ProjectRow.title)
        .outerjoin(ProjectRow, ProjectRow.id == MandateRow.project_id)
        .where((MandateRow.actor_id == me.id) | (MandateRow.deputy_id == me.id))
        .order_by(MandateRow.id.desc())
        .limit(MOST_SHOWN)
    ).all()
    people = view.people(id for row, _ in rows for id in (row.actor_id, row.deputy_id))
    lines = [
        MandateLine(
            id=row.id, giver=people[row.actor_id], deputy=people[row.deputy_id],
            role=names.get(row.role, Text(row.role)), project=Text(title or ""), since=row.since, until=row.until,
            reason=row.reason, state=_state(row, view.now),
        )
        for row, title in rows
    ]  # fmt: skip
    held = sorted({seat.partition(":")[2] for seat in me.seats})
    return MandatesPage(
        given=tuple(each for each in lines if each.giver.id == me.id),
        received=tuple(each for each in lines if each.deputy.id == me.id),
        roles=tuple(ChoiceLine(each, names.get(each, Text(each))) for each in held),
        projects=_projects(view),
        people=tuple(each for each in view.directory() if each.id != me.id),
    )


def _state(row: MandateRow, now: datetime) -> Literal["to_come", "running", "over"]:
    if row.ended_at is not None or row.until <= now:
        return "over"
    return "running" if row.since <= now else "to_come"


def _roles(view: View) -> dict[str, Text]:
    """Roles by id, as the newest methods name them."""
    methods = [view.release(row.id).method for row in last_releases(view.session)]
    return {role.id: role.name for method in methods for role in method.roles}


def _projects(view: View) -> tuple[ChoiceLine, ...]:
    rows = view.session.execute(
        select(ProjectRow.id, ProjectRow.title)
        .where(ProjectRow.id.in_(view.actor.projects), ProjectRow.status.in_(("running", "held")))
        .order_by(ProjectRow.title, ProjectRow.id)
    )
    return tuple(ChoiceLine(str(id), Text(title)) for id, title in rows)
