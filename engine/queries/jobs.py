"""What Jalon does by itself, for an administrator: who works, what waits, what failed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select, true

from engine.errors import NotFound
from engine.people import ADMINISTRATOR
from engine.queries.timers import REVIEW
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
#: lines of an export
MOST_EXPORTED = 5_000
#: a process without a sign of life for so long is shown as gone
SILENT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Jobs:
    """The work that Jalon does by itself. Administrators only: others get `NotFound`."""

    text: str = ""  #: keeps of each list the lines that name it: a project, a person, a process
    sort: Literal["when", "name"] = "when"
    size: int = MOST_LINES  #: lines of each list, 5,000 at the most


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
    project: int | None
    project_title: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    id: int
    kind: str  #: entrust (its items are tasks), migrate (projects)
    what: Text
    reason: str  #: why it was asked; may be empty
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
    mail: bool  #: false: no mail is configured, and none is written


def read(view: View, query: Jobs) -> JobsPage:
    if view.actor.id and not view.actor.holds(ADMINISTRATOR):
        raise NotFound
    failures = _failures(view, query)
    return JobsPage(
        workers=_workers(view, query),
        dead=tuple(each for each in failures if each.dead),
        retried=tuple(each for each in failures if not each.dead),
        waiting=_waiting(view),
        timers=_timers(view, query),
        unsent=_unsent(view, query),
        batches=_batches(view, query),
        mail=bool(view.settings.smtp),
    )


def _size(query: Jobs) -> int:
    return min(max(query.size, 1), MOST_EXPORTED)


def _named(query: Jobs, *names: Any) -> ColumnElement[bool]:
    """One of the names of a line holds what is searched."""
    if not query.text:
        return true()
    return or_(*(func.lower(name).contains(query.text.lower(), autoescape=True) for name in names))


def _order(query: Jobs, when: Any, *names: Any) -> tuple[Any, ...]:
    """By moment, or by the first name that a line has."""
    if query.sort == "when":
        return (when,)
    return (func.lower(func.coalesce(*names, "")), when)


def _workers(view: View, query: Jobs) -> tuple[WorkerLine, ...]:
    rows = view.session.execute(
        select(WorkerRow)
        .where(_named(query, WorkerRow.id))
        .order_by(*_order(query, WorkerRow.seen_at.desc(), WorkerRow.id))
        .limit(_size(query))
    ).scalars()
    return tuple(
        WorkerLine(
            row.id, row.started_at, row.seen_at, row.stopped_at,
            alive=row.stopped_at is None and view.now - row.seen_at < SILENT,
        )
        for row in rows
    )  # fmt: skip


def _failures(view: View, query: Jobs) -> list[FailureLine]:
    rows = view.session.execute(
        select(FailureRow, ProjectRow.title)
        .outerjoin(ProjectRow, ProjectRow.id == FailureRow.project_id)
        .where(_named(query, ProjectRow.title, FailureRow.key))
        .order_by(FailureRow.dead_at.is_(None), *_order(query, FailureRow.at.desc(), ProjectRow.title), FailureRow.key)
        .limit(2 * _size(query))
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


def _timers(view: View, query: Jobs) -> tuple[TimerLine, ...]:
    rows = view.session.execute(
        select(TimerRow, ProjectRow.title, ProjectRow.release_id)
        .join(ProjectRow, ProjectRow.id == TimerRow.project_id)
        .where(TimerRow.fired_at.is_(None), TimerRow.stopped_at.is_(None), _named(query, ProjectRow.title))
        .order_by(*_order(query, TimerRow.due_at, ProjectRow.title), TimerRow.id)
        .limit(_size(query))
    ).all()
    return tuple(
        TimerLine(
            row.project_id, title,
            view.release(release).method.name_of(row.element) if row.element else REVIEW,
            row.due_at, row.queued_at is not None,
        )
        for row, title, release in rows
    )  # fmt: skip


def _unsent(view: View, query: Jobs) -> tuple[MessageLine, ...]:
    rows = view.session.execute(
        select(
            MessageRow.id, MessageRow.kind, ActorRow.name, MessageRow.subject, MessageRow.at, MessageRow.project_id,
            ProjectRow.title,
        )
        .outerjoin(ActorRow, ActorRow.id == MessageRow.actor_id)
        .outerjoin(ProjectRow, ProjectRow.id == MessageRow.project_id)
        .where(MessageRow.sent_at.is_(None), _named(query, ActorRow.name, ProjectRow.title, MessageRow.subject))
        .order_by(*_order(query, MessageRow.id, ActorRow.name, ProjectRow.title), MessageRow.id)
        .limit(_size(query))
    )  # fmt: skip
    return tuple(
        MessageLine(row.id, row.kind, row.name or "", row.subject, row.at, row.project_id, row.title or "")
        for row in rows
    )


def _batches(view: View, query: Jobs) -> tuple[BatchLine, ...]:
    rows = list(
        view.session.execute(
            select(BatchRow)
            .outerjoin(ActorRow, ActorRow.id == BatchRow.actor_id)
            .where(_named(query, ActorRow.name))
            .order_by(*_order(query, BatchRow.id.desc(), ActorRow.name), BatchRow.id)
            .limit(_size(query))
        ).scalars()
    )
    return tuple(_batch(view, row, json.loads(row.asked)) for row in rows)


def _batch(view: View, row: BatchRow, asked: dict[str, Any]) -> BatchLine:
    reason = asked.pop("reason", "")
    people = view.people((row.actor_id, *(each for each in asked.values() if isinstance(each, int))))
    words = {name: people[said].name if isinstance(said, int) else said for name, said in asked.items()}
    return BatchLine(
        row.id, row.kind, BATCHES[row.kind].format(**words), reason,
        people[row.actor_id].name if row.actor_id else "Jalon", row.at, row.done, row.total,
        tuple((item, Text(**why)) for item, why in json.loads(row.refusals).items()), row.ended_at,
    )  # fmt: skip


WHAT = {
    "fire": Text("échéance", "timer"),
    "send": Text("message", "message"),
    "batch": Text("lot", "batch"),
    "daily": Text("rappels du jour", "reminders of the day"),
}
BATCHES = {
    "entrust": Text("confier à {to} les tâches de {person}", "entrust the tasks of {person} to {to}"),
    "migrate": Text("passer des projets à {method} {version}", "move projects to {method} {version}"),
}
