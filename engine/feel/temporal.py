"""Dates, times, and both together, with the reach of FEEL: nine digits of year, any fraction of a second.

Python's own types stop at year 9999 and at the microsecond. These are used inside; what fits is given
back as Python's (`conversion.py`).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC
from datetime import date as python_date
from datetime import datetime as python_datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from .decimal34 import plain
from .durations import YearsMonthsDuration
from .errors import refuse

MAX_YEAR = 999_999_999
MAX_OFFSET = 14 * 3600
DAY = 86_400
CYCLE_YEARS, CYCLE_DAYS = 400, 146_097  # the Gregorian calendar repeats itself
CYCLE_START = python_date(CYCLE_YEARS, 1, 1).toordinal()
ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*")


@lru_cache(512)
def zone_named(name: str) -> ZoneInfo:
    """The IANA time zone; refuses a name that this machine does not know."""
    if ZONE_NAME.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            pass
    raise refuse(
        f"Un fuseau horaire est attendu (« Europe/Paris »), « {name} » n’en est pas un. Corrigez son nom.",
        f"Expected a time zone ('Europe/Paris'), '{name}' is not one. Correct its name.",
    )


def near_year(year: int) -> int:
    """A year that Python's own dates can hold, with the same calendar."""
    return year if 2 <= year <= 9998 else year % CYCLE_YEARS + 2000


def days_in_month(year: int, month: int) -> int:
    return calendar.monthrange(year % CYCLE_YEARS + CYCLE_YEARS, month)[1]


@dataclass(frozen=True, slots=True, repr=False)
class Date:
    """A day of the proleptic Gregorian calendar; year 0 exists, as in ISO 8601."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        inside = abs(self.year) <= MAX_YEAR and 1 <= self.month <= 12
        if not (inside and 1 <= self.day <= days_in_month(self.year, self.month)):
            raise refuse(
                f"Une date du calendrier est attendue, {self.year}-{self.month}-{self.day} n’existe pas. Corrigez-la.",
                f"Expected a date of the calendar, {self.year}-{self.month}-{self.day} does not exist. Correct it.",
            )

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Date:
        cycles, rest = divmod(ordinal - CYCLE_START, CYCLE_DAYS)
        day = python_date.fromordinal(CYCLE_START + rest)
        return cls(day.year + cycles * CYCLE_YEARS, day.month, day.day)

    @property
    def ordinal(self) -> int:
        """Days counted as Python's `date.toordinal` counts them, beyond its bounds too."""
        year = self.year % CYCLE_YEARS + CYCLE_YEARS
        return python_date(year, self.month, self.day).toordinal() + (self.year - year) // CYCLE_YEARS * CYCLE_DAYS

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 is Sunday (ISO 8601)."""
        return (self.ordinal - 1) % 7 + 1

    def plus_months(self, months: int) -> Date:
        """The same day so many months later, or the last day of a shorter month."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > MAX_YEAR:
            return Date(year, month + 1, 1)  # refuses, with the date in its message
        return Date(year, month + 1, min(self.day, days_in_month(year, month + 1)))

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"

    def __repr__(self) -> str:
        return f"Date('{self}')"


