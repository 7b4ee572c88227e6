"""The border with Python: values of the caller in, plain Python values out."""

from __future__ import annotations

import datetime as python
from collections.abc import Mapping
from decimal import Decimal

from .budget import MAX_DEPTH, MAX_ITEMS, check_items, check_string, too_much
from .decimal34 import number
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import MAX_OFFSET, Date, DateTime, Time, zone_named
from .values import Function, Range, Value, kind

KEPT = (Date, Time, DateTime, YearsMonthsDuration, DaysTimeDuration, Range, Function)
MICROSECONDS = 1_000_000


def from_python(value: Value, depth: int = 0) -> Value:
    """The FEEL value of a Python one. Refuses what has none, naming its type."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        check_string(len(value))
        return str.__str__(value)  # the characters, also of a string enumeration
    if isinstance(value, (int, float, Decimal)):
        return number(value)
    if depth > MAX_DEPTH:
        raise too_deep()
    if isinstance(value, Mapping):
        check_items(len(value))
        return {str(key): from_python(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        check_items(len(value))
        return [from_python(item, depth + 1) for item in value]
    if isinstance(value, Range):
        return Range(
            from_python(value.start, depth + 1),
            from_python(value.end, depth + 1),
            value.start_included,
            value.end_included,
            value.unbounded,
        )
    if isinstance(value, KEPT):
        return value
    return temporal_from_python(value)


def kind_of(value: Value) -> str:
    """The standard's name of the kind of a Python value: "number", "string", "date and time"…; "" where it has none."""
    try:
        return kind(from_python(value))
    except Refusal:
        return ""


def temporal_from_python(value: Value) -> Value:
    if isinstance(value, python.datetime):
        return DateTime(Date(value.year, value.month, value.day), clock(value.timetz(), value.utcoffset()))
    if isinstance(value, python.date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, python.time):
        return clock(value, value.utcoffset())
    if isinstance(value, python.timedelta):
        whole = value.days * 86_400 + value.seconds
        return DaysTimeDuration(whole + Decimal(value.microseconds) / MICROSECONDS)
    name = type(value).__name__
    raise refuse(
        f"Une valeur de type Python « {name} » n’entre pas dans une expression. "
        "Donnez un texte, un nombre, un booléen, une date, une liste ou un dictionnaire.",
        f"A value of Python type '{name}' does not enter an expression. "
        "Give a string, a number, a boolean, a date, a list or a dictionary.",
    )


def clock(time: python.time, offset: python.timedelta | None) -> Time:
    second = time.second + Decimal(time.microsecond) / MICROSECONDS
    zone = getattr(time.tzinfo, "key", None)
    shift = None if offset is None else int(offset.total_seconds())
    if isinstance(zone, str):
        return Time(time.hour, time.minute, second, shift if time.fold else None, zone)
    return Time(time.hour, time.minute, second, shift)


class Exit:
    """What leaves one evaluation, counted: shared values could otherwise unfold without end."""

    def __init__(self) -> None:
        self.count = 0

    def to_python(self, value: Value, depth: int = 0) -> Value:
        """Plain Python. Dates and times are Python's where it loses nothing, else the package's own."""
        self.count += 1
        if self.count > MAX_ITEMS:
            raise too_much(f"un résultat de plus de {MAX_ITEMS} valeurs", f"a result of more than {MAX_ITEMS} values")
        if depth > MAX_DEPTH:
            raise too_deep()
        if type(value) is list:
            return [self.to_python(item, depth + 1) for item in value]
        if type(value) is dict:
            return {key: self.to_python(item, depth + 1) for key, item in value.items()}
        if type(value) is Range:
            start, end = self.to_python(value.start, depth + 1), self.to_python(value.end, depth + 1)
            return Range(start, end, value.start_included, value.end_included, value.unbounded)
        if type(value) in (Date, Time, DateTime):
            return temporal_to_python(value)
        return value


def temporal_to_python(value: Date | Time | DateTime) -> Value:
    if isinstance(value, Time):
        return time_to_python(value) or value
    day = value if isinstance(value, Date) else value.date
    if not python.MINYEAR <= day.year <= python.MAXYEAR:
        return value
    plain_day = python.date(day.year, day.month, day.day)
    if isinstance(value, Date):
        return plain_day
    time = time_to_python(value.time)
    return value if time is None else python.datetime.combine(plain_day, time)


def time_to_python(value: Time) -> python.time | None:
    """None when it has more than microseconds (Python would cut it)."""
    microseconds = value.second * MICROSECONDS
    if microseconds != int(microseconds):
        return None
    zone: python.tzinfo | None = None
    if value.zone is not None:
        zone = zone_named(value.zone)
    elif value.offset is not None:
        assert abs(value.offset) <= MAX_OFFSET
        zone = python.UTC if value.offset == 0 else python.timezone(python.timedelta(seconds=value.offset))
    second, fraction = divmod(int(microseconds), MICROSECONDS)
    fold = int(value.zone is not None and value.offset is not None)
    return python.time(value.hour, value.minute, second, fraction, zone, fold=fold)


def too_deep() -> Exception:
    return too_much(
        f"des valeurs imbriquées sur plus de {MAX_DEPTH} niveaux",
        f"values nested deeper than {MAX_DEPTH} levels",
    )
