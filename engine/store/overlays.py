"""Overlays in the database: which is in force for a service, and the releases that are woven with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from engine.errors import DateInvalid, NotAllowed, NotFound, OverlayForAnotherVersion
from engine.history import canonical
from engine.method import Method
from engine.overlay import Departure, Operation, Overlay, Woven, fingerprint, weave, write
from engine.overlay import read as read_overlay
from engine.overlay.text import operation_said
from engine.pack_file import stored
from engine.packs import Pack
from engine.people import ADMINISTRATOR, METHOD_OWNER, Actor, seat_of
from engine.release import pack
from engine.store.act import Act
from engine.store.deviations import facts_of, title_of
from engine.store.entries import open_entry
from engine.store.releases import last_of, releases_of
from engine.store.tables import OverlayRow, PackRow, ReleaseRow, ServiceRow
from engine.words import Text
from engine.working_time import PARIS, end_of

DRAFT, REQUESTED, IN_FORCE, REFUSED, SUPERSEDED = "draft", "requested", "in_force", "refused", "superseded"
ADMINISTRATORS = Text(
    "un administrateur du service, ou d’un service au-dessus", "an administrator of the department, or above"
)
APPROVERS = Text("un responsable de méthode, autre que la personne qui demande", "a method owner other than who asks")


def overlay_row(act: Act, id: int) -> OverlayRow:
    row = act.session.execute(select(OverlayRow).where(OverlayRow.id == id).with_for_update()).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def said(row: OverlayRow) -> Overlay:
    return read_overlay(row.content.encode(), f"overlay-{row.id}")


def path_of(service: ServiceRow) -> list[int]:
    """The services from this one up to the root."""
    return [int(each) for each in reversed(service.path.strip("/").split("/"))]


def administers(actor: Actor, service: ServiceRow) -> bool:
    return bool({seat_of("service", each, ADMINISTRATOR) for each in path_of(service)} & actor.seats)


def must_administer(act: Act, service: ServiceRow) -> None:
    if not administers(act.actor, service):
        raise NotAllowed(
            verb=Text("aménager la méthode de ce service", "tailor this department’s method"), who=ADMINISTRATORS
        )


def must_approve(act: Act) -> None:
    if not act.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=Text("approuver un aménagement", "approve a tailoring"), who=APPROVERS)


def current(act: Act, row: OverlayRow) -> ReleaseRow:
    """The last release of its method. Raises `OverlayForAnotherVersion` for a tailoring of an earlier one."""
    last = last_of(act.session, row.method)
    if last is None:
        raise NotFound
    if last.version != row.version:
        raise OverlayForAnotherVersion(bound=f"{row.method}@{row.version}", found=f"{row.method}@{last.version}")
    return last


def must_be_to_come(act: Act, day: date | None) -> None:
    if day is not None and day <= act.now.astimezone(PARIS).date():
        raise DateInvalid(value=day.isoformat())


def support(act: Act, row: ReleaseRow, until: date | None) -> None:
    """Until that day, services whose tailoring stays on this release start projects on it. Raises `DateInvalid`."""
    must_be_to_come(act, until)
    row.supported_until = end_of(until) if until is not None and row.retired_at is None else None


def known_as(session: Session, method: str, version: str) -> dict[str, str]:
    """What the owner said to be the same step in the releases after `version`: id there -> id in the last."""
    rows = releases_of(session, method)[::-1]
    after = [row.version for row in rows].index(version) + 1
    known: dict[str, str] = {}
    for row in rows[after:]:
        same = json.loads(row.same or "{}")
        known = same | {was: same.get(now, now) for was, now in known.items()}
    return known


def woven_by(act: Act, overlay: Overlay, base: ReleaseRow) -> Woven:
    """Raises what the weave refuses."""
    return weave(act.release(base.id), [], overlay)


def put_in_force(
    act: Act, row: OverlayRow, service: ServiceRow, signed: Overlay, woven: Woven, method: Method
) -> tuple[Departure, ...]:
    """It supersedes the one before; what it does less than the method is an approved deviation, until it ends."""
    act.session.execute(
        update(OverlayRow)
        .where(OverlayRow.service_id == row.service_id, OverlayRow.method == row.method, OverlayRow.state == IN_FORCE)
        .values(state=SUPERSEDED)
    )
    row.state, row.content, row.digest = IN_FORCE, write(signed), fingerprint(signed)
    act.session.flush()
    for each in woven.departures:
        entry = open_entry(
            act, "deviation", None, title_of(each.operation, method), body=each.operation.reason or signed.reason,
            service=service.id, due=row.valid_until, facts=facts_of(each.operation, method, woven.base, woven.digest),
            origin="overlay", origin_id=row.id, state="approved",
        )  # fmt: skip
        entry.author_id, entry.closed_by = row.author_id, row.approver_id
    return woven.departures


def in_force(session: Session, now: datetime, base: ReleaseRow, service: ServiceRow) -> OverlayRow | None:
    """Of the service itself, else of the nearest one above it; one made for another version is not."""
    found = select(OverlayRow).where(
        OverlayRow.state == IN_FORCE, OverlayRow.service_id.in_(path_of(service)), OverlayRow.method == base.method,
        OverlayRow.version == base.version, OverlayRow.valid_until > now,
    )  # fmt: skip
    rows = {row.service_id: row for row in session.execute(found).scalars()}
    return next((rows[each] for each in path_of(service) if each in rows), None)


def tailored(act: Act, base: ReleaseRow, service: ServiceRow, themes: Iterable[str] = ()) -> ReleaseRow:
    """The release on which a new project of this service starts, with what its themes add.

    The nearest tailoring counts, of the last release or of one before that is still supported.
    """
    release, overlay = begun_with(act.session, act.now, base, service)
    return woven_of(act, release, overlay, packs_of(act.session, themes))


def begun_with(
    session: Session, now: datetime, base: ReleaseRow, service: ServiceRow
) -> tuple[ReleaseRow, OverlayRow | None]:
    """The release, and the tailoring of the service itself, else of the nearest one above it."""
    path = path_of(service)
    serves = or_(ReleaseRow.id == base.id, ReleaseRow.supported_until > now)
    found = (
        select(OverlayRow, ReleaseRow)
        .join(ReleaseRow, and_(ReleaseRow.method == OverlayRow.method, ReleaseRow.version == OverlayRow.version))
        .where(
            OverlayRow.state == IN_FORCE, OverlayRow.service_id.in_(path), OverlayRow.method == base.method,
            OverlayRow.valid_until > now, ReleaseRow.base_id.is_(None), serves,
        )
    )  # fmt: skip
    rows = {overlay.service_id: (release, overlay) for overlay, release in session.execute(found)}
    return next((rows[each] for each in path if each in rows), (base, None))


def packs_of(session: Session, themes: Iterable[str]) -> dict[str, Pack]:
    """The last pack of each theme that has one, by its fingerprint."""
    codes = list(themes)
    if not codes:
        return {}
    rows = session.execute(select(PackRow).where(PackRow.theme.in_(codes)).order_by(PackRow.id)).scalars()
    return {row.digest: stored(row.content) for row in {row.theme: row for row in rows}.values()}


#: what was woven of the same things before, in this process: weaving is deterministic, and takes its time
_WOVEN: dict[tuple[str, ...], str] = {}


def woven_of(
    act: Act, base: ReleaseRow, overlay: OverlayRow | None, packs: Mapping[str, Pack], choices: Sequence[Operation] = ()
) -> ReleaseRow:
    """A release with packs, a tailoring and a project's choices woven in, kept once; `base` where there are none."""
    if overlay is None and not packs and not choices:
        return base
    key = key_of(base, overlay, packs, choices)
    row = _version(act, base, _WOVEN[key]) if key in _WOVEN else None
    return row if row is not None else _kept(act, base, overlay, packs, choices, key)


