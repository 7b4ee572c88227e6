"""Approve a tailoring, or refuse it: new projects of the service start on it, those that run stay where they are.

Each operation that does less than the method is an entry of the register of deviations, approved with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select, update

from engine.errors import ApprovedByRequester, NotFound, OverlayFixed, ReasonMissing
from engine.overlay import Departure, write
from engine.overlay import fingerprint as fingerprint_of
from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.overlays import (
    IN_FORCE,
    REFUSED,
    REQUESTED,
    SUPERSEDED,
    must_approve,
    overlay_row,
    release_row,
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
        departures = _put_in_force(act, row, service)
    act.session.flush()
    kind = "overlay_refused" if command.refused else "overlay_approved"
    act.record(
        kind, method=row.method, version=row.version, service=service.code, digest=row.digest, reason=row.word
    )  # fmt: skip
    return OverlayDecided(row.state, len(departures))


def _put_in_force(act: Act, row: OverlayRow, service: ServiceRow) -> tuple[Departure, ...]:
    base = release_row(act, row.method, row.version)
    if base is None:
        raise NotFound
    login = act.session.execute(select(ActorRow.login).where(ActorRow.id == act.actor.id)).scalar_one()
    signed = replace(said(row), approver=login or f"#{act.actor.id}")
    woven = woven_by(act, signed, base)
    act.session.execute(
        update(OverlayRow)
        .where(OverlayRow.service_id == row.service_id, OverlayRow.method == row.method, OverlayRow.state == IN_FORCE)
        .values(state=SUPERSEDED)
    )
    row.state, row.content, row.digest = IN_FORCE, write(signed), fingerprint_of(signed)
    for each in woven.departures:
        name = act.release(base.id).method.name_of(each.operation.target)
        open_entry(
            act, "deviation", None, TITLES[each.operation.kind].format(name=name),
            body=each.operation.reason or signed.reason, service=service.id, due=row.valid_until,
            facts={"element": each.operation.target}, origin="overlay", origin_id=row.id, state="approved",
        )  # fmt: skip
    return woven.departures


#: as the register names a departure
TITLES = {
    "hide": Text("« {name} » est masquée", "“{name}” is hidden"),
    "condition": Text("« {name} » devient conditionnelle", "“{name}” becomes conditional"),
    "due": Text("L’échéance de « {name} » est allongée", "The deadline of “{name}” is lengthened"),
}
