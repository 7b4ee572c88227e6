"""Functions of ranges and points (DMN 1.5, 10.3.4.8, table 78): Allen's relations, ends included or not."""

from __future__ import annotations

from ..budget import Run
from ..errors import refuse
from ..operators import ORDERED, compare, same, within
from ..values import Range, Value
from .signature import Library

LIBRARY = Library()


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


@LIBRARY.function("before", "a: any, b: any")
def before(run: Run, a: Value, b: Value) -> bool:
    left, right = as_range(a), as_range(b)
    order = order_of(left.end, right.start)
    return order < 0 or (order == 0 and not (left.end_included and right.start_included))


@LIBRARY.function("after", "a: any, b: any")
def after(run: Run, a: Value, b: Value) -> bool:
    return before(run, b, a)


@LIBRARY.function("meets", "range1: range, range2: range")
def meets(run: Run, range1: Range, range2: Range) -> bool:
    return range1.end_included and range2.start_included and order_of(range1.end, range2.start) == 0


@LIBRARY.function("met by", "range1: range, range2: range")
def met_by(run: Run, range1: Range, range2: Range) -> bool:
    return meets(run, range2, range1)


@LIBRARY.function("overlaps", "range1: range, range2: range")
def overlaps(run: Run, range1: Range, range2: Range) -> bool:
    return not before(run, range1, range2) and not before(run, range2, range1)


@LIBRARY.function("overlaps before", "range1: range, range2: range")
def overlaps_before(run: Run, range1: Range, range2: Range) -> bool:
    start = order_of(range1.start, range2.start)
    first = start < 0 or (start == 0 and range1.start_included and not range2.start_included)
    end = order_of(range1.end, range2.end)
    last = end < 0 or (end == 0 and (not range1.end_included or range2.end_included))
    return first and last and not before(run, range1, range2)


@LIBRARY.function("overlaps after", "range1: range, range2: range")
def overlaps_after(run: Run, range1: Range, range2: Range) -> bool:
    end = order_of(range1.end, range2.end)
    last = end > 0 or (end == 0 and range1.end_included and not range2.end_included)
    start = order_of(range1.start, range2.start)
    first = start > 0 or (start == 0 and (not range1.start_included or range2.start_included))
    return first and last and not before(run, range2, range1)


@LIBRARY.function("finishes", "a: any, b: range")
def finishes(run: Run, a: Value, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.end_included and order_of(a, b.end) == 0
    return order_of(a.end, b.end) == 0 and a.end_included == b.end_included and starts_first(b, a)


@LIBRARY.function("finished by", "a: range, b: any")
def finished_by(run: Run, a: Range, b: Value) -> bool:
    return finishes(run, b, a)


@LIBRARY.function("starts", "a: any, b: range")
def starts(run: Run, a: Value, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.start_included and order_of(a, b.start) == 0
    return order_of(a.start, b.start) == 0 and a.start_included == b.start_included and ends_last(b, a)


@LIBRARY.function("started by", "a: range, b: any")
def started_by(run: Run, a: Range, b: Value) -> bool:
    return starts(run, b, a)


@LIBRARY.function("includes", "a: range, b: any")
def includes(run: Run, a: Range, b: Value) -> bool:
    if not isinstance(b, Range):
        return within(b, a)
    return starts_first(a, b) and ends_last(a, b)


@LIBRARY.function("during", "a: any, b: range")
def during(run: Run, a: Value, b: Range) -> bool:
    return includes(run, b, a)


@LIBRARY.function("coincides", "a: any, b: any")
def coincides(run: Run, a: Value, b: Value) -> bool:
    """Two points, or two ranges."""
    if isinstance(a, Range) and isinstance(b, Range):
        return same(a, b, run)
    return compare(a, b) == 0
