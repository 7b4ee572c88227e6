"""What a business rule task keeps of a decision: the variables that it sets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.dmn.decisions import Decisions
from engine.errors import Incident
from engine.words import Text


def answers(
    decisions: Decisions,
    id: str,
    context: Mapping[str, Any],
    *,
    variable: str = "",
    mapping: str = "",
    now: datetime | None = None,
) -> dict[str, Any]:
    """The variables that a task sets, by name.

    With a `variable` (`camunda:resultVariable`) it holds the value: as the standard has it, or in the form that
    `mapping` (`camunda:mapDecisionResult`) asks for. Without one, each output is a variable of its own name, null where
    no rule holds; a table of many answers gives lists. Raises `Incident`, as `Decisions.decide`.
    """
    value = decisions.decide(id, context, now=now)
    names = decisions.outputs(id)
    if variable:
        return {variable: _mapped(id, mapping, _rows(decisions, id, value), value)}
    rows = _rows(decisions, id, value)
    if decisions.answers_many(id):
        return {name: [row.get(name) for row in rows] for name in names}
    return {name: rows[0].get(name) if rows else None for name in names}


def _rows(decisions: Decisions, id: str, value: Any) -> list[dict[str, Any]]:
    """Each answer by the names of its outputs."""
    names = decisions.outputs(id)
    found = (value or []) if decisions.answers_many(id) else [] if value is None else [value]
    return [dict(each) if len(names) > 1 and isinstance(each, dict) else {names[0]: each} for each in found]


def _mapped(id: str, mapping: str, rows: list[dict[str, Any]], value: Any) -> Any:
    if mapping in ("singleEntry", "singleResult") and len(rows) > 1:
        raise _too_many(id, mapping, len(rows))
    if mapping == "singleResult":
        return rows[0] if rows else None
    if mapping == "resultList":
        return rows
    if mapping in ("singleEntry", "collectEntries"):
        entries = [entry for row in rows for entry in row.values()]
        if any(len(row) != 1 for row in rows):
            raise _too_many(id, mapping, len(entries))
        return entries if mapping == "collectEntries" else (entries[0] if entries else None)
    return value


def _too_many(id: str, mapping: str, count: int) -> Incident:
    return Incident(
        why=Text(
            f"la décision « {id} » donne {count} valeurs, et la tâche en attend une ({mapping}).",
            f"the decision “{id}” gives {count} values, and the task expects one ({mapping}).",
        )
    )
