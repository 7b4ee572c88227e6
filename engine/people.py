"""Actors, roles, services; who may do what. One `can` and one `visible`, used by every command and query.

A role is resolved in the project first, then in its service, then in the service's parents: the nearest that has a
holder answers (docs/explanation/people.md). A task waits in a *seat*, the place where its role was found:
`p12:CP` (held in project 12) or `s3:RS` (held in service 3), so that a change of holder applies to it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    false,
    literal_column,
    or_,
    select,
    true,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import Session

from engine.errors import SignInNeeded
from engine.method import Method
from engine.store.session import ask
from engine.store.tables import ActorRow, HoldingRow, ProjectRow, ServiceRow, TaskRow
from engine.words import Text

#: the actor that is Jalon itself: the command line on the machine, and jobs
SYSTEM = 0
METHOD_OWNER = "RM"  #: publishes methods, where held in the root service
ADMINISTRATOR = "ADM"  #: manages people, where held in a service


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

    def holds(self, role: str) -> bool:
        return any(seat.partition(":")[2] == role for seat in self.seats)

    def holds_in(self, project: int, role: str) -> bool:
        return f"p{project}:{role}" in self.seats


def seat_of(scope: str, scope_id: int, role: str) -> str:
    return f"{scope[0]}{scope_id}:{role}"


#: built once: a statement that is written anew at each call costs more than its execution
_ACTOR = (
    select(
        ActorRow.name, ActorRow.language, ActorRow.kind, ActorRow.active, ActorRow.service_id,
        HoldingRow.role, HoldingRow.scope, HoldingRow.scope_id,
    )
    .outerjoin(HoldingRow, HoldingRow.actor_id == ActorRow.id)
    .where(ActorRow.id == bindparam("actor"))
)  # fmt: skip


def load_actor(session: Session, id: int | None) -> Actor:
    """The actor and what they hold. Raises `SignInNeeded` for nobody, or one who has left."""
    if id is None:
        raise SignInNeeded
    rows = ask(session, _ACTOR, {"actor": id}).all()
    if not rows or not rows[0].active:
        raise SignInNeeded
    held = [row for row in rows if row.role]
    return Actor(
        id=id,
        name=rows[0].name,
        language=rows[0].language,
        guest=rows[0].kind == "guest",
        seats=frozenset(seat_of(row.scope, row.scope_id, row.role) for row in held),
        projects=frozenset(row.scope_id for row in held if row.scope == "project"),
        services=frozenset(row.scope_id for row in held if row.scope == "service"),
        service=rows[0].service_id,
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


_HOLDINGS = (
    select(HoldingRow.role, HoldingRow.scope, HoldingRow.scope_id, ActorRow.id, ActorRow.name)
    .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
    .where(
        HoldingRow.role.in_(bindparam("roles", expanding=True)),
        ActorRow.active,
        or_(
            and_(HoldingRow.scope == "project", HoldingRow.scope_id == bindparam("project")),
            and_(HoldingRow.scope == "service", HoldingRow.scope_id.in_(bindparam("services", expanding=True))),
        ),
    )
    .order_by(ActorRow.name, ActorRow.id)
)


#: the paths of services (no actor), and who holds a role in any service
_IN_SERVICES: CompoundSelect[Any] = union_all(
    select(
        literal_column("''").label("role"), ServiceRow.code.label("name"), ServiceRow.path.label("path"),
        ServiceRow.id.label("service"), literal_column("0").label("actor"),
    ).where(ServiceRow.code.in_(bindparam("codes", expanding=True))),
    select(HoldingRow.role, ActorRow.name, literal_column("''"), HoldingRow.scope_id, ActorRow.id)
    .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
    .where(HoldingRow.scope == "service", HoldingRow.role.in_(bindparam("roles", expanding=True)), ActorRow.active),
)  # fmt: skip


def resolve(session: Session, project: int, path: Iterable[int], roles: Iterable[str]) -> dict[str, Held]:
    """Each role where it is held nearest: the project, then the services of `path`, the nearest last.

    A role that nobody holds is given the project's seat, with no holder.
    """
    wanted, services = list(roles), list(path)
    if not wanted:
        return {}
    rows = ask(session, _HOLDINGS, {"roles": wanted, "project": project, "services": services})
    return _resolved(wanted, project, services, _by_place(rows))


def resolve_in(session: Session, codes: Iterable[str], roles: Iterable[str]) -> dict[str, dict[str, Held]]:
    """The same for several services at once, by their code; what is held in a project does not count."""
    wanted = list(roles)
    rows = ask(session, _IN_SERVICES, {"codes": list(codes), "roles": wanted}).all()
    held = sorted((row for row in rows if row.actor), key=lambda row: (row.name, row.actor))
    found = _by_place((row.role, "service", row.service, row.actor, row.name) for row in held)
    paths = {row.name: [int(each) for each in row.path.split("/") if each] for row in rows if not row.actor}
    return {code: _resolved(wanted, 0, path, found) for code, path in paths.items()}


Places = Mapping[tuple[str, str, int], list[Holder]]


def _by_place(rows: Iterable[Sequence[Any]]) -> Places:
    found: dict[tuple[str, str, int], list[Holder]] = {}
    for role, scope, scope_id, actor, name in rows:
        found.setdefault((role, scope, scope_id), []).append(Holder(actor, name))
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
    deciding = {method.lead, method.sponsor}.union(*({gate.chair, *gate.voters} for gate in method.gates))
    return frozenset(method.role) - deciding if holds(method.lead) else frozenset()


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
    return own if actor.guest else or_(own, TaskRow.project_id.in_(taking_part(actor)))


def sees(actor: Actor, task: TaskRow, project: ProjectRow, path: Iterable[int]) -> bool:
    """`visible` for a task that is already read, with its project and the path of the project's service."""
    if not actor.id or actor.id in (task.assignee_id, task.closed_by) or task.seat in actor.seats:
        return True
    if actor.guest:
        return False
    return project.id in actor.projects or project.author_id == actor.id or not actor.services.isdisjoint(path)


