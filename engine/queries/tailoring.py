"""A method as a service lives it: what may be changed, what is, what that comes to, and who has to approve it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.drawing import Mark
from engine.errors import JalonError, NotFound, OverlayRefused
from engine.method import Method
from engine.overlay import Grant, Overlay, Woven, granted, weave
from engine.overlay import read as overlay_of
from engine.overlay.difference import loom_of
from engine.overlay.granted import kept
from engine.overlay.judging import does_less
from engine.overlay.loom import Loom
from engine.overlay.operations import Insert
from engine.overlay.telling import told
from engine.overlay.text import operation_said
from engine.overlay.weaving import owner_of
from engine.people import METHOD_OWNER, resolve_in
from engine.queries.consequences import Consequences, consequences_of
from engine.queries.drawings import plain
from engine.queries.lines import ActorLine, Drawing, ServiceLine
from engine.queries.tailoring_parts import PartLine, parts
from engine.queries.view import View
from engine.release import Release
from engine.store.overlays import DRAFT, IN_FORCE, REFUSED, REQUESTED, administers, in_force
from engine.store.releases import last_releases, released
from engine.store.tables import NEVER, OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class TailoringOf:
    """A method as a service lives it. Who may change or approve a draft sees it; others see what is in force."""

    method: str
    service: str  #: code
    settled: bool = False  #: what is in force, to those too who see a draft


@dataclass(frozen=True, slots=True)
class OverlayLine:
    """A tailoring: where it stands, and who did what with it."""

    id: int
    digest: str
    state: str  #: draft, requested, in_force, refused, superseded
    service: ServiceLine  #: whose it is: this one's, or the nearest one's above it
    version: str  #: of the method that it is made for
    author: ActorLine | None
    approver: ActorLine | None
    at: datetime  #: of its last change of state
    until: datetime | None
    word: str  #: of who decided


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One operation. `said`: its own words, as in its text form (docs/reference/overlays.md)."""

    number: int  #: from 1
    kind: str
    element: str
    said: Mapping[str, Any]
    text: Text  #: what it does, to stand after the name of what is tailored
    reason: str
    less: bool  #: it does less than the method: a deviation once approved
    refusal: Text  #: why it is refused; mostly empty


@dataclass(frozen=True, slots=True)
class TailoringPage:
    method: Method  #: as published
    woven: Method | None  #: as tailored; None where it cannot be woven
    service: ServiceLine
    parts: tuple[PartLine, ...]
    grants: Mapping[str, tuple[Grant, ...]]  #: by element; a question more, for steps that the service inserts
    kept: Mapping[str, tuple[Text, ...]]  #: by element: what no service changes
    owner: Text  #: the role that keeps it
    overlay: OverlayLine | None  #: what is drafted, asked for or was just refused; else what is in force
    outdated: OverlayLine | None  #: in force, and made for an earlier version: it has to be carried over
    supported: datetime | None  #: until then, projects of the service start on that version, with it
    changes: tuple[ChangeLine, ...]
    drawn_by: Mapping[str, int]  #: by id of a step that the method does not draw: the number of the change that does
    refused: Text  #: why it cannot be woven; mostly empty
    before: Mapping[str, Drawing]  #: what changes only, by id of the phase
    after: Mapping[str, Drawing]
    consequences: Consequences | None
    approvers: tuple[ActorLine, ...]
    can: frozenset[str]  #: change, request, approve; carry over what is outdated

    def changed(self, element: str) -> tuple[ChangeLine, ...]:
        return tuple(each for each in self.changes if each.element == element)


def read(view: View, query: TailoringOf) -> TailoringPage:
    """Raises `NotFound` for an unknown method or service, and to a guest."""
    service = view.session.execute(select(ServiceRow).where(ServiceRow.code == query.service)).scalar_one_or_none()
    base = next((each for each in last_releases(view.session) if each.method == query.method), None)
    if service is None or base is None or view.actor.guest:
        raise NotFound
    release = view.release(base.id)
    loom = loom_of(release)
    mine, owner = administers(view.actor, service), view.actor.holds(METHOD_OWNER)
    rows = _own(view, base.method, service)
    newest = next((each for each in rows if each.version == base.version), None)
    shown = newest is not None and newest.state in (DRAFT, REQUESTED, REFUSED) and (mine or owner) and not query.settled
    work = newest if shown else None
    row = work or in_force(view.session, view.now, base, service)
    overlay = overlay_of(row.content.encode(), service.code) if row is not None else None
    woven, refused, refusals = _woven(release, overlay)
    touched = _touched(release, woven)
    drawn = plain(woven.release) if woven is not None else {}
    gone, new = _marks(release.method, woven)
    changes = _changes(release, loom, overlay, refusals)
    grants = {**granted(release), **_of_own_steps(overlay)}
    asks = row is not None and row.state == REQUESTED
    outdated = next((each for each in rows if _is_outdated(view, each, base)), None)
    author = row.author_id if row is not None else 0
    return TailoringPage(
        method=release.method,
        woven=woven.method if woven is not None else None,
        service=view.services[service.code],
        parts=tuple(parts(release.method, grants, [each.element for each in changes])),
        grants=grants,
        kept=kept(release),
        owner=owner_of(release.method),
        overlay=overlay_line(view, row),
        outdated=overlay_line(view, outdated),
        supported=_supported(view, outdated),
        changes=changes,
        drawn_by=_drawn_by(release.method, woven),
        refused=refused,
        before={id: replace(each, marks=gone) for id, each in plain(release).items() if id in touched},
        after={id: replace(each, marks=new) for id, each in drawn.items() if id in touched},
        consequences=consequences_of(view, service.code, release.method, woven),
        approvers=_approvers(view, service.code, author if work is not None else view.actor.id),
        can=frozenset(
            verb for verb, allowed in (
                ("change", mine and not asks), ("request", mine and work is not None and work.state == DRAFT),
                ("approve", owner and asks and author != view.actor.id),
                ("carry", outdated is not None and (mine or owner)),
            ) if allowed
        ),
    )  # fmt: skip


