"""The standard's test kit (DMN TCK, literal expressions), where it is at hand: `JALON_SHARED`, else ../shared.

A case gives an expression, its inputs and its expected value; `err` asks for null with an error. The
kit's own types (``instance of tAnyList``) are declared in models that the cases do not carry: those fail.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.feel import FeelError, FeelSyntaxError, YearsMonthsDuration, compile, kind_of

CASES = Path(os.environ.get("JALON_SHARED", Path(__file__).parents[3] / "shared")) / "tck" / "cases.json"
FLOOR = 0.98
NOW = datetime(2026, 5, 17, 9, 30, tzinfo=UTC)
TOLERANCE = Decimal("1e-8")  # the kit writes irrational results with eight decimals
READERS = {"date": "date", "time": "time", "dateTime": "date and time", "duration": "duration"}


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    if not CASES.is_file():
        pytest.skip(f"no test kit at {CASES}: set JALON_SHARED to the folder that holds tck/cases.json")
    found: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


def test_the_test_kit_is_passed(cases: list[dict[str, Any]]) -> None:
    valued = [case for case in cases if not case["err"]]
    failed = [case for case in valued if not passes(case)]
    basic = [case["expr"] for case in failed if case["level"] == 2]
    for case in failed:
        print(f"{case['suite']} {case['case']}: {case['expr']} should be {case['expected']}")
    print(f"{len(valued) - len(failed)} of {len(valued)} value cases")
    assert basic == []
    assert len(failed) <= (1 - FLOOR) * len(valued)


def test_where_the_kit_wants_an_error_there_is_no_value(cases: list[dict[str, Any]]) -> None:
    """Coercion of a decision's result to its declared type is the decision's matter, not the language's."""
    wanted = [case for case in cases if case["err"] and case["suite"] != "0082-feel-coercion"]
    assert [case["expr"] for case in wanted if not passes(case)] == []


def passes(case: dict[str, Any]) -> bool:
    try:
        expression = compile(case["expr"], names=set(names(case["inputs"].values())) | set(case["inputs"]))
    except FeelSyntaxError:
        return case["expected"]["t"] == "null" and bool(case["err"])
    inputs = {name: value(typed) for name, typed in case["inputs"].items()}
    try:
        result = expression.evaluate(inputs, now=NOW, strict=False)
    except FeelError:  # not strict: only a budget that is used up
        return False
    return alike(unwrapped(result, case["typeRef"]), value(case["expected"]))


def value(typed: dict[str, Any]) -> Any:
    kind, content = typed["t"], typed.get("v")
    if content is None or kind == "null":
        return None
    if kind == "list":
        return [value(item) for item in content]
    if kind == "context":
        return {name: value(item) for name, item in content.items()}
    if kind == "number":
        return Decimal(content)
    if kind in READERS:
        reader = "date and time" if kind == "date" and "T" in content else READERS[kind]
        return compile(f"{reader}(text)").evaluate({"text": content})
    return content


def names(typed: Any) -> Iterator[str]:
    """The names of entries in the inputs, at any depth."""
    for item in typed:
        if item["t"] == "context":
            yield from item["v"]
            yield from names(item["v"].values())
        elif item["t"] == "list":
            yield from names(item["v"])


def unwrapped(result: Any, type_name: str | None) -> Any:
    """As the decision is declared (DMN 1.5, 10.3.2.9.4): a list of one is its item, a value of another kind is null."""
    if type_name not in ("string", "number", "boolean"):
        return result
    one = result[0] if isinstance(result, list) and len(result) == 1 else result
    return one if kind_of(one) == type_name else None


def alike(result: Any, expected: Any) -> bool:
    if isinstance(result, Decimal) and isinstance(expected, Decimal):
        return abs(result - expected) <= TOLERANCE * max(Decimal(1), abs(expected))
    if isinstance(result, list) and isinstance(expected, list):
        return len(result) == len(expected) and all(map(alike, result, expected))
    if isinstance(result, dict) and isinstance(expected, dict):
        return result.keys() == expected.keys() and all(alike(result[key], expected[key]) for key in result)
    return type(result) is type(expected) and bool(result == expected)


def test_the_comparison_of_results_tells_kinds_apart() -> None:
    assert not alike(True, Decimal(1))
    assert not alike(YearsMonthsDuration(1), Decimal(1))
    assert alike([Decimal("0.333333333")], [Decimal("0.33333333")])
