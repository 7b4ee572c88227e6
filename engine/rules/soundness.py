"""The rules on where a drawing leads: every case can end, ends once, and nothing is dead."""

from __future__ import annotations

from engine.rules.rule import Rule

RULES: dict[str, Rule] = {}
