"""The orders in which control grows: laws, and what cannot be compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.overlay.lattice import LOCKS, OFF, RULES, comparable, stronger

durations = st.builds(
    lambda days, weeks, months: "P" + (f"{months}M" if months else "") + (f"{weeks}W" if weeks else "")
    + (f"{days}D" if days or not (months or weeks) else ""),
    st.integers(0, 70), st.integers(0, 4), st.integers(0, 4),
)  # fmt: skip
sets = st.sets(st.sampled_from("abc")).map(frozenset)
VALUES = {
    "quorum": st.decimals(0, 1, places=2), "rule": st.sampled_from(RULES), "lock": st.sampled_from(LOCKS),
    "due": durations | st.just(""), "threshold": st.decimals(0, 1000, places=0) | st.just(OFF), "voters": sets,
    "criteria": sets, "items": sets, "fields": sets, "options": sets,
}  # fmt: skip
every_parameter = pytest.mark.parametrize("parameter", VALUES)


@every_parameter
@given(data=st.data())
def test_each_value_is_at_least_as_strong_as_itself(parameter: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[parameter])
    assert stronger(parameter, value, value)


@every_parameter
@given(data=st.data())
def test_what_is_stronger_than_something_stronger_is_stronger(parameter: str, data: st.DataObject) -> None:
    a, b, c = (data.draw(VALUES[parameter]) for _ in range(3))
    if stronger(parameter, a, b) and stronger(parameter, b, c):
        assert stronger(parameter, a, c)


@pytest.mark.parametrize(
    ("parameter", "strong", "weak"),
    [
        ("quorum", Decimal("0.66"), Decimal("0.5")),
        ("rule", "unanimity", "two_thirds"),
        ("rule", "two_thirds", "majority_chair_casting"),
        ("rule", "majority_chair_casting", "chair"),
        ("lock", "locked", "conditional"),
        ("lock", "conditional", "optional"),
        ("due", "P5D", "P10D"),
        ("due", "P10D", "P1M"),
        ("due", "P1M", "P30D"),
        ("due", "P1M", "P2M"),
        ("due", "P2W", "P11D"),
        ("due", "P1M", ""),
        ("threshold", Decimal(50_000), Decimal(100_000)),
        ("threshold", Decimal(100_000), OFF),
        ("voters", {"COPIL", "QUAL"}, {"COPIL"}),
        ("criteria", {1, 2}, {2}),
    ],
)
def test_one_is_stronger_and_the_other_is_not(parameter: str, strong: object, weak: object) -> None:
    assert stronger(parameter, strong, weak)
    assert not stronger(parameter, weak, strong)


@pytest.mark.parametrize(
    ("parameter", "a", "b"), [("due", "P1M", "P20D"), ("voters", {"A"}, {"B"}), ("criteria", {1}, {2})]
)
def test_what_cannot_be_compared_is_stronger_neither_way(parameter: str, a: object, b: object) -> None:
    assert not comparable(parameter, a, b)


def test_a_parameter_without_an_order_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        stronger("colour", "red", "blue")
