"""Who is who, and what the organisation decides: services, actors, roles held, lists, sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, Key, key, refers


class ServiceRow(Base):
    __tablename__ = "jalon_services"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_fr: Mapped[str]
    name_en: Mapped[str]
    parent_id: Mapped[int | None] = refers("services")
    path: Mapped[str] = mapped_column(Text, index=True)  #: /1/4/9/: itself last


class ActorRow(Base):
    __tablename__ = "jalon_actors"
    id: Mapped[int] = key()
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str]
    email: Mapped[str]
    password: Mapped[str]  #: argon2; empty: cannot sign in
    kind: Mapped[str] = mapped_column(String(10))  #: internal, guest
    language: Mapped[str] = mapped_column(String(2))
    service_id: Mapped[int | None] = refers("services")
    active: Mapped[bool]


class HoldingRow(Base):
    """Who holds which role, in a project or in a service."""

    __tablename__ = "jalon_holdings"
    id: Mapped[int] = key()
    role: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(10))  #: project, service
    scope_id: Mapped[int] = mapped_column(Key)
    actor_id: Mapped[int] = refers("actors")
    __table_args__ = (
        UniqueConstraint("scope", "scope_id", "role", "actor_id"),
        Index("ix_jalon_holdings_actor_id_scope", "actor_id", "scope"),
    )


class ChoiceRow(Base):
    """What a form chooses from that the organisation decides: objectives, strands, themes."""

    __tablename__ = "jalon_choices"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    label_fr: Mapped[str]
    label_en: Mapped[str]
    parent: Mapped[str] = mapped_column(String(40), server_default="", default="")  #: an objective's strand, by code
    owner_id: Mapped[int | None] = mapped_column(Key)  #: actor: of a strand or an objective
    __table_args__ = (UniqueConstraint("kind", "code"),)


class SessionRow(Base):
    __tablename__ = "jalon_sessions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor_id: Mapped[int | None] = refers("actors", index=True)
    data: Mapped[str]
    opened_at: Mapped[datetime]
    used_at: Mapped[datetime] = mapped_column(index=True)


class MandateRow(Base):
    """A holder of a role is stood in for: by whom, from when until when, by whose word."""

    __tablename__ = "jalon_mandates"
    id: Mapped[int] = key()
    actor_id: Mapped[int] = refers("actors", index=True)  #: who is stood in for
    deputy_id: Mapped[int] = refers("actors", index=True)
    role: Mapped[str] = mapped_column(String(40))  #: empty: all that they hold
    project_id: Mapped[int | None] = refers("projects")  #: none: everywhere
    since: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[int | None] = refers("actors")
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  #: taken back before its time


class InvitationRow(Base):
    """A link that opens one task to a guest without an account. The link alone holds the secret."""

    __tablename__ = "jalon_invitations"
    id: Mapped[int] = key()
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    actor_id: Mapped[int] = refers("actors", index=True)
    project_id: Mapped[int] = refers("projects", index=True)
    task_id: Mapped[int] = refers("tasks", index=True)
    by_id: Mapped[int | None] = refers("actors")
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]  #: last
    revoked_at: Mapped[datetime | None]
