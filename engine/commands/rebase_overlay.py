"""Carry a tailoring over to the last release of its method: every conflict is answered, and a draft comes of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from engine.commands.amend_overlay import operation_of
from engine.commands.draft_overlay import until
from engine.errors import ConflictsLeft, NotFound, OverlayFixed, OverlayForAnotherVersion
from engine.overlay import Entry, Operation, Overlay, Rebased, must_be_ids, rebase, write
from engine.overlay import fingerprint as fingerprint_of
from engine.overlay.text import operation_said
from engine.store.act import Act
from engine.store.overlays import (
    DRAFT,
    REFUSED,
    known_as,
    must_administer,
    overlay_row,
    said,
    woven_by,
)
from engine.store.releases import last_of, released
from engine.store.tables import ActorRow, OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class RebaseOverlay:
    """Carry a tailoring over to the last release of its method, each conflict answered. Operations by their number."""

    overlay: int
    digest: str  #: of it, as the person had it before them
    version: str  #: of the release that they had before them
    drop: tuple[int, ...] = ()  #: left out
    changed: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)  #: keys of its text form, said otherwise
    acknowledged: tuple[int, ...] = ()  #: CHANGED: kept as it is; REDUNDANT: left out
    same: Mapping[str, str] = field(default_factory=dict)  #: the same step under another id: old -> new


@dataclass(frozen=True, slots=True)
class OverlayRebased:
    overlay: int  #: the draft
    digest: str  #: SHA-256 of its text form
    version: str


def handle(act: Act, command: RebaseOverlay) -> OverlayRebased:
    """Where a draft on the new release exists, what it says already stands, and the rest is put after it."""
    row = overlay_row(act, command.overlay)
    service = act.session.execute(select(ServiceRow).where(ServiceRow.id == row.service_id)).scalar_one()
    must_administer(act, service)
    base = _release(act, command, row)
    old = released(act.session, row.method, row.version)
    assert old is not None, row.version
    before, after = act.release(old.id), act.release(base.id)
    must_be_ids(before, after, command.same)
    found = rebase(said(row), before, after, known_as(act.session, row.method, row.version) | dict(command.same))
    draft = _draft(act, base, service)
    mine = _answered(command, found, draft, {*after.method.tasks, *after.method.gate})
    login = act.session.execute(select(ActorRow.login).where(ActorRow.id == act.actor.id)).scalar_one()
    mine = replace(mine, author=login or f"#{act.actor.id}", approver="")
    woven_by(act, mine, base)
    if draft is None:
        draft = OverlayRow(state=DRAFT, word="", service_id=service.id, method=base.method, version=base.version)
        act.session.add(draft)
    draft.content, draft.digest = write(mine), fingerprint_of(mine)
    draft.author_id, draft.drafted_at, draft.valid_until = act.actor.id, act.now, until(mine)
    act.session.flush()
    act.record(
        "overlay_rebased", method=base.method, version=base.version, before=row.version, service=service.code,
        digest=draft.digest, dropped=sorted(command.drop), acknowledged=sorted(command.acknowledged),
    )  # fmt: skip
    return OverlayRebased(draft.id, draft.digest, base.version)


def _release(act: Act, command: RebaseOverlay, row: OverlayRow) -> ReleaseRow:
    """The one to carry it over to, which must still be the one that the person saw."""
    last = last_of(act.session, row.method)
    if last is None:
        raise NotFound
    if last.version != command.version:
        raise OverlayForAnotherVersion(bound=f"{row.method}@{command.version}", found=f"{row.method}@{last.version}")
    if last.version == row.version or row.digest != command.digest:
        raise OverlayFixed
    return last


def _draft(act: Act, base: ReleaseRow, service: ServiceRow) -> OverlayRow | None:
    """The service's own on that release. Raises `OverlayFixed` where it is asked for, or in force."""
    found = select(OverlayRow).where(
        OverlayRow.service_id == service.id, OverlayRow.method == base.method, OverlayRow.version == base.version
    )
    row = act.session.execute(found.order_by(OverlayRow.id.desc()).limit(1).with_for_update()).scalar_one_or_none()
    if row is None or row.state == REFUSED:
        return None
    if row.state != DRAFT:
        raise OverlayFixed
    return row


def _answered(command: RebaseOverlay, found: Rebased, draft: OverlayRow | None, taken: Container[str]) -> Overlay:
    """Raises `ConflictsLeft`. `taken`: ids of the method."""
    _must_be_answered(command, found.entries)
    redundant = {each.number for each in found.entries if each.conflict == "REDUNDANT"}
    gone = set(command.drop) | (redundant - command.changed.keys())
    drafted = said(draft) if draft is not None else None
    kept: list[Operation] = list(drafted.operations) if drafted is not None else []
    claims = {each.claim for each in kept}
    for number, operation in enumerate(found.moved, 1):
        if number in gone:
            continue
        now = replace(found.overlay, operations=(*kept, *found.moved))
        new = operation
        if number in command.changed:
            words = {**operation_said(operation), **command.changed[number], "op": operation.kind}
            new = operation_of(now, words, taken)
        if new.claim not in claims:
            kept.append(new)
    return replace(found.overlay, operations=tuple(kept))


def _must_be_answered(command: RebaseOverlay, entries: Iterable[Entry]) -> None:
    settled = {*command.drop, *command.changed}
    left = [
        each for each in entries
        if each.number not in settled and (each.blocks or each.number not in command.acknowledged)
    ]  # fmt: skip
    if left:
        sentences = [each.sentence for each in left]
        told = Text("\n".join(e.fr for e in sentences), "\n".join(e.en for e in sentences))
        raise ConflictsLeft(count=len(left), conflicts=told, left=tuple(each.number for each in left))
