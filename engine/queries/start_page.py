"""What one chooses from to start a project."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.method import Method
from engine.people import resolve
from engine.queries.lines import ActorLine, ChoiceLine, ServiceLine
from engine.queries.view import View
from engine.store.releases import last_releases
from engine.store.tables import ChoiceRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class StartPageOf:
    method: str = ""  #: id; empty: the first


@dataclass(frozen=True, slots=True)
class RoleAsked:
    role: str
    name: Text
    needed: bool  #: somebody must hold it before the project starts
    holders: tuple[ActorLine, ...]  #: who holds it already through the service


@dataclass(frozen=True, slots=True)
class MethodChoice:
    id: str
    release: int
    name: Text
    version: str
    help: Text
    phases: tuple[Text, ...]
    roles: tuple[RoleAsked, ...]


@dataclass(frozen=True, slots=True)
class StartPage:
    methods: tuple[MethodChoice, ...]
    objectives: tuple[ChoiceLine, ...]
    themes: tuple[ChoiceLine, ...]
    services: tuple[ServiceLine, ...]
    people: tuple[ActorLine, ...]


def read(view: View, query: StartPageOf) -> StartPage:
    choices = list(view.session.execute(select(ChoiceRow).order_by(ChoiceRow.id)).scalars())

    def of(kind: str) -> tuple[ChoiceLine, ...]:
        return tuple(ChoiceLine(row.code, Text(row.label_fr, row.label_en)) for row in choices if row.kind == kind)

    root = view.session.execute(select(ServiceRow).order_by(ServiceRow.path).limit(1)).scalar_one_or_none()
    path = [root.id] if root else []
    return StartPage(
        methods=tuple(_method(view, row, path) for row in last_releases(view.session) if row.retired_at is None),
        objectives=of("objective"),
        themes=of("theme"),
        services=tuple(view.services.values()),
        people=view.directory(),
    )


def _method(view: View, row: ReleaseRow, path: list[int]) -> MethodChoice:
    method = view.release(row.id).method
    return MethodChoice(
        id=method.id,
        release=row.id,
        name=method.name,
        version=method.version,
        help=method.help,
        phases=tuple(phase.name for phase in method.phases if not phase.short),
        roles=_roles(view, method, path),
    )


def _roles(view: View, method: Method, path: list[int]) -> tuple[RoleAsked, ...]:
    asked = method.asked
    held = resolve(view.session, 0, path, {role.id for role in method.roles})
    people = view.people(each.actor for found in held.values() for each in found.holders)
    return tuple(
        RoleAsked(role.id, role.name, role.id in asked, tuple(people[each.actor] for each in held[role.id].holders))
        for role in method.roles
        if role.held == "project"
    )
