"""Decisions made from .dmn files: every hit policy, what they need, what they refuse, and what is said before."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.dmn import Decisions, answers, read
from engine.errors import Incident, Unreadable
from tests.dmn.tables import NAMESPACES, decision, literal, table

FILE = Path(__file__).with_name("accompagnement.dmn")
SCORES = [("> 10", '"bon"', "2"), ("> 20", '"très bon"', "3"), ("> 20", '"bon"', "5")]
COLUMNS, OUTPUTS = {"score": "number"}, {"avis": "string", "points": "number"}


@pytest.fixture(scope="module")
def drawn() -> Decisions:
    return read(FILE.read_bytes(), FILE.name)


def test_a_file_without_fault_has_no_problem(drawn: Decisions) -> None:
    assert drawn.problems == ()
    assert drawn.ids == ("Decision_urgence", "Decision_plan")


@pytest.mark.parametrize(
    ("dette", "mois", "wanted"), [(3000, 0, "haute"), (2999, 3, "moyenne"), (500, 2, "basse"), (0, 9, "basse")]
)
def test_a_table_gives_the_output_of_the_rule_that_holds(drawn: Decisions, dette: int, mois: int, wanted: str) -> None:
    assert drawn.decide("Decision_urgence", {"dette": dette, "mois": mois}) == wanted


def test_a_decision_reads_those_that_it_needs_and_calls_the_knowledge_models(drawn: Decisions) -> None:
    context = {"dette": 3600, "mois": 1, "enfants": True}
    assert drawn.decide("Decision_plan", context) == {"visite": True, "somme": Decimal(100)}
    assert drawn.decide("plan", {**context, "enfants": False}) == {"visite": False, "somme": Decimal(150)}
    assert drawn.reads("Decision_plan") == {"dette", "mois", "enfants"}


def test_a_table_without_a_rule_that_holds_gives_its_defaults(drawn: Decisions) -> None:
    assert drawn.decide("Decision_plan", {"dette": 1, "mois": 1, "enfants": True}) == {"visite": None, "somme": 0}


@pytest.mark.parametrize(
    ("hit", "score", "wanted"),
    [
        ("UNIQUE", 15, {"avis": "bon", "points": Decimal(2)}),
        ("UNIQUE", 5, None),
        ("FIRST", 25, {"avis": "bon", "points": Decimal(2)}),
        ("RULE ORDER", 25, ["bon", "très bon", "bon"]),
        ("COLLECT", 25, ["bon", "très bon", "bon"]),
        ("COLLECT", 5, []),
    ],
)
def test_each_hit_policy_chooses_among_the_rules_that_hold(hit: str, score: int, wanted: Any) -> None:
    found = made(table(COLUMNS, OUTPUTS, SCORES, hit=hit), {"score": score}, despite={"decision-overlap"})
    assert (found if not isinstance(wanted, list) else [each["avis"] for each in found]) == wanted


@pytest.mark.parametrize(("hit", "wanted"), [("PRIORITY", "très bon"), ("OUTPUT ORDER", ["très bon", "bon", "bon"])])
def test_outputs_are_ranked_by_the_order_of_their_values(hit: str, wanted: Any) -> None:
    rows = [row[:2] for row in SCORES]
    file = table(COLUMNS, {"avis": "string"}, rows, hit=hit, values='"très bon", "bon"')
    assert made(file, {"score": 25}) == wanted


@pytest.mark.parametrize(("aggregation", "wanted"), [("SUM", 10), ("MIN", 2), ("MAX", 5), ("COUNT", 3)])
def test_collected_outputs_are_aggregated(aggregation: str, wanted: int) -> None:
    rows = [(row[0], row[2]) for row in SCORES]
    file = table(COLUMNS, {"points": "number"}, rows, hit="COLLECT", aggregation=aggregation)
    assert made(file, {"score": 25}) == wanted
    assert made(file, {"score": 1}) == (0 if aggregation == "COUNT" else None)


def test_any_lets_rules_hold_together_when_they_say_the_same() -> None:
    rows = [("> 10", '"bon"'), ("> 20", '"bon"'), ("> 30", '"rare"')]
    file = table(COLUMNS, {"avis": "string"}, rows, hit="ANY")
    assert made(file, {"score": 25}) == "bon"
    assert incident(file, {"score": 35}) == (
        "d.dmn, line 3, decision “aide”: rules 1 and 3 both hold, in a table that is ANY. Separate them, or take FIRST."
    )


def test_two_rules_of_a_unique_table_are_an_incident_where_they_could_not_be_seen_before() -> None:
    file = table({"score": "number"}, {"avis": "string"}, [("> seuil", '"bon"'), ("> 10", '"assez"')])
    assert read(file, "d.dmn").problems == ()
    assert made(file, {"score": 15, "seuil": 20}) == "assez"
    assert "rules 1 and 2 both hold" in incident(file, {"score": 25, "seuil": 20})


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_of_the_standard_is_read(namespace: str) -> None:
    assert made(table({"x": "number"}, {"y": "string"}, [("1", '"un"')], namespace=namespace), {"x": 1}) == "un"


def test_boxed_expressions_are_computed() -> None:
    entry = f"<contextEntry><variable name='base'/>{literal('prix * 2')}</contextEntry>"
    last = f"<contextEntry>{literal('base + 1')}</contextEntry>"
    assert made(decision(f"<context>{entry}{last}</context>"), {"prix": 10}) == 21
    assert made(decision(f"<context>{entry}</context>"), {"prix": 10}) == {"base": 20}
    assert made(decision(f"<list>{literal('1')}{literal('prix')}</list>"), {"prix": 10}) == [1, 10]
    row = f"<row>{literal('1')}{literal('2')}</row>"
    assert made(decision(f"<relation><column name='a'/><column name='b'/>{row}</relation>"), {}) == [{"a": 1, "b": 2}]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("juel", "${x == 1 ? 'un' : 'autre'}", "un"),
        ("http://www.omg.org/spec/FEEL/20140401", 'if x = 1 then "un" else "autre"', "un"),
        ("python", "'un' if x == 1 else 'autre'", "un"),
        ("", "x == 1 && true", True),
    ],
)
def test_other_languages_are_said_in_feel_where_their_meaning_is_certain(language: str, text: str, wanted: Any) -> None:
    assert made(decision(literal(text), NAMESPACES[0], language), {"x": 1}) == wanted


def test_an_input_of_another_kind_or_value_is_an_incident(drawn: Decisions) -> None:
    at = "accompagnement.dmn, line {}, decision “urgence”: "
    assert why(drawn, "Decision_urgence", {"dette": "3000", "mois": 1}) == (
        at.format(22) + "the column “Dette” expects the type number; got: « 3000 »."
    )
    assert why(drawn, "Decision_urgence", {"dette": 3000, "mois": -1}) == (
        at.format(30) + "-1 is not a value of “Mois” (>= 0)."
    )


def test_a_missing_input_is_an_incident_that_points_at_it(drawn: Decisions) -> None:
    said = why(drawn, "Decision_urgence", {"mois": 1})
    assert said.startswith("accompagnement.dmn, line 22, decision “urgence”: Line 1, column 1: No variable 'dette'")
    assert said.endswith("dette\n^")


def test_an_unknown_decision_is_named_with_those_near(drawn: Decisions) -> None:
    assert why(drawn, "Decision_urgances", {}) == (
        "no decision “Decision_urgances” in accompagnement.dmn (there are: Decision_urgence, Decision_plan)."
    )


def test_a_task_keeps_the_outputs_under_their_names_or_a_variable_in_the_form_it_asks_for() -> None:
    rows = [("> 10", '"bon"'), ("> 20", '"rare"')]
    many = read(table(COLUMNS, {"avis": "string"}, rows, hit="COLLECT"), "d.dmn")
    first = read(table(COLUMNS, OUTPUTS, SCORES, hit="FIRST"), "d.dmn")
    assert answers(many, "d", {"score": 25}) == {"avis": ["bon", "rare"]}
    assert answers(first, "d", {"score": 25}) == {"avis": "bon", "points": 2}
    assert answers(first, "d", {"score": 1}) == {"avis": None, "points": None}
    asked = {
        "": {"avis": "bon", "points": 2},
        "singleResult": {"avis": "bon", "points": 2},
        "resultList": [{"avis": "bon", "points": 2}],
    }
    for mapping, wanted in asked.items():
        assert answers(first, "d", {"score": 25}, variable="v", mapping=mapping) == {"v": wanted}
    assert answers(many, "d", {"score": 25}, variable="v", mapping="collectEntries") == {"v": ["bon", "rare"]}
    assert answers(many, "d", {"score": 15}, variable="v", mapping="singleEntry") == {"v": "bon"}
    with pytest.raises(Incident, match="donne 2 valeurs, et la tâche en attend une"):
        answers(many, "d", {"score": 25}, variable="v", mapping="singleEntry")


def test_expressions_of_one_decision_share_one_budget() -> None:
    file = table({"x": "number"}, {"y": "number"}, [("every i in 1..9000 satisfies i > ?", "1")] * 3, hit="COLLECT")
    assert "over its budget" in incident(file, {"x": 0})


def test_what_is_not_dmn_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="et non les <definitions> de DMN"):
        read(b"<bpmn:definitions xmlns:bpmn='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "d.dmn")


def made(file: bytes, context: dict[str, Any], despite: set[str] | None = None) -> Any:
    decisions = read(file, "d.dmn")
    left = tuple(each for each in decisions.problems if each.rule not in (despite or ()))
    return Decisions(decisions.model, left).decide("d", context)


def incident(file: bytes, context: dict[str, Any]) -> str:
    return why(read(file, "d.dmn"), "d", context)


def why(decisions: Decisions, id: str, context: dict[str, Any]) -> str:
    with pytest.raises(Incident) as refused:
        decisions.decide(id, context)
    return str(refused.value.facts["why"].en)
