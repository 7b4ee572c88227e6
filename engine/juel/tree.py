"""What an expression says, whatever the language it came in."""

from __future__ import annotations

from dataclasses import dataclass


class Unsure(Exception):
    """The expression says something that has no certain translation."""


class Tree:
    """One part of an expression."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Tree):
    value: str | bool | None


@dataclass(frozen=True, slots=True)
class Number(Tree):
    digits: str


@dataclass(frozen=True, slots=True)
class Path(Tree):
    """A variable, then the entries that lead into it."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not(Tree):
    operand: Tree


@dataclass(frozen=True, slots=True)
class Minus(Tree):
    operand: Tree


@dataclass(frozen=True, slots=True)
class Empty(Tree):
    """JUEL's `empty`: null, no text, no item, no entry."""

    operand: Tree


@dataclass(frozen=True, slots=True)
class Binary(Tree):
    """`sign` is FEEL's: and or = != < <= > >= + - * / %. `adds`: its "+" never makes text of two texts."""

    sign: str
    left: Tree
    right: Tree
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Choice(Tree):
    condition: Tree
    yes: Tree
    no: Tree


@dataclass(frozen=True, slots=True)
class Call(Tree):
    """A method of a value that is known to be safe, by the name that `writing` gives it."""

    method: str
    target: Tree
    arguments: tuple[Tree, ...] = ()
