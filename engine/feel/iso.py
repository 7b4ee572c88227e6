"""ISO 8601 as FEEL reads it: text to dates, times and durations (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from decimal import Decimal

from .decimal34 import number
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import Date, DateTime, Time, next_day

DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
TIME = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}(?:\.[0-9]{1,30})?)"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[^@]{1,64})?"
)
DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>[0-9]{1,18})Y)?(?:(?P<months>[0-9]{1,18})M)?(?:(?P<days>[0-9]{1,18})D)?"
    r"(?P<clock>T(?:(?P<hours>[0-9]{1,18})H)?(?:(?P<minutes>[0-9]{1,18})M)?"
    r"(?:(?P<seconds>[0-9]{1,18}(?:\.[0-9]{1,30})?)S)?)?"
)

Duration = YearsMonthsDuration | DaysTimeDuration


def read_date(text: str) -> Date:
    match = DATE.fullmatch(text)
    if match is None:
        raise unreadable(text, "une date « AAAA-MM-JJ »", "a date 'YYYY-MM-DD'")
    return Date(int(match[1]), int(match[2]), int(match[3]))


def read_time(text: str) -> Time:
    """Midnight may be written 24:00:00."""
    match = TIME.fullmatch(text)
    if match is None:
        raise unreadable(text, "une heure « hh:mm:ss »", "a time 'hh:mm:ss'")
    hour, minute, second = int(match["hour"]), int(match["minute"]), number(match["second"])
    offset, zone = read_zone(match["zone"] or "")
    if hour == 24 and not minute and not second:
        hour = 0
    return Time(hour, minute, second, offset, zone)


def read_zone(text: str) -> tuple[int | None, str | None]:
    if not text:
        return None, None
    if text in "Zz":
        return 0, None
    if text.startswith("@"):
        return None, text[1:]
    parts = [int(part) for part in text[1:].split(":")]
    offset = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)
    return (-offset if text[0] == "-" else offset), None


def read_date_time(text: str) -> DateTime:
    """A date alone is its midnight; 24:00:00 is the midnight that ends the day."""
    day, separator, clock = text.partition("T")
    if not separator:
        return DateTime(read_date(day), Time(0, 0, Decimal(0)))
    moment = DateTime(read_date(day), read_time(clock))
    return next_day(moment) if clock.startswith("24") else moment


def read_duration(text: str) -> Duration:
    """Years and months, or days and time: never both, as months have no fixed length."""
    match = DURATION.fullmatch(text)
    months = match is not None and bool(match["years"] or match["months"])
    clock = match is not None and bool(match["days"] or (match["clock"] or "T") != "T")
    if match is None or match["clock"] == "T" or months == clock:
        raise unreadable(text, "une durée « P1Y6M » ou « P2DT3H »", "a duration 'P1Y6M' or 'P2DT3H'")
    sign = -1 if match["sign"] else 1
    if months:
        return YearsMonthsDuration(sign * (int(match["years"] or 0) * 12 + int(match["months"] or 0)))
    whole = int(match["days"] or 0) * 86_400 + int(match["hours"] or 0) * 3600 + int(match["minutes"] or 0) * 60
    return DaysTimeDuration(sign * (whole + number(match["seconds"] or "0")))


def read_temporal(text: str) -> Date | Time | DateTime | Duration:
    """What stands between the quotes of ``@"…"``."""
    bare = text.partition("@")[0]
    try:
        if "P" in bare:
            return read_duration(text)
        if "T" in bare:
            return read_date_time(text)
        return read_time(text) if ":" in text[:3] else read_date(text)
    except Refusal:
        raise
    except ValueError as error:  # a field too long for Python's integers
        raise unreadable(text, "une date, une heure ou une durée", "a date, a time or a duration") from error


def unreadable(text: str, french: str, english: str) -> Refusal:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return refuse(
        f"Attendu : {french}. Reçu : « {shown} ». Corrigez le texte.",
        f"Expected {english}, got '{shown}'. Correct the text.",
    )
