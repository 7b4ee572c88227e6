"""What a rewrite says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.diagram import Diagram, Node
from engine.method import Place


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that a rewrite changed. `rule` is the id of its sentence, `facts` what that says."""

    rule: str
    place: Place
    facts: dict[str, Any]


@dataclass
class Rewrite:
    """The diagrams that a rewrite changes in place, and what it did."""

    diagrams: list[Diagram]
    dialect: str = ""  #: where the diagrams' own namespaces are not to tell
    done: list[Repair] = field(default_factory=list)

    def did(self, rule: str, node: Node, **facts: object) -> None:
        self.done.append(Repair(rule, node.place, {name: str(value) for name, value in facts.items()}))


#: changes the diagrams of a `Rewrite`, and says what it did
Step = Callable[[Rewrite], None]
