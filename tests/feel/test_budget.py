"""Attacks: whatever the text, an evaluation ends soon, small, and with one of our two refusals."""

from __future__ import annotations

from typing import Any

import pytest

from engine.feel import FeelError, FeelEvaluationError, FeelSyntaxError, compile


def doubling(step: str, count: int) -> str:
    """{a0: start, a1: step of a0, a2: step of a1…}: the size doubles with each entry."""
    entries = [f"a{place}: {step.replace('@', f'a{place - 1}')}" for place in range(1, count)]
    return ", ".join(entries)


TOO_LONG_OR_DEEP = {
    "more than 4,000 characters": "1 + " * 1000 + "1",
    "brackets": "(" * 100 + "1" + ")" * 100,
    "open brackets": "[" * 3900,
    "reversed brackets": "]" * 3900,
    "comparisons in brackets": "(<" * 1900,
    "signs": "-" * 3000 + "1",
    "conditions": "if true then " * 300 + "1",
    "functions": "function(a) " * 300 + "1",
    "contexts": "{a:" * 100 + "1" + "}" * 100,
    "tests": "(1 in " * 300 + "1",
    "types": "1 instance of " + "list<" * 300 + "number" + ">" * 300,
}


@pytest.mark.parametrize("text", TOO_LONG_OR_DEEP.values(), ids=TOO_LONG_OR_DEEP)
def test_a_text_too_long_or_too_deep_is_refused_when_read(text: str) -> None:
    with pytest.raises(FeelSyntaxError) as refused:
        compile(text)
    assert refused.value.over_budget


TOO_MUCH = {
    "iterations": "for i in 1..1000, j in 1..1000 return i * j",
    "a range": "for i in 1..1e6000 return i",
    "a search": "some a in 1..19000, b in 1..19000 satisfies a + b = 0",
    "a filter in a filter": "(for i in 1..9000 return i)[count((for i in 1..9000 return i)[item > 0]) > 0]",
    "a long body": "for i in 1..19000 return " + "+".join(["i"] * 1900),
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "a function of itself": "{f: function(g) g(g), r: f(f)}.r",
    "recursion that forks": "{f: function(n) if n = 0 then 0 else f(n-1) + f(n-1), r: f(40)}.r",
    "a string that doubles": '{a0: "' + "x" * 1000 + '", ' + doubling("@ + @", 20) + "}",
    "a list that doubles": "{a0: [1, 2], " + doubling("concatenate(@, @)", 24) + "}",
    "shared lists that unfold": "{a0: [1], " + doubling("[@, @]", 50) + "}",
    "shared lists as text": "{a0: [1], " + doubling("[@, @]", 50) + ", r: string(a49)}.r",
    "shared lists compared": "{a0: [1], " + doubling("[@, @]", 50) + ", r: a49 = a49}.r",
    "shared lists flattened": "{a0: [1], " + doubling("[@, @]", 50) + ", r: flatten(a49)}.r",
    "a deep value": "{a0: [1], " + doubling("[@]", 100) + "}",
    "many long strings": "for i in 1..19000 return upper case(long)",
    "many long lists": "for i in 1..19000 return append(list, i)",
    "a sort by function": "sort(for i in 1..5000 return modulo(i * 7919, 5003), function(a, b) a < b)",
    "distinct lists": "distinct values(for i in 1..5000 return [i])",
    "a replacement that grows": 'replace(long, "x", "' + "y" * 500 + '")',
    "a pattern that repeats too much": 'matches("a", "((a{1,100}){1,100}){1,100}")',
    "a pattern with back-references": 'matches(substring(long, 1, 200), "(x*)(x*)(x*)\\1\\2\\3y")',
    "a pattern searched often": 'for i in 1..1000 return matches(substring(long, 1, 1000), "(x|x)*y")',
}


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_an_evaluation_over_its_budget_is_an_incident_strict_or_not(text: str, strict: bool) -> None:
    with pytest.raises(FeelEvaluationError) as refused:
        compile(text).evaluate({"long": "x" * 100_000, "list": [0] * 19_000}, strict=strict)
    assert refused.value.over_budget


@pytest.mark.parametrize(
    "text",
    [
        "9 ** 9 ** 9 ** 9",
        "1.0000001 ** 9999999999999",
        "9.9e6144 * 10",
        "exp(1e10)",
        'duration("P1Y") * 1e6000',
        'date(999999999, 12, 31) + duration("P999Y")',
        "date(1e6000, 1, 1)",
        "modulo(1e6000, 3)",
        'number("' + "9" * 3900 + '")',
        'time("10:00:00@../../etc/passwd")',
        'range("[1.." + "(")',
        "a" + ".a" * 1900,
        "a" + "[1]" * 1300,
        "a" + "()" * 1900,
        " ".join(["a"] * 1900),
    ],
)
def test_extreme_values_give_a_value_or_a_refusal(text: str) -> None:
    refused = refusal(text)
    assert refused is None or not refused.over_budget  # refused for what it is, without going to the limit


def refusal(text: str) -> FeelError | None:
    try:
        compile(text).evaluate({"a": {"a": 1}}, strict=False)
    except FeelError as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('matches("' + "a" * 1000 + '!", "^(a+)+$")', False),  # exponential for a naive engine
        ('matches("' + "a" * 3000 + '", "(a|a)*b")', False),
        ('matches("' + "ab" * 1000 + '", "^(ab|a|b)*$")', True),
        ("+".join(["1"] * 2000), 2000),
        ("count(for i in 1..19000 return i)", 19_000),
        ("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(50)}.r", 50),
        ("(" * 55 + "1" + ")" * 55, 1),
    ],
    ids=["nested repeats", "same branches", "overlapping branches", "long sum", "long list", "recursion", "depth"],
)
def test_what_is_within_the_budget_has_its_value(text: str, value: Any) -> None:
    assert compile(text).evaluate({}) == value


@pytest.mark.parametrize(
    "value", ["x" * 100_001, [0] * 20_001, {"a": [[0] * 20_001]}], ids=["string", "list", "list inside"]
)
def test_a_value_too_large_does_not_come_in(value: object) -> None:
    with pytest.raises(FeelEvaluationError) as refused:
        compile("x = null").evaluate({"x": value})
    assert refused.value.over_budget
