"""What `review` looks for in the computations that criteria and items name."""

from __future__ import annotations

from collections.abc import Iterator

from engine.computations import COMPUTATIONS, parse, why_not
from engine.dialect import Problem
from engine.method import Method, Place


def computation_problems(text: str, place: Place, method: Method) -> Iterator[Problem]:
    """`text`: what a criterion or an item says computes it; empty: a person answers it."""
    if not text:
        return
    formula = parse(text)
    if formula is None or formula.name not in COMPUTATIONS:
        known = ", ".join(COMPUTATIONS)
        yield Problem("unknown-computation", place, {"computed": text, "known": known})
        return
    why = why_not(formula, method)
    if why is not None:
        yield Problem("computation-parameter", place, {"computed": text, "why": why})
