"""What the compilation of every node shares: the dispatch, the count of nodes, the failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import DecimalException
from typing import Any

from . import nodes
from .budget import NODES_A_STEP
from .decimal34 import out_of_range
from .errors import Refusal, refuse
from .scope import Evaluator
from .values import Value, in_english, in_french, kind

FAILURES = (Refusal, DecimalException)
Handler = Callable[["Compiler", Any], Evaluator]


class Compiler:
    """Makes the closure of a node, and counts nodes so that a body that runs often is charged for its "
    "size."""

    def __init__(self, handlers: Mapping[type, Handler]) -> None:
        self.handlers = handlers
        self.count = 0

    def compile(self, node: nodes.Node) -> Evaluator:
        self.count += 1
        return self.handlers[type(node)](self, node)

    def weighed(self, node: nodes.Node) -> tuple[Evaluator, int]:
        """The closure of a body, and the steps that one run of it costs."""
        before = self.count
        body = self.compile(node)
        return body, 1 + (self.count - before) // NODES_A_STEP


def as_refusal(error: Exception) -> Refusal:
    return error if isinstance(error, Refusal) else out_of_range()


def not_boolean(value: Value) -> Refusal:
    return refuse(
        f"Attendu : vrai ou faux. Reçu : {in_french(kind(value))}. Écrivez une comparaison.",
        f"Expected true or false, got {in_english(kind(value))}. Write a comparison.",
    )
