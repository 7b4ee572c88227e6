"""Withdraw one link of a guest: what it opened goes back to its role."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import NotFound
from engine.store.act import Act
from engine.store.invitations import end_links, give_back, must_answer_for_guests
from engine.store.tables import InvitationRow, TaskRow


@dataclass(frozen=True, slots=True)
class RevokeInvitation:
    """Withdraw one link of a guest: what it opened goes back to its role. A link that is over stays as it is."""

    invitation: int


def handle(act: Act, command: RevokeInvitation) -> None:
    row = act.session.execute(select(InvitationRow).where(InvitationRow.id == command.invitation)).scalar_one_or_none()
    if row is None:
        raise NotFound
    project = act.project(row.project_id)
    must_answer_for_guests(act, project)
    if not end_links(act, InvitationRow.id == row.id):
        return
    give_back(act, project, TaskRow.id == row.task_id, TaskRow.assignee_id == row.actor_id)
    task = act.session.execute(select(TaskRow).where(TaskRow.id == row.task_id)).scalar_one()
    act.record("invitation_revoked", project, task, element=task.element, to=row.actor_id)
