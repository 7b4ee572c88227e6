"""Who holds which role in a service: here, or above it; who is away, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.errors import NotFound
from engine.mandates import running
from engine.people import OWN_ROLES, resolve_in
from engine.queries.lines import ActorLine, ServiceLine
from engine.queries.view import View
from engine.store.overlays import administers
from engine.store.releases import last_releases
from engine.store.tables import MandateRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class HoldersOf:
    """Who holds which role in a service. Guests get NotFound."""

    service: str  #: code


@dataclass(frozen=True, slots=True)
class DeputyLine:
    """Who stands in for a holder, today."""

    holder: ActorLine
    deputy: ActorLine
    until: datetime


@dataclass(frozen=True, slots=True)
class HolderLine:
    """A role."""

    role: str  #: id
    name: Text
    here: tuple[ActorLine, ...]  #: named in this service
    above: tuple[ActorLine, ...]  #: where nobody is: who holds it, by a service above; its name is `by`
    by: ServiceLine | None
    deputies: tuple[DeputyLine, ...]


@dataclass(frozen=True, slots=True)
class HoldersPage:
    service: ServiceLine
    lines: tuple[HolderLine, ...]
    below: tuple[ServiceLine, ...]
    directory: tuple[ActorLine, ...]  #: to choose from; empty to who may not name anyone
    may_name: bool


def read(view: View, query: HoldersOf) -> HoldersPage:
    row = view.session.execute(select(ServiceRow).where(ServiceRow.code == query.service)).scalar_one_or_none()
    if row is None or view.actor.guest:
        raise NotFound
    names = _names(view)
    path = [int(each) for each in row.path.strip("/").split("/")]
    rows = view.session.execute(select(ServiceRow.id, ServiceRow.code).where(ServiceRow.id.in_(path)))
    codes = {id: code for id, code in rows}
    held = resolve_in(view.session, [row.code], names)[row.code]
    view.people([each.actor for one in held.values() for each in one.holders])
    may = not view.actor.id or administers(view.actor, row)
    lines = []
    for role, name in names.items():
        people = tuple(view.people([])[each.actor] for each in held[role].holders)
        place = int(held[role].seat[1:].partition(":")[0])
        here, above = (people, ()) if place == row.id else ((), people)
        by = view.services[codes[place]] if above else None
        lines.append(HolderLine(role, name, here, above, by, _deputies(view, role, people)))
    return HoldersPage(
        service=view.services[row.code], lines=tuple(lines),
        below=tuple(each for each in view.services.values() if each.parent == row.code),
        directory=view.directory() if may else (), may_name=may,
    )  # fmt: skip


def _names(view: View) -> dict[str, Text]:
    """Those that the methods draw for a service, by name; the owner's and the administrator's last."""
    methods = [view.release(row.id).method for row in last_releases(view.session)]
    drawn = OWN_ROLES | {role.id: role.name for method in methods for role in method.roles}
    return dict(sorted(drawn.items(), key=lambda each: (each[0] in OWN_ROLES, each[1].fr)))


def _deputies(view: View, role: str, people: tuple[ActorLine, ...]) -> tuple[DeputyLine, ...]:
    rows = list(
        view.session.execute(
            select(MandateRow).where(
                MandateRow.actor_id.in_([each.id for each in people]), MandateRow.role.in_(("", role)),
                MandateRow.project_id.is_(None), running(view.now),
            )
        ).scalars()
    )  # fmt: skip
    known = view.people([each.deputy_id for each in rows])
    return tuple(DeputyLine(known[each.actor_id], known[each.deputy_id], each.until) for each in rows)
