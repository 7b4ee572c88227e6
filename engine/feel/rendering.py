"""The text of a value: what ``string(…)`` gives (DMN 1.5, 10.3.2.13)."""

from __future__ import annotations

import re
from decimal import Decimal

from .budget import MAX_DEPTH, check_string, too_much
from .decimal34 import plain
from .values import Function, Range, Value

PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")


class Sign(str):
    """Text that is written as it is, between values."""

    __slots__ = ()


def render(value: Value) -> str:
    """A string is itself at the top and quoted inside.

    Part by part, up to the limit of a string: shared lists could unfold without end.
    """
    if isinstance(value, str):
        return value
    written: list[str] = []
    length = 0
    pending: list[tuple[Value, int]] = [(value, 0)]
    while pending:
        item, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise too_much(f"plus de {MAX_DEPTH} niveaux", f"more than {MAX_DEPTH} levels")
        if isinstance(item, (list, dict, Range)):
            pending += [(part, depth + 1) for part in reversed(parts(item))]
        else:
            text = item if isinstance(item, Sign) else scalar(item)
            length += len(text)
            check_string(length)
            written.append(text)
    return "".join(written)


def parts(value: list[Value] | dict[str, Value] | Range) -> list[Value]:
    """The values inside, and the signs between them."""
    if isinstance(value, Range):
        left, right = "[" if value.start_included else "(", "]" if value.end_included else ")"
        return [Sign(left), value.start, Sign(".."), value.end, Sign(right)]
    if isinstance(value, list):
        inside = [part for item in value for part in (Sign(", "), item)]
        return [Sign("["), *inside[1:], Sign("]")]
    inside = [part for key, item in value.items() for part in (Sign(", "), Sign(f"{label(key)}: "), item)]
    return [Sign("{"), *inside[1:], Sign("}")]


def label(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else quoted(key)


def scalar(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Function):
        return f"function {value.name}"
    return str(value)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
