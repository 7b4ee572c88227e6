"""Names of several words: FEEL lets a name hold spaces and signs, so what is known decides where it ends.

Two words that follow each other are always one name, as no rule of the grammar puts two names side by side;
a name that holds a keyword or a sign ("profit and loss", "a-b") must be known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable

from .lexer import Token, name_parts

#: words that may follow an operand, and so end a name
ENDING = frozenset(["then", "else", "in", "return", "satisfies", "and", "or", "between", "instance"])
KEYWORDS = ENDING | frozenset(["if", "for", "some", "every", "function", "true", "false", "null", "not"])

Index = dict[str, list[tuple[tuple[str, ...], str]]]


def index(names: Iterable[str]) -> Index:
    """Names of two tokens or more, by their first, the longest before."""
    found: Index = {}
    for name in names:
        parts = name_parts(name)
        if len(parts) > 1:
            found.setdefault(parts[0], []).append((parts, name))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


class Vocabulary:
    """The names known at a point of the text: built-ins, those of the caller, those that the text "
    "declares."""

    def __init__(self, builtins: Index, names: Iterable[str]) -> None:
        self.indexes = [index(names), builtins]

    def declare(self, name: str) -> None:
        parts = name_parts(name)
        if len(parts) > 1:
            rows = self.indexes[0].setdefault(parts[0], [])
            rows.append((parts, name))
            rows.sort(key=lambda row: -len(row[0]))

    def longest(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """The longest known name that starts there, and how many tokens it takes."""
        best: tuple[str, int] | None = None
        for rows in self.indexes:
            for parts, name in rows.get(tokens[at].text, ()):
                size = len(parts)
                if best is not None and best[1] >= size:
                    break
                if tuple(token.text for token in tokens[at : at + size]) == parts:
                    best = (name, size)
                    break
        return best


def adjacent_words(tokens: list[Token], at: int) -> int:
    """How many tokens from there are words (or whole numbers after a word) side by side."""
    count = 1
    while True:
        token = tokens[at + count]
        is_word = token.kind == "word" and token.text not in ENDING
        if not is_word and not (token.kind == "number" and token.text.isdigit()):
            return count
        count += 1