def _own_projects(actor: Actor) -> Select[int]:
    return select(TaskRow.project_id).where(or_(TaskRow.assignee_id == actor.id, TaskRow.seat.in_(actor.seats)))


def taking_part(actor: Actor) -> Select[int]:
    """The projects whose tasks an internal actor may open."""
    if not actor.id:
        return select(ProjectRow.id)
    below = [ServiceRow.path.like(f"%/{each}/%") for each in actor.services]
    return select(ProjectRow.id).where(
        or_(
            ProjectRow.id.in_(actor.projects),
            ProjectRow.author_id == actor.id,
            ProjectRow.service_id.in_(select(ServiceRow.id).where(or_(false(), *below))),
        )
    )


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
        case "assess":
            return who.running and who.open and (who.lead or who.chair)
        case "vote" | "declare_interest":
            return who.running and who.open and who.voter and not who.lead
        case "close_vote" | "decide":
            return who.running and who.open and who.chair and not who.lead
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
    "assess": Text("le chef de projet ou le président de la porte", "the project lead or the gate’s chair"),
    "vote": Text("les votants de la porte, jamais le chef de projet", "the gate’s voters, never the project lead"),
    "decide": Text("le président de la porte", "the gate’s chair"),
    "hold": Text("le commanditaire ou le chef de projet", "the sponsor or the project lead"),
    "publish": Text("le responsable de méthode", "the method owner"),
}
WHO |= {
    "complete": WHO["draft"], "refuse": WHO["draft"], "attach": WHO["draft"], "hand_over": WHO["draft"],
    "more_time": WHO["draft"], "grant_time": WHO["assign"], "declare_interest": WHO["vote"],
    "close_vote": WHO["decide"],
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
    "correct": Text("corriger la réponse à « {task} »", "correct the answer to “{task}”"),
    "assess": Text("renseigner les critères de « {task} »", "assess the criteria of “{task}”"),
    "vote": Text("voter à « {task} »", "vote at “{task}”"),
    "declare_interest": Text("déclarer un intérêt à « {task} »", "declare an interest at “{task}”"),
    "close_vote": Text("clore le vote de « {task} »", "close the vote of “{task}”"),
    "decide": Text("décider à « {task} »", "decide at “{task}”"),
}
