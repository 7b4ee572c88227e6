"""Say that a reserve of a gate is lifted, with the proof."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.hold_project import must_steer
from engine.errors import NotFound
from engine.reserves import lift
from engine.store.act import Act
from engine.store.case import must_move, must_say
from engine.store.tables import ReserveRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class LiftReserve:
    """Say that a reserve of a gate is lifted, with the proof."""

    reserve: int
    proof: str


def handle(act: Act, command: LiftReserve) -> None:
    row = act.session.execute(select(ReserveRow).where(ReserveRow.id == command.reserve)).scalar_one_or_none()
    if row is None:
        raise NotFound
    project = act.project(row.project_id)
    must_move(project)
    if row.owner_id != act.actor.id:
        must_steer(act, project)
    if row.lifted_at is None:
        lift(act, project, row, must_say(command.proof, "lift", Text("")))
