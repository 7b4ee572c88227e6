"""What a text reads and calls is known before it runs, and a name may hold spaces and signs."""

from __future__ import annotations

import pytest

from engine.feel import BUILTINS, compile


@pytest.mark.parametrize(
    ("text", "names", "item_names", "functions"),
    [
        ("a + b.c", {"a", "b"}, set(), set()),
        ("for x in xs return x + y", {"xs", "y"}, set(), set()),
        ("{a: 1, b: a + c}", {"c"}, set(), set()),
        ("function(a) a + b", {"b"}, set(), set()),
        ("votes[weight > quorum]", {"votes", "weight", "quorum"}, {"weight", "quorum"}, set()),
        ("votes[weight > quorum] + quorum", {"votes", "weight", "quorum"}, {"weight"}, set()),
        ("xs[item > 1]", {"xs"}, set(), set()),
        ("count(xs) + helper(1)", {"xs"}, set(), {"count", "helper"}),
        ("{f: function(n) n, r: f(1)}", set(), set(), set()),
        ("some v in votes satisfies v.ok = wanted", {"votes", "wanted"}, set(), set()),
        ("x instance of date and time", {"x"}, set(), set()),
        ("x in (? > y)", {"x", "y"}, set(), set()),
    ],
)
def test_a_text_says_what_it_reads_and_calls(
    text: str, names: set[str], item_names: set[str], functions: set[str]
) -> None:
    expression = compile(text)
    read = (expression.names, expression.item_names, expression.functions)
    assert [set(each) for each in read] == [names, item_names, functions]


def test_a_cell_of_a_decision_table_reads_its_input() -> None:
    assert compile("> seuil", unary=True).names == {"?", "seuil"}


def test_an_unknown_function_is_seen_without_running() -> None:
    assert compile("cuont(xs)").functions - BUILTINS == {"cuont"}


@pytest.mark.parametrize(
    ("text", "context", "value"),
    [
        ("Employment Status", {"Employment Status": "ok"}, "ok"),
        ("date of birth", {"date of birth": "ok"}, "ok"),
        ("profit and loss", {"profit and loss": "ok"}, "ok"),  # holds a keyword
        ("a-b", {"a-b": "ok", "a": 1, "b": 1}, "ok"),  # holds a sign
        ("l’écart", {"l’écart": "ok"}, "ok"),
        ("x.Monthly  Income", {"x": {"Monthly Income": "ok"}}, "ok"),
        ("if for example then then 1 else no", {"for example then": False, "no": "ok"}, "ok"),
    ],
)
def test_a_name_of_several_words_is_one_name(text: str, context: dict[str, object], value: str) -> None:
    assert compile(text, names=context).evaluate(context) == value


def test_without_being_told_a_sign_is_an_operation() -> None:
    assert compile("a-b").evaluate({"a-b": 9, "a": 3, "b": 1}) == 2


def test_a_variable_may_have_the_name_of_a_built_in() -> None:
    assert compile("date + count([date])").evaluate({"date": 1}) == 2
