"""A pattern -> instructions, by a descent over its text.

CHAR test · SPLIT a, b (try a, then b) · JUMP a · SAVE slot · ASSERT start or end · BACK group · MATCH
"""

from __future__ import annotations

from typing import Any

from ..budget import MAX_DEPTH, MAX_PATTERN_SIZE, too_much
from ..errors import Refusal, refuse
from .classes import CharacterSet, Member, cases, opposite, property_set, shorthand

CHAR, SPLIT, JUMP, SAVE, ASSERT, BACK, MATCH = range(7)
Instruction = tuple[int, Any, Any]
Code = list[Instruction]  # jumps are relative, so that code can be placed anywhere
SINGLE = {"n": "\n", "r": "\r", "t": "\t"}
LITERAL_ESCAPES = frozenset("\\|.-^?*+{}()[]$")
MAX_REPEAT = 1_000


class Reader:
    """A descent over the pattern. Groups are numbered as they open."""

    def __init__(self, text: str, flags: frozenset[str]) -> None:
        self.text = text
        self.flags = flags
        self.place = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.back_references = False

    def peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise broken(self.text)
        self.place += 1
        return character

    def alternatives(self, depth: int) -> Code:
        if depth > MAX_DEPTH:
            raise too_large()
        branches = [self.branch(depth)]
        while self.peek() == "|":
            self.place += 1
            branches.append(self.branch(depth))
        code = branches.pop()
        while branches:
            first = branches.pop()
            code = [(SPLIT, 1, len(first) + 2), *first, (JUMP, len(code) + 1, None), *code]
            if len(code) > MAX_PATTERN_SIZE:
                raise too_large()
        return code

    def branch(self, depth: int) -> Code:
        code: Code = []
        while self.peek() and self.peek() not in "|)":
            code += self.quantified(self.atom(depth))
            if len(code) > MAX_PATTERN_SIZE:
                raise too_large()
        return code

    def quantified(self, atom: Code) -> Code:
        low, high = self.bounds()
        if (low, high) == (1, 1):
            return atom
        lazy = self.peek() == "?"
        if lazy:
            self.place += 1
        if max(low, high or 0) * len(atom) > MAX_PATTERN_SIZE:
            raise too_large()
        code = atom * low
        size = len(atom)
        if high is None:
            loop = (SPLIT, size + 2, 1) if lazy else (SPLIT, 1, size + 2)
            return [*code, loop, *atom, (JUMP, -size - 1, None)]
        for left in range(high - low, 0, -1):
            over = left * (size + 1)
            code = [*code, (SPLIT, over, 1) if lazy else (SPLIT, 1, over), *atom]
        return code

    def bounds(self) -> tuple[int, int | None]:
        """What follows an atom: at least, at most (None: no end)."""
        sign = self.peek()
        if sign and sign in "?*+":
            self.place += 1
            return {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        if sign != "{":
            return 1, 1
        end = self.text.find("}", self.place)
        low, comma, high = self.text[self.place + 1 : max(end, self.place)].partition(",")
        good = end > 0 and digits(low) and (not comma or not high or digits(high))
        if not good:
            raise broken(self.text)
        self.place = end + 1
        least, most = int(low), int(high) if high else (None if comma else int(low))
        if least > MAX_REPEAT or (most or 0) > MAX_REPEAT:
            raise too_large()
        if most is not None and most < least:
            raise broken(self.text)
        return least, most

    def atom(self, depth: int) -> Code:
        character = self.take()
        if character == "(":
            return self.group(depth)
        if character == "[":
            return [(CHAR, self.character_class(depth), None)]
        if character == ".":
            anything = "s" in self.flags
            return [(CHAR, (lambda c: True) if anything else (lambda c: c not in "\n\r"), None)]
        if character in "^$":
            return [(ASSERT, character, "m" in self.flags)]
        if character == "\\":
            return self.escape()
        if character in "?*+{}])":
            raise broken(self.text)
        return [self.literal(character)]

    def group(self, depth: int) -> Code:
        if self.text.startswith("?:", self.place):
            self.place += 2
            code, number = self.alternatives(depth + 1), 0
        else:
            self.groups += 1
            number = self.groups
            code = self.alternatives(depth + 1)
            code = [(SAVE, 2 * number, None), *code, (SAVE, 2 * number + 1, None)]
        if self.take() != ")":
            raise broken(self.text)
        self.closed.add(number)
        return code

    def escape(self) -> Code:
        letter = self.peek()
        if letter.isdigit() and letter.isascii():
            return [(BACK, self.back_reference(), None)]
        return [(CHAR, self.cased(self.escaped()), None)]

    def back_reference(self) -> int:
        """The longest number of a group that is closed already."""
        number = int(self.take())
        if number == 0 or number not in self.closed:
            raise broken(self.text)
        while digits(self.peek()) and number * 10 + int(self.peek()) in self.closed:
            number = number * 10 + int(self.take())
        self.back_references = True
        return number

    def escaped(self) -> Member | str:
        """One character, or a set, after a backslash."""
        letter = self.take()
        if letter in SINGLE:
            return SINGLE[letter]
        if letter in LITERAL_ESCAPES:
            return letter
        if letter in "sSdDwWiIcC":
            return shorthand(letter)
        if letter in "pP" and self.peek() == "{":
            end = self.text.find("}", self.place)
            member = property_set(self.text[self.place + 1 : end]) if end > 0 else None
            if member is not None:
                self.place = end + 1
                return opposite(member) if letter == "P" else member
        raise broken(self.text)

    def character_class(self, depth: int) -> CharacterSet:
        if depth > MAX_DEPTH:
            raise too_large()
        negated = self.peek() == "^"
        self.place += negated
        ranges: list[tuple[str, str]] = []
        members: list[Member] = []
        without = None
        first = True
        while first or self.peek() != "]":
            if self.text.startswith("-[", self.place) and not first:
                self.place += 2
                without = self.character_class(depth + 1)
                if self.peek() != "]":
                    raise broken(self.text)
                break
            first = False
            low = self.class_item()
            if not isinstance(low, str):
                members.append(low)
                continue
            ranges.append((low, self.range_end(low)))
        self.take()
        return CharacterSet(tuple(ranges), tuple(members), negated, without, "i" in self.flags)

    def class_item(self) -> Member | str:
        character = self.take()
        if character == "\\":
            return self.escaped()
        if character in "[]":
            raise broken(self.text)
        return character

    def range_end(self, low: str) -> str:
        following = self.text[self.place + 1 : self.place + 2]
        if self.peek() != "-" or following in ("]", "["):
            return low
        self.place += 1
        high = self.class_item()
        if not isinstance(high, str) or high < low:
            raise broken(self.text)
        return high

    def literal(self, character: str) -> Instruction:
        return (CHAR, self.cased(character), None)

    def cased(self, wanted: Member | str) -> Member:
        if not isinstance(wanted, str):
            return wanted
        if "i" in self.flags:
            return cases(wanted).__contains__
        return wanted.__eq__


def digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


def broken(text: str) -> Refusal:
    shown = text[:60]
    return refuse(
        f"« {shown} » n’est pas un motif que FEEL accepte (expressions rationnelles de XPath). Corrigez-le.",
        f"'{shown}' is not a pattern that FEEL takes (regular expressions of XPath). Correct it.",
    )


def too_large() -> Refusal:
    return too_much(
        f"un motif de plus de {MAX_PATTERN_SIZE} instructions",
        f"a pattern of more than {MAX_PATTERN_SIZE} instructions",
    )
