"""Actors, roles, services; who may do what. One `can` and one `visible`, used by every command and query.

A role is resolved in the project first, then in its service, then in the service's parents: the nearest that has a
holder answers (docs/explanation/people.md). A task waits in a *seat*, the place where its role was found:
`p12:CP` (held in project 12) or `s3:RS` (held in service 3), so that a change of holder applies to it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    true,
    union_all,
)  # fmt: skip

from engine.clock import now
from engine.errors import SignInNeeded
from engine.mandates import STOOD, Stood, below, opens, stood, stood_in, theirs, where_one_takes_part
from engine.method import Method
from engine.store.statements import Link, ask
from engine.store.tables import ActorRow, HoldingRow, ProjectRow, ServiceRow, TaskRow
from engine.words import Text

#: the actor that is Jalon itself: the command line on the machine, and jobs
SYSTEM = 0
METHOD_OWNER = "RM"  #: publishes methods, where held in the root service
ADMINISTRATOR = "ADM"  #: manages people, where held in a service
#: roles of Jalon itself, which a method may name its own way
OWN_ROLES = {
    METHOD_OWNER: Text("Responsable de méthode", "Method owner"),
    ADMINISTRATOR: Text("Administrateur", "Administrator"),
}


@dataclass(frozen=True)
class Actor:
    id: int
    name: str
    language: str
    guest: bool
    seats: frozenset[str]  #: every place where they hold a role
    projects: frozenset[int] = field(default_factory=frozenset)  #: where they hold a role
    services: frozenset[int] = field(default_factory=frozenset)  #: where they hold a role
    service: int | None = None  #: where they work
    stood: tuple[Stood, ...] = ()  #: whom they stand in for

    def holds(self, role: str) -> bool:
        return any(seat.partition(":")[2] == role for seat in self.seats)

    def holds_in(self, project: int, role: str) -> bool:
        return f"p{project}:{role}" in self.seats

    def on_behalf(self, of: Iterable[int | None], project: int, role: str) -> int | None:
        """The one among `of` as whom the actor may act: themselves, else somebody whose mandate they have."""
        able = set(of)
        if self.id in able:
            return self.id
        return next((each.actor for each in self.stood if each.actor in able and each.covers(project, role)), None)


def seat_of(scope: str, scope_id: int, role: str) -> str:
    return f"{scope[0]}{scope_id}:{role}"


def load_actor(link: Link, id: int | None) -> Actor:
    """The actor and what they hold. Raises `SignInNeeded` for nobody, or one who has left."""
    if id is None:
        raise SignInNeeded
    return _actor(id, ask(link, _WHOLE_ACTOR, {"actor": id, "now": now()}))


def _actor(id: int, rows: Sequence[Any]) -> Actor:
    """Of the rows about the actor: their own, and those of whom they stand in for; other people's do not count."""
    own = [row for row in rows if row[0] == 1]
    if not own or not own[0].active:
        raise SignInNeeded
    held = [(row[2], row[3], row[1]) for row in rows if row[1] and row[0] != 2 and row[4] == id]
    first = own[0]
    return Actor(
        id=id,
        name=first.name,
        language=first.language,
        guest=first.kind == "guest",
        seats=frozenset(seat_of(*each) for each in held),
        projects=frozenset(place for scope, place, _ in held if scope == "project"),
        services=frozenset(place for scope, place, _ in held if scope == "service"),
        service=first.service_id,
        stood=stood([row for row in rows if row[0] == 2]),
    )


# --- who holds a role --------------------------------------------------------------------------------------


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
    return _actor(actor, rows), _resolved(wanted, project, path, held)


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


def roles_to_appoint(method: Method, held: Mapping[str, Held], actor: int) -> frozenset[str]:
    """The roles whose holders `actor` may name in a project: the sponsor all, the lead those that decide nothing."""

    def holds(role: str) -> bool:
        return any(each.actor == actor for each in held[role].holders)

    if holds(method.sponsor):
        return frozenset(method.role)
    deciding = {method.lead, method.sponsor}.union(*({gate.chair, *gate.voters} for gate in method.gate.values()))
    return frozenset(method.role) - deciding if holds(method.lead) else frozenset()


def steers(actor: int, method: Method, held: Mapping[str, Held]) -> bool:
    """Does `actor` hold the lead's role, or the sponsor's?"""
    return any(each.actor == actor for role in (method.lead, method.sponsor) for each in held[role].holders)


# --- who may see -------------------------------------------------------------------------------------------


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


# --- who may do --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What `can` looks at: one actor before one task of one project."""

    lead: bool  #: holds the lead's role in it
    sponsor: bool
    assignee: bool
    seated: bool  #: the task's seat is theirs
    taken: bool  #: somebody is its assignee
    open: bool
    barred: bool = False  #: by a separation of duties
    frozen: bool = False  #: its gate has been decided since
    answered: bool = False  #: they are the one who completed it
    chair: bool = False
    voter: bool = False
    running: bool = True  #: the project is neither held nor ended


