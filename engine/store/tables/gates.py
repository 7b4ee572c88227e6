"""Gates: whom they call, votes, assessments, decisions, reserves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, Key, key, refers


class CallRow(Base):
    """Whom an open gate calls beside its chair: those who vote, and the lead, who presents. Gone once it is closed."""

    __tablename__ = "jalon_calls"
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("tasks", index=True)
    kind: Mapped[str] = mapped_column(String(10))  #: vote, present
    role: Mapped[str] = mapped_column(String(40))
    seat: Mapped[str] = mapped_column(String(80), index=True)


class VoteRow(Base):
    """The session of one gate task: open, then closed."""

    __tablename__ = "jalon_votes"
    task_id: Mapped[int] = mapped_column(Key, ForeignKey("jalon_tasks.id"), primary_key=True)
    session: Mapped[int]
    closed_at: Mapped[datetime | None]


class BallotRow(Base):
    __tablename__ = "jalon_ballots"
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("tasks")
    session: Mapped[int]
    actor_id: Mapped[int] = refers("actors")
    opinion: Mapped[str] = mapped_column(String(20))  #: favourable, unfavourable, abstention; interest: stands back
    comment: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(Key)  #: the deputy who cast it; none: the voter
    cast_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("task_id", "session", "actor_id"),)


class AssessmentRow(Base):
    """What is said of one criterion of a gate; the last word stands, history keeps the others."""

    __tablename__ = "jalon_assessments"
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("tasks")
    criterion: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))  #: met, unmet, not_applicable
    evidence: Mapped[str]
    kind: Mapped[str] = mapped_column(
        String(10), server_default="text", default="text"
    )  #: text, file, link, task, entry
    refers_to: Mapped[int | None] = mapped_column(Key)  #: the file, task or entry
    approved_by: Mapped[int | None] = mapped_column(Key)  #: actor: "not applicable" on what is locked
    actor_id: Mapped[int] = refers("actors")
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("task_id", "criterion"),)


class DecisionRow(Base):
    __tablename__ = "jalon_decisions"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    task_id: Mapped[int] = refers("tasks")
    gate: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    session: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[int] = refers("actors")
    record: Mapped[str]  #: JSON: criteria, ballots, quorum, rule, files with fingerprints


class ReserveRow(Base):
    __tablename__ = "jalon_reserves"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    decision_id: Mapped[int] = refers("decisions")
    gate: Mapped[str] = mapped_column(String(80))
    body: Mapped[str]
    owner_id: Mapped[int] = refers("actors", index=True)
    due_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = refers("actors")
    proof: Mapped[str]


class RequestRow(Base):
    """What was asked before an opinion is given: the clock of its silence stands still until the answer."""

    __tablename__ = "jalon_requests"
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("tasks", index=True)
    body: Mapped[str]
    asked_by: Mapped[int] = refers("actors")
    asked_at: Mapped[datetime]
    answer: Mapped[str]
    answered_by: Mapped[int | None] = refers("actors")
    answered_at: Mapped[datetime | None]
