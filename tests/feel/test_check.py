"""What is said of a text at upload: only what is certain, where it stands, and what to do."""

from __future__ import annotations

import datetime as python
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import BUILTINS, Complaint, DaysTimeDuration, FeelError, YearsMonthsDuration, check, compile

KNOWN = {"montant": "number", "nom": "string", "urgent": "boolean", "le jour": "date", "votes": "list", "autre": ""}
CERTAIN = {
    "montnat > 3": ("unknown-name", 1, "Did you mean 'montant'?"),
    "sum(votes) > x": ("unknown-name", 14, "Correct the name, or ask for this value before."),
    "montant not in [1]": ("unknown-name", 1, "Negation is written with brackets"),
    "nom is null": ("unknown-name", 1, "'Is missing' is written '= null'."),
    "coutn(votes) > 1": ("unknown-function", 1, "Did you mean 'count'?"),
    "stringLength(nom) > 1": ("unknown-function", 1, "Did you mean 'string length'?"),
    "count(votes, 1) > 1": ("arguments", 1, "Expected the form count(list). Got 2."),
    "contains(nom, 3)": ("arguments", 1, "The arguments do not fit contains(string, match). Got: a string, a number."),
    "starts with(string: nom, match: 3)": ("arguments", 1, "Got: a string, a number."),
    'montant > "3"': ("kinds", 9, "Cannot compare a number and a string."),
    "nom = 3": ("kinds", 5, "Cannot compare a string and a number."),
    "le jour > 3": ("kinds", 9, "Cannot compare a date and a number."),
    'montant in ["a".."b"]': ("kinds", 12, "Cannot compare a number and a string."),
    "montant between 1 and nom": ("kinds", 9, "Cannot compare a number and a string."),
    "urgent and montant": ("kinds", 12, "Expected true or false, found a number."),
    "if nom then true else false": ("kinds", 4, "Expected true or false, found a string."),
    "montant + nom = 1": ("kinds", 9, "Cannot add a number and a string."),
    "le jour.annee = 2026": ("kinds", 8, "'annee' does not exist for a date (properties: year, month, day, weekday)."),
    "montant": ("kinds", 1, "Expected a boolean, the expression gives a number."),
    "montant == 3": ("syntax", 10, "Equality is written with one '='."),
    "montant > 3 && urgent": ("syntax", 13, "'And' is written 'and'."),
    "nom = 'x'": ("syntax", 7, "A string stands between double quotes"),
    "montant > 1,5": ("syntax", 12, "Decimals are written after a point (1.5)."),
    "urgent ? true : false": ("syntax", 15, "A choice is written 'if … then … else …'."),
}
RIGHT = [
    "montant > 3 and le jour < @\"2026-01-01\"",
    "autre > 3 or autre = \"x\"",
    "votes[poids > seuil] = []",  # both may be entries of the items
    "some vote in votes satisfies vote.poids > montant",
    "count(votes) > 0 and nom != null",
    "nom in (\"a\", \"b\") and urgent",
    "{f: function(x) x > montant, vrai: f(1)}.vrai",
    "string(montant) + nom = \"\"",
    "upper case([nom]) = nom",  # a list of one stands for its item
]  # fmt: skip


@pytest.mark.parametrize(("text", "complaint"), CERTAIN.items(), ids=CERTAIN)
def test_what_is_certainly_wrong_is_said_where_it_stands(text: str, complaint: tuple[str, int, str]) -> None:
    found = wrong(text)[0]
    assert (found.rule, found.line, found.column) == (complaint[0], 1, complaint[1])
    assert complaint[2] in found.message.en
    assert found.text("fr").endswith(f"{text}\n{' ' * (complaint[1] - 1)}^")


@pytest.mark.parametrize("text", RIGHT)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert wrong(text) == ()


def test_every_complaint_is_given_in_the_order_of_the_text() -> None:
    assert [(each.rule, each.column) for each in wrong("montnat > 3 or coutn(votes) > 2 or nom = 1")] == [
        ("unknown-name", 1),
        ("unknown-function", 16),
        ("kinds", 40),
    ]


def test_a_cell_of_a_decision_table_is_checked_against_the_value_it_tests() -> None:
    assert check("< 5, [10..20]", {"?": "number"}, unary=True) == ()
    assert [each.message.en for each in check('"bon"', {"?": "number"}, unary=True)] == [
        "Cannot compare a number and a string. Check that the values exist and are of the kind expected."
    ]


def test_without_the_known_variables_none_is_unknown() -> None:
    assert check("montant > 3") == ()


SAMPLES: dict[str, list[Any]] = {
    "number": [0, 2],
    "string": ["", "a"],
    "boolean": [True],
    "date": [python.date(2026, 1, 1)],
    "time": [python.time(10, 0)],
    "date and time": [python.datetime(2026, 1, 1)],
    "years and months duration": [YearsMonthsDuration(3)],
    "days and time duration": [DaysTimeDuration(compile("5").evaluate({}))],
    "list": [[], [1]],
    "context": [{}, {"a": 1}],
}
OPERATORS = ["+", "-", "*", "/", "**", "<", ">=", "=", "!=", "in"]


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operation_that_is_complained_of_never_has_a_value(operator: str) -> None:
    for left, right in product(SAMPLES, SAMPLES):
        if check(f"a {operator} b", {"a": left, "b": right}):
            for a, b in product(SAMPLES[left], SAMPLES[right]):
                assert_refused(f"a {operator} b", {"a": a, "b": b})


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_a_call_that_is_complained_of_never_has_a_value(name: str) -> None:
    for kinds in [(), *product(SAMPLES), *product(SAMPLES, SAMPLES)]:
        names = [f"x{place}" for place in range(len(kinds))]
        text = f"{name}({', '.join(names)})"
        if check(text, dict(zip(names, kinds, strict=True))):
            assert_refused(text, {each: SAMPLES[kind][-1] for each, kind in zip(names, kinds, strict=True)})


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab.1"[](){}<>=+-*/,:? \n'), max_size=30), st.booleans())
def test_whatever_the_text_it_is_checked(text: str, unary: bool) -> None:
    for complaint in check(text, {"a": "number", "b": "string"}, unary=unary, wanted="boolean"):
        assert complaint.text("fr") != complaint.text("en")


def assert_refused(text: str, context: dict[str, Any]) -> None:
    with pytest.raises(FeelError):
        compile(text).evaluate(context)


def wrong(text: str) -> tuple[Complaint, ...]:
    return check(text, KNOWN, wanted="boolean")
