"""Suspend a project until a review date: the sponsor and the project lead may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from engine.errors import NotAllowed, ReviewDateMissing
from engine.people import WHO
from engine.store.act import Act
from engine.store.case import HOLDS, must_move, must_say
from engine.store.tables import ProjectRow, TimerRow
from engine.words import Text
from engine.working_time import PARIS, end_of


@dataclass(frozen=True, slots=True)
class HoldProject:
    """Suspend a project until a review date: the sponsor and the project lead may."""

    project: int
    reason: str
    review_at: date


def handle(act: Act, command: HoldProject) -> None:
    project = act.project(command.project)
    must_steer(act, project)
    must_move(project)
    suspend(act, project, must_say(command.reason, "hold", Text("")), command.review_at)


def must_steer(act: Act, project: ProjectRow) -> None:
    """Raises `NotAllowed` for whoever is neither the project's lead nor its sponsor."""
    method = act.release(project.release_id).method
    _, held = act.held(project)
    steering = [(role, each.actor) for role in (method.lead, method.sponsor) for each in held[role].holders]
    if all(act.actor.on_behalf([each], project.id, role) is None for role, each in steering):
        raise NotAllowed(verb=HOLDS["hold"], who=WHO["hold"])


def suspend(act: Act, project: ProjectRow, reason: str, review: date) -> None:
    """The project's clocks stop until it is resumed. Raises `ReviewDateMissing` for a day that is not to come."""
    if review <= act.now.astimezone(PARIS).date():
        raise ReviewDateMissing
    project.status, project.held_at, project.review_at, project.hold_reason = (
        "held",
        act.now,
        end_of(review),
        reason,
    )
    act.session.execute(
        update(TimerRow)
        .where(TimerRow.project_id == project.id, TimerRow.fired_at.is_(None), TimerRow.stopped_at.is_(None))
        .values(stopped_at=act.now)
        .execution_options(synchronize_session=False)
    )
    act.session.add(TimerRow(project_id=project.id, kind="review", element="", subject="", due_at=project.review_at))
    act.record("project_held", project, reason=reason, until=review.isoformat())
