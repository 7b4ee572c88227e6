"""Approve a tailoring, or refuse it: new projects of the service start on it, those that run stay where they are.

Each operation that does less than the method is an entry of the register of deviations, approved with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from engine.errors import ApprovedByRequester, OverlayFixed, ReasonMissing
from engine.overlay import Departure
from engine.store.act import Act
from engine.store.overlay_letters import tell_author
from engine.store.overlays import (
    REFUSED,
    REQUESTED,
    current,
    must_approve,
    overlay_row,
    put_in_force,
    said,
    woven_by,
)
from engine.store.tables import ActorRow, OverlayRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class ApproveOverlay:
    """Approve a tailoring, or refuse it: new projects of the service start on it."""

    overlay: int
    word: str = ""  #: why; a refusal needs one
    refused: bool = False


@dataclass(frozen=True, slots=True)
class OverlayDecided:
    state: str  #: in_force, refused
    deviations: int  #: entries of the register


def handle(act: Act, command: ApproveOverlay) -> OverlayDecided:
    must_approve(act)
    row = overlay_row(act, command.overlay)
    if row.state != REQUESTED:
        raise OverlayFixed
    if row.author_id == act.actor.id:
        raise ApprovedByRequester(person=act.actor.name)
    if command.refused and not command.word.strip():
        raise ReasonMissing(verb=Text("refuser un aménagement", "refuse a tailoring"))
    service = act.session.execute(select(ServiceRow).where(ServiceRow.id == row.service_id)).scalar_one()
    row.approver_id, row.decided_at, row.word = act.actor.id, act.now, command.word.strip()
    departures: tuple[Departure, ...] = ()
    if command.refused:
        row.state = REFUSED
    else:
        departures = _signed(act, row, service)
    act.session.flush()
    kind = "overlay_refused" if command.refused else "overlay_approved"
    act.record(
        kind, method=row.method, version=row.version, service=service.code, digest=row.digest, reason=row.word
    )  # fmt: skip
    tell_author(act, row, service)
    return OverlayDecided(row.state, len(departures))


def _signed(act: Act, row: OverlayRow, service: ServiceRow) -> tuple[Departure, ...]:
    base = current(act, row)
    login = act.session.execute(select(ActorRow.login).where(ActorRow.id == act.actor.id)).scalar_one()
    signed = replace(said(row), approver=login or f"#{act.actor.id}")
    return put_in_force(act, row, service, signed, woven_by(act, signed, base), act.release(base.id).method)
