"""Methods published, and how services tailor them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engine.store.tables.base import Base, key, partial, refers


class ReleaseRow(Base):
    __tablename__ = "jalon_releases"
    id: Mapped[int] = key()
    method: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(40))  #: of one that was woven: `1.0.0+` and the start of its digest
    digest: Mapped[str] = mapped_column(String(64))
    name_fr: Mapped[str]
    name_en: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = refers("actors")
    files: Mapped[bytes] = deferred(mapped_column(LargeBinary))  #: a zip, with fixed dates
    base_id: Mapped[int | None] = refers("releases")  #: the release that was tailored; none: published by its owner
    overlay_id: Mapped[int | None] = refers("overlays")  #: by which it was woven
    origins: Mapped[str | None] = deferred(mapped_column())  #: JSON: who drew and who changed each element
    same: Mapped[str | None]  #: JSON: id of a step in the release before -> its id in this one
    notes_fr: Mapped[str | None]  #: of the release, for actors, Markdown
    notes_en: Mapped[str | None]
    supported_until: Mapped[datetime | None]  #: projects of services whose tailoring stays on it start on it until then
    retired_at: Mapped[datetime | None]  #: no project starts on it any more
    __table_args__ = (UniqueConstraint("method", "version"),)


class OverlayRow(Base):
    """How a service tailors one version of a method (engine.overlay)."""

    __tablename__ = "jalon_overlays"
    id: Mapped[int] = key()
    service_id: Mapped[int] = refers("services")
    method: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12))  #: draft, requested, in_force, refused, superseded
    content: Mapped[str]  #: its text form, signed
    digest: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int] = refers("actors")
    drafted_at: Mapped[datetime]
    requested_at: Mapped[datetime | None]
    approver_id: Mapped[int | None] = refers("actors")
    decided_at: Mapped[datetime | None]
    word: Mapped[str]  #: of who decided
    valid_until: Mapped[datetime]
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012
    __table_args__ = (partial("ix_jalon_overlays_service", "state = 'in_force'", "service_id", "method"),)


class MethodDraftRow(Base):
    """A method that is being drawn."""

    __tablename__ = "jalon_method_drafts"
    id: Mapped[int] = key()
    method: Mapped[str] = mapped_column(String(80))  #: the id that its files say
    version: Mapped[str] = mapped_column(String(40))  #: that its files say
    name_fr: Mapped[str]
    name_en: Mapped[str]
    files: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  #: a zip, with fixed dates
    digest: Mapped[str] = mapped_column(String(64))  #: of the files, as a release's
    trail: Mapped[str] = mapped_column(deferred=True)  #: JSON: what each revision changed (engine.workshop.trail)
    revision: Mapped[int] = mapped_column()  #: of the row; a file of it says which one changed it last
    base_version: Mapped[str] = mapped_column(String(40))  #: published, that it starts from; empty: none
    state: Mapped[str] = mapped_column(String(12))  #: open, review, published, dropped
    notes_fr: Mapped[str]  #: of the release, for actors, Markdown
    notes_en: Mapped[str]
    same: Mapped[str]  #: JSON: id of a step before -> its id now
    author_id: Mapped[int | None] = refers("actors")
    edited_by: Mapped[int | None] = refers("actors")
    edited_at: Mapped[datetime]
    reviewer_id: Mapped[int | None] = refers("actors")
    reviewed_at: Mapped[datetime | None]
    review_word: Mapped[str]
    reviewed_digest: Mapped[str] = mapped_column(String(64))  #: of the files that were approved; empty: none
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012
    __table_args__ = (
        Index(
            "ix_jalon_method_drafts_open", "method", unique=True, sqlite_where=text("state IN ('open', 'review')"),
            postgresql_where=text("state IN ('open', 'review')"),
        ),
    )  # fmt: skip
