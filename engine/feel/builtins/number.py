"""Numeric functions (DMN 1.5, 10.3.4.5)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from ..arithmetic import division_by_zero
from ..budget import Run
from ..decimal34 import CONTEXT, rounded, whole
from ..durations import DaysTimeDuration, YearsMonthsDuration
from ..errors import refuse
from ..values import Value
from .signature import Library

LIBRARY = Library()
ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}


def declare_rounding(name: str, rounding: str) -> None:
    @LIBRARY.function(name, "n: number, scale: number")
    def to_scale(run: Run, n: Decimal, scale: Decimal) -> Decimal:
        return rounded(n, whole(scale), rounding)


for rounding_name, rounding_mode in ROUNDINGS.items():
    declare_rounding(rounding_name, rounding_mode)


@LIBRARY.function("floor", "n: number, scale?: number")
def floor(run: Run, n: Decimal, scale: Decimal | None = None) -> Decimal:
    return rounded(n, whole(scale or Decimal(0)), ROUND_FLOOR)


@LIBRARY.function("ceiling", "n: number, scale?: number")
def ceiling(run: Run, n: Decimal, scale: Decimal | None = None) -> Decimal:
    return rounded(n, whole(scale or Decimal(0)), ROUND_CEILING)


@LIBRARY.function("abs", "n: number|years and months duration|days and time duration")
def absolute(run: Run, n: Value) -> Value:
    if isinstance(n, YearsMonthsDuration):
        return YearsMonthsDuration(abs(n.months))
    return DaysTimeDuration(abs(n.seconds)) if isinstance(n, DaysTimeDuration) else abs(n)


@LIBRARY.function("modulo", "dividend: number, divisor: number")
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    """With the sign of the divisor: dividend - divisor * floor(dividend / divisor)."""
    if not divisor:
        raise division_by_zero()
    rest = CONTEXT.remainder(dividend, divisor)  # Decimal's has the sign of the dividend
    return rest + divisor if rest and (rest < 0) != (divisor < 0) else rest


@LIBRARY.function("sqrt", "number: number")
def square_root(run: Run, number: Decimal) -> Decimal:
    if number < 0:
        raise refuse(
            "La racine carrée demande un nombre positif. Vérifiez la valeur.",
            "A square root needs a positive number. Check the value.",
        )
    return CONTEXT.sqrt(number)


@LIBRARY.function("log", "number: number")
def logarithm(run: Run, number: Decimal) -> Decimal:
    if number <= 0:
        raise refuse(
            "Le logarithme demande un nombre supérieur à zéro. Vérifiez la valeur.",
            "A logarithm needs a number above zero. Check the value.",
        )
    return CONTEXT.ln(number)


@LIBRARY.function("exp", "number: number")
def exponential(run: Run, number: Decimal) -> Decimal:
    return CONTEXT.exp(number)


@LIBRARY.function("odd", "number: number")
def odd(run: Run, number: Decimal) -> bool:
    return abs(CONTEXT.remainder_near(number, Decimal(2))) == 1


@LIBRARY.function("even", "number: number")
def even(run: Run, number: Decimal) -> bool:
    return CONTEXT.remainder_near(number, Decimal(2)) == 0
