"""Projects: their stages, executions, tasks and timers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.tables.base import Base, Key, key, partial, refers


class ProjectRow(Base):
    __tablename__ = "jalon_projects"
    id: Mapped[int] = key()
    title: Mapped[str]
    release_id: Mapped[int] = refers("releases", index=True)
    service_id: Mapped[int] = refers("services", index=True)
    author_id: Mapped[int | None] = refers("actors")
    status: Mapped[str] = mapped_column(String(10))  #: running, held, closed, stopped, dismissed
    theme: Mapped[str] = mapped_column(String(40))
    themes: Mapped[str] = mapped_column(server_default="[]", default="[]")  #: JSON list of codes, `theme` first
    objectives: Mapped[str]  #: JSON list of codes
    impacted: Mapped[str]  #: JSON list of codes
    marks: Mapped[str] = mapped_column(server_default="{}", default="{}")  #: JSON: informed, unconcerned, by code
    phase: Mapped[str] = mapped_column(String(80))  #: the last entered
    round: Mapped[int]  #: of that phase: 1, then one more for each rework
    started_at: Mapped[datetime]
    moved_at: Mapped[datetime] = mapped_column(index=True)  #: when somebody last did something in it
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
    project_id: Mapped[int] = refers("projects")
    phase: Mapped[str] = mapped_column(String(80))
    round: Mapped[int]
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_jalon_stages_project_id_phase_round", "project_id", "phase", "round"),
        partial("ix_jalon_stages_open", "left_at IS NULL", "project_id", "phase"),
    )


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


def _of_open(name: str, whose: str, where: str) -> tuple[Index, Index, Index]:
    """The open tasks of one, by date, by project, and as they opened."""
    where = f"state = 'open' AND {where}"
    return (
        partial(f"ix_jalon_tasks_{name}", where, whose, "due_at", "id"),
        partial(f"ix_jalon_tasks_{name}_project", where, whose, "project_id", "id"),
        partial(f"ix_jalon_tasks_{name}_opened", where, whose, "id"),
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
    state: Mapped[str] = mapped_column(String(10))  #: open, done, cancelled, missed
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
        partial("ix_jalon_tasks_due", "state = 'open'", "due_at", "id"),
        partial("ix_jalon_tasks_open", "state = 'open'", "project_id", "due_at", "id"),
        # the closed ones too: in which projects one has taken part
        partial("ix_jalon_tasks_mine", "assignee_id IS NOT NULL", "assignee_id", "project_id"),
        # what a service was asked for, wherever its role is held
        partial("ix_jalon_tasks_instance", "instance <> ''", "instance", "state"),
    )  # fmt: skip


class TimerRow(Base):
    """What becomes due by itself: a drawn timer, the next occurrence of a recurring activity, the review of a hold."""

    __tablename__ = "jalon_timers"
    id: Mapped[int] = key()
    project_id: Mapped[int] = refers("projects", index=True)
    kind: Mapped[str] = mapped_column(String(20))  #: drawn, occurrence, review, silence, session, cold
    element: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str]
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]  #: or withdrawn
    execution_id: Mapped[int | None] = mapped_column(Key)  #: of a drawn timer
    token: Mapped[str] = mapped_column(String(32), server_default="", default="")  #: of a drawn timer
    queued_at: Mapped[datetime | None]  #: when its job was enqueued
    stopped_at: Mapped[datetime | None]  #: since when a hold stops it
    task_id: Mapped[int | None] = mapped_column(Key)  #: of a silence or a session: whose clock it is
    __table_args__ = (
        partial("ix_jalon_timers_due", "fired_at IS NULL AND queued_at IS NULL AND stopped_at IS NULL", "due_at", "id"),
        partial("ix_jalon_timers_task", "task_id IS NOT NULL", "task_id"),
    )  # fmt: skip
