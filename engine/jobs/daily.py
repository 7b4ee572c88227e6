"""What happens once a working day: what Jalon asks by itself, then one message to each person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from engine.commands.call_reviews import MONTHS, CallReviews, half_of
from engine.commands.check_tolerances import CheckTolerances
from engine.commands.escalate_ideas import EscalateIdeas
from engine.commands.find_dormant import FindDormant
from engine.commands.gather_digest import GatherDigest
from engine.commands.gather_reminders import GatherReminders
from engine.commands.send_reminders import SendReminders
from engine.people import SYSTEM
from engine.working_time import PARIS, is_working, working_days_from

if TYPE_CHECKING:
    from engine.engine import Engine

#: in Paris
HOUR = time(7, 30)


@dataclass(frozen=True, slots=True)
class Told:
    messages: int
    escalated: int  #: what sponsors were told of


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


def carry_out(engine: Engine, day: date) -> Told:
    """The whole of a day, each step an act of its own, so that nothing waits for it; begun again, it goes on.

    What is due is gathered after what Jalon asks by itself, which is so told on the same day.
    """
    if day.month in MONTHS:
        engine.execute(CallReviews(half_of(day)), SYSTEM, key=f"reviews-{half_of(day)}")
    engine.execute(EscalateIdeas(), SYSTEM, key=f"daily-{day}-ideas")
    _all(engine, lambda after: FindDormant(day, after))
    _all(engine, lambda after: CheckTolerances(day, after))
    escalated = sum(each.escalated for each in _all(engine, lambda after: GatherReminders(day, "tasks", after)))
    escalated += sum(each.escalated for each in _all(engine, lambda after: GatherReminders(day, "actions", after)))
    _all(engine, lambda after: GatherReminders(day, "deviations", after))
    if begins_a_week(day):
        _all(engine, lambda after: GatherDigest(day, after), key=f"digest-{day}")
    messages = sum(each.messages for each in _all(engine, lambda after: SendReminders(day, after)))
    return Told(messages, escalated)


def begins_a_week(day: date) -> bool:
    """Is it the first working day of its week? A Monday, unless that is a public holiday."""
    return is_working(day) and working_days_from(day, -1).isocalendar()[:2] != day.isocalendar()[:2]


def _all(engine: Engine, command: Callable[[int], Any], key: str = "") -> list[Any]:
    """The command, act after act, from where each says to go on. `key`: of what its rows do not show as done."""
    found, after = [], 0
    while True:
        answer = engine.execute(command(after), SYSTEM, key=f"{key}-{after}" if key else None)
        found.append(answer)
        after = answer.after
        if not after:
            return found
