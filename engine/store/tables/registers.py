"""Registers: entries and what they lead to, meetings, weather, baselines, theme packs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, Key, key, partial, refers


class EntryRow(Base):
    """One entry of a register. `facts` holds what only its register has (engine.registers)."""

    __tablename__ = "jalon_entries"
    id: Mapped[int] = key()
    project_id: Mapped[int | None] = refers("projects")  #: none: the organisation's (watch, ideas, reviews)
    #: action, risk, resistance, decision, watch, idea, change, deviation
    register: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]  #: in its register of its project, from 1
    title: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(String(12))  #: of its register
    owner_id: Mapped[int | None] = refers("actors")
    service_id: Mapped[int | None] = refers("services")
    due_at: Mapped[datetime]
    level: Mapped[int]  #: what sorts a register: criticality, antagonism, relevance
    theme: Mapped[str] = mapped_column(String(40))
    facts: Mapped[str]  #: JSON
    origin: Mapped[str] = mapped_column(String(12))  #: reserve, meeting, task, gate, entry, drift; or empty
    origin_id: Mapped[int | None] = mapped_column(Key)
    corrects_id: Mapped[int | None] = refers("entries")  #: a decision is never changed: a new one corrects it
    author_id: Mapped[int | None] = refers("actors")  #: none: Jalon, or somebody who stays unnamed
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = refers("actors")
    proof: Mapped[str]
    reminded: Mapped[int]  #: as of a task
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012
    __table_args__ = (
        Index("ix_jalon_entries_project", "project_id", "register", "id"),
        Index("ix_jalon_entries_register", "register", "id"),
        Index("ix_jalon_entries_origin", "origin", "origin_id"),
        partial("ix_jalon_entries_owner", "closed_at IS NULL AND owner_id IS NOT NULL", "owner_id", "due_at", "id"),
        partial("ix_jalon_entries_due", "closed_at IS NULL", "due_at", "id"),
    )  # fmt: skip


class SupportRow(Base):
    """Somebody supports an idea."""

    __tablename__ = "jalon_supports"
    id: Mapped[int] = key()
    entry_id: Mapped[int] = refers("entries")
    actor_id: Mapped[int] = refers("actors")
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("entry_id", "actor_id"),)


class SubscriptionRow(Base):
    """Somebody wants to hear of the watch entries of a theme."""

    __tablename__ = "jalon_subscriptions"
    id: Mapped[int] = key()
    actor_id: Mapped[int] = refers("actors")
    theme: Mapped[str] = mapped_column(String(40))  #: code
    __table_args__ = (UniqueConstraint("theme", "actor_id"),)


class MeetingRow(Base):
    """A meeting of a project: its agenda as generated, who was there, its minutes."""

    __tablename__ = "jalon_meetings"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    task_id: Mapped[int | None] = refers("tasks", index=True)  #: the occurrence that called it
    kind: Mapped[str] = mapped_column(String(20))  #: group, follow_up, committee, technical, other
    title: Mapped[str]
    held_on: Mapped[date] = mapped_column(Date)
    agenda: Mapped[str]  #: JSON: frozen when the meeting is closed
    present: Mapped[str]  #: JSON list of actors
    minutes: Mapped[str]  #: Markdown
    author_id: Mapped[int] = refers("actors")
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012


class WeatherRow(Base):
    """How the lead says that the project goes."""

    __tablename__ = "jalon_weathers"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    weather: Mapped[str] = mapped_column(String(10))  #: sunny, cloudy, rainy, stormy
    note: Mapped[str]
    actor_id: Mapped[int] = refers("actors")
    at: Mapped[datetime]


class BaselineRow(Base):
    """What a project promised, frozen by a decision; the last one counts."""

    __tablename__ = "jalon_baselines"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    decision_id: Mapped[int | None] = refers("decisions")  #: the gate that promised
    entry_id: Mapped[int | None] = refers("entries")  #: or the change that moved it
    at: Mapped[datetime]
    promised: Mapped[str]  #: JSON: end, cost, scope, milestones, tolerances


class PackRow(Base):
    """A theme pack: what a theme adds to a method. Data, never changed once published."""

    __tablename__ = "jalon_packs"
    id: Mapped[int] = key()
    theme: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)  #: JSON
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = refers("actors")
    __table_args__ = (UniqueConstraint("theme", "version"),)
