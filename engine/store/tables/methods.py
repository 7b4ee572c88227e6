"""Methods published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engine.store.tables.base import Base, key, refers


class ReleaseRow(Base):
    __tablename__ = "jalon_releases"
    id: Mapped[int] = key()
    method: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    name_fr: Mapped[str]
    name_en: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = refers("actors")
    files: Mapped[bytes] = deferred(mapped_column(LargeBinary))  #: a zip, with fixed dates
    __table_args__ = (UniqueConstraint("method", "version"),)
