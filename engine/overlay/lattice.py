"""Which of two values of a parameter is the stronger control: the order by which tailoring is judged.

    stronger("quorum", Decimal("0.75"), Decimal("0.5"))     True: at least as strong
    stronger("due", "P1M", "P20D")                          False: nobody can say, the days of a month vary

"Stronger" includes equal. Two values of which neither is at least as strong as the other cannot be compared, and
count as weaker: an overlay has to be stronger beyond doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from engine.working_time import parts

#: from the least to the most demanding
RULES = ("chair", "majority_chair_casting", "two_thirds", "unanimity")
#: from the least to the most binding
LOCKS = ("optional", "conditional", "locked")
#: a threshold that is switched off
OFF = Decimal("Infinity")
#: working days in a week, and the fewest and the most in a calendar month and a year (weekends and public holidays)
WEEK, MONTH, YEAR = 5, (16, 23), (245, 262)


def stronger(parameter: str, a: Any, b: Any) -> bool:
    """Is `a` at least as much control as `b`? Raises `KeyError` for a parameter that has no order."""
    return a == b or ORDERS[parameter](a, b)


def comparable(parameter: str, a: Any, b: Any) -> bool:
    return stronger(parameter, a, b) or stronger(parameter, b, a)


def _higher(a: Decimal, b: Decimal) -> bool:
    return a >= b


def _lower(a: Decimal, b: Decimal) -> bool:
    return a <= b


def _along(order: tuple[str, ...]) -> Callable[[str, str], bool]:
    return lambda a, b: a in order and b in order and order.index(a) >= order.index(b)


def _more(a: Iterable[Any], b: Iterable[Any]) -> bool:
    return set(a) >= set(b)


def _sooner(a: str, b: str) -> bool:
    """No deadline is the weakest."""
    if not b:
        return True
    if not a:
        return False
    return all(one <= other for one, other in zip(parts(a), parts(b), strict=True)) or longest(a) <= shortest(b)


def shortest(duration: str) -> Decimal:
    """Of an ISO 8601 duration, in working days: the fewest that it may be."""
    return _days(duration, 0)


def longest(duration: str) -> Decimal:
    return _days(duration, 1)


def _days(duration: str, which: int) -> Decimal:
    years, months, weeks, days, hours, minutes = parts(duration)
    # a week with a public holiday is a week: `P1W` is calendar time, and may hold as few as three working days
    week = (3, WEEK)[which] if weeks else 0
    part = Decimal(60 * hours + minutes) / (24 * 60)
    return years * YEAR[which] + months * MONTH[which] + weeks * week + days + part


#: of each parameter: is the first at least as strong as the second?
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "quorum": _higher,
    "rule": _along(RULES),
    "lock": _along(LOCKS),
    "due": _sooner,
    "threshold": _lower,
    "voters": _more,
    "criteria": _more,
    "items": _more,
    "fields": _more,
    "options": _more,
}
