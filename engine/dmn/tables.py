"""A decision table applied: which rules hold, and what the hit policy makes of their outputs (DMN 1.5, 8.2)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.dmn.model import MANY, Cell, Decision, Row, Table
from engine.dmn.texts import checked_kind
from engine.errors import Incident
from engine.words import Text

if TYPE_CHECKING:
    from engine.dmn.evaluation import Evaluation

COLLECT = {
    "SUM": feel.compile("sum(values)"),
    "MIN": feel.compile("min(values)"),
    "MAX": feel.compile("max(values)"),
}


def apply(evaluation: Evaluation, decision: Decision, table: Table, scope: Mapping[str, Any]) -> Any:
    rows = _held(evaluation, decision, table, scope)
    if not rows and any(output.default is not None for output in table.outputs):
        cells = tuple(output.default or Cell("", output.place, None) for output in table.outputs)
        default = _output(evaluation, decision, table, cells, scope, Text("par défaut", "by default"))
        return [default] if table.hit in MANY and not table.aggregation else default
    if table.hit == "FIRST":
        rows = rows[:1]
    found = [_output(evaluation, decision, table, row.outputs, scope, _named(row)) for row in rows]
    return _policy(evaluation, decision, table, rows, found)


def _held(evaluation: Evaluation, decision: Decision, table: Table, scope: Mapping[str, Any]) -> list[Row]:
    columns: list[Mapping[str, Any]] = []
    for column in table.inputs:
        value = evaluation.computed(decision, column.expression, scope)
        tested = {**scope, "?": value}
        kind = checked_kind(column.type, evaluation.model.types)
        if kind and value is not None and feel.kind_of(value) != kind:
            raise _wrong(
                decision,
                column.expression,
                Text(
                    f"la colonne « {column.label} » attend le type {column.type} ; reçu : {_shown(value)}.",
                    f"the column “{column.label}” expects the type {column.type}; got: {_shown(value)}.",
                ),
            )
        if column.values is not None and evaluation.computed(decision, column.values, tested) is not True:
            raise _wrong(
                decision,
                column.values,
                Text(
                    f"{_shown(value)} n’est pas une valeur de « {column.label} » ({column.values.text}).",
                    f"{_shown(value)} is not a value of “{column.label}” ({column.values.text}).",
                ),
            )
        columns.append(tested)
    return [row for row in table.rows if _holds(evaluation, decision, row, columns)]


def _holds(evaluation: Evaluation, decision: Decision, row: Row, columns: list[Mapping[str, Any]]) -> bool:
    for cell, tested in zip(row.tests, columns, strict=True):
        if cell.feel is None:
            continue
        answer = evaluation.computed(decision, cell, tested, _named(row))
        if answer is False:
            return False
        if answer is not True:
            why = Text(f"« {cell.text} » ne vaut ni vrai ni faux.", f"“{cell.text}” is neither true nor false.")
            raise _wrong(decision, cell, why)
    return True


def _output(
    evaluation: Evaluation,
    decision: Decision,
    table: Table,
    cells: tuple[Cell, ...],
    scope: Mapping[str, Any],
    where: Text,
) -> Any:
    """One value, or a context of all columns; a value that its column does not allow is an incident."""
    values = [evaluation.computed(decision, cell, scope, where) for cell in cells]
    for value, output, cell in zip(values, table.outputs, cells, strict=True):
        if output.allowed is None or cell.feel is None:
            continue
        if evaluation.computed(decision, output.allowed, {**scope, "?": value}) is not True:
            why = Text(
                f"{_shown(value)} n’est pas une valeur de la sortie « {output.name} ».",
                f"{_shown(value)} is not a value of the output “{output.name}”.",
            )
            raise _wrong(decision, cell, why)
    if len(table.outputs) == 1:
        return values[0]
    return {output.name: value for output, value in zip(table.outputs, values, strict=True)}


def _policy(evaluation: Evaluation, decision: Decision, table: Table, rows: list[Row], found: list[Any]) -> Any:
    if table.aggregation == "COUNT":
        return Decimal(len(found))
    if table.aggregation:
        cell = Cell(f"{table.aggregation.lower()}(values)", table.place, COLLECT[table.aggregation])
        return evaluation.computed(decision, cell, {"values": found}) if found else None
    if table.hit in ("PRIORITY", "OUTPUT ORDER"):
        found = sorted(found, key=lambda value: _rank(table, value))
    if table.hit in MANY:
        return found
    if table.hit in ("UNIQUE", "ANY") and len(found) > 1:
        _one_only(decision, table, rows, found)
    return found[0] if found else None


def _one_only(decision: Decision, table: Table, rows: list[Row], found: list[Any]) -> None:
    different = next((place for place, value in enumerate(found) if value != found[0]), None)
    if table.hit == "ANY" and different is None:
        return
    one, other = rows[0].number, rows[different if table.hit == "ANY" and different else 1].number
    why = Text(
        f"les règles {one} et {other} valent toutes deux, dans une table {table.hit}. Séparez-les ou prenez FIRST.",
        f"rules {one} and {other} both hold, in a table that is {table.hit}. Separate them, or take FIRST.",
    )
    raise _wrong(decision, Cell("", rows[1].place, None), why)


def _rank(table: Table, value: Any) -> list[int]:
    """The places of the outputs among the values of their columns, the first column before the second."""
    values = [value] if len(table.outputs) == 1 else list(value.values())
    return [
        output.values.index(each) if each in output.values else len(output.values)
        for output, each in zip(table.outputs, values, strict=True)
    ]


def _named(row: Row) -> Text:
    return Text(f"règle {row.number}", f"rule {row.number}")


def _shown(value: Any) -> str:
    return f"« {value} »" if isinstance(value, str) else str(value)


def _wrong(decision: Decision, cell: Cell, why: Text) -> Incident:
    at = cell.place
    return Incident(
        why=Text(
            f"{at.file}, ligne {at.line}, décision « {decision.name} » : {why.fr}",
            f"{at.file}, line {at.line}, decision “{decision.name}”: {why.en}",
        )
    )
