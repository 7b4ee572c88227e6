"""What cannot be read, before the review makes a finding of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.method import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a diagram that the dialect cannot read. `rule` is the review's rule id."""

    rule: str
    place: Place
    facts: Mapping[str, object]  #: what the sentence of the rule names: str, or Text where it is a name of the drawing
    way: tuple[str, ...] = ()  #: ids of the elements and flows of a course that leads there, in order
    cause: str = ""  #: for which the rule has a remedy of its own; mostly empty
