"""Every table. Rows have no behaviour. Times are UTC; `due_at` is never null: `NEVER` stands for no deadline.

Names start with `jalon_`, since a queue engine shares the SQLite file with us (docs/decisions/0004-tables.md).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)  # fmt: skip
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column

#: a due date for what has none, so that one index sorts all
NEVER = datetime(9999, 1, 1, tzinfo=UTC)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A datetime that is always aware and UTC, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment(), bytes: LargeBinary(), str: Text()}  # noqa: RUF012


def key() -> Any:
    return mapped_column(Key, Identity(), primary_key=True)


def refers(target: str, **options: Any) -> Any:
    return mapped_column(Key, ForeignKey(f"jalon_{target}.id"), **options)


# --- people ------------------------------------------------------------------------------------------------


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
    actor_id: Mapped[int] = refers("actors", index=True)
    __table_args__ = (UniqueConstraint("scope", "scope_id", "role", "actor_id"),)


class ChoiceRow(Base):
    """What a form chooses from that the organisation decides: objectives, strands, themes."""

    __tablename__ = "jalon_choices"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    label_fr: Mapped[str]
    label_en: Mapped[str]
    __table_args__ = (UniqueConstraint("kind", "code"),)


class SessionRow(Base):
    __tablename__ = "jalon_sessions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor_id: Mapped[int | None] = refers("actors", index=True)
    data: Mapped[str]
    opened_at: Mapped[datetime]
    used_at: Mapped[datetime] = mapped_column(index=True)


# --- methods -----------------------------------------------------------------------------------------------


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


# --- projects ----------------------------------------------------------------------------------------------


class ProjectRow(Base):
    __tablename__ = "jalon_projects"
    id: Mapped[int] = key()
    title: Mapped[str]
    release_id: Mapped[int] = refers("releases", index=True)
    service_id: Mapped[int] = refers("services", index=True)
    author_id: Mapped[int | None] = refers("actors")
    status: Mapped[str] = mapped_column(String(10))  #: running, held, closed, stopped, dismissed
    theme: Mapped[str] = mapped_column(String(40))
    objectives: Mapped[str]  #: JSON list of codes
    impacted: Mapped[str]  #: JSON list of codes
    phase: Mapped[str] = mapped_column(String(80))  #: the last entered
    round: Mapped[int]  #: of that phase: 1, then one more for each rework
    started_at: Mapped[datetime]
    moved_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    review_at: Mapped[datetime | None]
    hold_reason: Mapped[str]
    revision: Mapped[int] = mapped_column()
    events: Mapped[int]  #: how many its history holds
    digest: Mapped[str] = mapped_column(String(64))  #: of the last one
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012


class StageRow(Base):
    """One passage through a phase; a rework is a new one."""

    __tablename__ = "jalon_stages"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    phase: Mapped[str] = mapped_column(String(80))
    round: Mapped[int]
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class ExecutionRow(Base):
    """What SpiffWorkflow executes: the method itself, and each occurrence of a recurring activity."""

    __tablename__ = "jalon_executions"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    process: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str]  #: what an occurrence is about
    state: Mapped[bytes]
    revision: Mapped[int] = mapped_column()
    ended_at: Mapped[datetime | None]
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012


def _partial(name: str, where: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _of_open(name: str, whose: str, where: str) -> tuple[Index, Index, Index]:
    """The open tasks of one, by date, by project, and as they opened."""
    where = f"state = 'open' AND {where}"
    return (
        _partial(f"ix_jalon_tasks_{name}", where, whose, "due_at", "id"),
        _partial(f"ix_jalon_tasks_{name}_project", where, whose, "project_id", "id"),
        _partial(f"ix_jalon_tasks_{name}_opened", where, whose, "id"),
    )


class TaskRow(Base):
    __tablename__ = "jalon_tasks"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    execution_id: Mapped[int] = refers("executions")
    token: Mapped[str] = mapped_column(String(32))
    element: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))  #: task, gate, occurrence
    phase: Mapped[str] = mapped_column(String(80))
    round: Mapped[int]
    role: Mapped[str] = mapped_column(String(40))
    seat: Mapped[str] = mapped_column(String(80))  #: where the role was found held: p12:CP, s3:RS
    instance: Mapped[str]  #: the service's code, the partner's name …; empty
    assignee_id: Mapped[int | None] = refers("actors")
    state: Mapped[str] = mapped_column(String(10))  #: open, done, cancelled
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = refers("actors")
    revision: Mapped[int] = mapped_column()
    draft: Mapped[str | None]  #: JSON
    answers: Mapped[str | None]  #: JSON
    remarks: Mapped[str]  #: JSON: refused, more_time
    reminded: Mapped[int] = mapped_column(server_default="0", default=0)  #: marks passed: 1 D-3, 2 D, 3 D+3, 4 D+7
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012
    __table_args__ = (
        # of the open ones only: each is the order of a list, by whose they are (docs/explanation/speed.md)
        *_of_open("assignee", "assignee_id", "assignee_id IS NOT NULL"),
        *_of_open("seat", "seat", "assignee_id IS NULL"),
        _partial("ix_jalon_tasks_due", "state = 'open'", "due_at", "id"),
        _partial("ix_jalon_tasks_open", "state = 'open'", "project_id", "due_at", "id"),
        # the closed ones too: in which projects one has taken part
        _partial("ix_jalon_tasks_mine", "assignee_id IS NOT NULL", "assignee_id", "project_id"),
    )  # fmt: skip


class TimerRow(Base):
    """What becomes due by itself: a drawn timer, the next occurrence of a recurring activity, the review of a hold."""

    __tablename__ = "jalon_timers"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    kind: Mapped[str] = mapped_column(String(20))  #: drawn, occurrence, review
    element: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str]
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]  #: or withdrawn
    execution_id: Mapped[int | None] = mapped_column(Key)  #: of a drawn timer
    token: Mapped[str] = mapped_column(String(32), server_default="", default="")  #: of a drawn timer
    queued_at: Mapped[datetime | None]  #: when its job was enqueued
    stopped_at: Mapped[datetime | None]  #: since when a hold stops it
    __table_args__ = (
        Index("ix_jalon_timers_due", "due_at", "id",
              sqlite_where=text("fired_at IS NULL AND queued_at IS NULL AND stopped_at IS NULL"),
              postgresql_where=text("fired_at IS NULL AND queued_at IS NULL AND stopped_at IS NULL")),
    )  # fmt: skip


# --- jobs --------------------------------------------------------------------------------------------------


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


# --- gates -------------------------------------------------------------------------------------------------


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


# --- what is said and kept ---------------------------------------------------------------------------------


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
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class EventRow(Base):
    """History: append-only (a trigger refuses anything else), each chained to the one before by its digest."""

    __tablename__ = "jalon_events"
    id: Mapped[int] = key()
    stream: Mapped[int] = mapped_column(Key)  #: project id; 0: the organisation
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
