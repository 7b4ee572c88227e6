"""What a form answers: checked, put in one form, and read again.

An answer is plain JSON: text; a decimal number as text ("1234.50"); a date as "2026-11-23"; true or false; a list of
options; a person's number; rows as a list of objects; a checklist as
`{item: {"state": "done" | "not_applicable", "evidence": …, "reason": …}}`. Files are attached, not answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.errors import FormRefused, TooLarge
from engine.method import Column, Field, Item
from engine.words import Text
from engine.working_time import end_of

LONGEST_LINE = 500  #: characters
LONGEST_TEXT = 20_000  #: characters
MOST_ROWS = 500
LARGEST_DRAFT = 2_000_000  #: characters of JSON, a field

ABSENT = Text("Une réponse est attendue.", "An answer is expected.")
NOT_NUMBER = Text("Écrivez un nombre, par exemple 1 250,50.", "Write a number, for example 1250.50.")
TOO_LONG = Text("Au plus {most} caractères.", "At most {most} characters.")
NOT_DATE = Text("Écrivez une date, par exemple 2026-12-31.", "Write a date, for example 2026-12-31.")
NOT_CHOICE = Text("Choisissez dans la liste.", "Choose from the list.")
NOT_PERSON = Text("Choisissez une personne de l’annuaire.", "Choose a person of the directory.")
NO_FILE = Text("Joignez le fichier attendu.", "Attach the expected file.")
NO_EVIDENCE = Text(
    "Cochez la ligne, ou dites pourquoi elle est sans objet.", "Tick the line, or say why it does not apply."
)
NO_PROOF = Text("Cette ligne demande une preuve.", "This line needs evidence.")
NO_REASON = Text("Dites pourquoi cette ligne est sans objet.", "Say why this line does not apply.")


@dataclass(frozen=True, slots=True)
class Settled:
    """A line of a checklist that the engine answers; `refusal`: why it does not hold."""

    line: Mapping[str, str]
    refusal: Text | None = None


@dataclass(frozen=True)
class Allowed:
    """What the answers of one task may choose from."""

    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: by field
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)  #: by checklist
    people: frozenset[int] = frozenset()
    files: Mapping[str, int] = field(default_factory=dict)  #: how many are attached, by field
    settled: Mapping[str, Settled] = field(default_factory=dict)  #: by `field.item`: what no form decides


class Refusals(dict[str, Text]):
    """What is wrong, by `field`, `field.row.column` or `field.item`."""


def check(form: Iterable[Field], values: Mapping[str, Any], allowed: Allowed, task: Text) -> dict[str, Any]:
    """The answers in their one form; keys that the form does not have are dropped.

    Raises `FormRefused` with everything that is wrong at once.
    """
    wrong = Refusals()
    answers: dict[str, Any] = {}
    labels: list[Text] = []
    for each in form:
        before = len(wrong)
        answers[each.key] = _CHECKS[each.type](each, values.get(each.key), allowed, wrong)
        if len(wrong) > before:
            labels.append(each.label)
    if wrong:
        raise FormRefused(task=task, fields=dict(wrong), labels=tuple(labels))
    return answers


def sound(form: Iterable[Field], values: Mapping[str, Any], allowed: Allowed) -> dict[str, Any]:
    """Of what is typed so far, what would be accepted as it is; the rest is left out."""
    kept: dict[str, Any] = {}
    for each in form:
        wrong = Refusals()
        answer = _CHECKS[each.type](each, values.get(each.key), allowed, wrong)
        if not wrong:
            kept[each.key] = answer
    return kept


def clean(form: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """A draft: only the form's own keys, as typed. Raises `TooLarge` for more than a form could hold."""
    for each in form:
        if each.key in values and _size(values[each.key]) > LARGEST_DRAFT:
            raise TooLarge(name=each.label, size=f"{_size(values[each.key])}", limit=f"{LARGEST_DRAFT} caractères")
    return {each.key: values[each.key] for each in form if each.key in values}


# --- one kind of field each --------------------------------------------------------------------------------


