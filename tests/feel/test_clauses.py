"""Chapter 10 of DMN 1.5, clause by clause: each line of clauses.txt has the value that the standard gives it.

``expression ==> expression``: both are evaluated, as the standard does (an error is null), and must be the same value.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.feel import BUILTINS, Expression, FeelSyntaxError, compile

LINES = [
    line
    for line in Path(__file__).with_name("clauses.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
NOW = datetime(2026, 5, 17, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("line", LINES)
def test_the_clause_has_the_value_of_the_standard(line: str) -> None:
    text, _, wanted = line.partition(" ==> ")
    found, expected = value(text), value(wanted)
    assert (type(found), found) == (type(expected), expected)


def test_every_built_in_function_has_its_clauses() -> None:
    called = frozenset[str]().union(*(each.functions for line in LINES if (each := read(line.partition(" ==> ")[0]))))
    assert BUILTINS - called == set()


def value(text: str) -> Any:
    expression = read(text)
    return None if expression is None else expression.evaluate({}, now=NOW, strict=False)


def read(text: str) -> Expression | None:
    """None for a text that is not FEEL, which the standard makes null too."""
    try:
        return compile(text)
    except FeelSyntaxError:
        return None
