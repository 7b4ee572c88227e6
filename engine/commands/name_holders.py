"""Name who holds a role in a service: it applies at once to what is open in the projects under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select, update

from engine.commands.appoint import must_be_compatible
from engine.errors import ChoiceUnknown, JalonError, NotAllowed, NotFound, RoleWithoutHolder
from engine.people import OWN_ROLES, Held, resolve, resolve_in
from engine.store.act import Act
from engine.store.holdings import name_holders
from engine.store.overlays import ADMINISTRATORS, administers
from engine.store.releases import last_releases
from engine.store.tables import CallRow, HoldingRow, ProjectRow, ServiceRow, TaskRow
from engine.words import Text

UNDER_WAY = ("running", "held")


@dataclass(frozen=True, slots=True)
class NameHolders:
    """Name who holds a role in a service, in place of whoever held it there.

    Nobody named: the role is held again by whom the service above says. A role that a project names itself stays.
    """

    service: str  #: code
    role: str
    people: tuple[int, ...]


def handle(act: Act, command: NameHolders) -> None:
    service = act.session.execute(select(ServiceRow).where(ServiceRow.code == command.service)).scalar_one_or_none()
    if service is None:
        raise NotFound
    if act.actor.id and not administers(act.actor, service):
        verb = Text("dire qui tient un rôle dans ce service", "say who holds a role in this department")
        raise NotAllowed(verb=verb, who=ADMINISTRATORS)
    name = roles_of(act).get(command.role)
    if name is None:
        raise ChoiceUnknown(value=command.role, label=Text("Rôle", "Role"))
    below = _below(act, service)
    before = resolve_in(act.link, below.values(), [command.role])
    sound = [each for each in _projects(act, below) if _is_compatible(act, each)]
    named = name_holders(act, "service", service.id, command.role, command.people)
    after = resolve_in(act.link, below.values(), [command.role])
    if not after[command.service][command.role].holders:
        raise RoleWithoutHolder(roles=(name,))
    for each in sound:
        _must_stay_compatible(act, each)
    for id, code in below.items():
        _seat_again(act, command.role, id, code, before[code][command.role], after[code][command.role])
    act.record("holders_named", service=command.service, role=command.role, name=name.fr, people=named)


def roles_of(act: Act) -> dict[str, Text]:
    """By id: those that the methods draw, the owner's and the administrator's."""
    methods = [act.release(row.id).method for row in last_releases(act.session)]
    return OWN_ROLES | {role.id: role.name for method in methods for role in method.roles}


def _below(act: Act, service: ServiceRow) -> dict[int, str]:
    """The service and those under it: code by id."""
    rows = act.session.execute(select(ServiceRow.id, ServiceRow.code).where(ServiceRow.path.like(f"{service.path}%")))
    return {id: code for id, code in rows}


# --- the projects under way ---


def _projects(act: Act, services: Iterable[int]) -> Iterator[ProjectRow]:
    found = select(ProjectRow).where(ProjectRow.service_id.in_(list(services)), ProjectRow.status.in_(UNDER_WAY))
    yield from act.session.execute(found.order_by(ProjectRow.id)).scalars()


def _is_compatible(act: Act, project: ProjectRow) -> bool:
    try:
        _must_stay_compatible(act, project)
    except JalonError:
        return False
    return True


def _must_stay_compatible(act: Act, project: ProjectRow) -> None:
    """Raises `RolesIncompatible`, `RoleWithoutHolder`."""
    method = act.release(project.release_id).method
    must_be_compatible(method, resolve(act.link, project.id, act.path(project.service_id), method.deciding))


def _seat_again(act: Act, role: str, service: int, code: str, before: Held, after: Held) -> None:
    """Open tasks of the role wait where it is held now; whoever no longer holds it no longer has them."""
    its_own = exists().where(
        HoldingRow.scope == "project", HoldingRow.scope_id == TaskRow.project_id, HoldingRow.role == role
    )
    here: ColumnElement[bool] = or_(
        TaskRow.instance == code,
        (TaskRow.instance == "") & TaskRow.project_id.in_(
            select(ProjectRow.id).where(ProjectRow.service_id == service, ProjectRow.status.in_(UNDER_WAY))
        ),
    )  # fmt: skip
    waiting = TaskRow.state == "open", here, ~its_own
    called = select(TaskRow.id).where(*waiting)
    apart = {"synchronize_session": False}
    act.session.execute(
        update(CallRow).where(CallRow.role == role, CallRow.task_id.in_(called)).values(seat=after.seat),
        execution_options=apart,
    )
    gone = {each.actor for each in before.holders} - {each.actor for each in after.holders}
    of_the_role = *waiting, TaskRow.role == role
    act.session.execute(
        update(TaskRow)
        .where(*of_the_role, or_(TaskRow.assignee_id.is_(None), TaskRow.assignee_id.in_(gone)))
        .values(assignee_id=after.sole, revision=TaskRow.revision + 1),
        execution_options=apart,
    )
    act.session.execute(update(TaskRow).where(*of_the_role).values(seat=after.seat), execution_options=apart)
