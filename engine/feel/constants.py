"""The values that a text names: where what it accepts may begin and end."""

from __future__ import annotations

from dataclasses import fields
from decimal import localcontext
from typing import Any

from . import nodes
from .conversion import Exit
from .decimal34 import CONTEXT
from .errors import Refusal
from .expression import Expression, parsed
from .literals import NOT_LITERAL, literal


def constants(expression: Expression) -> tuple[Any, ...]:
    """The literals of an expression, as plain Python, in order; ``date("2026-01-01")`` is one."""
    found: list[Any] = []
    with localcontext(CONTEXT):
        collect(parsed(expression.text, expression.unary, expression.names), found)
        return tuple(Exit().to_python(value) for value in found)


def collect(node: object, found: list[Any]) -> None:
    if isinstance(node, tuple):
        for each in node:
            collect(each, found)
    elif isinstance(node, nodes.Node):
        value = known(node)
        if value is not NOT_LITERAL:
            found.append(value)
            return
        for each_field in fields(node):
            collect(getattr(node, each_field.name), found)


def known(node: nodes.Node) -> Any:
    try:
        return literal(node)
    except Refusal:
        return NOT_LITERAL
