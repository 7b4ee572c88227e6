"""``value.name``: entries of contexts, properties of dates, times, durations and ranges (DMN 1.5, table "
"65)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import Date, DateTime, Time
from .values import Range, Value, in_english, in_french, kind

Property = Callable[[Value], Value]


def offset(value: Value) -> Value:
    day, time = (value.date, value.time) if isinstance(value, DateTime) else (None, value)
    seconds = time.offset_on(day)
    return None if seconds is None else DaysTimeDuration(Decimal(seconds))


def years(value: YearsMonthsDuration) -> Decimal:
    return Decimal(abs(value.months) // 12 * (-1 if value.months < 0 else 1))


def months(value: YearsMonthsDuration) -> Decimal:
    return Decimal(abs(value.months) % 12 * (-1 if value.months < 0 else 1))


PROPERTIES: dict[type, dict[str, Property]] = {
    Date: {
        "year": lambda date: Decimal(date.year),
        "month": lambda date: Decimal(date.month),
        "day": lambda date: Decimal(date.day),
        "weekday": lambda date: Decimal(date.weekday),
    },
    Time: {
        "hour": lambda time: Decimal(time.hour),
        "minute": lambda time: Decimal(time.minute),
        "second": lambda time: time.second,
        "time offset": offset,
        "timezone": lambda time: time.zone,
    },
    YearsMonthsDuration: {"years": years, "months": months},
    DaysTimeDuration: {
        "days": lambda duration: Decimal(duration.split()[0]),
        "hours": lambda duration: Decimal(duration.split()[1]),
        "minutes": lambda duration: Decimal(duration.split()[2]),
        "seconds": lambda duration: Decimal(duration.split()[3]),
    },
    Range: {
        "start": lambda interval: interval.start,
        "end": lambda interval: interval.end,
        "start included": lambda interval: interval.start_included,
        "end included": lambda interval: interval.end_included,
    },
}


def of_part(part: str, read: Property) -> Property:
    return lambda value: read(getattr(value, part))


PROPERTIES[DateTime] = {
    **{name: of_part("date", read) for name, read in PROPERTIES[Date].items()},
    **{name: of_part("time", read) for name, read in PROPERTIES[Time].items()},
    "time offset": offset,
}


def follow(value: Value, name: str, strict: bool) -> Value:
    """What the name stands for in the value; in a list, in each item.

    An entry that is not there is null for the standard; strictly, it is refused, as a misspelt name
    would otherwise pass for an empty answer.
    """
    if type(value) is dict:
        if name in value:
            return value[name]
        if strict:
            raise no_entry(name, value)
        return None
    if type(value) is list:
        return [follow(item, name, strict) for item in value]
    if value is None:
        if strict:
            raise refuse(
                f"« {name} » est demandé à une valeur absente (null). Vérifiez qu’elle existe avant (« "
                "if x = null … »).",
                f"'{name}' is asked of a value that is not there (null). Check that it exists before "
                "('if x = null …').",
            )
        return None
    read = PROPERTIES.get(type(value), {}).get(name)
    if read is None:
        raise no_property(name, value)
    return read(value)


def no_entry(name: str, value: dict[str, Value]) -> Refusal:
    known = ", ".join(list(value)[:8]) or "—"
    return refuse(
        f"Aucune entrée « {name} » ici ; les entrées sont : {known}. Corrigez le nom, "
        'ou lisez une entrée facultative par get value(contexte, "nom").',
        f"No entry '{name}' here; the entries are: {known}. Correct the name, "
        'or read an optional entry with get value(context, "name").',
    )


def no_property(name: str, value: Value) -> Refusal:
    known = ", ".join(PROPERTIES.get(type(value), {})) or "—"
    return refuse(
        f"« {name} » n’existe pas pour {in_french(kind(value))} (propriétés : {known}). Corrigez le nom.",
        f"'{name}' does not exist for {in_english(kind(value))} (properties: {known}). Correct the name.",
    )
