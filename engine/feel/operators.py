"""Arithmetic, comparison, equality, membership: what each pair of kinds means (DMN 1.5, tables 42 to 55).

Each function gives a value or raises Refusal; none knows where in the text it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

from .budget import MAX_DEPTH, Run, check_string, too_much
from .decimal34 import CONTEXT
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import DAY, Date, DateTime, Time, add_months, at_midnight, floor_modulo
from .values import Function, Range, Value, unfit

Operation = Callable[[Value, Value], Value]
ORDERED = (Decimal, str, Date, Time, DateTime, YearsMonthsDuration, DaysTimeDuration)


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


def compare(left: Value, right: Value) -> int:
    """Below, at or above zero as left is before, the same as or after right."""
    if type(left) is not type(right) or type(left) not in ORDERED:
        raise unfit("de comparer", "compare", left, right)
    low, high = rank(left), rank(right)
    if isinstance(left, (Time, DateTime)) and left.zoned != right.zoned:
        raise mixed_clocks()
    return int(low > high) - int(low < high)


def rank(value: Value) -> Value:
    """What values of one kind are ordered by."""
    if isinstance(value, (Decimal, str)):
        return value
    if isinstance(value, Date):
        return value.ordinal
    if isinstance(value, (Time, DateTime)):
        return value.instant
    return value.months if isinstance(value, YearsMonthsDuration) else value.seconds


def equal(left: Value, right: Value, run: Run) -> bool:
    """Equality of FEEL. null equals only itself; two kinds cannot be compared."""
    if type(left) is type(right) and type(left) in (Decimal, str, bool):
        return bool(left == right)
    if left is None or right is None:
        return left is right
    if type(left) is not type(right) and not (isinstance(left, Function) and isinstance(right, Function)):
        raise unfit("de comparer", "compare", left, right)
    return same(left, right, run)


def same(left: Value, right: Value, run: Run, depth: int = 0) -> bool:
    """As `equal`, but two kinds are merely different: what lists and contexts are compared by."""
    if type(left) is not type(right):
        return False
    if isinstance(left, (Decimal, str, bool)):
        return bool(left == right)
    if depth > MAX_DEPTH:
        raise too_much(f"plus de {MAX_DEPTH} niveaux", f"more than {MAX_DEPTH} levels")
    if isinstance(left, list):
        run.spend(1 + len(left) // 20)
        return len(left) == len(right) and all(
            same(one, other, run, depth + 1) for one, other in zip(left, right, strict=True)
        )
    if isinstance(left, dict):
        run.spend(1 + len(left) // 20)
        return left.keys() == right.keys() and all(same(left[key], right[key], run, depth + 1) for key in left)
    if isinstance(left, Range):
        return (
            (left.start_included, left.end_included, left.unbounded)
            == (right.start_included, right.end_included, right.unbounded)
            and same(left.start, right.start, run, depth + 1)
            and same(left.end, right.end, run, depth + 1)
        )
    if left is None or isinstance(left, Function):
        return left is right
    if isinstance(left, (Time, DateTime)) and left.zoned != right.zoned:
        return False
    return bool(rank(left) == rank(right))


def within(value: Value, interval: Range) -> bool:
    """Membership of a range; an infinite end is not looked at, an unknown one is an error."""
    if not interval.unbounded and (interval.start is None or interval.end is None):
        raise refuse(
            "Une borne de l’intervalle est absente (null). Donnez-la, ou écrivez « <= 10 » pour un intervalle ouvert.",
            "An end of the range is missing (null). Give it, or write '<= 10' for an open range.",
        )
    inside = True
    if interval.start is not None:
        order = compare(value, interval.start)
        inside = order > 0 or (order == 0 and interval.start_included)
    if interval.end is not None:
        order = compare(value, interval.end)
        inside = inside and (order < 0 or (order == 0 and interval.end_included))
    return inside


def make_range(start: Value, end: Value, start_included: bool, end_included: bool, unbounded: bool = False) -> Range:
    """Refuses ends of two kinds, of a kind without order, or in the wrong order."""
    given = [bound for bound in (start, end) if bound is not None]
    if not given or type(given[0]) not in ORDERED:
        raise unfit("de faire un intervalle de", "make a range of", start, end)
    if len(given) == 2 and compare(start, end) > 0:
        raise refuse(
            "Un intervalle va de la plus petite borne à la plus grande. Échangez les bornes.",
            "A range goes from its lower end to its upper one. Swap the ends.",
        )
    return Range(start, end, start_included, end_included, unbounded)


def whole(value: Decimal) -> int:
    """The whole part: positions and lengths are cut, as in the standard's test kit."""
    return int(value) if abs(value) < 10**15 else 10**15 * (1 if value > 0 else -1)


def rounded(value: Decimal, scale: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """To so many decimals; negative scales round to tens, hundreds…"""
    if not -6111 <= scale <= 6176:
        raise refuse(
            f"Un nombre de décimales de -6111 à 6176 est attendu, {scale} a été reçu. Corrigez-le.",
            f"Expected a number of decimals from -6111 to 6176, got {scale}. Correct it.",
        )
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -scale:
        return value
    cut = value.scaleb(scale, CONTEXT).to_integral_value(rounding)
    return CONTEXT.plus(cut.scaleb(-scale, CONTEXT)) if cut else Decimal(0)


def division_by_zero() -> Refusal:
    return refuse(
        "Division par zéro. Vérifiez le diviseur avant de diviser (« if n = 0 then … else … »).",
        "Division by zero. Check the divisor before dividing ('if n = 0 then … else …').",
    )


def mixed_clocks() -> Refusal:
    return refuse(
        "Une heure locale et une heure avec fuseau ne se comparent pas. Donnez un fuseau aux deux ou à aucune.",
        "A local time and a time with a zone cannot be compared. Give both a zone, or neither.",
    )
