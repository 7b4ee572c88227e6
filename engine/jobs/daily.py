"""What happens once a working day: the reminders."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from engine.working_time import PARIS, is_working

if TYPE_CHECKING:
    from engine.engine import Engine

#: in Paris
HOUR = time(7, 30)


def enqueue_daily(engine: Engine, last: date | None) -> date | None:
    """Enqueue today's job once its hour has come, unless `last` was today; the day of the last one.

    Days on which nothing ran are not made up for: today's reminders say all that is late.
    """
    now = engine.clock().astimezone(PARIS)
    today = now.date()
    if today == last or now.time() < HOUR or not is_working(today):
        return last
    with engine.store.write() as session:
        engine.queue.enqueue(session, "daily", today.isoformat(), key=f"daily-{today}")
    return today
