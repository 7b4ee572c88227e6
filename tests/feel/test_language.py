"""The language, a construct a table: the expression, then its value."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from engine.feel import DaysTimeDuration, Range, YearsMonthsDuration, compile

PROJECT = {
    "projet": {"nom": "Crèche", "budget": 120_000, "début": date(2026, 3, 2), "référent": None},
    "votes": [
        {"who": "Ana", "vote": "for", "weight": 2},
        {"who": "Bo", "vote": "against", "weight": 1},
        {"who": "Cy", "vote": "for", "weight": 1},
    ],
    "date of birth": date(1990, 5, 17),
    "seuil": 100_000,
}
NOW = datetime(2026, 5, 17, 9, 30, tzinfo=UTC)


def value_of(text: str) -> Any:
    return compile(text).evaluate(PROJECT, now=NOW)


def months(count: int) -> YearsMonthsDuration:
    return YearsMonthsDuration(count)


def seconds(count: int) -> DaysTimeDuration:
    return DaysTimeDuration(Decimal(count))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2 = 0.3", True),  # decimal, not binary
        ("10 - 4 - 3", 3),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 ** 3 ** 2", 64),  # from left to right
        ("-2 ** 2", 4),  # the sign binds tighter
        ("--2", 2),
        ("7 / 2", Decimal("3.5")),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        (".5 + 1.5e2", Decimal("150.5")),
        ('"a" + "b"', "ab"),
        ('"tab\\t\\"quoted\\" \\u00e9"', 'tab\t"quoted" é'),
        ("1 /* one */ + // and\n 1", 2),
    ],
)
def test_arithmetic_and_literals(text: str, value: Any) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 < 2", True),
        ('"b" >= "c"', False),
        ("1 != 1.0", False),
        ("null = null", True),
        ("projet.référent = null", True),
        ("[1, [2]] = [1, [2]]", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("5 between 1 and 5", True),
        ("5 in [1..5]", True),
        ("5 in [1..5)", False),
        ("5 in ]4..6[", True),
        ("5 in (> 3, < 1)", True),
        ("5 in (1, 2, 5)", True),
        ("5 in [[1..2], [4..6]]", True),
        ("4 in (2) + 2", True),
        ("5 in (? > 4)", True),
        ("not(1 = 2)", True),
        ("true or null", True),
        ("true and null", None),
        ("false and null", False),
        ("null or false", None),
    ],
)
def test_comparison_and_logic(text: str, value: Any) -> None:
    assert value_of(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('if projet.budget > seuil then "G2" else "G1"', "G2"),
        ("if null then 1 else 2", 2),
        ("for x in [1, 2], y in [10, 20] return x + y", [11, 21, 12, 22]),
        ("for x in 3..1 return x", [3, 2, 1]),
        ("for x in (1..4) return x", [2, 3]),
        ("for i in 1..4 return if i < 3 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3]),
        ('for d in @"2026-02-28"..@"2026-03-01" return day of week(d)', ["Saturday", "Sunday"]),
        ('some v in votes satisfies v.vote = "against"', True),
        ("every v in votes satisfies v.weight > 0", True),
        ("every x in [] satisfies x", True),
        ("{double: function(n: number) n * 2, result: double(21)}.result", 42),
        ("{fact: function(n) if n = 0 then 1 else n * fact(n - 1), result: fact(20)}.result", 2432902008176640000),
        ("{a: 1, b: a + 1}", {"a": 1, "b": 2}),
        ('{"a b": 1}.a b', 1),
        ("function(a, b) a < b", None),
    ],
)
def test_control_and_functions(text: str, value: Any) -> None:
    if value is None:
        assert repr(value_of(text)) == "Function((a, b))"
    else:
        assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("votes[1].who", "Ana"),
        ("votes[-1].who", "Cy"),
        ("votes[4]", None),
        ('votes[vote = "for"].who', ["Ana", "Cy"]),
        ('sum(votes[vote = "for"].weight)', 3),
        ("[5, 6, 7][item > 5]", [6, 7]),
        ("[][1]", None),
        ("[][item > 1]", []),
        ('"x"[1]', "x"),
        ("projet.début.year", 2026),
        ("date of birth.month", 5),
        ("[1..3].end included", True),
        ('@"P2DT3H".hours', 3),
        ("years and months duration(date of birth, today()).years", 36),
    ],
)
def test_paths_and_filters(text: str, value: Any) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"2026-02-28" + @"P1D"', date(2026, 3, 1)),
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"2026-03-01" - @"2026-02-01"', seconds(28 * 86_400)),
        ('@"2026-03-01T10:00:00Z" - @"PT30M"', datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ('@"23:30:00" + @"PT1H"', time(0, 30)),
        ('@"P1Y" + @"P2M"', months(14)),
        ('@"P1D" * 1.5', seconds(129_600)),
        ('@"P1Y" / @"P1M"', 12),
        ('-@"PT1H"', seconds(-3600)),
        ("now()", NOW),
        ("today()", date(2026, 5, 17)),
        ('date and time("2026-01-01")', datetime(2026, 1, 1)),
        ('date and time(@"2026-07-01T10:00:00Z", "Europe/Paris") = @"2026-07-01T12:00:00@Europe/Paris"', True),
        ('@"2021-03-28T01:30:00@Europe/Paris" + @"PT1H" = @"2021-03-28T03:30:00@Europe/Paris"', True),
        ('@"2021-10-31T03:00:00@Europe/Paris" - @"PT1H" = @"2021-10-31T02:00:00@Europe/Paris"', False),
        ('@"2026-01-01T24:00:00"', datetime(2026, 1, 2)),
        ('week of year(@"2027-01-01")', 53),
        ('day of year(@"2024-12-31")', 366),
        ('month of year(@"2024-12-31")', "December"),
    ],
)
def test_dates_times_and_durations(text: str, value: Any) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('substring("jalon", 2, 3)', "alo"),
        ('substring("jalon", -2)', "on"),
        ('upper case("é") + lower case("À")', "Éà"),
        ('substring before("a-b-c", "-")', "a"),
        ('substring after("a-b-c", "-")', "b-c"),
        ('string join(["a", null, "b"], ", ")', "a, b"),
        ('split("a; b;c", ";\\s*")', ["a", "b", "c"]),
        ('replace("2026-05", "(\\d+)-(\\d+)", "$2/$1")', "05/2026"),
        ('matches("PROJ-17", "^[A-Z]+-\\d+$")', True),
        ('contains("abc", "") and starts with("abc", "ab") and ends with("abc", "bc")', True),
        ('string length("\\U01F40E")', 1),
        ('string({a: [1.50, "x", null], b: @"P1D"})', '{a: [1.5, "x", null], b: P1D}'),
        ('number("1 234,5", " ", ",")', Decimal("1234.5")),
        ("floor(-1.5) + ceiling(1.2)", 0),
        ("[decimal(2.5, 0), round half up(2.5, 0), round down(-1.19, 1)]", [2, 3, Decimal("-1.1")]),
        ("modulo(-12, 5)", 3),
        ("[sqrt(16), abs(-2), odd(3), even(3)]", [4, 2, True, False]),
        ("[min(3, 1), max([1, 3]), mean([1, 2, 3]), median([4, 1, 3, 2])]", [1, 3, 2, Decimal("2.5")]),
        ("[mode([1, 2, 2, 3, 3]), product(2, 3), count([1, null])]", [[2, 3], 6, 2]),
        ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
        ("[all(true, null), any(null, true), all([])]", [None, True, True]),
        ('distinct values([1, 1.0, "1", [1], [1]])', [1, "1", [1]]),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ("flatten([1, [2, [3]]])", [1, 2, 3]),
        ("sublist([1, 2, 3], -2, 1)", [2]),
        ("insert before([1, 3], 2, 2)", [1, 2, 3]),
        ("list replace([1, 2], function(item, new) item = 2, 5)", [1, 5]),
        ("index of([1, 2, 1], 1)", [1, 3]),
        ("sort([3, 1, 2], function(x, y) x > y)", [3, 2, 1]),
        ("append([1], 2, 3)", [1, 2, 3]),
        ('get value({a: {b: 1}}, ["a", "b"])', 1),
        ('get value({a: 1}, "b")', None),
        ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": 1, "c": 2}}),
        ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
        ('context([{key: "a", value: 1}])', {"a": 1}),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
        ('range("[1..5)")', Range(Decimal(1), Decimal(5), True, False)),
        ("before([1..5), 5) and after(6, [1..5]) and meets([1..5], [5..9])", True),
        ("overlaps([1..5], [5..9]) and not(overlaps([1..5), [5..9]))", True),
        ("during(3, [1..5]) and includes([1..5], [2..3]) and starts(1, [1..5])", True),
        ("finished by([1..5], 5) and coincides([1..2], [1..2])", True),
        ('is(@"10:00:00Z", @"10:00:00@Etc/UTC")', False),
        ('substring(string: "jalon", start position: 3)', "lon"),
    ],
)
def test_built_in_functions(text: str, value: Any) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 instance of number", True),
        ("null instance of Any", False),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("[1..2] instance of range<number>", True),
        ('@"P1M" instance of years and months duration', True),
        ("(function(a) a) instance of function<number> -> Any", True),
    ],
)
def test_instance_of(text: str, value: bool) -> None:
    assert value_of(text) is value


@pytest.mark.parametrize(
    ("cell", "tested", "value"),
    [
        ("-", 1, True),
        ("5", 5, True),
        ("> 3", 5, True),
        ("[1..3], > 10", 5, False),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ('"a", "b"', "b", True),
        ("? > 3 and ? < 5", 4, True),
        ("seuil", 100_000, True),
        ("not(true) or ?", True, True),
        ("-5", -5, True),
    ],
)
def test_the_cell_of_a_decision_table_tests_its_input(cell: str, tested: Any, value: bool) -> None:
    assert compile(cell, unary=True).evaluate({**PROJECT, "?": tested}) is value
