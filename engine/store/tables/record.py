"""What is said and kept: comments, files, history, acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engine.store.tables.base import Base, Key, key, refers


class CommentRow(Base):
    __tablename__ = "jalon_comments"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    task_id: Mapped[int] = refers("tasks", index=True)
    actor_id: Mapped[int] = refers("actors")
    at: Mapped[datetime]
    body: Mapped[str]


class FileRow(Base):
    __tablename__ = "jalon_files"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    task_id: Mapped[int] = refers("tasks", index=True)
    field: Mapped[str] = mapped_column(String(80))
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[int] = refers("actors")
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    frozen_by: Mapped[int | None] = mapped_column(Key)  #: the decision that froze it, with its phase
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class EventRow(Base):
    """History: append-only (a trigger refuses anything else), each chained to the one before by its digest."""

    __tablename__ = "jalon_events"
    id: Mapped[int] = key()
    #: project id; 0: the organisation; below 0: a project's confidential history
    stream: Mapped[int] = mapped_column(Key)
    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = refers("actors")
    kind: Mapped[str] = mapped_column(String(40))
    task_id: Mapped[int | None] = refers("tasks", index=True)
    facts: Mapped[str]  #: JSON
    digest: Mapped[str] = mapped_column(String(64))
    __table_args__ = (UniqueConstraint("stream", "number"),)


class ActRow(Base):
    """A command that was carried out under its idempotency key, with what it answered."""

    __tablename__ = "jalon_acts"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(Key)
    command: Mapped[str] = mapped_column(String(40))
    request: Mapped[str] = mapped_column(String(64))  #: SHA-256 of the command
    answer: Mapped[str]  #: JSON
    at: Mapped[datetime] = mapped_column(index=True)
