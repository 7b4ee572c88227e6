"""What Jalon does by itself, for an administrator: who works, what waits, what failed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.people import ADMINISTRATOR
from engine.queries.view import View
from engine.store.tables import (
    ActorRow,
    BatchRow,
    FailureRow,
    MessageRow,
    ProjectRow,
    TimerRow,
    WorkerRow,
)
from engine.words import Text

#: lines of each list
MOST_LINES = 50
#: a process without a sign of life for so long is shown as gone
SILENT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Jobs:
    """The work that Jalon does by itself. Administrators only: others get `NotFound`."""


@dataclass(frozen=True, slots=True)
class WorkerLine:
    name: str
    started_at: datetime
    seen_at: datetime  #: the last sign of life
    stopped_at: datetime | None
    alive: bool


@dataclass(frozen=True, slots=True)
class FailureLine:
    job: str  #: key, for RestartJob
    what: Text
    project: int | None
    project_title: str
    tries: int
    why: Text
    at: datetime
    dead: bool  #: false: it is tried again by itself


@dataclass(frozen=True, slots=True)
class TimerLine:
    project: int
    project_title: str
    what: Text
    due_at: datetime
    queued: bool


@dataclass(frozen=True, slots=True)
class MessageLine:
    id: int
    kind: str  #: mail, webhook
    to: str  #: the person; empty for a webhook
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BatchLine:
    id: int
    what: Text
    asked_by: str
    at: datetime
    done: int
    total: int
    refusals: tuple[tuple[str, Text], ...]  #: item, why
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobsPage:
    workers: tuple[WorkerLine, ...]
    dead: tuple[FailureLine, ...]
    retried: tuple[FailureLine, ...]
    waiting: tuple[tuple[Text, int], ...]  #: timers, messages, batches that a job is there for; 1,000 at the most
    timers: tuple[TimerLine, ...]  #: the next, soonest first; those that a hold stops are not among them
    unsent: tuple[MessageLine, ...]  #: oldest first
    batches: tuple[BatchLine, ...]  #: newest first


def read(view: View, query: Jobs) -> JobsPage:
    if view.actor.id and not view.actor.holds(ADMINISTRATOR):
        raise NotFound
    failures = _failures(view)
    return JobsPage(
        workers=_workers(view),
        dead=tuple(each for each in failures if each.dead),
        retried=tuple(each for each in failures if not each.dead),
        waiting=_waiting(view),
        timers=_timers(view),
        unsent=_unsent(view),
        batches=_batches(view),
    )


def _workers(view: View) -> tuple[WorkerLine, ...]:
    rows = view.session.execute(select(WorkerRow).order_by(WorkerRow.seen_at.desc()).limit(MOST_LINES)).scalars()
    return tuple(
        WorkerLine(
            row.id, row.started_at, row.seen_at, row.stopped_at,
            alive=row.stopped_at is None and view.now - row.seen_at < SILENT,
        )
        for row in rows
    )  # fmt: skip


def _failures(view: View) -> list[FailureLine]:
    rows = view.session.execute(
        select(FailureRow, ProjectRow.title)
        .outerjoin(ProjectRow, ProjectRow.id == FailureRow.project_id)
        .order_by(FailureRow.dead_at.is_(None), FailureRow.at.desc())
        .limit(2 * MOST_LINES)
    )
    return [
        FailureLine(
            row.key, WHAT.get(row.name, Text(row.name)), row.project_id, title or "", row.tries,
            Text(**json.loads(row.why)), row.at, row.dead_at is not None,
        )
        for row, title in rows
    ]  # fmt: skip


#: never an exact total of what may be a million
MOST_COUNTED = 1_000


def _waiting(view: View) -> tuple[tuple[Text, int], ...]:
    asked = (
        (WHAT["fire"], select(TimerRow.id).where(TimerRow.fired_at.is_(None), TimerRow.queued_at.is_not(None))),
        (WHAT["send"], select(MessageRow.id).where(MessageRow.sent_at.is_(None))),
        (WHAT["batch"], select(BatchRow.id).where(BatchRow.ended_at.is_(None))),
    )
    return tuple(
        (what, view.session.execute(select(func.count()).select_from(rows.limit(MOST_COUNTED).subquery())).scalar_one())
        for what, rows in asked
    )


def _timers(view: View) -> tuple[TimerLine, ...]:
    rows = view.session.execute(
        select(TimerRow, ProjectRow.title, ProjectRow.release_id)
        .join(ProjectRow, ProjectRow.id == TimerRow.project_id)
        .where(TimerRow.fired_at.is_(None), TimerRow.stopped_at.is_(None))
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(MOST_LINES)
    ).all()
    return tuple(
        TimerLine(
            row.project_id, title,
            view.release(release).method.name_of(row.element) if row.element else REVIEW,
            row.due_at, row.queued_at is not None,
        )
        for row, title, release in rows
    )  # fmt: skip


def _unsent(view: View) -> tuple[MessageLine, ...]:
    rows = view.session.execute(
        select(MessageRow.id, MessageRow.kind, ActorRow.name, MessageRow.subject, MessageRow.at)
        .outerjoin(ActorRow, ActorRow.id == MessageRow.actor_id)
        .where(MessageRow.sent_at.is_(None))
        .order_by(MessageRow.id)
        .limit(MOST_LINES)
    )
    return tuple(MessageLine(row.id, row.kind, row.name or "", row.subject, row.at) for row in rows)


def _batches(view: View) -> tuple[BatchLine, ...]:
    rows = list(view.session.execute(select(BatchRow).order_by(BatchRow.id.desc()).limit(MOST_LINES)).scalars())
    asked = [json.loads(row.asked) for row in rows]
    people = view.people(id for row, said in zip(rows, asked, strict=True) for id in (row.actor_id, *said.values()))
    return tuple(
        BatchLine(
            row.id, BATCHES[row.kind].format(**{name: people[id].name for name, id in said.items()}),
            people[row.actor_id].name if row.actor_id else "Jalon", row.at, row.done, row.total,
            tuple((item, Text(**why)) for item, why in json.loads(row.refusals).items()), row.ended_at,
        )
        for row, said in zip(rows, asked, strict=True)
    )  # fmt: skip


WHAT = {
    "fire": Text("échéance", "timer"),
    "send": Text("message", "message"),
    "batch": Text("lot", "batch"),
    "daily": Text("rappels du jour", "reminders of the day"),
}
REVIEW = Text("revue de la suspension", "review of the hold")
BATCHES = {"entrust": Text("confier à {to} les tâches de {person}", "entrust the tasks of {person} to {to}")}
