"""Who holds a role in one place, a project or a service, in place of whoever held it there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import delete, select

from engine.errors import ChoiceUnknown
from engine.store.act import Act
from engine.store.tables import ActorRow, HoldingRow
from engine.words import Text


def name_holders(
    act: Act, scope: Literal["project", "service"], id: int, role: str, people: Iterable[int]
) -> list[int]:  # fmt: skip
    """Who is named, each once. A guest holds a role in a project only. Raises `ChoiceUnknown`."""
    named = list(dict.fromkeys(people))
    found = select(ActorRow.id).where(ActorRow.id.in_(named), ActorRow.active)
    if scope == "service":
        found = found.where(ActorRow.kind == "internal")
    known = set(act.session.execute(found).scalars())
    for actor in named:
        if actor not in known:
            raise ChoiceUnknown(value=actor, label=Text("Annuaire", "Directory"))
    act.session.execute(
        delete(HoldingRow).where(HoldingRow.scope == scope, HoldingRow.scope_id == id, HoldingRow.role == role)
    )
    act.session.add_all(HoldingRow(role=role, scope=scope, scope_id=id, actor_id=actor) for actor in named)
    act.session.flush()
    return named
