"""Regular expressions of XPath, as FEEL's `matches`, `replace` and `split` take them.

Python's `re` can take exponential time and cannot be stopped from inside, so the patterns run on a small
machine of our own. It remembers each (instruction, place) that failed, so that a search costs at most
length of the program × length of the text; with a back-reference, where that does not hold, and for long
texts, its moves are counted and the budget of the evaluation ends it. No thread, no timer, no clock.

Source: XPath and XQuery Functions and Operators 3.1, section 5.6, and XML Schema part 2, appendix G.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..budget import Run
from ..errors import refuse
from .machine import Match, search
from .program import Program, compile_pattern

FLAGS = frozenset("smixq")


@lru_cache(128)
def pattern(text: str, flags: str) -> Program:
    """The program of a pattern. Refuses an unknown flag, a broken pattern, one that is too large."""
    for flag in flags:
        if flag not in FLAGS:
            raise refuse(
                f"Les options d’un motif sont s, m, i, x et q, « {flag} » a été reçu. Retirez-la.",
                f"The flags of a pattern are s, m, i, x and q, got '{flag}'. Remove it.",
            )
    return compile_pattern(text, frozenset(flags))


def matches(run: Run, text: str, program: Program) -> bool:
    return search(run, program, text, 0) is not None


def occurrences(run: Run, text: str, program: Program) -> Iterator[Match]:
    """What matches, from left to right. Refuses a pattern that matches nothing at all, as XPath does."""
    if search(run, program, "", 0) is not None:
        raise refuse(
            "Le motif peut correspondre à un texte vide : rien à remplacer ni à couper. Exigez un caractère au moins.",
            "The pattern can match an empty string: nothing to replace or split at. Ask for one character at least.",
        )
    place = 0
    while True:
        found = search(run, program, text, place)
        if found is None:
            return
        yield found
        end = found[1]
        assert end is not None  # a match has an end
        place = max(end, place + 1)


__all__ = ["Match", "Program", "matches", "occurrences", "pattern"]
