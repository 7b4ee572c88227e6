"""The releases that a method’s owner published; what was woven of them, for services and projects, is in no list."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.store.tables import ReleaseRow


def published(method: str) -> Select[ReleaseRow]:
    """Of a method, the last one first."""
    found = select(ReleaseRow).where(ReleaseRow.method == method, ReleaseRow.base_id.is_(None))
    return found.order_by(ReleaseRow.id.desc())


def releases_of(session: Session, method: str) -> list[ReleaseRow]:
    return list(session.execute(published(method)).scalars())


def last_of(session: Session, method: str, *, lock: bool = False) -> ReleaseRow | None:
    """`lock`: who publishes another waits until the end of the act."""
    if lock:
        session.execute(published(method).with_only_columns(ReleaseRow.id).with_for_update())
    return session.execute(published(method).limit(1)).scalar_one_or_none()


def released(session: Session, method: str, version: str, *, lock: bool = False) -> ReleaseRow | None:
    """That version. `lock`: who changes it too waits until the end of the act."""
    found = published(method).where(ReleaseRow.version == version)
    return session.execute(found.with_for_update() if lock else found).scalar_one_or_none()


def version_of(session: Session, method: str, version: str) -> ReleaseRow | None:
    """That version; empty: the last."""
    return released(session, method, version) if version else last_of(session, method)


def last_releases(session: Session) -> list[ReleaseRow]:
    """The newest release of each method, in the order in which methods were first published."""
    rows = session.execute(select(ReleaseRow).where(ReleaseRow.base_id.is_(None)).order_by(ReleaseRow.id)).scalars()
    return list({row.method: row for row in rows}.values())
