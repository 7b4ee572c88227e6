"""Every refusal says where, what and what to do, in both languages; strictly, no error passes for null."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from engine.feel import FeelError, FeelEvaluationError, FeelSyntaxError, compile


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("1 +", 1, 4),
        ("(1", 1, 3),
        ('"abc', 1, 1),
        ("1 +\n  * 2", 2, 3),
        ("if a then b", 1, 12),
        ('@"2026-02-30"', 1, 1),
        ("x instance of nombre", 1, 15),
        ("{a: 1, a: 2}", 1, 9),
        ("function(a) external {}", 1, 13),
        ("/* no end", 1, 1),
        ("1e99999", 1, 1),
        ("a ! b", 1, 3),
        ("f(a: 1, 2)", 1, 9),
        ("", 1, 1),
    ],
)
def test_a_text_that_is_not_feel_is_refused_where_it_goes_wrong(text: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as refused:
        compile(text)
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("inconnu + 1", 1),
        ("1 / 0", 3),
        ('1 + "a"', 3),
        ("x.amuont", 2),
        ('1 = "1"', 3),
        ("null > 3", 6),
        ("x.montant and true", 1),
        ("if x.montant then 1 else 2", 4),
        ("votes[nuance]", 7),
        ('date("2026-13-01")', 1),
        ("inconnue(1)", 1),
        ("substring(1, 2)", 1),
        ("now()", 1),
        ("5 in (null..3]", 3),
        ("sum([1, null])", 1),
        ("[1..2] + 1", 8),
        ('matches("a", "(")', 1),
        ('replace("a", "a*", "b")', 1),
        ("-true", 1),
        ("10 ** 9999", 4),
    ],
)
def test_an_error_is_an_incident_when_strict_and_null_otherwise(text: str, column: int) -> None:
    context = {"x": {"montant": 3}, "votes": [{"nuance": "oui"}]}
    expression = compile(text)
    with pytest.raises(FeelEvaluationError) as refused:
        expression.evaluate(context)
    assert (refused.value.line, refused.value.column, refused.value.over_budget) == (1, column, False)
    assert expression.evaluate(context, strict=False) in (None, 2, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = null", True),
        ('get value({}, "a") = null', True),
        ("x != null and x > 3", False),
        ("[1][5]", None),
        ("median([])", None),
        ("true and x", None),
    ],
)
def test_a_null_that_is_no_error_is_no_incident(text: str, value: Any) -> None:
    assert compile(text).evaluate({"x": None}) is value


def test_a_refusal_is_a_sentence_with_its_place_in_both_languages() -> None:
    with pytest.raises(FeelEvaluationError) as refused:
        compile("montant > 3 and\n  seuil + nom").evaluate({"montant": 5, "seuil": 2, "nom": "a"})
    assert refused.value.text("fr") == (
        "Ligne 2, colonne 9\u00a0: Impossible d’additionner un nombre et un texte. "
        "Vérifiez que les valeurs existent et sont du genre attendu.\n"
        "  seuil + nom\n"
        "        ^"
    )
    assert refused.value.text("en") == (
        "Line 2, column 9: Cannot add a number and a string. "
        "Check that the values exist and are of the kind expected.\n"
        "  seuil + nom\n"
        "        ^"
    )
    assert str(refused.value) == refused.value.text("fr")


def test_the_excerpt_of_a_long_line_is_cut_around_the_place() -> None:
    text = "1 + " * 100 + '"a"'
    with pytest.raises(FeelEvaluationError) as refused:
        compile(text).evaluate({})
    line, caret = refused.value.excerpt.split("\n")
    assert len(line) == 72
    assert line[len(caret) - 1] == "+"


def test_a_refusal_crosses_processes() -> None:
    with pytest.raises(FeelError) as refused:
        compile("1 +")
    copy = pickle.loads(pickle.dumps(refused.value))
    assert (type(copy), str(copy)) == (FeelSyntaxError, str(refused.value))


@pytest.mark.parametrize("value", [object(), float("nan"), b"x", {1, 2}, {"deep": [print]}])
def test_a_value_that_feel_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(FeelEvaluationError):
        compile("x").evaluate({"x": value})


def test_only_the_names_that_a_text_reads_are_taken() -> None:
    assert compile("a + 1").evaluate({"a": 1, "not read": object()}) == 2
