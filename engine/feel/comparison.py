"""Comparison, equality, membership: what each pair of kinds means (DMN 1.5, tables 42 to 54).

Each function gives a value or raises Refusal; none knows where in the text it stands.
"""

from __future__ import annotations

from decimal import Decimal

from .budget import MAX_DEPTH, Run, too_much
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import Date, DateTime, Time
from .values import Function, Range, Value, unfit

ORDERED = (Decimal, str, Date, Time, DateTime, YearsMonthsDuration, DaysTimeDuration)


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


def mixed_clocks() -> Refusal:
    return refuse(
        "Une heure locale et une heure avec fuseau ne se comparent pas. Donnez un fuseau aux deux ou à aucune.",
        "A local time and a time with a zone cannot be compared. Give both a zone, or neither.",
    )
