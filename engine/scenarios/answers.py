"""One answer, in the reader's words -> as the page would send it. Raises `AnswerUnclear`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.document import Listed, Named, Said, Words
from engine.errors import AnswerUnclear
from engine.method import Column, Field, Item, Option
from engine.scenarios import keywords
from engine.scenarios.around import Around
from engine.scenarios.labels import by_label
from engine.scenarios.simplest import COLUMN_TYPES, cell, ticked
from engine.scenarios.words import day_said, yes_or_no
from engine.words import Text


def read(each: Field, said: Said, around: Around) -> Any:
    return _READ[each.type](each, said, around)


def _text(each: Field, said: Said, around: Around) -> str:
    if not isinstance(said, Words):
        raise AnswerUnclear(label=each.label, why=Text("un seul texte est attendu", "one text is expected"))
    return said.text


def _number(each: Field, said: Said, around: Around) -> str:
    return _text(each, said, around).rstrip("€% \xa0\u202f")


def _date(each: Field, said: Said, around: Around) -> str:
    text = _text(each, said, around)
    found = day_said(text)
    return found.isoformat() if found else text


def _boolean(each: Field, said: Said, around: Around) -> bool | None:
    text = _text(each, said, around)
    found = yes_or_no(text)
    if found is None and text:
        raise AnswerUnclear(label=each.label, why=Text("« oui » ou « non » est attendu", "“yes” or “no” is expected"))
    return found


def _one_of(each: Field, said: Said, around: Around) -> str:
    return _choice(each, _text(each, said, around), around.choices(each))


def _some_of(each: Field, said: Said, around: Around) -> list[str]:
    return [_choice(each, text, around.choices(each)) for text in _texts(each, said)]


def _choice(each: Field | Column, text: str, known: tuple[Option, ...] | None) -> str:
    if known is None or not text:
        return text
    found = next((one.value for one in known if keywords.is_said(text, one.label) or text == one.value), None)
    if found is None:
        why = Text("« {text} » n’est pas un choix ; les choix : {known}", "“{text}” is no choice; the choices: {known}")
        facts = {"text": text, "known": keywords.listing(one.label for one in known)}
        raise AnswerUnclear(label=each.label, why=why.format(**facts))
    return found


def _person(each: Field, said: Said, around: Around) -> int | None:
    text = _text(each, said, around)
    return around.person(text) if text else None


def _people(each: Field, said: Said, around: Around) -> list[int]:
    return [around.person(text) for text in _texts(each, said)]


def _file(each: Field, said: Said, around: Around) -> bool:
    """Is a file attached? Its name is all that a scenario has of it."""
    names = _texts(each, said)
    return bool(names) and yes_or_no(names[0]) is not False


def _texts(each: Field, said: Said) -> list[str]:
    items = said.items if isinstance(said, Listed) else (said,)
    texts = [item.text for item in items if isinstance(item, Words)]
    if len(texts) < len(items):
        raise AnswerUnclear(label=each.label, why=Text("des textes sont attendus", "texts are expected"))
    return [text for text in texts if text]


# --- tables and checklists ---------------------------------------------------------------------------------


def _table(each: Field, said: Said, around: Around) -> list[dict[str, Any]]:
    rows = said.items if isinstance(said, Listed) else (said,)
    return [_row(each, row, around) for row in rows if not (isinstance(row, Words) and not row.text)]


def _row(each: Field, said: Said, around: Around) -> dict[str, Any]:
    """What is not said of a row is answered simply where its column asks for it."""
    if not isinstance(said, Named):
        why = Text("chaque ligne se dit « colonne : réponse »", "each row is said “column: answer”")
        raise AnswerUnclear(label=each.label, why=why)
    told = by_label({column.key: column.label for column in each.columns}, said)
    return {
        column.key: _cell(column, told[column.key], around) if column.key in told else cell(column, around, 1)
        for column in each.columns
        if column.key in told or column.required
    }


def _cell(column: Column, said: Said, around: Around) -> Any:
    kind = COLUMN_TYPES.get(column.type, column.type)
    as_field = Field(column.key, kind, column.label)  # type: ignore[arg-type]
    if kind == "enum":
        return _choice(column, _text(as_field, said, around), column.options)
    return _READ[kind](as_field, said, around)


def _checklist(each: Field, said: Said, around: Around) -> dict[str, dict[str, str]]:
    items = around.items(each)
    if isinstance(said, Words) and keywords.is_said(said.text, keywords.ALL_DONE):
        return {item.key: ticked(item) for item in items}
    if not isinstance(said, Named):
        why = Text("« tout est fait », ou « ligne : fait »", "“all done”, or “line: done”")
        raise AnswerUnclear(label=each.label, why=why)
    told = by_label({item.key: item.text for item in items}, said)
    return {item.key: _line(each, item, told[item.key]) if item.key in told else ticked(item) for item in items}


def _line(each: Field, item: Item, said: Said) -> dict[str, str]:
    text = said.text if isinstance(said, Words) else ""
    if keywords.is_said(text, keywords.DONE, *keywords.YES):
        return ticked(item)
    state, _, reason = text.partition(":")
    if keywords.is_said(state, keywords.NOT_APPLICABLE):
        return {"state": "not_applicable", "reason": reason.strip()}
    if keywords.is_said(text, *keywords.NO):
        return {}
    why = Text("« fait », « non » ou « sans objet : raison »", "“done”, “no” or “not applicable: reason”")
    raise AnswerUnclear(label=each.label, why=why)


_READ: dict[str, Callable[[Field, Said, Around], Any]] = {
    "string": _text, "textarea": _text, "number": _number, "money": _number, "date": _date, "boolean": _boolean,
    "enum": _one_of, "multiselect": _some_of, "user": _person, "users": _people, "file": _file, "table": _table,
    "checklist": _checklist,
}  # fmt: skip
