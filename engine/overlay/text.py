"""The text form of an overlay: YAML that `write` writes one way only, so that two versions compare line by line.

`read(write(overlay)) == overlay`, and `write(read(text)) == text` for any text that `write` wrote. The last line is a
fingerprint of the others: a file that says who approved it and was changed by hand since is refused; one without a
fingerprint is a draft, which nobody approved (docs/reference/overlays.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import Any

from engine.document import read as read_words
from engine.errors import OverlayEdited, OverlayUnreadable
from engine.method import Column, Field, Item, Option
from engine.overlay.operations import Local, Operation, Overlay
from engine.overlay.said import Reader
from engine.words import Text

FINGERPRINT = "fingerprint"


def read(content: bytes, file: str) -> Overlay:
    """Raises `OverlayUnreadable`, which says the line, and `OverlayEdited`."""
    said = read_words(content, file, OverlayUnreadable)
    reader = Reader(file)
    overlay = reader.overlay(said)
    sealed = reader.fingerprint(said)
    if sealed is not None and sealed.text != fingerprint(overlay):
        raise OverlayEdited(file=file, line=sealed.line)
    if sealed is None and overlay.approver:
        raise OverlayEdited(file=file, line=said.line)
    return overlay


def write(overlay: Overlay) -> str:
    """The canonical text."""
    return f'{_body(overlay)}{FINGERPRINT}: "{fingerprint(overlay)}"\n'


def fingerprint(overlay: Overlay) -> str:
    return hashlib.sha256(_body(overlay).encode()).hexdigest()


def _body(overlay: Overlay) -> str:
    lines = [f"overlay: {_quoted(overlay.bound_to)}"]
    for name in ("service", "reason", "author", "approver", "valid_from", "valid_until"):
        if value := getattr(overlay, name):
            lines.append(f"{name}: {_quoted(str(value))}")
    lines.append("operations:" if overlay.operations else "operations: []")
    for each in overlay.operations:
        lines += _item(operation_said(each), "  ")
    return "\n".join(lines) + "\n"


def operation_said(operation: Operation) -> dict[str, Any]:
    """An operation as plain data; what is empty and may be is left out."""
    said = _pairs(operation)
    why: dict[str, Any] = {name: said.pop(name) for name in ("reason", "measure") if name in said}
    return {"op": operation.kind, **said, **why}


def _pairs(of: Any) -> dict[str, Any]:
    found = {}
    for each in fields(of):
        value, needed = getattr(of, each.name), each.default is MISSING and each.default_factory is MISSING
        if str(each.type) in Reader.readers and (needed or not _empty(value)):
            found[each.name] = _plain(value)
    return found


def _empty(value: Any) -> bool:
    """Nothing was said; zero is something."""
    return value is None or value is False or value in ("", (), Text(""))


def _plain(value: Any) -> Any:
    """Text, lists, pairs and yes."""
    if isinstance(value, Text):
        return {"fr": value.fr} | ({"en": value.en} if value.en else {})
    if isinstance(value, Field | Column | Item | Option | Local):
        return _pairs(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def _item(said: dict[str, Any], margin: str) -> Iterator[str]:
    """One entry of a list, its first line marked."""
    lines = [line for name, value in said.items() for line in _pair(name, value, margin + "  ")]
    yield f"{margin}- {lines[0].lstrip()}"
    yield from lines[1:]


def _pair(name: str, value: Any, margin: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{margin}{name}:"
        for inner, said in value.items():
            yield from _pair(inner, said, margin + "  ")
    elif isinstance(value, list):
        yield f"{margin}{name}:"
        for each in value:
            yield from _item(each, margin + "  ")
    else:
        yield f"{margin}{name}: {_scalar(value)}"


def _scalar(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else _quoted(str(value))


def _quoted(text: str) -> str:
    """As JSON does, which YAML reads the same; what YAML calls a line break is escaped too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == " " else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
                   for c in quoted)  # fmt: skip
