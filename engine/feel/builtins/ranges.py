"""Functions of ranges and points (DMN 1.5, 10.3.4.8, table 78): Allen's relations, ends included or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ..budget import Run
from ..comparison import ORDERED, compare, same, within
from ..errors import refuse
from ..values import Range, Value
from .signature import Library

LIBRARY = Library()
Relation = TypeVar("Relation", bound=Callable[..., Any])


def as_range(value: Value) -> Range:
    """A point is the range of itself."""
    if isinstance(value, Range):
        return value
    if type(value) not in ORDERED:
        raise refuse(
            "Attendu : un intervalle, ou une valeur qui a un ordre. Corrigez l’argument.",
            "Expected a range, or a value that has an order. Correct the argument.",
        )
    return Range(value, value)


def order_of(left: Value, right: Value) -> int:
    """The order of two ends; an open end is an error, as nothing is known of it."""
    return compare(left, right)


def starts_first(one: Range, other: Range) -> bool:
    """Whether `one` starts before `other`, or with it."""
    order = order_of(one.start, other.start)
    return order < 0 or (order == 0 and (one.start_included or not other.start_included))


def ends_last(one: Range, other: Range) -> bool:
    order = order_of(one.end, other.end)
    return order > 0 or (order == 0 and (one.end_included or not other.end_included))


def relation(name: str, *signatures: str) -> Callable[[Relation], Relation]:
    """A function of two points or ranges; the standard names its parameters after their kinds (table 78)."""

    def declare(function: Relation) -> Relation:
        for signature in signatures:
            LIBRARY.function(name, signature)(function)
        return function

    return declare


POINTS = "point1: any, point2: any"
POINT_RANGE = "point: any, range: range"
RANGE_POINT = "range: range, point: any"
RANGES = "range1: range, range2: range"


@relation("before", RANGES, RANGE_POINT, POINT_RANGE, POINTS)
def before(run: Run, a: Value, b: Value) -> bool:
    left, right = as_range(a), as_range(b)
    order = order_of(left.end, right.start)
    return order < 0 or (order == 0 and not (left.end_included and right.start_included))


@relation("after", RANGES, RANGE_POINT, POINT_RANGE, POINTS)
def after(run: Run, a: Value, b: Value) -> bool:
    return before(run, b, a)


@relation("meets", RANGES)
def meets(run: Run, range1: Range, range2: Range) -> bool:
    return range1.end_included and range2.start_included and order_of(range1.end, range2.start) == 0


@relation("met by", RANGES)
def met_by(run: Run, range1: Range, range2: Range) -> bool:
    return meets(run, range2, range1)


@relation("overlaps", RANGES)
def overlaps(run: Run, range1: Range, range2: Range) -> bool:
    return not before(run, range1, range2) and not before(run, range2, range1)


@relation("overlaps before", RANGES)
def overlaps_before(run: Run, range1: Range, range2: Range) -> bool:
    start = order_of(range1.start, range2.start)
    first = start < 0 or (start == 0 and range1.start_included and not range2.start_included)
    end = order_of(range1.end, range2.end)
    last = end < 0 or (end == 0 and (not range1.end_included or range2.end_included))
    return first and last and not before(run, range1, range2)


@relation("overlaps after", RANGES)
def overlaps_after(run: Run, range1: Range, range2: Range) -> bool:
    end = order_of(range1.end, range2.end)
    last = end > 0 or (end == 0 and (range1.end_included or not range2.end_included))
    start = order_of(range1.start, range2.start)
    first = start > 0 or (start == 0 and not range1.start_included and range2.start_included)
    return first and last and not before(run, range2, range1)


@relation("finishes", RANGES, POINT_RANGE)
def finishes(run: Run, a: Value, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.end_included and order_of(a, b.end) == 0
    return order_of(a.end, b.end) == 0 and a.end_included == b.end_included and starts_first(b, a)


@relation("finished by", RANGES, RANGE_POINT)
def finished_by(run: Run, a: Range, b: Value) -> bool:
    return finishes(run, b, a)


@relation("starts", RANGES, POINT_RANGE)
def starts(run: Run, a: Value, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.start_included and order_of(a, b.start) == 0
    return order_of(a.start, b.start) == 0 and a.start_included == b.start_included and ends_last(b, a)


@relation("started by", RANGES, RANGE_POINT)
def started_by(run: Run, a: Range, b: Value) -> bool:
    return starts(run, b, a)


@relation("includes", RANGES, RANGE_POINT)
def includes(run: Run, a: Range, b: Value) -> bool:
    if not isinstance(b, Range):
        return within(b, a)
    return starts_first(a, b) and ends_last(a, b)


@relation("during", RANGES, POINT_RANGE)
def during(run: Run, a: Value, b: Range) -> bool:
    return includes(run, b, a)


@relation("coincides", RANGES, POINTS)
def coincides(run: Run, a: Value, b: Value) -> bool:
    """Two points, or two ranges."""
    if isinstance(a, Range) and isinstance(b, Range):
        return same(a, b, run)
    return compare(a, b) == 0
