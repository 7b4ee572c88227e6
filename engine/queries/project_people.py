"""Who holds which role in a project, and what recurs in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.method import Method
from engine.people import Held, roles_to_appoint
from engine.queries.lines import ActorLine
from engine.queries.view import View
from engine.store.tables import ProjectRow, ServiceRow, TaskRow, TimerRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class RoleLine:
    role: str
    name: Text
    people: tuple[ActorLine, ...]
    held_by: Text  #: the project, or the service through which it is held
    may_appoint: bool  #: this actor may name who holds it here


@dataclass(frozen=True, slots=True)
class OccurrenceLine:
    name: Text
    code: str
    every: Text
    next_at: datetime | None


def actors(view: View, held: dict[str, Held], role: str) -> tuple[ActorLine, ...]:
    people = view.people(each.actor for each in held[role].holders)
    return tuple(people[each.actor] for each in held[role].holders)


def people(view: View, method: Method, held: dict[str, Held], running: bool) -> tuple[RoleLine, ...]:
    appoints = roles_to_appoint(method, held, view.actor.id) if running else frozenset()
    services = {row.id: row for row in view.session.execute(select(ServiceRow)).scalars()}
    lines = []
    for role in method.roles:
        found = held[role.id]
        if role.held == "anyone":
            continue
        where = found.seat.partition(":")[0]
        service = services.get(int(where[1:])) if where.startswith("s") else None
        by = Text(service.name_fr, service.name_en) if service else Text("le projet", "the project")
        lines.append(RoleLine(role.id, role.name, actors(view, held, role.id), by, role.id in appoints))
    return tuple(lines)


def occurrences(view: View, project: ProjectRow, method: Method) -> tuple[OccurrenceLine, ...]:
    timers = {
        row.element: row.due_at
        for row in view.session.execute(
            select(TimerRow).where(
                TimerRow.project_id == project.id, TimerRow.kind == "occurrence", TimerRow.fired_at.is_(None)
            )
        ).scalars()
    }
    started = Counter(
        view.session.execute(
            select(TaskRow.element).where(TaskRow.project_id == project.id, TaskRow.kind == "occurrence")
        ).scalars()
    )
    return tuple(
        OccurrenceLine(each.name, each.id, every_in_words(each.every), timers.get(each.id))
        for each in method.recurring
        if started[each.id]
    )


def every_in_words(every: str) -> Text:
    known = {
        "P7D": Text("chaque semaine", "every week"),
        "P14D": Text("tous les quinze jours", "every fortnight"),
        "P1M": Text("chaque mois", "every month"),
        "plan": Text("selon le plan", "as planned"),
    }
    return known.get(every, Text(every))
