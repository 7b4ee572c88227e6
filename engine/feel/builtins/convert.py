"""Conversion functions (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from decimal import Decimal

from ..budget import Run
from ..decimal34 import number, whole
from ..durations import DaysTimeDuration, YearsMonthsDuration
from ..errors import Refusal, refuse
from ..iso import Duration, read_date, read_date_time, read_duration, read_time
from ..literals import read_range
from ..rendering import render
from ..temporal import Date, DateTime, Time, at_midnight, day_of, with_time, zone_named
from ..values import Value
from .signature import Library

LIBRARY = Library()
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")
GROUPINGS, DECIMALS = (" ", ",", "."), (".", ",")


@LIBRARY.function("string", "from: any")
def to_string(run: Run, value: Value) -> str | None:
    return None if value is None else render(value)


@LIBRARY.function("number", "from: string")
def to_number(run: Run, text: str) -> Decimal:
    return read_number(text)


@LIBRARY.function("number", "from: string, grouping separator: string|null, decimal separator?: string|null")
def to_number_with(run: Run, text: str, grouping: str | None, decimal: str | None = None) -> Decimal:
    bad_signs = grouping not in (None, *GROUPINGS) or decimal not in (None, *DECIMALS)
    if bad_signs or (grouping is not None and grouping == (decimal or None)):
        raise refuse(
            "Le séparateur de milliers est une espace, « , » ou « . » ; celui des décimales, l’autre « . "
            "» ou « , ». "
            "Corrigez-les.",
            "The grouping separator is a space, ',' or '.'; the decimal separator is the other of '.' "
            "and ','. "
            "Correct them.",
        )
    plain = text.replace(grouping, "") if grouping else text
    return read_number(plain.replace(decimal, ".") if decimal else plain)


def read_number(text: str) -> Decimal:
    if NUMBER.fullmatch(text):
        return number(text)
    shown = text if len(text) <= 40 else text[:39] + "…"
    raise refuse(
        f"Attendu : un nombre écrit en chiffres. Reçu : « {shown} ». Corrigez le texte, ou donnez les séparateurs.",
        f"Expected a number in digits, got '{shown}'. Correct the text, or give the separators.",
    )


@LIBRARY.function("date", "from: string|date|date and time")
def to_date(run: Run, value: str | Date | DateTime) -> Date:
    if isinstance(value, str):
        return read_date(value)
    return value.date if isinstance(value, DateTime) else value


@LIBRARY.function("date", "year: number, month: number, day: number")
def make_date(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Date:
    return Date(whole(year), whole(month), whole(day))


@LIBRARY.function("time", "from: string|time|date and time|date")
def to_time(run: Run, value: str | Time | DateTime | Date) -> Time:
    if isinstance(value, str):
        return read_time(value)
    if isinstance(value, Time):
        return value
    return value.time if isinstance(value, DateTime) else at_midnight(value).time


@LIBRARY.function("time", "hour: number, minute: number, second: number, offset?: days and time duration|null")
def make_time(
    run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTimeDuration | None = None
) -> Time:
    shift = None if offset is None else whole(offset.seconds)
    return Time(whole(hour), whole(minute), second, shift)


@LIBRARY.function("date and time", "from: string|date and time|date")
def to_date_time(run: Run, value: str | DateTime | Date) -> DateTime:
    if isinstance(value, str):
        return read_date_time(value)
    return value if isinstance(value, DateTime) else at_midnight(value)


@LIBRARY.function("date and time", "date: date|date and time, time: time")
def make_date_time(run: Run, date: Date | DateTime, time: Time) -> DateTime:
    return with_time(date, time)


@LIBRARY.function("date and time", "date: date and time, timezone: string")
def in_zone(run: Run, moment: DateTime, timezone: str) -> DateTime:
    """The same instant on the clock of a zone; a local time is taken to be there already."""
    zone_named(timezone)
    if not moment.zoned:
        return DateTime(moment.date, Time(moment.time.hour, moment.time.minute, moment.time.second, None, timezone))
    return moment.in_utc().in_zone(timezone)


@LIBRARY.function("duration", "from: string|days and time duration|years and months duration")
def to_duration(run: Run, value: str | Duration) -> Duration:
    return read_duration(value) if isinstance(value, str) else value


@LIBRARY.function("years and months duration", "from: date|date and time, to: date|date and time")
def months_between(run: Run, start: Date | DateTime, end: Date | DateTime) -> YearsMonthsDuration:
    """Whole months from one day to the other; the hours do not count, as in the standard's test kit."""
    first, last = day_of(start), day_of(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonthsDuration(months)


@LIBRARY.function("range", "from: string")
def to_range(run: Run, text: str) -> Value:
    """A range literal in a text; its ends are literals or calls of date, time, duration… with a literal."""
    found = read_range(text)
    if found is None:
        raise unreadable_range(text)
    return found


def unreadable_range(text: str) -> Refusal:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return refuse(
        f"Attendu : un intervalle (« [1..10] »). Reçu : « {shown} ». Corrigez le texte.",
        f"Expected a range ('[1..10]'), got '{shown}'. Correct the text.",
    )