@dataclass(frozen=True, slots=True, repr=False)
class Time:
    """A time of day: local, at an offset from UTC in seconds, or in a named zone.

    Both an offset and a zone: the second passage of an hour that the zone's clocks show twice.
    """

    hour: int
    minute: int
    second: Decimal
    offset: int | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        inside = 0 <= self.hour <= 23 and 0 <= self.minute <= 59 and 0 <= self.second < 60
        if not inside or (self.offset is not None and abs(self.offset) > MAX_OFFSET):
            raise refuse(
                f"Une heure de 00:00:00 à 23:59:59 est attendue, à 14 heures de UTC au plus ; {self} n’en est pas une.",
                f"Expected a time from 00:00:00 to 23:59:59, at most 14 hours from UTC; {self} is not one.",
            )
        if self.zone is not None:
            zone_named(self.zone)

    @classmethod
    def from_seconds(cls, seconds: Decimal, offset: int | None, zone: str | None) -> Time:
        """The time of day so many seconds after midnight; less than a day."""
        whole = int(seconds)
        return cls(whole // 3600, whole // 60 % 60, whole % 60 + (seconds - whole), offset, zone)

    @property
    def seconds(self) -> Decimal:
        """Seconds since midnight, where the clock stands."""
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def zoned(self) -> bool:
        return self.offset is not None or self.zone is not None

    def offset_on(self, day: Date | None = None) -> int | None:
        """Seconds ahead of UTC; a named zone is asked on that day (1 January 2000 when there is none)."""
        if self.offset is not None or self.zone is None:
            return self.offset
        day = day or Date(2000, 1, 1)
        moment = python_datetime(near_year(day.year), day.month, day.day, self.hour, self.minute, int(self.second))
        shift = moment.replace(tzinfo=zone_named(self.zone)).utcoffset()
        return int(shift.total_seconds()) if shift is not None else 0

    @property
    def instant(self) -> Decimal:
        """What times are compared by: seconds in the UTC day, or on the local clock."""
        return self.seconds - (self.offset_on() or 0)

    def plus_seconds(self, seconds: Decimal) -> Time:
        return Time.from_seconds(floor_modulo(self.seconds + seconds, DAY)[1], self.offset, self.zone)

    def __str__(self) -> str:
        second = plain(self.second)
        whole, _, fraction = second.partition(".")
        clock = f"{self.hour:02d}:{self.minute:02d}:{whole.zfill(2)}{'.' + fraction if fraction else ''}"
        return clock + (f"@{self.zone}" if self.zone is not None else offset_text(self.offset))

    def __repr__(self) -> str:
        return f"Time('{self}')"


@dataclass(frozen=True, slots=True, repr=False)
class DateTime:
    """A date and a time of that day."""

    date: Date
    time: Time

    @property
    def zoned(self) -> bool:
        return self.time.zoned

    @property
    def instant(self) -> Decimal:
        """Seconds on the UTC line, or on the local one when the time is local."""
        return self.date.ordinal * DAY + self.time.seconds - (self.time.offset_on(self.date) or 0)

    def plus_months(self, months: int) -> DateTime:
        time = self.time if self.time.zone is None else replace(self.time, offset=None)
        return DateTime(self.date.plus_months(months), time)

    def plus_seconds(self, seconds: Decimal) -> DateTime:
        """So much time later; the hour of a named zone follows a change of its clocks."""
        zone = self.time.zone
        return self.plus_local(seconds) if zone is None else self.in_utc().plus_local(seconds).in_zone(zone)

    def in_utc(self) -> DateTime:
        """The same instant on the clock of UTC; a local time is taken as it is."""
        clock = Time(self.time.hour, self.time.minute, self.time.second, 0)
        return DateTime(self.date, clock).plus_local(Decimal(-(self.time.offset_on(self.date) or 0)))

    def in_zone(self, name: str) -> DateTime:
        """From the clock of UTC to the one of a zone."""
        moment = python_datetime(
            near_year(self.date.year), self.date.month, self.date.day, self.time.hour, self.time.minute
        )
        change = moment.replace(tzinfo=UTC).astimezone(zone_named(name)).utcoffset()
        shift = int(change.total_seconds()) if change is not None else 0
        moved = self.plus_local(Decimal(shift))
        there = DateTime(moved.date, replace(moved.time, offset=None, zone=name))
        if there.time.offset_on(there.date) == shift:
            return there
        return DateTime(there.date, replace(there.time, offset=shift))  # the hour that comes twice, second time

    def plus_local(self, seconds: Decimal) -> DateTime:
        days, rest = floor_modulo(self.time.seconds + seconds, DAY)
        time = Time.from_seconds(rest, self.time.offset, self.time.zone)
        return DateTime(Date.from_ordinal(self.date.ordinal + days), time)

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    def __repr__(self) -> str:
        return f"DateTime('{self}')"


def floor_modulo(value: Decimal, divisor: int) -> tuple[int, Decimal]:
    """Whole quotient toward minus infinity, and what is left (Decimal's own divmod goes toward zero)."""
    quotient, rest = divmod(value, divisor)
    return (int(quotient) - 1, rest + divisor) if rest < 0 else (int(quotient), rest)


def at_midnight(day: Date) -> DateTime:
    """Midnight UTC of that day: what a date is among dates and times (DMN 1.5, 10.3.2.3.6)."""
    return DateTime(day, Time(0, 0, Decimal(0), 0))


def day_of(moment: Date | DateTime) -> Date:
    return moment.date if isinstance(moment, DateTime) else moment


def with_time(moment: Date | DateTime, time: Time) -> DateTime:
    return DateTime(day_of(moment), time)


def next_day(moment: DateTime) -> DateTime:
    return replace(moment, date=Date.from_ordinal(moment.date.ordinal + 1))


def add_months(moment: Date | DateTime, duration: YearsMonthsDuration) -> Date | DateTime:
    return moment.plus_months(duration.months)


def offset_text(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    hours, minutes = divmod(minutes, 60)
    tail = f":{seconds:02d}" if seconds else ""
    return f"{'-' if offset < 0 else '+'}{hours:02d}:{minutes:02d}{tail}"
