"""Links are ended, and what they opened goes back to its role."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from engine.errors import NotAllowed
from engine.people import ADMINISTRATOR, WHO, steers
from engine.store.act import Act
from engine.store.tables import InvitationRow, ProjectRow, TaskRow
from engine.words import Text


def end_links(act: Act, *where: Any) -> int:
    """The links that are not revoked yet, among those of `where`, open nothing from now on; how many."""
    done = act.session.execute(
        update(InvitationRow)
        .where(InvitationRow.revoked_at.is_(None), *where)
        .values(revoked_at=act.now)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def give_back(act: Act, project: ProjectRow, *where: Any) -> int:
    """The open tasks of `where` wait for their role again: for who holds it alone, else for who claims it."""
    tasks = list(
        act.session.execute(
            select(TaskRow).where(TaskRow.project_id == project.id, TaskRow.state == "open", *where)
        ).scalars()
    )
    seats = act.seats(project, {task.role for task in tasks if task.role}) if tasks else {}
    for task in tasks:
        seat = seats.get(task.role)
        task.assignee_id = seat.sole if seat is not None and seat.id == task.seat else None
    return len(tasks)


def must_answer_for_guests(act: Act, project: ProjectRow) -> None:
    """Raises `NotAllowed` for who neither leads nor sponsors the project, nor administers."""
    _, held = act.held(project)
    method = act.release(project.release_id).method
    if act.actor.id and not act.actor.holds(ADMINISTRATOR) and not steers(act.actor.id, method, held):
        raise NotAllowed(verb=Text("retirer l’accès d’un invité", "withdraw a guest’s access"), who=WHO["assign"])
