"""Prove who one is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import WrongPassword
from engine.passwords import matches
from engine.store.act import Act
from engine.store.tables import ActorRow


@dataclass(frozen=True, slots=True)
class SignIn:
    """Prove who one is."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    actor: int


def handle(act: Act, command: SignIn) -> SignedIn:
    row = act.session.execute(select(ActorRow).where(ActorRow.login == command.login.strip())).scalar_one_or_none()
    if not matches(row.password if row is not None and row.active else "", command.password) or row is None:
        raise WrongPassword
    return SignedIn(row.id)