def _text(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> str:
    text = str(value if value is not None else "").strip()
    most = each.longest or (LONGEST_LINE if each.type == "string" else LONGEST_TEXT)
    if each.required and not text:
        wrong[each.key] = ABSENT
    elif len(text) > most:
        wrong[each.key] = TOO_LONG.format(most=most)
    elif text and each.shortest and len(text) < each.shortest:
        wrong[each.key] = Text("Au moins {least} caractères.", "At least {least} characters.").format(
            least=each.shortest
        )
    return text


def _number(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> str:
    text = str(value if value is not None else "").strip()
    if not text:
        if each.required:
            wrong[each.key] = ABSENT
        return ""
    number = decimal(text)
    if number is None:
        wrong[each.key] = NOT_NUMBER
        return text
    if each.minimum is not None and number < each.minimum:
        wrong[each.key] = Text("Au moins {least}.", "At least {least}.").format(least=each.minimum)
    elif each.maximum is not None and number > each.maximum:
        wrong[each.key] = Text("Au plus {most}.", "At most {most}.").format(most=each.maximum)
    return f"{number:f}"


def _date(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> str:
    text = str(value or "").strip()
    if not text and each.required:
        wrong[each.key] = ABSENT
    elif text and day(text) is None:
        wrong[each.key] = NOT_DATE
    return text


def _boolean(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> bool | None:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    if each.required:
        wrong[each.key] = ABSENT
    return None


def _one_of(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> str:
    text = str(value or "")
    if not text:
        if each.required:
            wrong[each.key] = ABSENT
    elif text not in allowed.choices.get(each.key, ()):
        wrong[each.key] = NOT_CHOICE
    return text


def _some_of(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> list[str]:
    chosen = list(dict.fromkeys(str(one) for one in _list(value) if str(one)))
    if each.required and not chosen:
        wrong[each.key] = ABSENT
    elif not set(chosen) <= set(allowed.choices.get(each.key, ())):
        wrong[each.key] = NOT_CHOICE
    return chosen


def _person(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> int | None:
    if value in (None, ""):
        if each.required:
            wrong[each.key] = ABSENT
        return None
    person = _int(value)
    if person not in allowed.people:
        wrong[each.key] = NOT_PERSON
    return person


def _people(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> list[int]:
    found = [_int(one) for one in _list(value) if one not in (None, "")]
    if each.required and not found:
        wrong[each.key] = ABSENT
    elif any(one not in allowed.people for one in found):
        wrong[each.key] = NOT_PERSON
    return [one for one in dict.fromkeys(found) if one is not None]


def _file(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> None:
    if each.required and not allowed.files.get(each.key):
        wrong[each.key] = NO_FILE


def _table(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for number, row in enumerate(_list(value)):
        row = row if isinstance(row, Mapping) else {}
        if any(row.get(column.key) not in (None, "", False) for column in each.columns):
            kept.append({column.key: _cell(each, column, number, row, allowed, wrong) for column in each.columns})
    least = max(each.fewest_rows, 1 if each.required else 0)
    if len(kept) < least:
        wrong[each.key] = Text(
            "Au moins {least} ligne(s) : {found} remplie(s).", "At least {least} row(s): {found} filled in."
        ).format(least=least, found=len(kept))
    if len(kept) > MOST_ROWS:
        wrong[each.key] = Text("Au plus {most} lignes.", "At most {most} rows.").format(most=MOST_ROWS)
    return kept


#: a cell is checked as the field that its column amounts to
_COLUMN_TYPES = {"text": "string", "select": "enum"}


def _cell(each: Field, column: Column, number: int, row: Mapping[str, Any], allowed: Allowed, wrong: Refusals) -> Any:
    key = f"{each.key}.{number}.{column.key}"
    kind = _COLUMN_TYPES.get(column.type, column.type)
    as_field = Field(key=key, type=kind, label=column.label, required=column.required)  # type: ignore[arg-type]
    choices = {key: frozenset(option.value for option in column.options)}
    return _CHECKS[kind](as_field, row.get(column.key), Allowed(choices, {}, allowed.people), wrong)


def _checklist(each: Field, value: Any, allowed: Allowed, wrong: Refusals) -> dict[str, dict[str, str]]:
    said = value if isinstance(value, Mapping) else {}
    kept: dict[str, dict[str, str]] = {}
    for item in allowed.items.get(each.key, each.items):
        place = f"{each.key}.{item.key}"
        settled = allowed.settled.get(place)
        line = said.get(item.key)
        kept[item.key] = _line(line if isinstance(line, Mapping) else {})
        why = _line_refused(each, item, kept[item.key])
        if settled is not None:
            kept[item.key] |= settled.line
            why = settled.refusal if each.required or not settled.line else None
        if why is not None:
            wrong[place] = why
    return kept


def _line(said: Mapping[str, Any]) -> dict[str, str]:
    """`refers`, only where it says something: `file:12`, `task:5`, `entry:7`."""
    state = str(said.get("state") or "")
    line = {
        "state": state if state in ("done", "not_applicable") else "",
        "evidence": str(said.get("evidence") or "").strip(),
        "reason": str(said.get("reason") or "").strip(),
    }
    refers = str(said.get("refers") or "").strip()
    return line | {"refers": refers} if refers else line


def _line_refused(each: Field, item: Item, line: Mapping[str, str]) -> Text | None:
    if max(map(len, line.values())) > LONGEST_TEXT:
        return TOO_LONG.format(most=LONGEST_TEXT)
    if line["state"] == "not_applicable" and not line["reason"]:
        return NO_REASON
    if line["state"] == "done" and item.evidence and not line["evidence"] and not line.get("refers"):
        return NO_PROOF
    return NO_EVIDENCE if each.required and not line["state"] else None


_CHECKS: dict[str, Callable[[Field, Any, Allowed, Refusals], Any]] = {
    "string": _text, "textarea": _text, "number": _number, "money": _number, "date": _date, "boolean": _boolean,
    "enum": _one_of, "multiselect": _some_of, "user": _person, "users": _people, "file": _file, "table": _table,
    "checklist": _checklist,
}  # fmt: skip


# --- reading answers again ---------------------------------------------------------------------------------


def for_expressions(form: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as FEEL reads them: numbers as numbers, dates as dates, what is not answered as null."""
    return {each.key: _value(each.type, each.columns, answers.get(each.key)) for each in form}


def _value(kind: str, columns: tuple[Column, ...], value: Any) -> Any:
    if value in (None, ""):
        return None
    if kind in ("number", "money"):
        return decimal(str(value))
    if kind == "date":
        return day(str(value))
    if kind == "table":
        return [
            {c.key: _value(_COLUMN_TYPES.get(c.type, c.type), (), row.get(c.key)) for c in columns} for row in value
        ]
    return value


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a plan: what it is about, and until when, or how often where it says that instead."""

    subject: str
    due: datetime | None = None
    every: str = ""  #: ISO 8601


#: what a line may say in place of a date, with what is written in ISO 8601
EVERY = {
    "P7D": ("chaque semaine", "toutes les semaines", "hebdomadaire", "every week", "weekly"),
    "P14D": ("tous les quinze jours", "every fortnight", "fortnightly"),
    "P1M": ("chaque mois", "tous les mois", "mensuel", "mensuelle", "every month", "monthly"),
}
_OFTEN = {words: every for every, said in EVERY.items() for words in said}


def plan_lines(rows: Iterable[Mapping[str, Any]]) -> list[PlanLine]:
    """The lines of a plan answered as a table."""
    return [_plan_line(row) for row in rows]


def _plan_line(row: Mapping[str, Any]) -> PlanLine:
    cells = [str(value) for value in row.values() if value]
    days = [found for cell in cells if (found := day(cell)) is not None]
    often = [_OFTEN[cell.strip().lower()] for cell in cells if cell.strip().lower() in _OFTEN]
    subject = " · ".join(cells[:2])[:200]
    return PlanLine(subject, end_of(days[0]) if days else None, often[0] if often and not days else "")


def decimal(text: str) -> Decimal | None:
    """A decimal number; None for what is none. Neither infinities nor exponents beyond sense."""
    try:
        number = Decimal(text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and -30 < number.adjusted() < 30 else None


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value in (None, "") else [value]


def _int(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False))
