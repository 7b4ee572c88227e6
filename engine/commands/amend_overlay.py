"""Change one thing in how a service tailors a method: its draft is begun where there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from engine.errors import ChoiceUnknown, NotFound, OverlayFixed, ReasonMissing
from engine.overlay import Operation, Overlay, write
from engine.overlay import fingerprint as fingerprint_of
from engine.overlay import read as read_overlay
from engine.store.act import Act
from engine.store.overlays import DRAFT, REFUSED, REQUESTED, in_force, must_administer, said, woven_by
from engine.store.tables import NEVER, ActorRow, OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class AmendOverlay:
    """Change one thing in how a service tailors a method: its draft is begun where there is none."""

    method: str
    service: str  #: code
    operation: Mapping[str, Any] = field(default_factory=dict)  #: as in the text form; in the place of one like it
    drop: int = 0  #: the number of an operation to leave out, from 1; 0: none
    overlay: int | None = None  #: the tailoring that the person had before them; None: there was none
    digest: str = ""  #: of it


@dataclass(frozen=True, slots=True)
class OverlayAmended:
    overlay: int
    digest: str  #: SHA-256 of its text form


def handle(act: Act, command: AmendOverlay) -> OverlayAmended:
    """A key that is left empty (of a criterion, of an item) is given: `local_1`, `local_2`, …"""
    service = act.session.execute(select(ServiceRow).where(ServiceRow.code == command.service)).scalar_one_or_none()
    if service is None:
        raise ChoiceUnknown(value=command.service, label=Text("Service", "Department"))
    must_administer(act, service)
    base = _last(act, command.method)
    row = _newest(act, base, service)
    if row is not None and row.state == REQUESTED:
        raise OverlayFixed
    seen = row if row is not None and row.state in (DRAFT, REFUSED) else in_force(act.session, act.now, base, service)
    if (seen.id if seen is not None else None, seen.digest if seen is not None else "") != (
        command.overlay, command.digest,
    ):  # fmt: skip
        raise OverlayFixed
    before = said(seen) if seen is not None else Overlay(base.method, base.version, service.code)
    login = act.session.execute(select(ActorRow.login).where(ActorRow.id == act.actor.id)).scalar_one()
    mine = replace(before, service=service.code, author=login or f"#{act.actor.id}", approver="")
    mine = replace(mine, operations=_amended(mine, command))
    woven_by(act, mine, base)
    if row is None or row.state != DRAFT:
        row = OverlayRow(
            state=DRAFT, word="", service_id=service.id, method=base.method, version=base.version, valid_until=NEVER
        )
        row.valid_until = seen.valid_until if seen is not None else NEVER
        act.session.add(row)
    row.content, row.digest = write(mine), fingerprint_of(mine)
    row.author_id, row.drafted_at = act.actor.id, act.now
    act.session.flush()
    act.record("overlay_drafted", method=mine.method, version=mine.version, service=service.code, digest=row.digest)
    return OverlayAmended(row.id, row.digest)


def _last(act: Act, method: str) -> ReleaseRow:
    found = select(ReleaseRow).where(ReleaseRow.method == method, ReleaseRow.base_id.is_(None))
    row = act.session.execute(found.order_by(ReleaseRow.id.desc()).limit(1)).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def _newest(act: Act, base: ReleaseRow, service: ServiceRow) -> OverlayRow | None:
    """Of the service's own; a draft for an earlier version stays behind."""
    found = select(OverlayRow).where(
        OverlayRow.service_id == service.id, OverlayRow.method == base.method, OverlayRow.version == base.version
    )
    return act.session.execute(found.order_by(OverlayRow.id.desc()).limit(1).with_for_update()).scalar_one_or_none()


def _amended(overlay: Overlay, command: AmendOverlay) -> tuple[Operation, ...]:
    if command.drop:
        if not 0 < command.drop <= len(overlay.operations):
            raise OverlayFixed
        return overlay.operations[: command.drop - 1] + overlay.operations[command.drop :]
    new = _operation(overlay, command.operation)
    if not new.reason.strip():
        raise ReasonMissing(verb=Text("aménager la méthode", "tailor the method"))
    same = [at for at, each in enumerate(overlay.operations) if each.claim == new.claim]
    if not same:
        return (*overlay.operations, new)
    return tuple(new if at == same[0] else each for at, each in enumerate(overlay.operations))


def _operation(overlay: Overlay, words: Mapping[str, Any]) -> Operation:
    """Read as its text form is."""
    if words.get("key") == "":
        words = {**words, "key": _free_key(overlay)}
    text = {"overlay": overlay.bound_to, "service": overlay.service, "operations": [dict(words)]}
    return read_overlay(json.dumps(text, ensure_ascii=False).encode(), overlay.bound_to).operations[0]


def _free_key(overlay: Overlay) -> str:
    used = {getattr(each, "key", "") for each in overlay.operations}
    number = 1
    while f"local_{number}" in used:
        number += 1
    return f"local_{number}"
