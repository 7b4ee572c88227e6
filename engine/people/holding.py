"""Who holds a role, and where it is found: in the project first, then in its service, then in the service's parents.

The nearest that has a holder answers (docs/explanation/people.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, bindparam, literal_column, select, union_all

from engine.clock import now
from engine.errors import SignInNeeded
from engine.mandates import STOOD, stood_in
from engine.people.actor import Actor, actor_of, seat_of
from engine.store.statements import Link, ask
from engine.store.tables import ActorRow, HoldingRow, ServiceRow


@dataclass(frozen=True, slots=True)
class Holder:
    actor: int
    name: str


@dataclass(frozen=True)
class Held:
    """Where a role was found, and by whom it is held there."""

    seat: str
    holders: tuple[Holder, ...]

    @property
    def sole(self) -> int | None:
        """The actor who holds it alone."""
        return self.holders[0].actor if len(self.holders) == 1 else None


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a role was found, and who holds it there alone: all that a task which opens asks of a crowd."""

    id: str
    sole: int | None


# Statements are built once, for so many services: one that is written anew at each call costs more than its execution,
# and so does one whose lists are unfolded at each call.


_HELD = HoldingRow.actor_id == ActorRow.id


def _people(own: bool, *where: ColumnElement[bool], held: ColumnElement[bool] = _HELD) -> Select[Any]:
    """A person and a place where they hold a role; `own`: of the actor, with or without a role."""
    columns: tuple[Any, ...] = (
        literal_column("1" if own else "0").label("own"), HoldingRow.role, HoldingRow.scope, HoldingRow.scope_id,
        ActorRow.id, ActorRow.name, ActorRow.language, ActorRow.kind, ActorRow.active, ActorRow.service_id,
    )  # fmt: skip
    if own:
        return select(*columns).outerjoin_from(ActorRow, HoldingRow, held).where(*where)
    return select(*columns).join_from(HoldingRow, ActorRow, held).where(ActorRow.active, *where)


_ACTOR = _people(True, ActorRow.id == bindparam("actor"))
_WHOLE_ACTOR = union_all(_ACTOR, STOOD)
_IN_A_SERVICE = and_(_HELD, HoldingRow.scope == literal_column("'service'"))
#: what they hold in services; in projects they may lead thousands
_ACTOR_NEAR = union_all(
    _people(True, ActorRow.id == bindparam("actor"), held=_IN_A_SERVICE), stood_in(bindparam("project"))
)


@lru_cache(maxsize=256)
def _holdings(roles: int, services: int, own: bool) -> CompoundSelect[Any]:
    """Who holds one of so many roles in a project, or in so many services; `own`: and what the actor holds in services,
    and with every role in the project."""
    wanted = HoldingRow.role.in_([bindparam(f"role_{number}") for number in range(roles)])
    here = HoldingRow.scope == "project", HoldingRow.scope_id == bindparam("project")
    parts = [_people(False, *here) if own else _people(False, *here, wanted)]
    if services:
        places = HoldingRow.scope_id.in_([bindparam(f"service_{number}") for number in range(services)])
        parts.append(_people(False, HoldingRow.scope == "service", places, wanted))
    return union_all(*parts, *(_ACTOR_NEAR.selects if own else []))


def _asked(
    link: Link, project: int, path: Sequence[int], roles: Sequence[str], actor: int | None
) -> Sequence[Any]:  # fmt: skip
    values: dict[str, Any] = {f"service_{number}": each for number, each in enumerate(path)}
    values |= {f"role_{number}": each for number, each in enumerate(roles)}
    values |= {"project": project, "actor": actor, "now": now()}
    return ask(link, _holdings(len(roles), len(path), actor is not None), values)


#: the paths of services (no person), and who holds a role in any service
_IN_SERVICES: CompoundSelect[Any] = union_all(
    select(
        literal_column("1").label("own"), literal_column("''").label("role"), literal_column("''").label("scope"),
        ServiceRow.id.label("scope_id"), literal_column("0").label("id"), ServiceRow.code.label("name"),
        ServiceRow.path.label("path"),
    ).where(ServiceRow.code.in_(bindparam("codes", expanding=True))),
    select(
        literal_column("0"), HoldingRow.role, HoldingRow.scope, HoldingRow.scope_id, ActorRow.id, ActorRow.name,
        literal_column("''"),
    )
    .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
    .where(HoldingRow.scope == "service", HoldingRow.role.in_(bindparam("roles", expanding=True)), ActorRow.active),
)  # fmt: skip


