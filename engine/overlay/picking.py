"""Conditions that are picked, not written: what is known before a step, as answers to choose and numbers to compare.

    found = pickable(step, loom, method)
    found.answers     Option('urgence = "haute"', "Urgence : haute")         an answer that was given
    found.numbers     Option("budget", "Budget prévisionnel (€)")            to be followed by ` > 50000`
    found.names       Option("perimetre", "Périmètre (A6)")                  all that an expression may read
    in_words(when, found)

Not every answer is required: what is picked holds too where nothing was answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine.method import Field, Method, Option
from engine.overlay.figures import number
from engine.overlay.loom import Loom
from engine.overlay.readable import GIVEN, answered_before
from engine.words import Text

COMPARISONS = {
    ">": Text("plus de {number}", "more than {number}"),
    ">=": Text("au moins {number}", "at least {number}"),
    "<": Text("moins de {number}", "less than {number}"),
    "<=": Text("au plus {number}", "at most {number}"),
}
YES, NO = Text("oui", "yes"), Text("non", "no")
_COMPARED = re.compile(r"(?:(\w+) != null and )?(count\(\w+\)|\w+) (>=|<=|>|<) (\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Pickable:
    """Values are FEEL, labels the words of the forms."""

    answers: tuple[Option, ...] = ()
    numbers: tuple[Option, ...] = ()
    names: tuple[Option, ...] = ()


def pickable(step: str, loom: Loom, method: Method) -> Pickable:
    """Of what several steps answer, the last one's words: its answer is what is read."""
    asked = {name: method.tasks[task].field(name) for name, task in answered_before(step, loom) if task in method.tasks}
    fields = {name: field for name, field in asked.items() if field is not None}
    return Pickable(
        answers=tuple(each for field in fields.values() for each in _answers(field)),
        numbers=tuple(found for field in fields.values() if (found := _number(field)) is not None),
        names=tuple(_named(name, fields.get(name)) for name in dict.fromkeys([*asked, *GIVEN])),
    )


def in_words(when: str, known: Pickable) -> Text | None:
    """What was picked, as it was; None for an expression that somebody wrote."""
    answer = next((each.label for each in known.answers if each.value == when), None)
    found = _COMPARED.fullmatch(when)
    if answer is not None or found is None:
        return answer
    start = when[: found.start(3)].strip()
    label = next((each.label for each in known.numbers if each.value == start), None)
    said = COMPARISONS[found[3]].format(number=number(Decimal(found[4])))
    return _told(label, said) if label is not None else None


def _answers(field: Field) -> Iterator[Option]:
    guard = "" if field.required else f"{field.key} != null and "
    if field.type == "boolean":
        for value, said in (("true", YES), ("false", NO)):
            yield Option(f"{field.key} = {value}", _told(field.label, said))
    for option in field.options:
        value = json.dumps(option.value, ensure_ascii=False)
        if field.type == "enum":
            yield Option(f"{field.key} = {value}", _told(field.label, option.label))
        elif field.type == "multiselect":
            yield Option(f"{guard}list contains({field.key}, {value})", _told(field.label, option.label))


def _number(field: Field) -> Option | None:
    guard = "" if field.required else f"{field.key} != null and "
    if field.type in ("number", "money"):
        return Option(f"{guard}{field.key}", field.label)
    if field.type in ("multiselect", "users"):
        many = Text("combien de « {label} »", "how many “{label}”").format(label=field.label)
        return Option(f"{guard}count({field.key})", many)
    return None


def _told(label: Text, said: Text) -> Text:
    return Text("{label} : {said}", "{label}: {said}").format(label=label, said=said)


def _named(name: str, field: Field | None) -> Option:
    return Option(name, field.label if field is not None else Text(name))
