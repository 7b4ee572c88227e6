"""What the parser builds: one frozen class a construct. `at` is the place in the text, from 0.

Chains (a + b - c, a.b[1](x), a and b and c) are flat, so that a long text is not a deep tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from .types import Type
from .values import Value


@dataclass(frozen=True, slots=True)
class Node:
    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Comparator(Node):
    """``< 5``: a range without its other end, or, as a test, a comparison with the value tested."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Negation(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`first`, then each operator, its place and its right side, from left to right."""

    first: Node
    rest: tuple[tuple[str, int, Node], ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    type: Type


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """`first`, then what is asked of it: Comparator, Between, In or InstanceOf."""

    first: Node
    rest: tuple[Comparator | Between | In | InstanceOf, ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``and`` or ``or`` between two operands or more."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """``name in source``, or ``name in source..end``."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some`` when `some` is true, else ``every``."""

    some: bool
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    parameters: tuple[tuple[str, Type | None], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Path(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """Arguments by position, or by name (`names` then has as many)."""

    arguments: tuple[Node, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Postfix(Node):
    """`base`, then each path, filter or call that follows it."""

    base: Node
    rest: tuple[Path | Filter | Call, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """The cell of a decision table: one test at least must hold of ``?``, or none when negated."""

    tests: tuple[Node, ...]
    negated: bool
