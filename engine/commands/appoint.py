"""Name who holds a role in a project: it applies at once to the tasks that wait for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.errors import ChoiceUnknown, NotAllowed, RolesIncompatible, RoleWithoutHolder
from engine.method import Method
from engine.people import Held, resolve, roles_to_appoint
from engine.store.act import Act
from engine.store.case import must_move
from engine.store.entries import open_entry
from engine.store.holdings import name_holders
from engine.store.tables import CallRow, ProjectRow, TaskRow
from engine.words import Text
from engine.working_time import due_after


@dataclass(frozen=True, slots=True)
class Appoint:
    """Name who holds a role in a project, in place of whoever held it there.

    The sponsor names anyone; the project lead names those who neither steer nor decide. Nobody named: the role is
    held again by whom the service says.
    """

    project: int
    role: str
    people: tuple[int, ...]


def handle(act: Act, command: Appoint) -> None:
    project = act.project(command.project)
    must_move(project)
    method = act.release(project.release_id).method
    if command.role not in method.role:
        raise ChoiceUnknown(value=command.role, label=Text("Rôle", "Role"))
    path = act.path(project.service_id)
    before = resolve(act.session, project.id, path, method.role)
    _must_be_allowed(act, method, before, command.role)
    named = name_holders(act, "project", project.id, command.role, command.people)
    held = resolve(act.session, project.id, path, method.role)
    must_be_compatible(method, held)
    if command.role in method.asked and not held[command.role].holders:
        raise RoleWithoutHolder(roles=(method.role[command.role].name,))
    _seat_again(act, project, command.role, held[command.role])
    act.record("role_appointed", project, role=command.role, people=named)
    if command.role == method.lead:
        _succeed(act, project, before[method.lead], held[method.lead])


def _succeed(act: Act, project: ProjectRow, before: Held, after: Held) -> None:
    """Whoever becomes the lead has the project to take up: what is open, decided and promised is on one page."""
    known = {each.actor for each in before.holders}
    names = ", ".join(each.name for each in before.holders if each.actor not in {one.actor for one in after.holders})
    for each in after.holders:
        if each.actor not in known:
            open_entry(
                act, "action", project, TAKE_UP.format(name=names or "–"), body=HOW.format(project=project.id),
                owner=each.actor, due=due_after(act.now, "P5D"), origin="handover", origin_id=project.id,
            )  # fmt: skip


TAKE_UP = Text("Prendre la suite de {name}", "Take up from {name}")
HOW = Text(
    "Ce qui est ouvert, décidé et promis est sur /projets/{project}/passation. Voyez-le avec la personne qui part, "
    "puis dites ici ce que vous reprenez.",
    "What is open, decided and promised is on /projets/{project}/passation. Go through it with the person who leaves, "
    "then say here what you take up.",
)


def _must_be_allowed(act: Act, method: Method, held: dict[str, Held], role: str) -> None:
    if role not in roles_to_appoint(method, held, act.actor.id):
        verb = Text("désigner « {role} »", "appoint “{role}”").format(role=method.role[role].name)
        raise NotAllowed(verb=verb, who=method.role[method.sponsor].name)


def must_be_compatible(method: Method, held: dict[str, Held]) -> None:
    """The lead neither chairs a gate nor is its only voter. Raises `RolesIncompatible`, `RoleWithoutHolder`."""
    leads = {each.actor: each.name for each in held[method.lead].holders}
    for gate in method.gate.values():
        for actor in {each.actor for each in held[gate.chair].holders} & leads.keys():
            raise RolesIncompatible(
                name=leads[actor], first=method.role[method.lead].name, second=method.role[gate.chair].name
            )
        if not {each.actor for role in gate.voters for each in held[role].holders} - leads.keys():
            raise RoleWithoutHolder(roles=tuple(method.role[each].name for each in gate.voters))


def _seat_again(act: Act, project: ProjectRow, role: str, held: Held) -> None:
    """Open tasks of the role wait where it is held now; whoever no longer holds it no longer has them."""
    gates = select(TaskRow.id).where(TaskRow.project_id == project.id, TaskRow.state == "open")
    act.session.execute(
        update(CallRow)
        .where(CallRow.role == role, CallRow.task_id.in_(gates))
        .values(seat=held.seat)
        .execution_options(synchronize_session=False)
    )
    holders = [each.actor for each in held.holders]
    for task in act.session.execute(
        select(TaskRow).where(
            TaskRow.project_id == project.id, TaskRow.role == role, TaskRow.state == "open",
            TaskRow.seat.not_like("s%") | (TaskRow.instance == ""),
        )
    ).scalars():  # fmt: skip
        task.seat = held.seat
        if task.assignee_id not in holders:
            task.assignee_id = holders[0] if len(holders) == 1 else None
