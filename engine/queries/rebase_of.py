"""A tailoring that a new release touches: each conflict, what the method said and says, what may be made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.drawing import Mark
from engine.errors import NotFound
from engine.method import Method, Option
from engine.overlay import Entry, Grant, Operation, Question, Rebased, granted, must_be_ids, rebase
from engine.overlay import read as overlay_of
from engine.overlay.difference import loom_of
from engine.overlay.loom import Loom
from engine.overlay.telling import told
from engine.overlay.text import operation_said
from engine.people import METHOD_OWNER
from engine.queries.drawings import around
from engine.queries.lines import Drawing, ServiceLine
from engine.queries.tailoring import OverlayLine, overlay_line
from engine.queries.under import under
from engine.queries.view import View
from engine.release import Release
from engine.store.overlays import DRAFT, IN_FORCE, REFUSED, REQUESTED, administers, known_as
from engine.store.releases import last_releases, released
from engine.store.tables import OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class RebaseOf:
    """What the last release of a method does to the tailoring of a service that is made for an earlier one."""

    method: str
    service: str  #: code
    same: Mapping[str, str] = field(default_factory=dict)  #: answers to the questions: old id -> new id


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation, as it names things now. `said`: as in its text form (docs/reference/overlays.md)."""

    number: int  #: from 1
    kind: str
    element: str
    name: Text
    said: Mapping[str, Any]
    text: Text  #: what it does, to stand after the name of what is tailored
    reason: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """An operation that the new release touches. `before`, `after`: what the method says of it in either release."""

    conflict: str  #: ORPHAN, LOCK, …
    blocks: bool
    operation: OperationLine
    why: Text
    before: Text
    after: Text
    drawn_before: Drawing | None
    drawn_after: Drawing | None
    grant: Grant | None  #: within which bounds it may be said otherwise; None: it may only be dropped
    rekeyed: bool  #: it may be kept under another key
    places: tuple[
        Option, ...
    ]  #: hooks, or elements, where it may stand instead of one that is gone, or grants it no more


@dataclass(frozen=True, slots=True)
class RebaseOfPage:
    method: Method  #: the last release
    before: Method  #: the one that the tailoring is made for
    service: ServiceLine
    overlay: OverlayLine
    conflicts: tuple[ConflictLine, ...]
    kept: tuple[OperationLine, ...]  #: what follows as it is
    questions: tuple[Question, ...]
    same: Mapping[str, str]  #: the answers given
    refused: Text  #: why what follows cannot be woven; mostly empty
    draft: OverlayLine | None  #: of the service's own on the last release already: a draft, or asked for
    can: frozenset[str]  #: rebase


def read(view: View, query: RebaseOf) -> RebaseOfPage:
    """Raises `NotFound` where there is nothing to carry over, and to who neither administers nor owns methods."""
    service = view.session.execute(select(ServiceRow).where(ServiceRow.code == query.service)).scalar_one_or_none()
    base = next((each for each in last_releases(view.session) if each.method == query.method), None)
    if service is None or base is None:
        raise NotFound
    mine = administers(view.actor, service)
    if not mine and not view.actor.holds(METHOD_OWNER):
        raise NotFound
    row = _outdated(view, base, service)
    old, new = _release(view, row), view.release(base.id)
    must_be_ids(old, new, query.same)
    same = known_as(view.session, row.method, row.version) | dict(query.same)
    found = rebase(overlay_of(row.content.encode(), service.code), old, new, same)
    draft = _newest(view, base, service)
    free = draft is None or draft.state in (DRAFT, REFUSED)
    line = overlay_line(view, row)
    assert line is not None
    return RebaseOfPage(
        method=new.method,
        before=old.method,
        service=view.services[service.code],
        overlay=line,
        conflicts=_conflicts(found, old, new),
        kept=_kept(found, new),
        questions=found.questions,
        same=dict(query.same),
        refused=found.refused,
        draft=overlay_line(view, draft) if draft is not None and draft.state in (DRAFT, REQUESTED) else None,
        can=frozenset({"rebase"} if mine and free else ()),
    )


