"""The law of translation: where the source language has a value, the FEEL has the same one, or refuses to answer.

Expressions are built at random, run by a small evaluator of each language (Python by Python), and by FEEL.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from engine import feel
from engine.juel import to_feel

NAMES = ["a", "b", "c"]
numbers = st.sampled_from([-4, -2, -1, 0, 1, 2, 4, 0.5, -1.5])  # exact in binary as in decimal
scalars = st.none() | st.booleans() | numbers | st.sampled_from(["", "x", "xy"])
lists = st.lists(st.sampled_from(["x", "y"]), max_size=2)
contexts = st.dictionaries(st.sampled_from(["x", "k"]), st.integers(0, 3), max_size=2)
variables = st.fixed_dictionaries({name: scalars | lists | contexts for name in NAMES})


class Failed(Exception):
    """The source language has no value here."""


@dataclass(frozen=True)
class Expression:
    """The same expression as it is written, and as it is computed over the variables."""

    text: str
    value: Callable[[dict[str, Any]], Any]


# --- Java's expression language, as its specification (EL 2.2, 1.17 and 1.18) coerces ---


def to_number(value: Any) -> float | int:
    if value is None or value == "":
        return 0
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Failed
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        raise Failed from None


def to_boolean(value: Any) -> bool:
    if value is None or isinstance(value, str):
        return value == "true"
    if not isinstance(value, bool):
        raise Failed
    return value


def juel_equal(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    if any(isinstance(each, bool) for each in (left, right)):
        return to_boolean(left) == to_boolean(right)
    if any(isinstance(each, (int, float)) for each in (left, right)):
        return to_number(left) == to_number(right)
    if any(isinstance(each, str) for each in (left, right)) and not (isinstance(left, str) and isinstance(right, str)):
        raise Failed
    return bool(left == right)


def juel_before(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    return to_number(left) < to_number(right)


def juel_arithmetic(sign: str, left: Any, right: Any) -> Any:
    one, other = to_number(left), to_number(right)
    if sign == "%":
        if other == 0:
            raise Failed
        rest = abs(one) % abs(other)
        return -rest if one < 0 else rest
    return {"+": one + other, "-": one - other, "*": one * other}[sign]


JUEL: dict[str, Callable[[Any, Any], Any]] = {
    "==": juel_equal,
    "ne": lambda left, right: not juel_equal(left, right),
    "<": juel_before,
    "ge": lambda left, right: left is not None and right is not None and not juel_before(left, right),
    "&&": lambda left, right: to_boolean(left) and to_boolean(right),
    "or": lambda left, right: to_boolean(left) or to_boolean(right),
    **{
        sign: (lambda left, right, sign=sign: juel_arithmetic(sign, left, right))  # type: ignore[misc]
        for sign in "+-*%"
    },
}


def juel_size(value: Any) -> int:
    if not isinstance(value, (list, dict)):
        raise Failed
    return len(value)


def juel_is_empty(value: Any) -> bool:
    if not isinstance(value, (list, dict, str)):
        raise Failed
    return not value


def juel_contains(value: Any) -> bool:
    if not isinstance(value, (list, str)):
        raise Failed
    return "x" in value


def juel_entry(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Failed
    return value.get("k")


def literal(text: str, value: Any) -> Expression:
    return Expression(text, lambda _: value)


def variable(name: str) -> Expression:
    return Expression(name, lambda known: known[name])


JUEL_LEAVES = [
    *map(variable, NAMES),
    *(literal(str(each), each) for each in (0, 1, 2, 0.5)),
    *(literal(*each) for each in (("'x'", "x"), ('""', ""), ("true", True), ("false", False), ("null", None))),
    Expression("empty a", lambda known: known["a"] is None or known["a"] in ("", [], {})),
    Expression("a.size()", lambda known: juel_size(known["a"])),
    Expression("b.isEmpty()", lambda known: juel_is_empty(known["b"])),
    Expression("b.contains('x')", lambda known: juel_contains(known["b"])),
    Expression("a % 2 == 0", lambda known: juel_arithmetic("%", known["a"], 2) == 0),
    Expression("c.k", lambda known: juel_entry(known["c"])),
]


def juel_binary(parts: tuple[str, Expression, Expression]) -> Expression:
    sign, left, right = parts

    def value(known: dict[str, Any]) -> Any:
        first = left.value(known)
        if (sign == "&&" and not to_boolean(first)) or (sign == "or" and to_boolean(first)):
            return to_boolean(first)
        return JUEL[sign](first, right.value(known))

    return Expression(f"({left.text} {sign} {right.text})", value)


def juel_other(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    negated = inner.map(lambda each: Expression(f"!{each.text}", lambda known: not to_boolean(each.value(known))))
    halved = inner.map(lambda each: Expression(f"({each.text} / 2)", lambda known: to_number(each.value(known)) / 2))
    turned = inner.map(lambda each: Expression(f"-{each.text}", lambda known: -to_number(each.value(known))))
    chosen = st.tuples(inner, inner, inner).map(
        lambda parts: Expression(
            f"({parts[0].text} ? {parts[1].text} : {parts[2].text})",
            lambda known: (parts[1] if to_boolean(parts[0].value(known)) else parts[2]).value(known),
        )
    )
    return st.tuples(st.sampled_from(list(JUEL)), inner, inner).map(juel_binary) | negated | halved | turned | chosen


@settings(max_examples=500, deadline=None)
@given(st.recursive(st.sampled_from(JUEL_LEAVES), juel_other, max_leaves=6), variables)
def test_juel_says_the_same_in_feel(expression: Expression, known: dict[str, Any]) -> None:
    assert_same(f"${{{expression.text}}}", "camunda", expression.value, known)


# --- JavaScript (ECMA-262, 7.1, 7.2 and 13) ---


def script_number(value: Any) -> float:
    if isinstance(value, (list, dict)):
        raise Failed
    return {None: 0.0, "": 0.0}.get(value, math.nan) if value is None or isinstance(value, str) else float(value)


def script_true(value: Any) -> bool:
    return isinstance(value, (list, dict)) or (value == value and bool(value))


def script_equal(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    if type(left) is type(right) and not isinstance(left, (list, dict)):
        return bool(left == right)
    return script_number(left) == script_number(right)


def script_identical(left: Any, right: Any) -> bool:
    kinds = [float if isinstance(each, int) and not isinstance(each, bool) else type(each) for each in (left, right)]
    return kinds[0] is kinds[1] and bool(left == right)


def script_before(left: Any, right: Any) -> bool:
    both_texts = isinstance(left, str) and isinstance(right, str)
    return bool(left < right) if both_texts else script_number(left) < script_number(right)


def script_sum(left: Any, right: Any) -> Any:
    if isinstance(left, str) or isinstance(right, str):
        return left + right if isinstance(left, str) and isinstance(right, str) else "a text of both"
    return script_number(left) + script_number(right)


def script_rest(left: Any, right: Any) -> float:
    one, other = script_number(left), script_number(right)
    return math.fmod(one, other) if other and not math.isnan(one) else math.nan


SCRIPT: dict[str, Callable[[Any, Any], Any]] = {
    "==": script_equal,
    "===": script_identical,
    "!==": lambda left, right: not script_identical(left, right),
    "<": script_before,
    "+": script_sum,
    "-": lambda left, right: script_number(left) - script_number(right),
    "*": lambda left, right: script_number(left) * script_number(right),
    "%": script_rest,
    "&&": lambda left, right: right if script_true(left) else left,
    "||": lambda left, right: left if script_true(left) else right,
}
SCRIPT_LEAVES = [
    *(Expression(f"variables.{name}", variable(name).value) for name in NAMES),
    *(literal(str(each), each) for each in (0, 1, 2, 0.5)),
    *(literal(*each) for each in (("'x'", "x"), ('""', ""), ("true", True), ("false", False), ("null", None))),
    Expression("variables.a % 2 === 0", lambda known: script_rest(known["a"], 2) == 0),
    Expression("variables.b.length", lambda known: len(known["b"]) if isinstance(known["b"], (list, str)) else None),
]


def script_other(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    joined = st.tuples(st.sampled_from(list(SCRIPT)), inner, inner).map(
        lambda parts: Expression(
            f"({parts[1].text} {parts[0]} {parts[2].text})",
            lambda known: SCRIPT[parts[0]](parts[1].value(known), parts[2].value(known)),
        )
    )
    negated = inner.map(lambda each: Expression(f"!({each.text})", lambda known: not script_true(each.value(known))))
    chosen = st.tuples(inner, inner, inner).map(
        lambda parts: Expression(
            f"({parts[0].text} ? {parts[1].text} : {parts[2].text})",
            lambda known: (parts[1] if script_true(parts[0].value(known)) else parts[2]).value(known),
        )
    )
    return joined | negated | chosen


@settings(max_examples=500, deadline=None)
@given(st.recursive(st.sampled_from(SCRIPT_LEAVES), script_other, max_leaves=6), variables)
def test_javascript_says_the_same_in_feel(expression: Expression, known: dict[str, Any]) -> None:
    assert_same(f"${{{expression.text}}}", "bpmn-engine", expression.value, known)


# --- Python, by Python ---

PYTHON_LEAVES = [
    *("a", "b", "c", "0", "1", "2", "0.5", "'x'", "''", "True", "False", "None"),
    *("c['k']", "c.get('k')", "len(a)", "'x' in b", "a.startswith('x')", "a is None", "a % 2 == 0"),
    *("a in ['x', 'y']", "b not in (1, 2)", "0 < a < 2"),
]


def python_other(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["==", "!=", "<", ">=", "and", "or", "+", "-", "*", "%"])
    return (
        st.tuples(signs, inner, inner).map(lambda parts: f"({parts[1]} {parts[0]} {parts[2]})")
        | inner.map(lambda each: f"({each} / 2)")
        | inner.map(lambda each: f"(not {each})")
        | inner.map(lambda each: f"(-{each})")
        | st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})")
    )


@settings(max_examples=500, deadline=None)
@given(st.recursive(st.sampled_from(PYTHON_LEAVES), python_other, max_leaves=6), variables)
def test_python_says_the_same_in_feel(text: str, known: dict[str, Any]) -> None:
    def value(given: dict[str, Any]) -> Any:
        return eval(text, {"__builtins__": {"len": len}}, given)  # built above from its own pieces

    assert_same(text, "spiffworkflow", value, known)


# --- the law ---


def assert_same(text: str, dialect: str, value: Callable[[dict[str, Any]], Any], known: dict[str, Any]) -> None:
    """FEEL's null is an incident where a condition is wanted, and so a refusal; a null of the source is false there."""
    translated = to_feel(text, dialect)
    if translated is None:
        event("not certain")
        return
    try:
        found = feel.compile(translated).evaluate(known)
    except feel.FeelError:
        event("refused")
        return
    try:
        wanted = value(known)
    except (Failed, TypeError, ZeroDivisionError, AttributeError, KeyError):
        event("no value in the source")
        return
    event("compared")
    same = found is None or alike(found, wanted) or (found is False and wanted is None)
    assert same, f"{text} is {wanted!r}, {translated} is {found!r} over {known}"


def alike(found: Any, wanted: Any) -> bool:
    if isinstance(found, Decimal):
        return isinstance(wanted, (int, float)) and not isinstance(wanted, bool) and found == Decimal(wanted)
    return type(found) is type(wanted) and bool(found == wanted)
