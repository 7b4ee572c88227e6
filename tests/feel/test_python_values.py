"""The border with Python: what comes in, what goes out."""

from __future__ import annotations

import ast
import datetime as python
import sys
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import engine.feel
from engine.feel import DateTime, DaysTimeDuration, Time, compile

PARIS = ZoneInfo("Europe/Paris")
PLUS_TWO = python.timezone(python.timedelta(hours=2))


class Colour(str, Enum):  # noqa: UP042 - the kind whose str() is not its value
    RED = "red"


@pytest.mark.parametrize(
    ("given", "kind", "back"),
    [
        (1, "number", Decimal(1)),
        (0.1, "number", Decimal("0.1")),
        (True, "boolean", True),
        ("a", "string", "a"),
        (Colour.RED, "string", "red"),
        ((1, 2), "list<number>", [Decimal(1), Decimal(2)]),
        (python.date(2026, 1, 2), "date", python.date(2026, 1, 2)),
        (python.time(1, 2, 3, 400), "time", python.time(1, 2, 3, 400)),
        (python.time(1, 2, tzinfo=PLUS_TWO), "time", python.time(1, 2, tzinfo=PLUS_TWO)),
        (
            python.datetime(2026, 7, 1, 12, tzinfo=PARIS),
            "date and time",
            python.datetime(2026, 7, 1, 12, tzinfo=PARIS),
        ),
        (python.timedelta(days=1, microseconds=5), "days and time duration", DaysTimeDuration(Decimal("86400.000005"))),
    ],
)
def test_a_python_value_has_its_kind_and_comes_back(given: Any, kind: str, back: Any) -> None:
    result = compile(f"if x instance of {kind} then x else null").evaluate({"x": given})
    assert (type(result), result) == (type(back), back)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('@"12026-01-01T10:00:00Z"', "DateTime('12026-01-01T10:00:00Z')"),
        ('@"-0044-03-15"', "Date('-0044-03-15')"),
        ('@"10:00:00.123456789"', "Time('10:00:00.123456789')"),
        ('@"P1Y2M"', "YearsMonthsDuration('P1Y2M')"),
        ('@"-P1DT2H0.5S"', "DaysTimeDuration('-P1DT2H0.5S')"),
        ("[1..5)", "Range([Decimal('1')..Decimal('5')))"),
        ("sum", "Function(sum)"),
    ],
)
def test_what_python_cannot_hold_has_a_type_that_says_itself(text: str, shown: str) -> None:
    assert repr(compile(text).evaluate({})) == shown


@pytest.mark.parametrize("text", ['@"12026-01-01T10:00:00Z"', '@"10:00:00.123456789"', "[1..5)", '@"P1Y"'])
def test_what_comes_out_goes_back_in(text: str) -> None:
    value = compile(text).evaluate({})
    assert compile("x").evaluate({"x": value}) == value


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = (python.datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1))
    assert compile("b - a").evaluate({"a": first, "b": second}) == DaysTimeDuration(Decimal(3600))
    assert compile('a + @"PT1H"').evaluate({"a": first}).fold == 1
    assert compile('b + @"P1M"').evaluate({"b": second}) == python.datetime(2026, 11, 25, 2, 30, tzinfo=PARIS)


def test_our_own_dates_are_exported() -> None:
    assert {type(compile(text).evaluate({})) for text in ('@"12026-01-01T10:00:00Z"', '@"10:00:00.1234567"')} == {
        DateTime,
        Time,
    }


def test_a_duration_becomes_pythons() -> None:
    assert compile('@"P1DT0.5S"').evaluate({}).timedelta() == python.timedelta(days=1, milliseconds=500)


def test_an_expression_serves_many_contexts_and_is_compiled_once() -> None:
    expression = compile("a * 2")
    assert [expression.evaluate({"a": a}) for a in (1, 2)] == [2, 4]
    assert compile("a * 2") is expression


def test_everything_that_is_promised_can_be_imported() -> None:
    assert [name for name in engine.feel.__all__ if not hasattr(engine.feel, name)] == []


def test_the_package_stands_alone_and_runs_no_code_of_others() -> None:
    """It imports the standard library and itself, and never evaluates Python."""
    package = Path(engine.feel.__file__).parent
    foreign, forbidden = set(), set()
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                foreign |= {alias.name.partition(".")[0] for alias in node.names} - sys.stdlib_module_names
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                foreign |= {str(node.module).partition(".")[0]} - sys.stdlib_module_names
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                forbidden |= {node.func.id} & {"eval", "exec", "__import__", "open"}
    assert (foreign, forbidden) == (set(), set())