def _own(view: View, method: str, service: ServiceRow) -> list[OverlayRow]:
    """The newest first."""
    found = select(OverlayRow).where(OverlayRow.service_id == service.id, OverlayRow.method == method)
    return list(view.session.execute(found.order_by(OverlayRow.id.desc())).scalars())


def _is_outdated(view: View, row: OverlayRow, base: ReleaseRow) -> bool:
    return row.state == IN_FORCE and row.version != base.version and row.valid_until > view.now


def _supported(view: View, outdated: OverlayRow | None) -> datetime | None:
    if outdated is None:
        return None
    found = released(view.session, outdated.method, outdated.version)
    until = found.supported_until if found is not None else None
    return until if until is not None and until > view.now else None


def overlay_line(view: View, row: OverlayRow | None) -> OverlayLine | None:
    if row is None:
        return None
    code = view.session.execute(select(ServiceRow.code).where(ServiceRow.id == row.service_id)).scalar_one()
    return OverlayLine(
        id=row.id, digest=row.digest, state=row.state, service=view.services[code], version=row.version,
        author=view.person(row.author_id), approver=view.person(row.approver_id),
        at=row.decided_at or row.requested_at or row.drafted_at,
        until=row.valid_until if row.valid_until < NEVER else None, word=row.word,
    )  # fmt: skip


def _woven(release: Release, overlay: Overlay | None) -> tuple[Woven | None, Text, dict[int, Text]]:
    """What it gives; else why not, and of each operation that is refused its own sentence."""
    if overlay is None:
        return None, Text(""), {}
    try:
        return weave(release, [], overlay), Text(""), {}
    except OverlayRefused as error:
        return None, error.said, {each.number: each.sentence for each in error.facts["refused"]}
    except JalonError as error:
        return None, error.said, {}


def _touched(release: Release, woven: Woven | None) -> set[str]:
    """The phases whose diagram is not the method's any more; `""` the whole."""
    if woven is None:
        return set()
    before, after = plain(release), plain(woven.release)
    return {id for id, each in after.items() if id not in before or each.diagram != before[id].diagram}


def _drawn_by(base: Method, woven: Woven | None) -> dict[str, int]:
    if woven is None:
        return {}
    return {id: woven.origins[id][0].number for id in woven.method.tasks if id not in base.tasks}


def _marks(base: Method, woven: Woven | None) -> tuple[dict[str, Mark], dict[str, Mark]]:
    """On the diagram before, what goes; after, what is new and what is otherwise."""
    if woven is None:
        return {}, {}
    now, before = ({*each.tasks, *each.gate, *each.phase} for each in (woven.method, base))
    new = {id: Mark(badge="≠" if id in before else "+") for id in woven.origins if id in now}
    return {id: Mark(badge="–") for id in woven.hidden}, new


def _changes(
    release: Release, loom: Loom, overlay: Overlay | None, refusals: Mapping[int, Text]
) -> tuple[ChangeLine, ...]:
    if overlay is None:
        return ()
    return tuple(
        ChangeLine(
            number, each.kind, each.target, operation_said(each), told(each, release.method, loom), each.reason,
            does_less(each, loom), refusals.get(number, Text("")),
        )
        for number, each in enumerate(overlay.operations, 1)
    )  # fmt: skip


def _of_own_steps(overlay: Overlay | None) -> dict[str, tuple[Grant, ...]]:
    operations = overlay.operations if overlay is not None else ()
    return {each.step.id: (Grant("field"),) for each in operations if isinstance(each, Insert)}


def _approvers(view: View, service: str, author: int) -> tuple[ActorLine, ...]:
    """The owners of methods, but not who asks."""
    held = resolve_in(view.session, [service], [METHOD_OWNER])[service][METHOD_OWNER]
    people = view.people([each.actor for each in held.holders])
    return tuple(people[each.actor] for each in held.holders if each.actor != author)
