"""Draft how a service tailors a method, or draft it anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from engine.errors import ChoiceUnknown, OverlayFixed
from engine.overlay import Overlay, write
from engine.overlay import fingerprint as fingerprint_of
from engine.overlay import read as read_overlay
from engine.store.act import Act
from engine.store.overlays import DRAFT, must_administer, overlay_row
from engine.store.releases import released
from engine.store.tables import NEVER, ActorRow, OverlayRow, ServiceRow
from engine.words import Text
from engine.working_time import end_of


@dataclass(frozen=True, slots=True)
class DraftOverlay:
    """Draft how a service tailors a method, or draft it anew."""

    content: str  #: text form of docs/reference/overlays.md
    overlay: int | None = None  #: the draft that it replaces; none: a new one


@dataclass(frozen=True, slots=True)
class OverlayDrafted:
    overlay: int
    digest: str  #: SHA-256 of its text form


def handle(act: Act, command: DraftOverlay) -> OverlayDrafted:
    overlay = read_overlay(command.content.encode(), "overlay.yaml")
    service = act.session.execute(select(ServiceRow).where(ServiceRow.code == overlay.service)).scalar_one_or_none()
    if service is None:
        raise ChoiceUnknown(value=overlay.service, label=Text("Service", "Department"))
    must_administer(act, service)
    if released(act.session, overlay.method, overlay.version) is None:
        raise ChoiceUnknown(value=overlay.bound_to, label=Text("Méthode", "Method"))
    mine = replace(overlay, author=_login(act), approver="")
    row = _row(act, command, mine, service)
    row.content, row.digest = write(mine), fingerprint_of(mine)
    row.author_id, row.drafted_at, row.valid_until = act.actor.id, act.now, until(mine)
    act.session.flush()
    act.record("overlay_drafted", method=mine.method, version=mine.version, service=service.code, digest=row.digest)
    return OverlayDrafted(row.id, row.digest)


def _row(act: Act, command: DraftOverlay, overlay: Overlay, service: ServiceRow) -> OverlayRow:
    if command.overlay is None:
        row = OverlayRow(state=DRAFT, word="", author_id=act.actor.id)
        act.session.add(row)
    else:
        row = overlay_row(act, command.overlay)
        if row.state != DRAFT or row.service_id != service.id:
            raise OverlayFixed
    row.service_id, row.method, row.version = service.id, overlay.method, overlay.version
    return row


def _login(act: Act) -> str:
    found = select(ActorRow.login).where(ActorRow.id == act.actor.id)
    return act.session.execute(found).scalar_one() or f"#{act.actor.id}"


def until(overlay: Overlay) -> datetime:
    return end_of(overlay.valid_until) if overlay.valid_until is not None else NEVER
