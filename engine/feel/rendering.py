"""The text of a value: what ``string(…)`` gives (DMN 1.5, 10.3.2.13)."""

from __future__ import annotations

import re
from decimal import Decimal

from .budget import MAX_DEPTH, check_string, too_much
from .decimal34 import plain
from .values import Function, Range, Value

PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")


def render(value: Value) -> str:
    """A string is itself at the top and quoted inside."""
    if isinstance(value, str):
        return value
    parts: list[str] = []
    Writer(parts).write(value, 0)
    return "".join(parts)


class Writer:
    """Writes part by part and stops at the limit of a string: shared lists could unfold without end."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.length = 0

    def put(self, text: str) -> None:
        self.length += len(text)
        check_string(self.length)
        self.parts.append(text)

    def write(self, value: Value, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_much(f"plus de {MAX_DEPTH} niveaux", f"more than {MAX_DEPTH} levels")
        if isinstance(value, list):
            self.put("[")
            for index, item in enumerate(value):
                self.put(", " if index else "")
                self.write(item, depth + 1)
            self.put("]")
        elif isinstance(value, dict):
            self.put("{")
            for index, (key, item) in enumerate(value.items()):
                self.put((", " if index else "") + (key if PLAIN_KEY.fullmatch(key) else quoted(key)) + ": ")
                self.write(item, depth + 1)
            self.put("}")
        elif isinstance(value, Range):
            self.put("[" if value.start_included else "(")
            self.write(value.start, depth + 1)
            self.put("..")
            self.write(value.end, depth + 1)
            self.put("]" if value.end_included else ")")
        else:
            self.put(scalar(value))


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
