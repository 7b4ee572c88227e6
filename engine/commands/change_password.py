"""Choose a new password, proving the old one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from engine.errors import WrongPassword
from engine.passwords import hashed, matches, must_be_strong
from engine.store.act import Act
from engine.store.tables import ActorRow, SessionRow


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Choose a new password, proving the old one."""

    old: str
    new: str


def handle(act: Act, command: ChangePassword) -> None:
    row = act.session.execute(select(ActorRow).where(ActorRow.id == act.actor.id)).scalar_one()
    if not matches(row.password, command.old):
        raise WrongPassword
    must_be_strong(command.new, row.login)
    row.password = hashed(command.new)
    # whoever else is signed in as this person must prove the new one
    act.session.execute(delete(SessionRow).where(SessionRow.actor_id == row.id))