def load_actor(link: Link, id: int | None) -> Actor:
    """The actor and what they hold. Raises `SignInNeeded` for nobody, or one who has left."""
    if id is None:
        raise SignInNeeded
    return actor_of(id, ask(link, _WHOLE_ACTOR, {"actor": id, "now": now()}))


def resolve(link: Link, project: int, path: Iterable[int], roles: Iterable[str]) -> dict[str, Held]:
    """Each role where it is held nearest: the project, then the services of `path`, the nearest last.

    A role that nobody holds is given the project's seat, with no holder.
    """
    wanted, services = list(roles), list(path)
    if not wanted:
        return {}
    return _resolved(wanted, project, services, _by_place(_asked(link, project, services, wanted, None), wanted))


def resolve_for(
    link: Link, actor: int, project: int, path: Sequence[int], roles: Iterable[str]
) -> tuple[Actor, dict[str, Held]]:
    """`load_actor` and `resolve` in one question to the database: of projects, the actor's roles in this one only."""
    wanted = list(roles)
    rows = _asked(link, project, path, wanted, actor)
    held = _by_place([row for row in rows if not row[0]], wanted)
    return actor_of(actor, rows), _resolved(wanted, project, path, held)


def resolve_in(link: Link, codes: Iterable[str], roles: Iterable[str]) -> dict[str, dict[str, Held]]:
    """The same for several services at once, by their code; what is held in a project does not count."""
    wanted = list(roles)
    rows = ask(link, _IN_SERVICES, {"codes": list(codes), "roles": wanted})
    found = _by_place([row for row in rows if row.id], wanted)
    paths = {row.name: [int(each) for each in row.path.split("/") if each] for row in rows if not row.id}
    return {code: _resolved(wanted, 0, path, found) for code, path in paths.items()}


def seats(link: Link, project: int, path: Sequence[int], roles: Iterable[str]) -> dict[str, Seat]:
    """`resolve` where it matters only whether somebody holds a role, and alone: of however many, two are read."""
    wanted = list(roles)
    if not wanted:
        return {}
    values = {f"service_{number}": each for number, each in enumerate(path)}
    said = {f"role_{number}": each for number, each in enumerate(wanted)}
    rows = ask(link, _some(len(wanted), len(path)), {"project": project} | values | said)
    held = _resolved(wanted, project, path, _by_place(rows, wanted))
    return {role: Seat(each.seat, each.sole) for role, each in held.items()}


@lru_cache(maxsize=64)
def _some(roles: int, services: int) -> CompoundSelect[Any]:
    """Two holders at most of each of so many roles in a project, and in each of so many services."""
    places = [("project", "project"), *(("service", f"service_{number}") for number in range(services))]
    parts = [
        _people(
            False, HoldingRow.scope == scope, HoldingRow.scope_id == bindparam(place),
            HoldingRow.role == bindparam(f"role_{number}"),
        ).limit(2).subquery()
        for scope, place in places
        for number in range(roles)
    ]  # fmt: skip
    return union_all(*(select(part) for part in parts))


Places = Mapping[tuple[str, str, int], list[Holder]]


def _by_place(rows: Sequence[Any], roles: Sequence[str]) -> Places:
    """The holders of these roles by place, each place's by name."""
    found: dict[tuple[str, str, int], list[Holder]] = {}
    for _, role, scope, place, id, name, *_ in sorted(rows, key=itemgetter(5, 4)):
        if role in roles:
            found.setdefault((role, scope, place), []).append(Holder(id, name))
    return found


def _resolved(roles: Iterable[str], project: int, path: Sequence[int], found: Places) -> dict[str, Held]:
    places = [("project", project), *(("service", each) for each in reversed(path))]
    return {role: _nearest(role, places, found, project) for role in roles}


def _nearest(role: str, places: list[tuple[str, int]], found: Places, project: int) -> Held:
    for scope, scope_id in places:
        holders = found.get((role, scope, scope_id))
        if holders:
            return Held(seat_of(scope, scope_id, role), tuple(holders))
    return Held(seat_of("project", project, role), ())
