"""What a variable of a process may be, and how it stands in JSON.

JSON has texts, numbers, booleans, nulls, lists and objects; a decimal number, a date and a whole number beyond 53 bits
are objects with one key that begins with U+0000, and so is an object that has such a key itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

DECIMAL, DATE, WHOLE, ENTRIES = "\x00decimal", "\x00date", "\x00int", "\x00dict"


def copied(data: Mapping[str, Any]) -> dict[str, Any]:
    """With what is nested in it."""
    return {key: _copy(value) if type(value) in (dict, list) else value for key, value in data.items()}


def _copy(value: Any) -> Any:
    if type(value) is dict:
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if type(value) is list else value


def same(one: Any, other: Any) -> bool:
    """Equal and of the same kind: `1`, `True`, `1.0` and the decimals 1.0 and 1.00 are five values."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if type(one) is dict:
        return one.keys() == other.keys() and all(same(each, other[key]) for key, each in one.items())
    if type(one) is list:
        return len(one) == len(other) and all(map(same, one, other))
    return str(one) == str(other) if type(one) is Decimal else bool(one == other)


def plain(value: Any) -> Any:
    """`value` as JSON has it. Raises TypeError for what cannot be a variable."""
    kind = type(value)
    if kind in (str, bool, float) or value is None:
        return value
    if kind is int:
        return value if -(2**53) <= value <= 2**53 else {WHOLE: str(value)}
    if kind is list:
        return [plain(each) for each in value]
    if kind is dict:
        if any(key[:1] == "\x00" for key in value):
            return {ENTRIES: [[key, plain(each)] for key, each in value.items()]}
        return {key: plain(each) for key, each in value.items()}
    if kind is Decimal:
        return {DECIMAL: str(value)}
    if kind is date:
        return {DATE: value.isoformat()}
    raise TypeError(f"{kind.__name__} cannot be a variable of a process")


def restored(value: Any) -> Any:
    """What `plain` wrote."""
    if type(value) is list:
        return [restored(each) for each in value]
    if type(value) is not dict:
        return value
    if len(value) == 1:
        [(key, held)] = value.items()
        if key == DECIMAL:
            return Decimal(held)
        if key == DATE:
            return date.fromisoformat(held)
        if key == WHOLE:
            return int(held)
        if key == ENTRIES:
            return {name: restored(each) for name, each in held}
    return {key: restored(each) for key, each in value.items()}
