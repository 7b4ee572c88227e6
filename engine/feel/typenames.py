"""How a type is written: ``list<string>``, ``function<number> -> boolean`` (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from .cursor import Cursor
from .types import SIMPLE, Type


class TypeNames(Cursor):
    """The part of the parser that reads types."""

    def type(self) -> Type:
        self.enter()
        found = self.type_inside()
        self.leave()
        return found

    def type_inside(self) -> Type:
        for words in (4, 3, 1):
            name = " ".join(token.text for token in self.tokens[self.index : self.index + words]).lower()
            if name in SIMPLE:
                self.index += words
                return Type(SIMPLE[name])
        if self.word("list"):
            return Type("list", self.type_parts(1))
        if self.word("range"):
            return Type("range", self.type_parts(1))
        if self.word("function"):
            parameters = self.type_parts(None)
            self.need("->")
            return Type("function", (*parameters, self.type()))
        if self.word("context"):
            return Type("context", entries=self.type_entries())
        raise self.unexpected("un type (« number », « list<string> »…)", "a type ('number', 'list<string>'…)")

    def type_parts(self, count: int | None) -> tuple[Type, ...]:
        self.need("<")
        parts: list[Type] = []
        while not self.symbol(">"):
            if parts:
                self.need(",")
            parts.append(self.type())
        if count is not None and len(parts) != count:
            raise self.unexpected("un seul type entre « < » et « > »", "one type between '<' and '>'")
        return tuple(parts)

    def type_entries(self) -> tuple[tuple[str, Type], ...]:
        self.need("<")
        entries: list[tuple[str, Type]] = []
        while not self.symbol(">"):
            if entries:
                self.need(",")
            name = self.declared()
            self.need(":")
            entries.append((name, self.type()))
        return tuple(entries)
