"""Laws that hold for every value, and for every text."""

from __future__ import annotations

import datetime as python
from decimal import Context, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import BUILTINS, DaysTimeDuration, FeelError, YearsMonthsDuration, compile

numbers = st.decimals(-(10**15), 10**15, allow_nan=False, places=6)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates(python.date(1900, 1, 1), python.date(2200, 12, 31))
moments = st.datetimes(python.datetime(1900, 1, 1), python.datetime(2200, 12, 31))
months = st.integers(-1200, 1200).map(YearsMonthsDuration)
lengths = st.integers(-(10**9), 10**9).map(lambda seconds: DaysTimeDuration(Decimal(seconds)))
scalars = st.none() | st.booleans() | numbers | texts | days | moments | months | lengths
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


def value_of(text: str, **context: Any) -> Any:
    return compile(text).evaluate(context)


@given(values)
def test_a_value_that_goes_in_comes_out(value: Any) -> None:
    assert value_of("x", x=value) == value


@given(values)
def test_a_value_equals_itself(value: Any) -> None:
    assert value_of("x = x", x=value) is True


@given(numbers, numbers, numbers)
def test_addition_is_exact_and_associative(a: Decimal, b: Decimal, c: Decimal) -> None:
    exact = Context(prec=60)
    assert value_of("(a + b) + c", a=a, b=b, c=c) == exact.add(exact.add(a, b), c)
    assert value_of("(a + b) + c = a + (b + c)", a=a, b=b, c=c) is True
    assert value_of("a - b = -(b - a)", a=a, b=b) is True


@given(numbers, numbers.filter(bool))
def test_modulo_has_the_sign_of_the_divisor_and_completes_the_quotient(a: Decimal, b: Decimal) -> None:
    assert value_of("modulo(a, b) = 0 or (modulo(a, b) < 0) = (b < 0)", a=a, b=b) is True
    assert value_of("abs(modulo(a, b)) < abs(b)", a=a, b=b) is True


@given(numbers, numbers)
def test_two_numbers_are_ordered_in_one_way(a: Decimal, b: Decimal) -> None:
    answers = [value_of(f"a {sign} b", a=a, b=b) for sign in ("<", "=", ">")]
    assert answers.count(True) == 1


@given(days, lengths, lengths)
def test_time_adds_up(day: python.date, one: DaysTimeDuration, other: DaysTimeDuration) -> None:
    text = 'date and time(day, @"00:00:00Z") + one + other = date and time(day, @"00:00:00Z") + (one + other)'
    assert value_of(text, day=day, one=one, other=other) is True
    assert value_of('(date and time(day, @"00:00:00") + one) - date and time(day, @"00:00:00") = one', day=day, one=one)


@given(days, st.integers(-3000, 3000))
def test_days_are_counted_as_python_counts_them(day: python.date, count: int) -> None:
    moved = value_of('day + @"P1D" * count', day=day, count=count)
    assert moved == day + python.timedelta(days=count)


@given(days | moments | months | lengths | numbers)
def test_text_and_value_say_the_same(value: Any) -> None:
    readers = {
        Decimal: "number",
        python.date: "date",
        python.datetime: "date and time",
        YearsMonthsDuration: "duration",
        DaysTimeDuration: "duration",
    }
    assert value_of(f"{readers[type(value)]}(string(x)) = x", x=value) is True


@given(texts)
def test_a_string_literal_holds_any_text(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    assert value_of(f'"{escaped}"') == text


@given(st.lists(numbers, max_size=30))
def test_sorting_orders_and_keeps(items: list[Decimal]) -> None:
    assert value_of("sort(items)", items=items) == sorted(items)
    assert value_of("sort(items, function(a, b) a > b)", items=items) == sorted(items, reverse=True)
    assert value_of("reverse(reverse(items)) = items", items=items) is True


pieces = st.sampled_from(
    [
        *("1", "0", ".5", '"a"', '@"P1D"', '@"2026-01-01"', "a", "b c", "?", "true", "null", "item", "partial"),
        *("+", "-", "*", "/", "**", "=", "!=", "<", ">=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ".."),
        *(" and ", " or ", " in ", " between ", " instance of ", "number", "list<", ">", " if ", " then ", " else "),
        *("for x in ", " return ", "some y in ", " satisfies ", "function(a) ", "not(", *sorted(BUILTINS)),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=40), st.booleans(), values)
def test_whatever_the_text_it_has_a_value_or_one_of_our_refusals(text: str, unary: bool, value: Any) -> None:
    for strict in (True, False):
        refused = refusal(text, {"a": value, "b c": 1, "?": value}, unary=unary, strict=strict)
        assert refused is None or (refused.text("fr") and refused.text("en"))


def refusal(text: str, context: dict[str, Any], *, unary: bool = False, strict: bool = True) -> FeelError | None:
    """What the language refuses; any other exception goes through, and fails the law."""
    try:
        compile(text, unary=unary).evaluate(context, strict=strict, now=python.datetime(2026, 1, 1))
    except FeelError as refused:
        return refused
    return None


calls = st.tuples(st.sampled_from(sorted(BUILTINS)), st.lists(values, max_size=4))


@settings(max_examples=300, deadline=None)
@given(calls)
def test_whatever_its_arguments_a_built_in_has_a_value_or_one_of_our_refusals(call: tuple[str, list[Any]]) -> None:
    name, arguments = call
    text = f"{name}({', '.join(f'x{place}' for place in range(len(arguments)))})"
    context = {f"x{place}": value for place, value in enumerate(arguments)}
    refused = refusal(text, context)
    assert refused is None or not refused.over_budget
