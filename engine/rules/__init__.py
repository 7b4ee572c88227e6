"""The rules of the review, a module a topic: how each finding reads, and its remedy. `review` says when it applies."""

from __future__ import annotations

from engine.rules import (
    camunda8,
    clocks,
    dialect,
    drawing,
    exceptions,
    expressions,
    intent,
    repaired,
    running,
    soundness,
    timers,
)
from engine.rules.rule import Rule, Severity

__all__ = ["RULES", "Rule", "Severity"]

#: by rule id, in the order of the reference
RULES: dict[str, Rule] = {
    **drawing.RULES,
    **running.RULES,
    **soundness.RULES,
    **intent.RULES,
    **timers.RULES,
    **expressions.RULES,
    **dialect.RULES,
    **camunda8.RULES,
    **clocks.RULES,
    **exceptions.RULES,
    **repaired.RULES,
}
