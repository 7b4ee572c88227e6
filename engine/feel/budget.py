"""What one expression may cost: limits fixed once, and the account of one evaluation.

A step is one iteration, one call, or the handling of a large value; a body of more than
``NODES_A_STEP`` nodes costs one step more for each such slice, so that the time of an
evaluation is bounded by the budget whatever the shape of the text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .errors import FeelEvaluationError, Message, OverBudget, Refusal

MAX_CHARACTERS = 4_000  #: length of an expression
MAX_DEPTH = 60  #: nesting of an expression, of calls, and of the values that go in or come out
MAX_STEPS = 20_000  #: steps of one evaluation
MAX_ITEMS = 20_000  #: items of one list, and values in one result
MAX_STRING = 100_000  #: characters of one string
MAX_PATTERN_STEPS = 200_000  #: moves of the pattern machine in one evaluation
MAX_PATTERN_SIZE = 2_000  #: instructions of one compiled pattern
NODES_A_STEP = 25
CHARACTERS_A_STEP = 1_000
ITEMS_A_STEP = 100


class Account:
    """What several evaluations spend together: they share the limits of one."""

    __slots__ = ("pattern_steps", "steps")

    def __init__(self) -> None:
        self.steps = 0
        self.pattern_steps = 0


class Run:
    """One evaluation: what it has spent, the moment it is given, and how it treats an error."""

    __slots__ = ("depth", "now", "pattern_steps", "source", "steps", "strict")

    def __init__(self, source: str, *, now: datetime | None, strict: bool) -> None:
        self.source = source
        self.now = now
        self.strict = strict
        self.steps = 0
        self.depth = 0
        self.pattern_steps = 0

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise too_much(f"plus de {MAX_STEPS} pas", f"more than {MAX_STEPS} steps")

    def spend_pattern(self, steps: int) -> None:
        self.pattern_steps += steps
        if self.pattern_steps > MAX_PATTERN_STEPS:
            raise too_much(
                f"plus de {MAX_PATTERN_STEPS} pas de recherche de motif",
                f"more than {MAX_PATTERN_STEPS} steps of pattern search",
            )

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_much(f"plus de {MAX_DEPTH} appels imbriqués", f"calls nested deeper than {MAX_DEPTH}")

    def leave(self) -> None:
        self.depth -= 1

    def built(self, value: object) -> None:
        """Charge a value that has just been built; refuse it when it is too large."""
        if isinstance(value, str):
            check_string(len(value))
            if len(value) >= CHARACTERS_A_STEP:
                self.spend(len(value) // CHARACTERS_A_STEP)
        elif isinstance(value, (list, dict)):
            check_items(len(value))
            if len(value) >= ITEMS_A_STEP:
                self.spend(len(value) // ITEMS_A_STEP)

    def fail(self, refusal: Refusal, position: int) -> Any:
        """An error at `position`: an incident in strict mode, FEEL's null otherwise.

        A budget that is used up is an incident in both.
        """
        if self.strict or isinstance(refusal, OverBudget):
            over = isinstance(refusal, OverBudget)
            raise FeelEvaluationError(refusal.message, self.source, position, over) from None
        return None


def check_string(length: int) -> None:
    if length > MAX_STRING:
        raise too_much(f"un texte de plus de {MAX_STRING} caractères", f"a string of more than {MAX_STRING} characters")


def check_items(count: int) -> None:
    if count > MAX_ITEMS:
        raise too_much(f"une liste de plus de {MAX_ITEMS} éléments", f"a list of more than {MAX_ITEMS} items")


def too_much(french: str, english: str) -> OverBudget:
    return OverBudget(
        Message(
            f"L’expression dépasse son budget : {french}. Réduisez les données qu’elle parcourt ou simplifiez-la.",
            f"The expression is over its budget: {english}. Reduce the data it goes through or simplify it.",
        )
    )
