"""The built-in functions of DMN 1.5 (10.3.4), one file a family, gathered here by name.

A family states each signature as the standard writes it; `signature.py` checks and fits the arguments.
"""

from __future__ import annotations

from ..values import Function
from . import aggregate, context, convert, list, number, ranges, string, temporal
from .signature import Library

BUILTINS: dict[str, Function] = {}


def gather(*libraries: Library) -> None:
    for library in libraries:
        for name, function in library.functions.items():
            assert name not in BUILTINS, name
            BUILTINS[name] = function


gather(
    aggregate.LIBRARY,
    context.LIBRARY,
    convert.LIBRARY,
    list.LIBRARY,
    number.LIBRARY,
    ranges.LIBRARY,
    string.LIBRARY,
    temporal.LIBRARY,
)

__all__ = ["BUILTINS"]
