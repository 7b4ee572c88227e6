"""Regular expressions of XPath: `matches`, `replace` and `split` on our own machine."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelEvaluationError, compile

MATCHES = compile("matches(input, pattern, flags)")
REPLACE = compile("replace(input, pattern, by)")
SPLIT = compile("split(input, pattern)")


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "found"),
    [
        ("jalon", "al", None, True),
        ("jalon", "^al", None, False),
        ("jalon", "on$", None, True),
        ("a\nb", "^b$", None, False),
        ("a\nb", "^b$", "m", True),
        ("a\nb", "a.b", None, False),
        ("a\nb", "a.b", "s", True),
        ("JALON", "jalon", "i", True),
        ("q", "[^Q]", "i", False),
        ("hello world", "hello\\ sworld", "x", True),  # x takes white space out, even after a backslash
        ("hello world", "hello[ ]world", "x", True),  # but not out of a class
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("e", "[a-z-[aeiou]]", None, False),
        ("f", "[a-z-[aeiou]]", None, True),
        ("é", "\\p{Ll}", None, True),
        ("é", "\\p{IsBasicLatin}", None, False),
        ("٣", "^\\d$", None, True),  # any digit of Unicode
        ("abab", "^(..)\\1$", None, True),
        ("a-", "[-a]-", None, True),
        ("aaa", "^a{2,3}$", None, True),
        ("a", "^a{2,}$", None, False),
        ("ab", "^(?:a|ab)$", None, True),
        ("", "^$", None, True),
    ],
)
def test_matches(text: str, pattern: str, flags: str | None, found: bool) -> None:
    assert MATCHES.evaluate({"input": text, "pattern": pattern, "flags": flags}) is found


@pytest.mark.parametrize(
    ("text", "pattern", "by", "result"),
    [
        ("abracadabra", "bra", "*", "a*cada*"),
        ("abracadabra", "a.*?a", "*", "*c*bra"),
        ("AAAA", "A+?", "b", "bbbb"),
        ("2026-05-17", "(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1", "17/05/2026"),
        ("a", "(a)(b)?", "[$1|$2]", "[a|]"),
        ("a", "a", "\\$1\\\\", "$1\\"),
        ("ab", "(a)b", "$12", "a2"),  # group 1, then a 2: there is no group 12
    ],
)
def test_replace(text: str, pattern: str, by: str, result: str) -> None:
    assert REPLACE.evaluate({"input": text, "pattern": pattern, "by": by}) == result


@pytest.mark.parametrize(
    ("text", "pattern", "parts"),
    [("a;b;;c;", ";", ["a", "b", "", "c", ""]), ("a1b22c", "\\d+", ["a", "b", "c"]), ("", ";", [""])],
)
def test_split(text: str, pattern: str, parts: list[str]) -> None:
    assert SPLIT.evaluate({"input": text, "pattern": pattern}) == parts


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "[]",
        "*",
        "a**",
        "a{2,1}",
        "a{x}",
        "\\",
        "\\q",
        "\\1",
        "(a)\\2",
        "(a\\1)",
        "[b-a]",
        "\\p{Xx}",
        "]",
    ],
)
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(FeelEvaluationError):
        MATCHES.evaluate({"input": "a", "pattern": pattern, "flags": None})


atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "(a)", "(?:a|b)", "(b|ab)", "a?", "b*", "a+", "(a|b)*?"])
patterns = st.lists(st.sampled_from(["^", "$", "|"]) | atoms, min_size=1, max_size=6).map("".join)


@settings(max_examples=300, deadline=None)
@given(patterns, st.text("ab1", max_size=8))
def test_where_xpath_and_python_agree_the_machine_finds_what_python_finds(pattern: str, text: str) -> None:
    expected = re.search(pattern.replace("$", "\\Z"), text) is not None
    assert MATCHES.evaluate({"input": text, "pattern": pattern, "flags": None}) is expected
