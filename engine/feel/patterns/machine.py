"""Runs a program over a text: depth first, so that the leftmost and preferred match wins."""

from __future__ import annotations

from ..budget import Run
from .program import Program
from .reader import ASSERT, BACK, CHAR, JUMP, MATCH, SAVE

Match = list[int | None]  # start and end of the whole, then of each group
CHARGE = 500  #: moves between two looks at the budget


def search(run: Run, program: Program, text: str, start: int) -> Match | None:
    """The first match at or after `start`. Charges its moves; OverBudget when there are too many.

    A state that was tried once failed: without back-references, what follows depends on the place and
    the instruction only, so the memory holds from one starting point to the next.
    """
    tried: set[object] = set()
    for place in range(start, len(text) + 1):
        found = match_at(run, program, text, place, tried)
        if found is not None:
            return found
        run.spend_pattern(1)
    return None


def match_at(run: Run, program: Program, text: str, start: int, tried: set[object]) -> Match | None:
    code, length = program.code, len(text)
    slots: Match = [None] * (2 * program.groups + 2)
    slots[0] = start
    pending: list[tuple[int, int, Match]] = [(0, start, slots)]
    moves = 0
    while pending:
        at, place, slots = pending.pop()
        while True:
            moves += 1
            if moves == CHARGE:
                run.spend_pattern(moves)
                moves = 0
            operation, first, second = code[at]
            if operation == CHAR:
                if place == length or not first(text[place]):
                    break
                place += 1
                at += 1
            elif operation == MATCH:
                run.spend_pattern(moves)
                slots = slots.copy()
                slots[1] = place
                return slots
            elif operation == JUMP:
                at += first
            elif operation == SAVE:
                slots = slots.copy()
                slots[first] = place
                at += 1
            elif operation == ASSERT:
                if not holds(first, second, text, place):
                    break
                at += 1
            elif operation == BACK:
                end = after_repeat(program, text, place, slots[2 * first], slots[2 * first + 1])
                if end is None:
                    break
                place = end
                at += 1
            else:  # SPLIT
                state = (at, place, tuple(slots)) if program.back_references else at * (length + 1) + place
                if state in tried:
                    break
                tried.add(state)
                pending.append((at + second, place, slots))
                at += first
    run.spend_pattern(moves)
    return None


def holds(sign: str, multiline: bool, text: str, place: int) -> bool:
    if sign == "^":
        return place == 0 or (multiline and text[place - 1] == "\n")
    return place == len(text) or (multiline and text[place] == "\n")


def after_repeat(program: Program, text: str, place: int, start: int | None, end: int | None) -> int | None:
    """Where the text of a group ends when it is repeated there; a group that took no part is empty."""
    if start is None or end is None:
        return place
    wanted, found = text[start:end], text[place : place + end - start]
    same = wanted.lower() == found.lower() if program.any_case else wanted == found
    return place + end - start if same else None
