"""Arithmetic: what each pair of kinds means (DMN 1.5, table 55).

Each function gives a value or raises Refusal; none knows where in the text it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .budget import check_string
from .comparison import mixed_clocks, rank
from .decimal34 import CONTEXT
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import DAY, Date, DateTime, Time, add_months, at_midnight, floor_modulo
from .values import Value, unfit

Operation = Callable[[Value, Value], Value]


def join(left: str, right: str) -> str:
    check_string(len(left) + len(right))
    return left + right


def add_seconds(moment: Value, duration: DaysTimeDuration) -> Value:
    """A date counts as its midnight, and stays a date."""
    if isinstance(moment, Date):
        days, _ = floor_modulo(duration.seconds, DAY)
        return Date.from_ordinal(moment.ordinal + days)
    return moment.plus_seconds(duration.seconds)


def back_months(moment: Value, duration: YearsMonthsDuration) -> Value:
    return moment.plus_months(-duration.months)


def back_seconds(moment: Value, duration: DaysTimeDuration) -> Value:
    return add_seconds(moment, DaysTimeDuration(-duration.seconds))


def elapsed(left: Value, right: Value) -> DaysTimeDuration:
    if isinstance(left, Date) and isinstance(right, Date):
        return DaysTimeDuration(Decimal((left.ordinal - right.ordinal) * DAY))
    start = at_midnight(right) if isinstance(right, Date) else right
    end = at_midnight(left) if isinstance(left, Date) else left
    if start.zoned != end.zoned:
        raise mixed_clocks()
    return DaysTimeDuration(end.instant - start.instant)


def months_times(duration: YearsMonthsDuration, factor: Decimal) -> YearsMonthsDuration:
    return YearsMonthsDuration(int(duration.months * factor))


def months_over(duration: YearsMonthsDuration, divisor: Decimal) -> YearsMonthsDuration:
    return YearsMonthsDuration(int(duration.months / divisor))


def scaled(duration: DaysTimeDuration, factor: Decimal) -> DaysTimeDuration:
    return DaysTimeDuration(duration.seconds * factor)


def shared(duration: DaysTimeDuration, divisor: Decimal) -> DaysTimeDuration:
    return DaysTimeDuration(duration.seconds / divisor)


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """As IEEE 754-2008 has it: anything to the power of zero is one, zero too. Zero has no negative power."""
    if not base and exponent < 0:
        raise division_by_zero()
    return CONTEXT.power(base, exponent) if exponent else Decimal(1)


def swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


YM, DT = YearsMonthsDuration, DaysTimeDuration
ADDITIONS: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda left, right: left + right,
    (str, str): join,
    (YM, YM): lambda left, right: YM(left.months + right.months),
    (DT, DT): lambda left, right: DT(left.seconds + right.seconds),
    **{(moment, YM): add_months for moment in (Date, DateTime)},
    **{(YM, moment): swapped(add_months) for moment in (Date, DateTime)},
    **{(moment, DT): add_seconds for moment in (Date, DateTime, Time)},
    **{(DT, moment): swapped(add_seconds) for moment in (Date, DateTime, Time)},
}
SUBTRACTIONS: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda left, right: left - right,
    (YM, YM): lambda left, right: YM(left.months - right.months),
    (DT, DT): lambda left, right: DT(left.seconds - right.seconds),
    (Time, Time): elapsed,
    **{(moment, YM): back_months for moment in (Date, DateTime)},
    **{(moment, DT): back_seconds for moment in (Date, DateTime, Time)},
    **{(end, start): elapsed for end in (Date, DateTime) for start in (Date, DateTime)},
}
PRODUCTS: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda left, right: left * right,
    (YM, Decimal): months_times,
    (Decimal, YM): swapped(months_times),
    (DT, Decimal): scaled,
    (Decimal, DT): swapped(scaled),
}
QUOTIENTS: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda left, right: left / right,
    (YM, Decimal): months_over,
    (DT, Decimal): shared,
    (YM, YM): lambda left, right: Decimal(left.months) / right.months,
    (DT, DT): lambda left, right: left.seconds / right.seconds,
}
POWERS: dict[tuple[type, type], Operation] = {(Decimal, Decimal): power}
ARITHMETIC: dict[str, tuple[dict[tuple[type, type], Operation], str, str]] = {
    "+": (ADDITIONS, "d’additionner", "add"),
    "-": (SUBTRACTIONS, "de soustraire", "subtract"),
    "*": (PRODUCTS, "de multiplier", "multiply"),
    "/": (QUOTIENTS, "de diviser", "divide"),
    "**": (POWERS, "d’élever à une puissance", "raise to a power"),
}


def arithmetic(symbol: str, left: Value, right: Value) -> Value:
    operations, french, english = ARITHMETIC[symbol]
    operation = operations.get((type(left), type(right)))
    if operation is None:
        raise unfit(french, english, left, right)
    if symbol == "/" and not (right if type(right) is Decimal else rank(right)):
        raise division_by_zero()
    return operation(left, right)


def negate(value: Value) -> Value:
    if type(value) is Decimal:
        return -value
    if type(value) is YearsMonthsDuration:
        return YearsMonthsDuration(-value.months)
    if type(value) is DaysTimeDuration:
        return DaysTimeDuration(-value.seconds)
    raise unfit("de donner le signe contraire à", "change the sign of", value)


def division_by_zero() -> Refusal:
    return refuse(
        "Division par zéro. Vérifiez le diviseur avant de diviser (« if n = 0 then … else … »).",
        "Division by zero. Check the divisor before dividing ('if n = 0 then … else …').",
    )
