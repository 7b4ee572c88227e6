"""Rules of a UNIQUE table that hold together, found before anything runs: each with values that show it.

Cells that compare with literals accept the same between two neighbouring literals: trying these, and a value on each
side, decides. Where a cell reads a variable, or a column computes, nothing is said and the table is watched as it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from itertools import combinations, pairwise
from operator import or_
from typing import Any

from engine import feel
from engine.dmn.model import Cell, Input, Row, Table
from engine.dmn.texts import checked_kind

MOST_ROWS = 400  #: pairs grow with the square
WHOLE = frozenset(["integer", "long", "short"])


@dataclass(frozen=True, slots=True)
class Overlap:
    one: Row
    other: Row
    witness: str  #: `montant = 5, statut = "a"`; empty where any values do


@dataclass(frozen=True, slots=True)
class Column:
    """What the rows accept of the values tried: bit n of `accepted[row]` for value n."""

    label: str
    values: tuple[Any, ...]
    accepted: tuple[int, ...]


def overlaps(table: Table, types: dict[str, str]) -> Iterator[Overlap]:
    """Pairs of rows that certainly hold together for some input."""
    if not _independent(table) or len(table.rows) > MOST_ROWS:
        return
    columns = [_column(table, place, column, types) for place, column in enumerate(table.inputs)]
    for one, other in combinations(range(len(table.rows)), 2):
        shared = [(column, column.accepted[one] & column.accepted[other]) for column in columns]
        if all(both for _, both in shared):
            shown = [_shown(column, both) for column, both in shared if column.values]
            yield Overlap(table.rows[one], table.rows[other], ", ".join(shown))


def _independent(table: Table) -> bool:
    """Whether each column reads a variable of its own, and so takes any value whatever the others are."""
    read = [column.expression.feel.names if column.expression.feel else frozenset() for column in table.inputs]
    return sum(map(len, read)) == len(reduce(or_, read, frozenset()))


def _column(table: Table, place: int, column: Input, types: dict[str, str]) -> Column:
    cells = [row.tests[place] for row in table.rows]
    tried = tuple(value for value in _values(column, cells, types) if _accepts(column.values, value))
    whole = (1 << max(1, len(tried))) - 1
    plain = _plain(column) and tried != ()  # else it may never take the value tried
    accepted = [whole if _any(cell) else _mask(cell, tried) if plain else 0 for cell in cells]
    return Column(column.expression.text, tried, tuple(accepted))


def _any(cell: Cell) -> bool:
    return cell.feel is None and not cell.broken


def _plain(column: Input) -> bool:
    text = column.expression.text.replace(".", "").replace("_", "").replace(" ", "")
    return text.isalnum() and not text[:1].isdigit()


def _mask(cell: Cell, tried: tuple[Any, ...]) -> int:
    if cell.feel is None or cell.feel.names - {"?"} or cell.feel.functions - feel.BUILTINS:
        return 0
    return sum(1 << place for place, value in enumerate(tried) if _accepts(cell, value))


def _accepts(cell: Cell | None, value: Any) -> bool:
    if cell is None or cell.feel is None:
        return True
    try:
        return cell.feel.evaluate({"?": value}) is True
    except feel.FeelError:
        return False


def _values(column: Input, cells: list[Cell], types: dict[str, str]) -> list[Any]:
    """What to try: the literals of the cells, and a value between and around them."""
    read = [cell.feel for cell in (*cells, column.values) if cell is not None and cell.feel is not None]
    named = [value for expression in read for value in feel.constants(expression)]
    kind = checked_kind(column.type, types)
    found: list[Any] = []
    by_kind: dict[str, list[Any]] = {}
    for value in named:
        by_kind.setdefault(feel.kind_of(value), []).append(value)
    if kind == "boolean" or "boolean" in by_kind:
        by_kind["boolean"] = [True, False]
    for each, values in by_kind.items():
        if not kind or each == kind:
            found += _around(each, values, whole=column.type.rsplit(":", 1)[-1] in WHOLE)
    return found


def _around(kind: str, values: list[Any], *, whole: bool) -> list[Any]:
    if kind == "number":
        ordered = sorted(set(values))
        if whole:
            return sorted({each + step for each in ordered for step in (-1, 0, 1) if (each + step) % 1 == 0})
        between = [(low + high) / 2 for low, high in pairwise(ordered)]
        return [*ordered, *between, ordered[0] - 1, ordered[-1] + 1]
    if kind == "string":
        return [*dict.fromkeys(values), *(f"{each}x" for each in dict.fromkeys(values)), ""]
    if kind in ("date", "date and time") and all(isinstance(each, date) for each in values):
        step = timedelta(seconds=1) if isinstance(values[0], datetime) else timedelta(days=1)
        return [moved for each in dict.fromkeys(values) for moved in (each, each - step, each + step)]
    return list(values) if kind in ("boolean", "time") or "duration" in kind else []


def _shown(column: Column, both: int) -> str:
    value = column.values[(both & -both).bit_length() - 1]
    if isinstance(value, bool):
        return f"{column.label} = {str(value).lower()}"
    if isinstance(value, Decimal):
        return f"{column.label} = {value.normalize():f}"
    return f'{column.label} = "{value}"' if isinstance(value, str) else f"{column.label} = {value}"
