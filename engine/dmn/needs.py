"""What a decision needs: other decisions, knowledge, variables of the process."""

from __future__ import annotations

from typing import Any

from engine import feel
from engine.dmn.model import Cell, Context, Decision, Invocation, Items, Lambda, Model, Table


def with_needs(model: Model, decision: Decision, seen: frozenset[str]) -> frozenset[str]:
    """The ids of a decision and of all that it needs."""
    seen |= {decision.id}
    for id in decision.needs:
        needed = model.decisions.get(id) or model.knowledge.get(id)
        if needed is not None and id not in seen:
            seen |= with_needs(model, needed, seen)
    return seen


def reads(model: Model, decision: Decision, seen: frozenset[str]) -> set[str]:
    names = set(_names(decision.logic))
    given: set[str] = set()
    for id in decision.needs:
        needed = model.decisions.get(id) or model.knowledge.get(id)
        if needed is None or id in seen:
            continue
        given |= {needed.variable}
        if isinstance(needed.logic, Table):
            given |= {output.name for output in needed.logic.outputs}
        if id in model.decisions:
            names |= reads(model, needed, seen | {decision.id})
    return names - given - {"?"}


def _names(logic: Any) -> frozenset[str]:
    """What the texts of a logic read, its own entries and parameters left out."""
    if isinstance(logic, Cell):
        return frozenset() if logic.feel is None else logic.feel.names | logic.feel.functions - feel.BUILTINS
    if isinstance(logic, Table):
        cells = [each.expression for each in logic.inputs]
        cells += [cell for row in logic.rows for cell in (*row.tests, *row.outputs)]
        return frozenset().union(*map(_names, cells)) - {"?"}
    if isinstance(logic, Context):
        return frozenset().union(*(_names(each) for _, each in logic.entries)) - {name for name, _ in logic.entries}
    if isinstance(logic, Items):
        return frozenset().union(*map(_names, logic.items))
    if isinstance(logic, Invocation):
        return frozenset().union(_names(logic.function), *(_names(each) for _, each in logic.bindings))
    return _names(logic.body) - set(logic.parameters) if isinstance(logic, Lambda) else frozenset()