def _outdated(view: View, base: ReleaseRow, service: ServiceRow) -> OverlayRow:
    """What is in force for an earlier version; else what was drafted or asked for one."""
    rows = view.session.execute(
        select(OverlayRow)
        .where(
            OverlayRow.service_id == service.id, OverlayRow.method == base.method, OverlayRow.version != base.version,
            OverlayRow.state.in_((IN_FORCE, REQUESTED, DRAFT)), OverlayRow.valid_until > view.now,
        )
        .order_by(OverlayRow.id.desc())
    ).scalars().all()  # fmt: skip
    row = next((each for each in rows if each.state == IN_FORCE), next(iter(rows), None))
    if row is None:
        raise NotFound
    return row


def _newest(view: View, base: ReleaseRow, service: ServiceRow) -> OverlayRow | None:
    found = select(OverlayRow).where(
        OverlayRow.service_id == service.id, OverlayRow.method == base.method, OverlayRow.version == base.version
    )
    return view.session.execute(found.order_by(OverlayRow.id.desc()).limit(1)).scalar_one_or_none()


def _release(view: View, row: OverlayRow) -> Release:
    found = released(view.session, row.method, row.version)
    assert found is not None  # a tailoring is made for one
    return view.release(found.id)


def _conflicts(found: Rebased, old: Release, new: Release) -> tuple[ConflictLine, ...]:
    grants, drawn = granted(new), loom_of(old)
    return tuple(_conflict(each, old, new, drawn, grants) for each in found.entries)


def _conflict(
    entry: Entry, old: Release, new: Release, drawn: Loom, grants: Mapping[str, tuple[Grant, ...]]
) -> ConflictLine:
    operation, now = entry.operation, entry.now
    after = around(new, now.target, Mark("changed"))
    offered = (each for each in grants.get(now.target, ()) if each.kind == now.kind)
    return ConflictLine(
        conflict=entry.conflict,
        blocks=entry.blocks,
        operation=_line(entry.number, now, old.method.name_of(operation.target), told(operation, old.method, drawn)),
        why=entry.why,
        before=under(operation, old.method, entry.before),
        after=under(now, new.method, entry.after),
        drawn_before=around(old, operation.target, Mark("changed" if after is not None else "removed")),
        drawn_after=after,
        grant=next((each for each in offered if each.kind in SAID_OTHERWISE), None),
        rekeyed=entry.conflict == "CLASH" and now.kind in ("criterion", "item"),
        places=tuple(_places(now, new.method, grants)) if entry.conflict in ANCHORLESS else (),
    )


def _places(now: Operation, method: Method, grants: Mapping[str, tuple[Grant, ...]]) -> Iterator[Option]:
    """Where else the method grants the same: a hook for what is inserted, an element for a question, a condition."""
    for element, offered in grants.items():
        for each in offered:
            if each.kind != now.kind or each.kind not in ANCHORED:
                continue
            if each.hook:
                words = HOOKS[each.hook.rpartition(".")[2]].format(name=method.name_of(element))
                yield Option(each.hook, words)
            elif element != now.target:
                yield Option(element, method.name_of(element))


#: conflicts of what stands nowhere any more, or where it is granted no longer
ANCHORLESS = ("ORPHAN", "LOCK")
#: what may be put elsewhere
ANCHORED = ("insert", "insert_process", "field", "condition")
HOOKS = {
    "before": Text("avant « {name} »", "before “{name}”"), "after": Text("après « {name} »", "after “{name}”"),
    "start": Text("au début de « {name} »", "at the start of “{name}”"),
    "end": Text("à la fin de « {name} », avant sa porte", "at the end of “{name}”, before its gate"),
}  # fmt: skip


#: what may be given another value, within the bounds of the new release
SAID_OTHERWISE = ("quorum", "rule", "voter", "due", "threshold", "label", "replace", "template", "condition")


def _line(number: int, now: Operation, name: Text, text: Text) -> OperationLine:
    return OperationLine(number, now.kind, now.target, name, operation_said(now), text, now.reason)


def _kept(found: Rebased, new: Release) -> tuple[OperationLine, ...]:
    touched, drawn = {each.number for each in found.entries}, loom_of(new)
    return tuple(
        _line(number, each, new.method.name_of(each.target), told(each, new.method, drawn))
        for number, each in enumerate(found.moved, 1)
        if number not in touched
    )
