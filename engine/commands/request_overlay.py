"""Ask for the approval of a tailoring that can be woven."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import NotFound, OverlayFixed
from engine.store.act import Act
from engine.store.overlays import DRAFT, REQUESTED, must_administer, overlay_row, release_row, said, woven_by
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
    base = release_row(act, row.method, row.version)
    if base is None:
        raise NotFound
    woven_by(act, said(row), base)
    row.state, row.requested_at, row.author_id = REQUESTED, act.now, act.actor.id
    act.record("overlay_requested", method=row.method, version=row.version, service=service.code, digest=row.digest)
