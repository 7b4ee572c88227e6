"""What an expression works on, and the name of each kind in both languages.

| FEEL | inside, and out | also taken in |
|---|---|---|
| number | Decimal | int, float |
| string, boolean, null | str, bool, None | |
| list, context | list, dict | tuple, any mapping with string keys |
| date, time, date and time | Date, Time, DateTime; out as Python's own where it fits | date, time, datetime |
| durations | YearsMonthsDuration, DaysTimeDuration | timedelta |
| range, function | Range, Function | Range |
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Refusal, refuse
from .temporal import Date, DateTime, Time

if TYPE_CHECKING:
    from .budget import Run

Value = Any  # one of the kinds above; the language is typed at run time


@dataclass(frozen=True, slots=True, repr=False)
class Range:
    """An interval. An end that is None is not known, or infinite when `unbounded` (as ``(< 10)`` makes "
    "it)."""

    start: Value
    end: Value
    start_included: bool = True
    end_included: bool = True
    unbounded: bool = False

    def __repr__(self) -> str:
        left, right = "[" if self.start_included else "(", "]" if self.end_included else ")"
        return f"Range({left}{self.start!r}..{self.end!r}{right})"


class Function(ABC):
    """Something that can be called: a built-in, or a function defined in the text."""

    __slots__ = ()
    name: str

    @abstractmethod
    def call(self, run: Run, arguments: list[Value]) -> Value:
        """By position."""

    @abstractmethod
    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        """By name."""

    @property
    @abstractmethod
    def arities(self) -> Sequence[int]:
        """The numbers of arguments that it takes."""

    def __repr__(self) -> str:
        return f"Function({self.name})"


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    YearsMonthsDuration: "years and months duration",
    DaysTimeDuration: "days and time duration",
    Range: "range",
}
FRENCH_KINDS = {
    "null": "null",
    "boolean": "un booléen",
    "number": "un nombre",
    "string": "un texte",
    "list": "une liste",
    "context": "un contexte",
    "date": "une date",
    "time": "une heure",
    "date and time": "une date et heure",
    "years and months duration": "une durée en mois",
    "days and time duration": "une durée en jours et heures",
    "range": "un intervalle",
    "function": "une fonction",
    "any": "une valeur",
}


def kind(value: Value) -> str:
    """The standard's name of the kind of a value."""
    found = KINDS.get(type(value))
    return found if found is not None else "function"


def in_french(name: str) -> str:
    return FRENCH_KINDS.get(name, name or "une valeur")


def in_english(name: str) -> str:
    if name in ("null", "Any", ""):
        return name or "a value"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def unfit(verb_fr: str, verb_en: str, *values: Value) -> Refusal:
    """The operator does not exist for the kinds of these values."""
    return unfit_kinds(verb_fr, verb_en, *(kind(value) for value in values))


def unfit_kinds(verb_fr: str, verb_en: str, *kinds: str) -> Refusal:
    french = " et ".join(map(in_french, kinds))
    english = " and ".join(map(in_english, kinds))
    return refuse(
        f"Impossible {verb_fr} {french}. Vérifiez que les valeurs existent et sont du genre attendu.",
        f"Cannot {verb_en} {english}. Check that the values exist and are of the kind expected.",
    )
