"""Take a guest out of a project: their links, their roles and their open tasks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.errors import NotFound
from engine.store.act import Act
from engine.store.invitations import end_links, give_back, must_answer_for_guests
from engine.store.tables import ActorRow, HoldingRow, InvitationRow, TaskRow


@dataclass(frozen=True, slots=True)
class RemoveGuest:
    """Take a guest out of a project: their links, their roles and their open tasks. History keeps what they did."""

    project: int
    guest: int  #: actor


def handle(act: Act, command: RemoveGuest) -> None:
    project = act.project(command.project)
    must_answer_for_guests(act, project)
    guest = act.session.execute(
        select(ActorRow).where(ActorRow.id == command.guest, ActorRow.kind == "guest")
    ).scalar_one_or_none()
    if guest is None:
        raise NotFound
    ended = end_links(act, InvitationRow.project_id == project.id, InvitationRow.actor_id == guest.id)
    roles = act.session.execute(
        delete(HoldingRow).where(
            HoldingRow.scope == "project", HoldingRow.scope_id == project.id, HoldingRow.actor_id == guest.id
        )
    ).rowcount  # type: ignore[attr-defined]
    act.forget(project)
    tasks = give_back(act, project, TaskRow.assignee_id == guest.id)
    if ended or roles or tasks:
        act.record("guest_removed", project, to=guest.id)
