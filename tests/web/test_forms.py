"""What is typed in a form, and what the engine is given."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from engine import Column, Field, Item, Text
from web import forms

RISKS = Field(
    "risques", "table", Text("Risques", "Risks"),
    columns=(
        Column("risque", Text("Risque", "Risk")), Column("cout", Text("Coût", "Cost"), "money"),
        Column("porteur", Text("Porteur", "Owner"), "user"), Column("accepte", Text("Accepté"), "boolean"),
    ),
    fewest_rows=2,
)  # fmt: skip
POINTS = Field("points", "checklist", Text("Points"), items=(Item("1", Text("Relu")), Item("2", Text("Chiffré"))))


def field(kind: Any, **more: Any) -> Field:
    return Field("cle", kind, Text("Clé"), **more)


def typed(one: Field, *pairs: tuple[str, str]) -> Any:
    return forms.typed([one], {}, MultiDict(pairs)).get(one.key)


@pytest.mark.parametrize(
    ("written", "given_to_the_engine"),
    [
        ("1 234,5", "1234.5"),
        ("1\u202f234,50\u00a0€", "1234.50"),  # as a page of ours shows an amount
        ("1234.50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("12,345", "12.345"),  # a French comma, whatever it looks like in English
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),  # the true minus sign
        ("+7", "7"),
        ("12 000 EUR", "12000"),
        (",5", ".5"),
        ("", ""),
        ("beaucoup", "beaucoup"),  # the engine says what is wrong with it
        ("1.2.3", "1.2.3"),
        ("1e9", "1e9"),
        ("NaN", "NaN"),
    ],
)
def test_a_number_is_read_as_it_is_written_in_french_or_english(written: str, given_to_the_engine: str) -> None:
    assert typed(field("money"), ("f.cle", written)) == given_to_the_engine


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_number_shown_in_french_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert Decimal(forms.number(f"{number:f}".replace(".", ","))) == number


@given(st.text())
def test_reading_a_number_twice_changes_nothing(written: str) -> None:
    once = forms.number(written)
    assert forms.number(once) == once


@pytest.mark.parametrize(
    ("written", "given_to_the_engine"),
    [
        ("2026-12-31", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("1.2.2026", "2026-02-01"),
        ("31/02/2026", "31/02/2026"),
        ("bientôt", "bientôt"),
        ("", ""),
    ],
)
def test_a_date_is_read_as_it_is_written(written: str, given_to_the_engine: str) -> None:
    assert typed(field("date"), ("f.cle", written)) == given_to_the_engine


@pytest.mark.parametrize(
    ("one", "pairs", "value"),
    [
        (field("string"), [("f.cle", "  deux   mots\n")], "deux mots"),
        (field("textarea"), [("f.cle", "un\r\ndeux\r\n")], "un\ndeux"),
        (field("boolean"), [], False),  # a box that is not ticked
        (field("boolean"), [("f.cle", "true")], True),
        (field("boolean", required=True), [], None),  # two buttons, none chosen
        (field("boolean", required=True), [("f.cle", "false")], False),
        (field("enum"), [("f.cle", "haut")], "haut"),
        (field("multiselect"), [("f.cle", "DG"), ("f.cle", "DSI"), ("f.cle", "")], ["DG", "DSI"]),
        (field("user"), [("f.cle", "3")], 3),
        (field("user"), [("f.cle", "quelqu’un")], None),
        (field("users"), [("f.cle", "3"), ("f.cle", "1"), ("f.cle", "x")], [3, 1]),
        (field("file"), [("f.cle", "note.pdf")], None),  # attached, not answered
        (field("string"), [("cle", "un autre formulaire")], ""),
    ],
)
def test_each_kind_of_field_has_its_value(one: Field, pairs: list[tuple[str, str]], value: Any) -> None:
    assert typed(one, *pairs) == value


def test_a_table_keeps_its_rows_in_order_and_drops_the_empty_ones_at_the_end() -> None:
    rows = typed(
        RISKS,
        ("f.risques.10.risque", "Dernier"),
        ("f.risques.0.risque", "Retard"),
        ("f.risques.0.cout", "1 000,5"),
        ("f.risques.0.porteur", "2"),
        ("f.risques.0.accepte", "true"),
        ("f.risques.1.risque", ""),
        ("f.risques.11.risque", " "),
        ("f.risques.x.risque", "ignoré"),
    )
    assert rows == [
        {"risque": "Retard", "cout": "1000.5", "porteur": 2, "accepte": True},
        {"risque": "", "cout": "", "porteur": None, "accepte": False},
        {"risque": "Dernier", "cout": "", "porteur": None, "accepte": False},
    ]


def test_a_row_is_removed_by_its_button() -> None:
    rows = typed(RISKS, ("f.risques.0.risque", "Un"), ("f.risques.1.risque", "Deux"), ("remove_row", "risques.0"))
    assert [row["risque"] for row in rows] == ["Deux"]


@pytest.mark.parametrize(
    ("filled", "added", "shown"),
    [(0, "", 2), (1, "", 2), (2, "", 3), (2, "risques", 4), (2, "autre", 3)],
)
def test_a_table_shows_the_fewest_rows_it_asks_and_always_a_spare_one(filled: int, added: str, shown: int) -> None:
    rows = [{"risque": str(number)} for number in range(filled)]
    assert forms.rows_shown(RISKS, rows, added) == rows + [{}] * (shown - filled)


def test_a_checklist_has_a_line_for_each_item() -> None:
    said = typed(
        POINTS,
        ("f.points.1.state", "done"),
        ("f.points.1.evidence", "relevé de décisions"),
        ("f.points.9.state", "done"),
    )
    assert said == {
        "1": {"state": "done", "evidence": "relevé de décisions", "reason": "", "refers": ""},
        "2": {"state": "", "evidence": "", "reason": "", "refers": ""},
    }


def test_what_is_wrong_is_named_where_it_is() -> None:
    problems = dict.fromkeys(["risques", "risques.1.cout", "points.2", "inconnu"], "…")
    assert forms.places([RISKS, POINTS], {}, problems) == {
        "risques": ("f.risques", "Risques"),
        "risques.1.cout": ("f.risques.1.cout", "Risques, ligne 2, Coût"),
        "points.2": ("f.points.2", "Chiffré"),
    }


@pytest.mark.parametrize(("value", "unreadable"), [("2026-12-31", False), ("", False), (None, False), ("demain", True)])
def test_what_a_date_field_would_drop_is_shown_as_text(value: Any, unreadable: bool) -> None:
    assert forms.unreadable_day(value) is unreadable
