"""Decisions drawn in DMN, from 1.1 to 1.5: read from .dmn files, checked, and made in FEEL.

    decisions = read(content, "aides.dmn")
    decisions.problems                                   # what is wrong in them, with lines
    decisions.decide("Decision_aide", {"montant": 3000})  # 'commission'

file -> model (`reading`, `texts`) -> problems (`checks`, `overlaps`) -> value (`decisions`, `tables`).
Reference: docs/reference/decisions.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.beside import is_decision, is_form, running
from engine.dmn.answers import answers
from engine.dmn.checks import checked
from engine.dmn.decisions import Decisions
from engine.dmn.model import Problem
from engine.dmn.reading import read_model


def apart(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The diagrams among the files of a method, and the decisions (.dmn), each in the order of their names.

    What stands beside them (scenarios, forms of Camunda 8) is neither: `engine.diagram.drawn_in` reads both together.
    """
    drawn: dict[str, bytes] = {}
    decided: dict[str, bytes] = {}
    for name, content in sorted(running(files).items()):
        if not is_form(name):
            (decided if is_decision(name) else drawn)[name] = content
    return drawn, decided


def read(content: bytes, name: str) -> Decisions:
    """The decisions of one file, called `name` in messages. Raises `TooLarge`, and `Unreadable` for what is not DMN."""
    model = read_model(content, name)
    return Decisions(model, checked(model))


__all__ = ["Decisions", "Problem", "answers", "apart", "read"]
