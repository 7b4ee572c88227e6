"""Who answers for the organisation as a whole: the holders of its roles in the root service."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from engine.people import ADMINISTRATOR, METHOD_OWNER
from engine.store.act import Act
from engine.store.tables import ActorRow, HoldingRow, ServiceRow

#: the sponsor of what is nobody's project, where held in the root service
SPONSOR = "COM"


def who_answers(act: Act) -> list[int]:
    """Who answers an idea: the method owner, else the sponsor, else the administrator of the root service."""
    return _first(act, (METHOD_OWNER, SPONSOR, ADMINISTRATOR))


def who_is_told(act: Act) -> list[int]:
    """Who hears of an idea left without answer: the sponsor of the root service, else the method owner."""
    return _first(act, (SPONSOR, METHOD_OWNER, ADMINISTRATOR))


def _first(act: Act, roles: Sequence[str]) -> list[int]:
    """The holders, by number, of the first of these roles that somebody holds in the root service."""
    root = select(ServiceRow.id).where(ServiceRow.parent_id.is_(None)).order_by(ServiceRow.id).limit(1)
    rows = act.session.execute(
        select(HoldingRow.role, HoldingRow.actor_id)
        .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
        .where(
            HoldingRow.scope == "service", HoldingRow.scope_id == root.scalar_subquery(), HoldingRow.role.in_(roles),
            ActorRow.active,
        )
        .order_by(HoldingRow.actor_id)
    ).all()  # fmt: skip
    held = {role: [actor for found, actor in rows if found == role] for role in roles}
    return next((held[role] for role in roles if held[role]), [])
