"""What a method says in French only, and where its English is written: as the page calls it, then the attribute."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dialect import Problem
from engine.method import Gate, Method, Phase, Place, Role, Task
from engine.words import Text

_NAME = Text("« Nom en anglais » (name.en)", "“Name in English” (name.en)")
_LABEL = Text("« Libellé en anglais » (label.en)", "“Label in English” (label.en)")


def untranslated_name(of: Task | Gate | Phase) -> Iterator[Problem]:
    yield from _missing(of.name, of.id, _NAME, of.place)


def untranslated_method(method: Method, place: Place) -> Iterator[Problem]:
    yield from _missing(method.name, method.id, _NAME, place)


def untranslated_role(role: Role, place: Place) -> Iterator[Problem]:
    yield from _missing(role.name, role.id, _part(f"method.role.{role.id}.en"), place)


def untranslated_criteria(gate: Gate) -> Iterator[Problem]:
    for each in gate.criteria:
        yield from _missing(each.text, each.key, _part(f"method.criterion.{each.key}.en"), gate.place)


def untranslated_form(task: Task) -> Iterator[Problem]:
    for field in task.form:
        said = [(field.label, field.key, _LABEL)] if field.label.fr else []
        said += [(each.label, each.value, _part(f"option.{each.value}.en")) for each in field.options]
        said += [(each.label, each.key, _part(f"column.{each.key}.en")) for each in field.columns]
        said += [(each.text, each.key, _part(f"item.{each.key}.en")) for each in field.items]
        said += [(cell, field.key, _part("row.<n>.en")) for row in field.rows for cell in row if cell.fr]
        for words, key, where in said:
            yield from _missing(words, key, where, task.place)


def _missing(words: Text, key: str, where: Text, place: Place) -> Iterator[Problem]:
    """`key`: names what has no words at all."""
    if not words.en:
        yield Problem("untranslated", place, {"what": words or Text(key), "where": where})


def _part(attribute: str) -> Text:
    return Text(f"« En anglais » ({attribute})", f"“In English” ({attribute})")
