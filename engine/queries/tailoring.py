"""A method as a service lives it: what may be changed, what is, what that comes to, and who has to approve it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.errors import JalonError, NotFound, OverlayRefused
from engine.method import Method
from engine.overlay import Grant, Overlay, Woven, granted, weave
from engine.overlay import read as overlay_of
from engine.overlay.difference import loom_of
from engine.overlay.judging import does_less
from engine.overlay.text import operation_said
from engine.people import METHOD_OWNER, resolve_in
from engine.queries.drawings import plain
from engine.queries.lines import ActorLine, Drawing, ServiceLine
from engine.queries.view import View, last_releases
from engine.release import Release
from engine.store.overlays import DRAFT, IN_FORCE, REFUSED, REQUESTED, administers, in_force
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
    said: Mapping[str, object]
    reason: str
    less: bool  #: it does less than the method: a deviation once approved
    refusal: Text  #: why it is refused; mostly empty


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline that changes (ISO 8601)."""

    element: str
    name: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Consequences:
    steps_before: int
    steps_after: int
    hidden: tuple[Text, ...]
    added: tuple[Text, ...]
    deadlines: tuple[DeadlineLine, ...]
    missing: tuple[Text, ...]  #: roles of a department that nobody holds in this one, or above


@dataclass(frozen=True, slots=True)
class TailoringPage:
    method: Method  #: as published
    woven: Method | None  #: as tailored; None where it cannot be woven
    service: ServiceLine
    grants: Mapping[str, tuple[Grant, ...]]  #: by element
    overlay: OverlayLine | None  #: what is drafted, asked for or was just refused; else what is in force
    outdated: OverlayLine | None  #: in force, and made for an earlier version: it has to be carried over
    changes: tuple[ChangeLine, ...]
    refused: Text  #: why it cannot be woven; mostly empty
    before: Mapping[str, Drawing]  #: what changes only, by id of the phase
    after: Mapping[str, Drawing]
    consequences: Consequences | None
    approvers: tuple[ActorLine, ...]
    can: frozenset[str]  #: change, request, approve

    def changed(self, element: str) -> tuple[ChangeLine, ...]:
        return tuple(each for each in self.changes if each.element == element)


def read(view: View, query: TailoringOf) -> TailoringPage:
    """Raises `NotFound` for an unknown method or service, and to a guest."""
    service = view.session.execute(select(ServiceRow).where(ServiceRow.code == query.service)).scalar_one_or_none()
    base = next((each for each in last_releases(view.session) if each.method == query.method), None)
    if service is None or base is None or view.actor.guest:
        raise NotFound
    release = view.release(base.id)
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
    asks = row is not None and row.state == REQUESTED
    author = row.author_id if row is not None else 0
    return TailoringPage(
        method=release.method,
        woven=woven.method if woven is not None else None,
        service=view.services[service.code],
        grants=granted(release),
        overlay=_line(view, row),
        outdated=_line(view, next((each for each in rows if _is_outdated(view, each, base)), None)),
        changes=_changes(release, overlay, refusals),
        refused=refused,
        before={id: each for id, each in plain(release).items() if id in touched},
        after={id: each for id, each in drawn.items() if id in touched},
        consequences=_consequences(view, service.code, release.method, woven),
        approvers=_approvers(view, service.code, author if work is not None else view.actor.id),
        can=frozenset(
            verb for verb, allowed in (
                ("change", mine and not asks), ("request", mine and work is not None and work.state == DRAFT),
                ("approve", owner and asks and author != view.actor.id),
            ) if allowed
        ),
    )  # fmt: skip


def _own(view: View, method: str, service: ServiceRow) -> list[OverlayRow]:
    """The newest first."""
    found = select(OverlayRow).where(OverlayRow.service_id == service.id, OverlayRow.method == method)
    return list(view.session.execute(found.order_by(OverlayRow.id.desc())).scalars())


def _is_outdated(view: View, row: OverlayRow, base: ReleaseRow) -> bool:
    return row.state == IN_FORCE and row.version != base.version and row.valid_until > view.now


def _line(view: View, row: OverlayRow | None) -> OverlayLine | None:
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


def _changes(release: Release, overlay: Overlay | None, refusals: Mapping[int, Text]) -> tuple[ChangeLine, ...]:
    if overlay is None:
        return ()
    loom = loom_of(release)
    return tuple(
        ChangeLine(
            number, each.kind, each.target, operation_said(each), each.reason, does_less(each, loom),
            refusals.get(number, Text("")),
        )
        for number, each in enumerate(overlay.operations, 1)
    )  # fmt: skip


def _consequences(view: View, service: str, base: Method, woven: Woven | None) -> Consequences | None:
    if woven is None:
        return None
    before, after = base.tasks, woven.method.tasks
    then, now = _dues(base), _dues(woven.method)
    dues = (DeadlineLine(id, base.name_of(id), due, now[id]) for id, due in then.items() if id in now)
    return Consequences(
        steps_before=len(before),
        steps_after=len(after),
        hidden=tuple(each.name for id, each in before.items() if id not in after),
        added=tuple(each.name for id, each in after.items() if id not in before),
        deadlines=tuple(each for each in dues if each.before != each.after),
        missing=_missing(view, service, woven.method),
    )


def _dues(method: Method) -> dict[str, str]:
    tasks, gates = method.tasks.values(), method.gate.values()
    return {each.id: each.due for each in tasks} | {each.id: each.due for each in gates}


def _missing(view: View, service: str, method: Method) -> tuple[Text, ...]:
    asked = {each.role for each in method.tasks.values()}
    for gate in method.gate.values():
        asked |= {gate.chair, *gate.voters}
    roles = [each for each in method.roles if each.id in asked and each.held == "service"]
    held = resolve_in(view.session, [service], [each.id for each in roles])[service] if roles else {}
    return tuple(each.name for each in roles if not held[each.id].holders)


def _approvers(view: View, service: str, author: int) -> tuple[ActorLine, ...]:
    """The owners of methods, but not who asks."""
    held = resolve_in(view.session, [service], [METHOD_OWNER])[service][METHOD_OWNER]
    people = view.people([each.actor for each in held.holders])
    return tuple(people[each.actor] for each in held.holders if each.actor != author)
