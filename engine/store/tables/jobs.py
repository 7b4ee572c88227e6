"""Jobs: the outbox, batches, failures, and the processes that work them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, key, refers


class MessageRow(Base):
    """The outbox: what leaves the house, written in the act that causes it and sent by a job."""

    __tablename__ = "jalon_messages"
    id: Mapped[int] = key()
    key: Mapped[str] = mapped_column(String(120), unique=True)  #: the same message twice is one
    kind: Mapped[str] = mapped_column(String(10))  #: mail, webhook
    actor_id: Mapped[int | None] = refers("actors")
    project_id: Mapped[int | None] = refers("projects")
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_jalon_messages_unsent", "id",
              sqlite_where=text("sent_at IS NULL"), postgresql_where=text("sent_at IS NULL")),
    )  # fmt: skip


class NoticeRow(Base):
    """What the next daily message of a person will say; gone once it is said."""

    __tablename__ = "jalon_notices"
    id: Mapped[int] = key()
    actor_id: Mapped[int] = refers("actors", index=True)
    kind: Mapped[str] = mapped_column(String(10))  #: own, vote, told, watch, late (in a project, for the weekly digest)
    task_id: Mapped[int | None] = refers("tasks")
    entry_id: Mapped[int | None] = refers("entries")
    project_id: Mapped[int | None] = refers("projects")
    at: Mapped[datetime]


class BatchRow(Base):
    """One command asked for many things: carried out by jobs, one item after the other."""

    __tablename__ = "jalon_batches"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = refers("actors")
    asked: Mapped[str]  #: JSON: what is the same for every item
    items: Mapped[str]  #: JSON list
    total: Mapped[int]
    done: Mapped[int]  #: items carried out or refused
    refusals: Mapped[str]  #: JSON: item -> sentence in both languages
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FailureRow(Base):
    """A job that failed: tried again after a pause, and dead after the last one until somebody restarts it."""

    __tablename__ = "jalon_failures"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)  #: of the job
    name: Mapped[str] = mapped_column(String(20))
    arguments: Mapped[str]  #: JSON list
    project_id: Mapped[int | None] = refers("projects")
    runs: Mapped[int]  #: how often it has been enqueued; its next run has this number
    tries: Mapped[int]  #: failures since it was first enqueued, or restarted
    why: Mapped[str]  #: JSON: the last failure in both languages
    at: Mapped[datetime]
    dead_at: Mapped[datetime | None]


class WorkerRow(Base):
    """A process that works jobs, and when it last showed a sign of life."""

    __tablename__ = "jalon_workers"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
