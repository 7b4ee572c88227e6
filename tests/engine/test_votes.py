"""Quorum, rule, casting vote, and what the result lets the chair choose."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.method import Gate, Place
from engine.votes import Tally, needed, result, tally, why_not
from engine.words import Text

GATE = Gate(
    id="G", name=Text("Porte", "Gate"), phase="P", place=Place("", 0, "G"), chair="COM", voters=("COPIL",),
    quorum=Decimal("0.5"), rule="majority_chair_casting", outcomes=("go", "go_reserves", "rework", "hold", "stop"),
    criteria=(), rework_max=2,
)  # fmt: skip
OPINIONS = ["favourable", "unfavourable", "abstention", "interest"]
VOTERS = range(1, 8)
ballot_boxes = st.dictionaries(st.sampled_from(list(VOTERS)), st.sampled_from(OPINIONS)).map(lambda box: [*box.items()])
rules = st.sampled_from(["majority_chair_casting", "two_thirds", "unanimity"])


def gate(**changed: Any) -> Gate:
    return replace(GATE, **changed)


@pytest.mark.parametrize(
    ("rule", "favourable", "unfavourable", "abstention", "chair", "expected"),
    [
        ("majority_chair_casting", 2, 1, 0, "", "favourable"),
        ("majority_chair_casting", 1, 2, 0, "favourable", "unfavourable"),
        ("majority_chair_casting", 2, 2, 0, "favourable", "favourable"),
        ("majority_chair_casting", 2, 2, 0, "unfavourable", "unfavourable"),
        ("majority_chair_casting", 2, 2, 0, "abstention", "tie"),
        ("majority_chair_casting", 2, 2, 0, "", "tie"),
        # an abstention is a ballot cast: two of five are no majority
        ("majority_chair_casting", 2, 1, 2, "favourable", "unfavourable"),
        ("majority_chair_casting", 0, 0, 0, "", "unfavourable"),
        ("two_thirds", 2, 1, 0, "", "favourable"),
        ("two_thirds", 3, 1, 1, "", "unfavourable"),
        ("two_thirds", 4, 1, 1, "", "favourable"),
        ("two_thirds", 0, 0, 0, "", "unfavourable"),
        ("unanimity", 3, 0, 0, "", "favourable"),
        ("unanimity", 3, 0, 1, "", "unfavourable"),
        ("unanimity", 0, 0, 0, "", "unfavourable"),
        ("chair", 0, 3, 0, "", "tie"),
    ],
)
def test_a_rule_turns_ballots_into_a_result(
    rule: Any, favourable: int, unfavourable: int, abstention: int, chair: str, expected: str
) -> None:
    counted = Tally(9, favourable, unfavourable, abstention)
    assert result(gate(rule=rule), counted, chair) == expected


@pytest.mark.parametrize(
    ("quorum", "eligible", "expected"),
    [("0.5", 4, 2), ("0.5", 5, 3), ("0.66", 3, 2), ("0.66", 4, 3), ("1", 3, 3), ("0.5", 1, 1), ("0", 5, 1),
     ("0.5", 0, 1)],
)  # fmt: skip
def test_the_quorum_is_a_share_of_the_eligible_rounded_up_one_at_least(
    quorum: str, eligible: int, expected: int
) -> None:
    assert needed(gate(quorum=Decimal(quorum)), eligible) == expected


def test_a_chair_who_decides_alone_needs_no_quorum() -> None:
    assert needed(gate(rule="chair"), 5) == 0


@pytest.mark.parametrize(
    ("outcome", "found", "reworks", "unmet", "expected"),
    [
        ("go", "favourable", 0, 0, None),
        ("go", "favourable", 0, 1, "1 critère n’est pas rempli ; complétez-le ou décidez avec réserves."),
        ("go", "favourable", 0, 2, "2 critères ne sont pas remplis ; complétez-les ou décidez avec réserves."),
        ("go_reserves", "favourable", 0, 2, None),
        ("go", "unfavourable", 0, 0, "le vote est défavorable."),
        ("rework", "favourable", 0, 0, "le vote est favorable."),
        ("rework", "unfavourable", 1, 0, None),
        ("rework", "unfavourable", 2, 0, "la phase a déjà été reprise 2 fois ; il faut maintenant trancher."),
        ("stop", "tie", 0, 0, None),
        ("stop", None, 0, 0, "le vote n’est pas clos."),
    ],
)
def test_the_chair_chooses_inside_what_the_result_allows(
    outcome: Any, found: Any, reworks: int, unmet: int, expected: str | None
) -> None:
    refusal = why_not(GATE, outcome, found, reworks, unmet)
    assert (refusal and refusal.fr) == expected


def test_an_outcome_that_the_method_does_not_offer_is_never_possible() -> None:
    refusal = why_not(gate(outcomes=("go", "rework")), "stop", "tie", 0, 0)
    assert refusal == Text("la méthode ne la propose pas à cette porte.", "the method does not offer it at this gate.")


@pytest.mark.parametrize(
    ("unmet", "expected"),
    [
        (1, Text("1 critère n’est pas rempli ; complétez-le.", "1 criterion does not hold; complete it.")),
        (2, Text("2 critères ne sont pas remplis ; complétez-les.", "2 criteria do not hold; complete them.")),
    ],
)
def test_reserves_are_advised_only_where_the_gate_has_them(unmet: int, expected: Text) -> None:
    assert why_not(gate(outcomes=("go", "rework")), "go", "favourable", 0, unmet) == expected


@given(ballot_boxes, rules, st.randoms())
def test_the_order_of_ballots_does_not_matter(box: list[tuple[int, str]], rule: Any, random: Any) -> None:
    shuffled = list(box)
    random.shuffle(shuffled)
    assert tally(VOTERS, shuffled) == tally(VOTERS, box)
    assert result(gate(rule=rule), tally(VOTERS, shuffled)) == result(gate(rule=rule), tally(VOTERS, box))


@given(ballot_boxes)
def test_a_declared_interest_leaves_the_quorum_and_the_count(box: list[tuple[int, str]]) -> None:
    counted = tally(VOTERS, box)
    stood_back = sum(opinion == "interest" for _, opinion in box)
    assert counted.eligible == len(VOTERS) - stood_back
    assert counted.cast == len(box) - stood_back


@given(ballot_boxes)
def test_a_ballot_of_someone_who_does_not_vote_is_not_counted(box: list[tuple[int, str]]) -> None:
    assert tally(VOTERS, [*box, (99, "favourable")]) == tally(VOTERS, box)


@given(ballot_boxes, rules)
def test_an_abstention_never_turns_an_unfavourable_vote(box: list[tuple[int, str]], rule: Any) -> None:
    counted = tally(VOTERS, box)
    more = replace(counted, abstention=counted.abstention + 1)
    if result(gate(rule=rule), counted) == "unfavourable":
        assert result(gate(rule=rule), more) == "unfavourable"


@given(ballot_boxes, rules)
def test_one_more_favourable_ballot_never_harms(box: list[tuple[int, str]], rule: Any) -> None:
    counted = tally(VOTERS, box)
    more = replace(counted, favourable=counted.favourable + 1)
    if result(gate(rule=rule), counted) == "favourable":
        assert result(gate(rule=rule), more) == "favourable"
