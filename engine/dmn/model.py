"""What a DMN file holds, once read: decisions, what they need, their tables and expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine import feel
from engine.method import Place
from engine.words import Text

HitPolicy = Literal["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
Aggregation = Literal["", "SUM", "MIN", "MAX", "COUNT"]
MANY: frozenset[HitPolicy] = frozenset(["COLLECT", "RULE ORDER", "OUTPUT ORDER"])  #: those that give a list


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a decision, or that Jalon does not run. An error refuses the decision."""

    severity: Literal["error", "warning"]
    rule: str
    place: Place
    message: Text
    remedy: Text
    decision: str = ""  #: id of the decision or knowledge model that it is in


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of the file, and its FEEL; None where it is empty (a test that always holds, an output that is null)."""

    text: str
    place: Place
    feel: feel.Expression | None

    @property
    def broken(self) -> bool:
        """Whether it says something that could not be read: a problem says what."""
        return self.feel is None and self.text not in ("", "-")


@dataclass(frozen=True, slots=True)
class Input:
    label: str
    expression: Cell
    type: str  #: as written: "number", "string", "integer", the name of an item definition…
    values: Cell | None  #: unary tests that the value must pass


@dataclass(frozen=True, slots=True)
class Output:
    name: str
    type: str
    values: tuple[Any, ...]  #: those listed, the highest priority first
    allowed: Cell | None  #: the same as unary tests of an answer; None: any
    default: Cell | None
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    number: int  #: from 1, as the table shows it
    tests: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    hit: HitPolicy
    aggregation: Aggregation
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Context:
    """Entries in order, each seeing those before; one without a name gives the value of the whole."""

    entries: tuple[tuple[str, Boxed], ...]


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Boxed, ...]


@dataclass(frozen=True, slots=True)
class Invocation:
    function: Cell
    bindings: tuple[tuple[str, Boxed], ...]


@dataclass(frozen=True, slots=True)
class Lambda:
    parameters: tuple[str, ...]
    body: Boxed
    place: Place


Boxed = Cell | Table | Context | Items | Invocation | Lambda


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, or a business knowledge model (whose logic is a `Lambda`)."""

    id: str
    name: str
    variable: str  #: the name under which those that need it read its value
    type: str
    logic: Boxed | None  #: None: it has none, or one that is refused
    needs: tuple[str, ...]  #: ids of decisions and knowledge models
    inputs: tuple[str, ...]  #: names of the input data that it says it reads
    place: Place


@dataclass(frozen=True, slots=True)
class Model:
    file: str
    decisions: Mapping[str, Decision]
    knowledge: Mapping[str, Decision]
    types: Mapping[str, str] = field(default_factory=dict)  #: item definitions: name -> type that they narrow
    problems: tuple[Problem, ...] = ()
    services: Mapping[str, str] = field(default_factory=dict)  #: decision services, which are not run: id -> name