def key_of(
    base: ReleaseRow, overlay: OverlayRow | None, packs: Mapping[str, Pack], choices: Sequence[Operation]
) -> tuple[str, ...]:  # fmt: skip
    """What is woven together: the same key gives the same release."""
    chosen = (hashlib.sha256(canonical(operation_said(each)).encode()).hexdigest() for each in choices)
    return (base.digest, overlay.digest if overlay is not None else "", *sorted(packs), "", *chosen)


def _version(act: Act, base: ReleaseRow, version: str) -> ReleaseRow | None:
    same = select(ReleaseRow).where(ReleaseRow.method == base.method, ReleaseRow.version == version)
    return act.session.execute(same).scalar_one_or_none()


def _kept(
    act: Act, base: ReleaseRow, overlay: OverlayRow | None, packs: Mapping[str, Pack], choices: Sequence[Operation],
    key: tuple[str, ...],
) -> ReleaseRow:  # fmt: skip
    woven = weave(act.release(base.id), packs.values(), said(overlay) if overlay is not None else None, choices)
    _WOVEN[key] = version = f"{base.version}+{woven.digest[:12]}"
    row = _version(act, base, version)
    if row is None:
        row = ReleaseRow(
            method=base.method, version=version, digest=woven.digest, name_fr=base.name_fr, name_en=base.name_en,
            published_at=act.now, published_by=None, files=pack(woven.release.files), base_id=base.id,
            overlay_id=overlay.id if overlay is not None else None, origins=origins_of(woven),
        )  # fmt: skip
        act.session.add(row)
        act.session.flush()
    return row


def origins_of(woven: Woven) -> str:
    """JSON: by element, who drew it and who changed it; and what is hidden, by whom."""
    return json.dumps(
        {
            "elements": {id: [asdict(each) for each in found] for id, found in woven.origins.items()},
            "hidden": {id: asdict(each) for id, each in woven.hidden.items()},
        },
        ensure_ascii=False,
    )  # fmt: skip
