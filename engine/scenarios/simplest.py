"""The simplest answer that a field accepts, for what a scenario does not say."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.method import Column, Field, Item
from engine.scenarios.around import Around

#: a cell is answered as the field that its column amounts to
COLUMN_TYPES = {"text": "string", "select": "enum"}
SOMEONE = "…"


def simplest(each: Field, around: Around) -> Any:
    return _SIMPLEST[each.type](each, around)


def cell(column: Column, around: Around, row: int) -> Any:
    """Rows differ by their texts and choices: a later field may choose among them."""
    kind = COLUMN_TYPES.get(column.type, column.type)
    if kind in ("string", "textarea"):
        return f"{column.label.fr} {row}"
    if kind == "enum":
        return column.options[(row - 1) % len(column.options)].value if column.options else ""
    return _SIMPLEST[kind](Field(column.key, kind, column.label), around)  # type: ignore[arg-type]


def ticked(item: Item) -> dict[str, str]:
    """Done, with some evidence where it is needed."""
    return {"state": "done", "evidence": SOMEONE} if item.evidence else {"state": "done"}


def _text(each: Field, around: Around) -> str:
    text = each.label.fr or each.key
    while len(text) < (each.shortest or 0):
        text += f" {text}"
    return text[: each.longest or len(text)]


def _number(each: Field, around: Around) -> str:
    number = Decimal(1)
    if each.minimum is not None:
        number = max(number, each.minimum)
    if each.maximum is not None:
        number = min(number, each.maximum)
    return f"{number:f}"


def _choice(each: Field, around: Around) -> str:
    known = around.choices(each)
    return (each.label.fr or each.key) if known is None else known[0].value if known else ""


def _table(each: Field, around: Around) -> list[dict[str, Any]]:
    rows = range(1, max(each.fewest_rows, 1) + 1)
    return [{column.key: cell(column, around, row) for column in each.columns} for row in rows]


_SIMPLEST: dict[str, Callable[[Field, Around], Any]] = {
    "string": _text,
    "textarea": _text,
    "number": _number,
    "money": _number,
    "date": lambda each, around: around.today.isoformat(),
    "boolean": lambda each, around: True,
    "enum": _choice,
    "multiselect": lambda each, around: [_choice(each, around)],
    "user": lambda each, around: around.person(SOMEONE),
    "users": lambda each, around: [around.person(SOMEONE)],
    "file": lambda each, around: True,
    "table": _table,
    "checklist": lambda each, around: {item.key: ticked(item) for item in around.items(each)},
}
