"""Functions that make one value of a list, given as a list or as arguments (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..arithmetic import arithmetic
from ..budget import Run
from ..comparison import compare
from ..decimal34 import CONTEXT
from ..errors import Refusal, refuse
from ..values import Value, in_english, in_french, kind
from .signature import Library

LIBRARY = Library()
Aggregate = Callable[[Run, list[Value]], Value]


def aggregate(name: str) -> Callable[[Aggregate], Aggregate]:
    """A function of a list, or of its items one by one. null alone, or nothing, is an error."""

    def declare(function: Aggregate) -> Aggregate:
        @LIBRARY.function(name, "list: any", variadic=True)
        def call(run: Run, arguments: list[Value]) -> Value:
            if arguments in ([], [None]):
                raise empty(name)
            items = arguments[0] if len(arguments) == 1 and type(arguments[0]) is list else arguments
            run.built(items)
            return function(run, items)

        return function

    return declare


@LIBRARY.function("count", "list: list")
def count(run: Run, items: list[Value]) -> Decimal:
    return Decimal(len(items))


@aggregate("min")
def minimum(run: Run, items: list[Value]) -> Value:
    return extreme(items, -1)


@aggregate("max")
def maximum(run: Run, items: list[Value]) -> Value:
    return extreme(items, 1)


def extreme(items: list[Value], sign: int) -> Value:
    """The first of the extreme items; null of an empty list."""
    if not items:
        return None
    best = items[0]
    for item in items:
        if compare(item, best) * sign > 0:
            best = item
    return best


@aggregate("sum")
def total(run: Run, items: list[Value]) -> Value:
    """Of numbers or of durations; null of an empty list."""
    if not items:
        return None
    if kind(items[0]) not in ("number", "years and months duration", "days and time duration"):
        raise not_a_number(items[0])
    result = items[0]
    for item in items[1:]:
        result = arithmetic("+", result, item)
    return result


@aggregate("mean")
def mean(run: Run, items: list[Value]) -> Value:
    if not items:
        raise empty("mean")
    return sum(numbers(items), Decimal(0)) / len(items)


@aggregate("product")
def product(run: Run, items: list[Value]) -> Value:
    if not items:
        raise empty("product")
    result = Decimal(1)
    for item in numbers(items):
        result = result * item
    return result


@aggregate("median")
def median(run: Run, items: list[Value]) -> Value:
    ordered = sorted(numbers(items))
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


@aggregate("stddev")
def standard_deviation(run: Run, items: list[Value]) -> Value:
    """Of a sample: divided by one less than the count."""
    if len(numbers(items)) < 2:
        raise refuse(
            "L’écart type demande au moins deux nombres. Complétez la liste.",
            "A standard deviation needs two numbers at least. Complete the list.",
        )
    average = sum(items, Decimal(0)) / len(items)
    squares = sum(((item - average) * (item - average) for item in items), Decimal(0))
    return CONTEXT.sqrt(squares / (len(items) - 1))


@aggregate("mode")
def mode(run: Run, items: list[Value]) -> list[Decimal]:
    """The most frequent numbers, in order."""
    counts: dict[Decimal, int] = {}
    for item in numbers(items):
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, times in counts.items() if times == most)


@aggregate("all")
def every(run: Run, items: list[Value]) -> bool | None:
    return three_valued(items, False)


@aggregate("any")
def some(run: Run, items: list[Value]) -> bool | None:
    return three_valued(items, True)


def three_valued(items: list[Value], decisive: bool) -> bool | None:
    """The value that decides; else null when one is missing; a value of another kind is an error."""
    if any(item is decisive for item in items):
        return decisive
    for item in items:
        if item is not None and not isinstance(item, bool):
            raise refuse(
                f"Attendu : une liste de booléens. Trouvé : {in_french(kind(item))}. Écrivez des comparaisons.",
                f"Expected a list of booleans, found {in_english(kind(item))}. Write comparisons.",
            )
    return None if None in items else not decisive


def numbers(items: list[Value]) -> list[Decimal]:
    for item in items:
        if not isinstance(item, Decimal):
            raise not_a_number(item)
    return items


def not_a_number(value: Value) -> Refusal:
    return refuse(
        f"Attendu : une liste de nombres. Trouvé : {in_french(kind(value))}. Écartez-le par un filtre.",
        f"Expected a list of numbers, found {in_english(kind(value))}. Leave it out with a filter.",
    )


def empty(name: str) -> Refusal:
    return refuse(
        f"{name}(…) demande une liste qui n’est ni vide ni absente. Vérifiez-la avant (« if count(x) = 0 … »).",
        f"{name}(…) needs a list that is neither empty nor missing. Check it before ('if count(x) = 0 …').",
    )
