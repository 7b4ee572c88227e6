"""Functions of dates and times (DMN 1.5, 10.3.4.9, 10.3.4.10 and 10.3.4.7)."""

from __future__ import annotations

import datetime as python
from decimal import Decimal

from ..budget import Run
from ..comparison import same
from ..conversion import from_python
from ..errors import refuse
from ..temporal import CYCLE_YEARS, Date, DateTime, Time, day_of
from ..values import Value
from .signature import Library

LIBRARY = Library()
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@LIBRARY.function("day of year", "date: date|date and time")
def day_of_year(run: Run, date: Date | DateTime) -> Decimal:
    day = day_of(date)
    return Decimal(day.ordinal - Date(day.year, 1, 1).ordinal + 1)


@LIBRARY.function("day of week", "date: date|date and time")
def day_of_week(run: Run, date: Date | DateTime) -> str:
    """In English, as the standard has it."""
    return DAYS[day_of(date).weekday - 1]


@LIBRARY.function("month of year", "date: date|date and time")
def month_of_year(run: Run, date: Date | DateTime) -> str:
    return MONTHS[day_of(date).month - 1]


@LIBRARY.function("week of year", "date: date|date and time")
def week_of_year(run: Run, date: Date | DateTime) -> Decimal:
    """The week of ISO 8601."""
    day = day_of(date)
    year = day.year % CYCLE_YEARS + CYCLE_YEARS  # the weeks repeat with the calendar
    return Decimal(python.date(year, day.month, day.day).isocalendar().week)


@LIBRARY.function("now")
def now(run: Run) -> Value:
    """The moment given to the evaluation, in its own time zone."""
    if run.now is None:
        raise refuse(
            "L’instant présent n’est pas donné à cette évaluation. Donnez-le (« now »), ou retirez now() et today().",
            "This evaluation is not given the present moment. Give it ('now'), or remove now() and today().",
        )
    return from_python(run.now)


@LIBRARY.function("today")
def today(run: Run) -> Date:
    moment: DateTime = now(run)
    return moment.date


@LIBRARY.function("is", "value1: any, value2: any")
def identical(run: Run, value1: Value, value2: Value) -> bool:
    """The same value of the same kind, written the same way: 23:00Z is not 23:00@Etc/GMT."""
    if isinstance(value1, (Time, DateTime)):
        return type(value1) is type(value2) and value1 == value2
    return same(value1, value2, run)
