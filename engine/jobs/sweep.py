"""The sweep: timers whose hour has come become jobs. Nothing ever polls projects."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select, update

from engine.commands.fire_timer import FireTimer
from engine.people import SYSTEM
from engine.store.tables import TimerRow

if TYPE_CHECKING:
    from engine.engine import Engine

#: timers that one transaction enqueues
BATCH = 100


def sweep(engine: Engine) -> int:
    """Enqueue a job for each timer that is due; how many. When none is, it costs one indexed query."""
    found = 0
    while _first(engine, waiting(engine.clock())) is not None:
        found += _enqueue(engine)
    return found


def waiting(now: datetime) -> ColumnElement[bool]:
    """Due, and neither fired, nor enqueued, nor stopped by a hold: what the index `ix_jalon_timers_due` holds."""
    return and_(unfired(now), TimerRow.queued_at.is_(None))


def unfired(now: datetime) -> ColumnElement[bool]:
    return and_(TimerRow.fired_at.is_(None), TimerRow.stopped_at.is_(None), TimerRow.due_at <= now)


def _first(engine: Engine, condition: ColumnElement[bool]) -> int | None:
    """The timer that has been due longest."""
    with engine.store.read() as session:
        query = select(TimerRow.id).where(condition).order_by(TimerRow.due_at, TimerRow.id).limit(1)
        return session.execute(query).scalar_one_or_none()


def _enqueue(engine: Engine) -> int:
    now = engine.clock()
    query = (
        select(TimerRow.id, TimerRow.project_id, TimerRow.due_at)
        .where(waiting(now))
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(BATCH)
    )
    with engine.store.write() as session:
        # several machines sweep: each takes others
        found = session.execute(query.with_for_update(skip_locked=True) if engine.store.locks_rows else query).all()
        for id, project, due in found:
            engine.queue.enqueue(session, "fire", id, project=project, key=key_of(id, due))
        session.execute(update(TimerRow).where(TimerRow.id.in_([each.id for each in found])).values(queued_at=now))
    return len(found)


def key_of(timer: int, due: datetime) -> str:
    """One job a timer; another one when it was put off after its job had been enqueued."""
    return f"timer-{timer}-{due:%Y%m%dT%H%M%S%f}"


def fire_due(engine: Engine) -> int:
    """Fire all that is due now, in order, in this thread; how many timers fired."""
    fired = 0
    while (timer := _first(engine, unfired(engine.clock()))) is not None:
        fired += bool(engine.execute(FireTimer(timer), SYSTEM).fired)
    return fired
