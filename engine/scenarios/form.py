"""A form filled in by label, in the reader's words; what is not said is answered as simply as the form allows.

Nothing is guessed that steers the project: an answer that some expression reads must be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.answers import Allowed, Settled
from engine.document import Named
from engine.errors import AnswerUnclear
from engine.method import Field
from engine.scenarios.answers import read
from engine.scenarios.around import Around
from engine.scenarios.labels import by_label
from engine.scenarios.simplest import simplest
from engine.words import Text

#: what the record or the administrator would answer
DONE = Settled({"state": "done"})
STEERS = Text("elle décide de la suite : le scénario doit la dire", "it decides what follows: the scenario must say it")


def fill(
    form: Iterable[Field], said: Sequence[Named], steering: frozenset[str], around: Around
) -> tuple[dict[str, Any], Allowed]:
    """The values of the form, as the page would send them, and what they may choose from.

    `said`: by label; what is said last goes first. Raises `AnswerUnclear`.
    """
    fields = tuple(form)
    labels = {each.key: each.label for each in fields}
    told = {key: value for each in said for key, value in by_label(labels, each).items()}
    values: dict[str, Any] = {}
    for each in fields:
        if each.key in told:
            values[each.key] = read(each, told[each.key], around)
        elif (given := around.given(each)) is not None:
            values[each.key] = given
        elif each.required and each.key in steering:
            raise AnswerUnclear(label=each.label, why=STEERS)
        elif each.required or each.fewest_rows:
            values[each.key] = simplest(each, around)
    files = {each.key: 1 for each in fields if each.type == "file" and values.pop(each.key, False)}
    return values, Allowed(
        choices={each.key: _allowed(each, values, around) for each in fields if each.type in ("enum", "multiselect")},
        items={each.key: around.items(each) for each in fields if each.type == "checklist"},
        people=frozenset(around.people.values()),
        files=files,
        settled={
            f"{each.key}.{item.key}": DONE
            for each in fields
            if each.type == "checklist"
            for item in around.items(each)
            if item.computed or item.proof == "admin"
        },
    )


def _allowed(each: Field, values: Mapping[str, Any], around: Around) -> frozenset[str]:
    known = around.choices(each)
    if known is not None:
        return frozenset(option.value for option in known)
    value = values.get(each.key)
    return frozenset(value if isinstance(value, list) else [value or ""])
