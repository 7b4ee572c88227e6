"""When something is due: working days of the organisation's calendar, calendar months, Paris time.

A day that is due ends at 23:59:59 in Paris, whatever the season; inside, all is UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


def due_after(start: datetime, duration: str) -> datetime:
    """The end of the day on which `duration` (ISO 8601, at least a day) after `start` falls; UTC.

    Days are working days (Monday to Friday without the public holidays of France), weeks and months those of the
    calendar. Raises ValueError for what is not a duration.
    """
    years, months, weeks, days, hours, minutes = parts(duration)
    if hours or minutes:
        return start + timedelta(hours=hours, minutes=minutes)
    return _day_due(start.astimezone(PARIS).date(), 12 * years + months, weeks, days)


@lru_cache(maxsize=1024)
def _day_due(day: date, months: int, weeks: int, days: int) -> datetime:
    """Asked with every task that opens, and the same the whole day."""
    return end_of(working_days_from(_months_later(day, months) + timedelta(weeks=weeks), days))


def end_of(day: date) -> datetime:
    """The last second of `day` in Paris, in UTC."""
    return datetime.combine(day, time(23, 59, 59), PARIS).astimezone(UTC)


def next_occurrence(previous: datetime, every: str) -> datetime:
    """`every` (calendar time: `P14D` is a fortnight) after `previous`."""
    years, months, weeks, days, hours, minutes = parts(every)
    local = previous.astimezone(PARIS)
    day = _months_later(local.date(), 12 * years + months) + timedelta(weeks=weeks, days=days)
    moment = datetime.combine(day, local.time(), PARIS)
    return moment.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)


@lru_cache(maxsize=1024)
def parts(duration: str) -> tuple[int, int, int, int, int, int]:
    """Years, months, weeks, days, hours, minutes of an ISO 8601 duration."""
    found = DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        raise ValueError(duration)
    years, months, weeks, days, hours, minutes = (int(each or 0) for each in found.groups())
    return years, months, weeks, days, hours, minutes


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def working_days_from(day: date, count: int) -> date:
    """So many working days after `day`, or before it where `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left > 0:
        day += step
        left -= is_working(day)
    return day


def _months_later(day: date, count: int) -> date:
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    import holidays  # a fifth of what a review loads, and it counts no working day

    return frozenset(holidays.country_holidays("FR", years=year))
