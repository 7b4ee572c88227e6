"""The tailorings that wait for someone: to be approved by them, or mended, or presented; and what was just decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from engine.people import ADMINISTRATOR, METHOD_OWNER
from engine.queries.lines import ActorLine, ServiceLine
from engine.queries.view import View
from engine.store.overlays import DRAFT, IN_FORCE, REFUSED, REQUESTED
from engine.store.releases import last_releases
from engine.store.tables import OverlayRow, ServiceRow
from engine.words import Text

#: how long an approval is shown to who asked for it
NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MyTailorings:
    """What one may approve, and what one has drafted; nothing to who neither administers nor owns methods."""


@dataclass(frozen=True, slots=True)
class TailoringLine:
    method: str  #: id
    name: Text
    service: ServiceLine
    state: str  #: draft, requested, refused, in_force
    author: ActorLine | None
    approver: ActorLine | None
    at: datetime  #: of its last change of state
    word: str  #: of who decided


@dataclass(frozen=True, slots=True)
class MyTailoringsPage:
    asked: tuple[TailoringLine, ...]  #: that I may approve, the oldest first
    mine: tuple[TailoringLine, ...]  #: that I drafted, the newest first


def read(view: View, query: MyTailorings) -> MyTailoringsPage:
    owner, me = view.actor.holds(METHOD_OWNER), view.actor.id
    if not owner and not view.actor.holds(ADMINISTRATOR):
        return MyTailoringsPage((), ())
    asked = _lines(view, and_(OverlayRow.state == REQUESTED, OverlayRow.author_id != me)) if owner else ()
    return MyTailoringsPage(tuple(reversed(asked)), _lines(view, _of_mine(view)))


def _of_mine(view: View) -> ColumnElement[bool]:
    news = and_(OverlayRow.state == IN_FORCE, OverlayRow.decided_at > view.now - NEWS)
    return and_(
        OverlayRow.author_id == view.actor.id,
        or_(OverlayRow.state.in_((DRAFT, REQUESTED, REFUSED)), news),
    )  # fmt: skip


def _lines(view: View, wanted: ColumnElement[bool]) -> tuple[TailoringLine, ...]:
    """Of the last versions; of one service's, the newest: what it was drafted from says no more."""
    last = {(each.method, each.version): each for each in last_releases(view.session)}
    query = select(OverlayRow, ServiceRow.code).join(ServiceRow, ServiceRow.id == OverlayRow.service_id)
    rows = view.session.execute(query.where(wanted).order_by(OverlayRow.id.desc())).all()
    newest: dict[tuple[str, str], OverlayRow] = {}
    for row, code in rows:
        if (row.method, row.version) in last:
            newest.setdefault((row.method, code), row)
    view.people([id for row in newest.values() for id in (row.author_id, row.approver_id)])
    return tuple(
        TailoringLine(
            method=row.method, name=Text(base.name_fr, base.name_en), service=view.services[code], state=row.state,
            author=view.person(row.author_id), approver=view.person(row.approver_id),
            at=row.decided_at or row.requested_at or row.drafted_at, word=row.word,
        )
        for (_, code), row in newest.items()
        for base in [last[row.method, row.version]]
    )  # fmt: skip
