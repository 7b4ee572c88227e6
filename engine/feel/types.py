"""The types that a text can name: ``instance of`` and the parameters of functions (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import refuse
from .temporal import at_midnight
from .values import Function, Range, Value, in_english, in_french, kind

SIMPLE = {
    "any": "Any",
    "null": "null",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "datetime": "date and time",
    "years and months duration": "years and months duration",
    "yearmonthduration": "years and months duration",
    "days and time duration": "days and time duration",
    "daytimeduration": "days and time duration",
}


@dataclass(frozen=True, slots=True)
class Type:
    """A type. `parts` are the item of a list or range, the parameters then the result of a function."""

    name: str
    parts: tuple[Type, ...] = ()
    entries: tuple[tuple[str, Type], ...] = ()  #: of a context


def instance(value: Value, wanted: Type) -> bool:
    """Whether a value is of a type. null is of the type null only, but may stand for an item or an entry of any."""
    if wanted.name == "null":
        return value is None
    if value is None:
        return False
    if wanted.name == "Any":
        return True
    if wanted.name != kind(value):
        return False
    if isinstance(value, list):
        return all(item is None or instance(item, wanted.parts[0]) for item in value)
    if isinstance(value, Range):
        return all(end is None or instance(end, wanted.parts[0]) for end in (value.start, value.end))
    if isinstance(value, dict):
        return all(name in value and (value[name] is None or instance(value[name], of)) for name, of in wanted.entries)
    if isinstance(value, Function):
        return accepts(value, wanted.parts[:-1])
    return True


def accepts(function: Function, given: tuple[Type, ...]) -> bool:
    """Whether it takes arguments of those types; what it gives is not known before it runs."""
    if len(given) not in function.arities:
        return False
    declared: tuple[Type | None, ...] = getattr(function, "types", ())
    return all(conforms(type, each) for type, each in zip(given, declared, strict=False))


def conforms(type: Type, wanted: Type | None) -> bool:
    """Whether every value of a type is one of the type wanted (DMN 1.5, 10.3.2.9.2)."""
    if wanted is None or wanted.name == "Any" or type.name == "null":
        return True
    if type.name != wanted.name or (wanted.name == "function" and len(type.parts) != len(wanted.parts)):
        return False
    entries = dict(type.entries)
    parts = zip(type.parts, wanted.parts, strict=True)
    turned = {len(type.parts) - 1} if wanted.name == "function" else {0}  # parameters conform the other way
    return all(
        conforms(mine, other) if place in turned else conforms(other, mine) for place, (mine, other) in enumerate(parts)
    ) and all(name in entries and conforms(entries[name], of) for name, of in wanted.entries)


def coerce(value: Value, wanted: Type | None) -> Value:
    """The value as a parameter of that type; a list of one item stands for its item, and conversely."""
    if wanted is None or value is None or instance(value, wanted):
        return value
    if isinstance(value, list) and len(value) == 1 and instance(value[0], wanted):
        return value[0]
    if wanted.name == "list" and instance([value], wanted):
        return [value]
    if wanted.name == "date and time" and kind(value) == "date":
        return at_midnight(value)
    raise refuse(
        f"Attendu : {in_french(wanted.name)}. Reçu : {in_french(kind(value))}. Corrigez la valeur donnée.",
        f"Expected {in_english(wanted.name)}, got {in_english(kind(value))}. Correct the value given.",
    )
