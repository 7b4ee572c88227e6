"""Ask for the approval of a tailoring that can be woven."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import OverlayFixed
from engine.store.act import Act
from engine.store.overlay_letters import tell_approvers
from engine.store.overlays import DRAFT, REQUESTED, current, must_administer, overlay_row, said, woven_by
from engine.store.tables import ServiceRow


@dataclass(frozen=True, slots=True)
class RequestOverlay:
    """Ask for the approval of a tailoring that can be woven."""

    overlay: int


def handle(act: Act, command: RequestOverlay) -> None:
    row = overlay_row(act, command.overlay)
    service = act.session.execute(select(ServiceRow).where(ServiceRow.id == row.service_id)).scalar_one()
    must_administer(act, service)
    if row.state != DRAFT:
        raise OverlayFixed
    woven_by(act, said(row), current(act, row))
    row.state, row.requested_at, row.author_id = REQUESTED, act.now, act.actor.id
    act.record("overlay_requested", method=row.method, version=row.version, service=service.code, digest=row.digest)
    act.session.flush()
    tell_approvers(act, row, service)
