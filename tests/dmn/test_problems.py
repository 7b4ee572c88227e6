"""What is said of decisions before anything runs: the rule, the line, the sentence."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import feel
from engine.dmn import Problem, read
from engine.dmn.problems import TEXTS, WARNINGS
from tests.dmn.tables import NAMESPACES, decision, literal, table

XY = {"x": "number", "y": "string"}
NEEDS = "<informationRequirement><requiredDecision href='#{}'/></informationRequirement>"
CASES: dict[str, tuple[bytes, str, int, str]] = {
    "a cell that is not FEEL": (
        table(XY, {"z": "string"}, [("1", "-", '"a"'), ("2", "'b'", '"c"')]),
        "decision-expression",
        3,
        "“'b'” cannot be read: Line 1, column 1: A string stands between double quotes",
    ),
    "a cell of another kind than its column": (
        table(XY, {"z": "string"}, [('"un"', "-", '"a"')]),
        "decision-expression",
        2,
        "Cannot compare a number and a string.",
    ),
    "a function that does not exist": (
        table(XY, {"z": "string"}, [("1", "-", "upper(y)")]),
        "decision-expression",
        2,
        "Did you mean 'upper case'?",
    ),
    "a rule without all its columns": (
        table(XY, {"z": "string"}, [("1", '"a"')]),
        "decision-column-missing",
        2,
        "Rule 1 has 1 input(s), the table has 2.",
    ),
    "a column without an expression": (
        table({"": "number"}, {"z": "string"}, [("1", '"a"')]),
        "decision-input-empty",
        1,
        "has no expression",
    ),
    "a hit policy that does not exist": (
        table(XY, {"z": "string"}, [], hit="BEST"),
        "decision-hit-policy",
        1,
        "The hit policy “BEST” does not exist.",
    ),
    "priorities without values": (
        table(XY, {"z": "string"}, [("1", "-", '"a"')], hit="PRIORITY"),
        "decision-priorities",
        1,
        "no column gives its values in order",
    ),
    "an aggregation of two columns": (
        table(XY, {"z": "number", "w": "number"}, [("1", "-", "1", "2")], hit="COLLECT", aggregation="SUM"),
        "decision-aggregation",
        1,
        "needs the hit policy COLLECT and one output column",
    ),
    "an output that its column does not allow": (
        table(XY, {"z": "string"}, [("1", "-", '"c"')], values='"a", "b"'),
        "decision-output-value",
        2,
        'The output “"c"” is not one of the values of the column ("a", "b").',
    ),
    "two rules that hold together": (
        table(XY, {"z": "string"}, [("< 5", '"a","b"', '"1"'), ("[3..8]", 'not("b")', '"2"')]),
        "decision-overlap",
        3,
        'Rules 1 and 2 both hold (x = 3, y = "a")',
    ),
    "a script": (
        decision(literal("do_it()"), NAMESPACES[0], "groovy"),
        "decision-language",
        1,
        "“do_it()” is written in groovy, with no certain translation into FEEL.",
    ),
    "an expression of DMN 1.4 that is not run": (
        decision(f"<conditional><if>{literal('true')}</if></conditional>"),
        "decision-not-run",
        1,
        "<conditional> is not run by Jalon.",
    ),
    "a decision without logic": (decision(""), "decision-empty", 1, "The decision “aide” has no table or expression."),
    "a decision of another file": (
        decision(NEEDS.format("ailleurs") + literal("1")),
        "decision-missing",
        1,
        "“aide” needs “ailleurs”, which the file does not hold.",
    ),
    "a decision of an imported file": (
        decision(NEEDS.format("http://autre.example/aides#d2") + literal("1")),
        "decision-missing",
        1,
        "“aide” needs “http://autre.example/aides#d2”, which the file does not hold.",
    ),
    "input data of an imported file": (
        decision(
            "<informationRequirement><requiredInput href='http://autre.example/aides#i'/></informationRequirement>"
            + literal("1")
        ),
        "decision-missing",
        1,
        "“aide” needs “http://autre.example/aides#i”, which the file does not hold.",
    ),
    "a decision service": (
        decision(
            "<knowledgeRequirement><requiredKnowledge href='#s'/></knowledgeRequirement>" + literal("Servir(1)")
        ).replace(b"<decision ", b"<decisionService id='s' name='Servir'/><decision ", 1),
        "decision-service",
        1,
        "“aide” asks for the decision service “Servir”: Jalon does not run these services.",
    ),
    "a circle": (
        decision(NEEDS.format("d") + literal("1")),
        "decision-circle",
        1,
        "These decisions need one another: aide.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_is_said_with_its_line_and_its_remedy(case: tuple[bytes, str, int, str]) -> None:
    file, rule, line, sentence = case
    (found,) = [each for each in read(file, "d.dmn").problems if each.rule == rule]
    assert (found.severity, found.place.file, found.place.line, found.decision) == ("error", "d.dmn", line, "d")
    assert sentence in found.message.en
    assert found.remedy == TEXTS[rule][1]


def test_every_rule_has_its_case() -> None:
    assert {rule for _, rule, _, _ in CASES.values()} | WARNINGS == set(TEXTS)


def test_a_name_that_the_inputs_do_not_give_is_a_warning() -> None:
    need = "<informationRequirement><requiredInput href='#i'/></informationRequirement>"
    file = decision(need + literal("montan > 3")).replace(
        b"<decision ", b"<inputData id='i' name='montant'><variable name='montant'/></inputData><decision ", 1
    )
    assert [(each.rule, each.severity) for each in read(file, "d.dmn").problems] == [("decision-name", "warning")]


def test_a_column_without_an_expression_reads_the_variable_of_its_title() -> None:
    file = table({"": "number"}, {"z": "string"}, [("1", '"a"')]).replace(b"<input>", b"<input label='age'>")
    assert [(each.rule, each.severity) for each in read(file, "d.dmn").problems] == [
        ("decision-input-label", "warning")
    ]
    assert read(file, "d.dmn").decide("d", {"age": 1}) == "a"


cells = st.sampled_from(
    ["-", "1", "3", "1,3", "< 2", ">= 3", "[1..3]", "(1..3)", "]1..3]", "not(1)", "not([1..3])", "> 1", "2.5", "? < 3"]
)
words = st.sampled_from(["-", '"a"', '"b"', '"a","b"', 'not("a")', 'not("a","b")', 'starts with(?, "a")', "true"])
tried = [*range(-1, 6), 0.5, 1.5, 2.5, 2.75, 3.5], ["", "a", "b", "ab", "c", "ax", "bx", True]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(cells, words), min_size=2, max_size=4))
def test_an_overlap_is_said_where_values_show_it_and_only_there(rows: list[tuple[str, str]]) -> None:
    """Held against every pair of some values: what is said must have a witness, and what they show must be said."""
    file = table({"x": "number", "y": ""}, {"z": "number"}, [(*row, "1") for row in rows])
    said = {str(each.message.en)[6:13] for each in overlaps(file)}
    for (one, first), (other, second) in product(enumerate(rows, 1), repeat=2):
        if one < other:
            together = any(all(map(accepts, (*first, *second), (x, y, x, y))) for x, y in product(*tried))
            assert (f"{one} and {other}" in said) == together


def overlaps(file: bytes) -> list[Problem]:
    return [each for each in read(file, "d.dmn").problems if each.rule == "decision-overlap"]


def accepts(cell: str, value: object) -> bool:
    try:
        return feel.compile(cell, unary=True).evaluate({"?": value}) is True
    except feel.FeelError:
        return False