def can(verb: str, who: Standing) -> bool:
    """May one so placed do `verb` to the task? The only table of permissions on a task."""
    match verb:
        case "claim":
            return (
                who.running
                and who.open
                and not who.taken
                and (who.seated or who.lead or who.sponsor)
                and not who.barred
            )
        case "release":
            return who.running and who.open and who.taken and (who.assignee or who.lead or who.sponsor)
        case "draft" | "complete" | "refuse" | "attach":
            return who.running and who.open and not who.barred and (who.assignee or (who.seated and not who.taken))
        case "hand_over" | "more_time":
            return who.running and who.open and (who.assignee or (who.seated and not who.taken))
        case "assign" | "grant_time":
            return who.running and who.open and (who.lead or who.sponsor)
        case "correct":
            return who.running and not who.open and not who.frozen and (who.answered or who.lead)
        case "request":
            return who.running and who.open and (who.assignee or who.seated or who.lead or who.sponsor)
        case "assess":
            return who.running and who.open and (who.lead or who.chair)
        case "vote" | "declare_interest":
            return who.running and who.open and who.voter and not who.lead
        case "close_vote" | "decide" | "call_session":
            return who.running and who.open and who.chair and not who.lead
        case "settle":
            return who.running and who.open and who.sponsor and not who.lead
        case "comment":
            return True
    raise ValueError(verb)


#: who may, in words, for the refusal
WHO = {
    "claim": Text("une personne qui tient le rôle de cette tâche", "someone who holds the role of this task"),
    "release": Text("la personne qui l’a prise, ou le chef de projet", "the person who took it, or the project lead"),
    "draft": Text("la personne à qui la tâche est confiée", "the person to whom the task is entrusted"),
    "assign": Text("le chef de projet ou le commanditaire", "the project lead or the sponsor"),
    "correct": Text("la personne qui a répondu, ou le chef de projet", "the person who answered, or the project lead"),
    "request": Text(
        "la personne à qui l’avis est demandé, le chef de projet ou le commanditaire",
        "the person whose opinion is asked, the project lead or the sponsor",
    ),
    "assess": Text("le chef de projet ou le président de la porte", "the project lead or the gate’s chair"),
    "vote": Text("les votants de la porte, jamais le chef de projet", "the gate’s voters, never the project lead"),
    "decide": Text("le président de la porte", "the gate’s chair"),
    "settle": Text(
        "le commanditaire, puisque la phase a été reprise autant de fois que la méthode l’admet",
        "the sponsor, as the phase has been reworked as often as the method allows",
    ),
    "hold": Text("le commanditaire ou le chef de projet", "the sponsor or the project lead"),
    "sponsor": Text("le commanditaire", "the sponsor"),
    "publish": Text("le responsable de méthode", "the method owner"),
    "administer": Text("l’administrateur", "the administrator"),
    "approve": Text(
        "le commanditaire ou le président de la porte, jamais qui l’a demandé",
        "the sponsor or the gate’s chair, never who asked",
    ),
}
WHO |= {
    "complete": WHO["draft"], "refuse": WHO["draft"], "attach": WHO["draft"], "hand_over": WHO["draft"],
    "more_time": WHO["draft"], "grant_time": WHO["assign"], "declare_interest": WHO["vote"],
    "close_vote": WHO["decide"], "call_session": WHO["decide"],
}  # fmt: skip

#: what was attempted, in words
VERBS = {
    "claim": Text("prendre « {task} »", "claim “{task}”"),
    "release": Text("rendre « {task} »", "release “{task}”"),
    "draft": Text("enregistrer un brouillon de « {task} »", "save a draft of “{task}”"),
    "complete": Text("terminer « {task} »", "complete “{task}”"),
    "refuse": Text("refuser « {task} »", "refuse “{task}”"),
    "attach": Text("joindre un fichier à « {task} »", "attach a file to “{task}”"),
    "hand_over": Text("transmettre « {task} »", "hand over “{task}”"),
    "more_time": Text("demander un délai pour « {task} »", "ask more time for “{task}”"),
    "assign": Text("confier « {task} » à quelqu’un", "assign “{task}” to someone"),
    "grant_time": Text("accorder un délai pour « {task} »", "grant more time for “{task}”"),
    "request": Text("suspendre le délai de « {task} »", "suspend the clock of “{task}”"),
    "correct": Text("corriger la réponse à « {task} »", "correct the answer to “{task}”"),
    "assess": Text("renseigner les critères de « {task} »", "assess the criteria of “{task}”"),
    "vote": Text("voter à « {task} »", "vote at “{task}”"),
    "declare_interest": Text("déclarer un intérêt à « {task} »", "declare an interest at “{task}”"),
    "close_vote": Text("clore le vote de « {task} »", "close the vote of “{task}”"),
    "call_session": Text("convoquer une seconde séance de « {task} »", "call a second session of “{task}”"),
    "decide": Text("décider à « {task} »", "decide at “{task}”"),
    "settle": Text("décider à « {task} »", "decide at “{task}”"),
    "set_aside": Text("demander que « {task} » soit sans objet", "ask that “{task}” be not applicable"),
    "approve": Text("répondre à la demande sur « {task} »", "answer the request on “{task}”"),
    "attest": Text("attester « {task} »", "vouch for “{task}”"),
}
