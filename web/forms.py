"""A posted form becomes plain values, typed as written in French or in English; the engine judges them.

Names in HTML: `f.<key>`; a table's cell `f.<key>.<row>.<column>`; a checklist's line `f.<key>.<item>.state`,
`.evidence`, `.reason`, `.refers`. The same names, without `f.`, are the keys of `FormRefused`, and the elements' ids.
Numbers become decimal text ("1234.5"), people their number, files nothing: they are attached, not answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from engine import MOST_ROWS, ActorLine, ChoiceLine, Column, Field, Item, Option, Text
from web.language import _, language, text

Posted = MultiDict[str, str]
Items = Mapping[str, tuple[Item, ...]]

#: a form shows as many empty rows after those that are filled in
SPARE_ROWS = 1

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        typed_number=typed_number, unreadable_day=unreadable_day, choice_pairs=choice_pairs, people_pairs=people_pairs
    )


# --- what was typed ----------------------------------------------------------------------------------------


def typed(form: Iterable[Field], items: Items, posted: Posted) -> dict[str, Any]:
    """The values of every field but files, as the engine takes them."""
    return {each.key: _FIELDS[each.type](each, f"f.{each.key}", items, posted) for each in form if each.type != "file"}


def line(raw: str) -> str:
    return " ".join(raw.split())


def lines(raw: str) -> str:
    """Text as typed, with the line ends of this side."""
    return raw.replace("\r\n", "\n").strip()


def number(raw: str) -> str:
    """« 1 234,50 € » is "1234.50"; "1,234.50" too; what is no number stays as it was typed."""
    bare = re.sub(r"[\s\u00a0\u202f]|€|EUR$", "", raw.strip())
    bare = bare.replace("\u2212", "-")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}", bare):  # English thousands
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return bare.lstrip("+") if NUMBER.fullmatch(bare) else raw.strip()


def day(raw: str) -> str:
    """« 31/12/2026 » is "2026-12-31"; what is no date stays as it was typed."""
    found = FRENCH_DAY.fullmatch(raw.strip())
    if not found:
        return raw.strip()
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return raw.strip()


def yes_no(raw: str) -> bool | None:
    return {"true": True, "false": False}.get(raw)


def person(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None


_ONE: dict[str, Callable[[str], Any]] = {
    "string": line, "text": line, "textarea": lines, "number": number, "money": number, "date": day,
    "enum": str.strip, "select": str.strip, "user": person, "boolean": yes_no,
}  # fmt: skip


def _one(each: Field, name: str, items: Items, posted: Posted) -> Any:
    return _ONE[each.type](posted.get(name, ""))


def _boolean(each: Field, name: str, items: Items, posted: Posted) -> bool | None:
    """Two radio buttons where an answer is required; else one box, and not ticked is no."""
    return yes_no(posted.get(name, "")) if each.required else name in posted


def _many(each: Field, name: str, items: Items, posted: Posted) -> list[str]:
    return [value for value in posted.getlist(name) if value]


def _people(each: Field, name: str, items: Items, posted: Posted) -> list[int]:
    return [found for value in posted.getlist(name) if (found := person(value)) is not None]


def _table(each: Field, name: str, items: Items, posted: Posted) -> list[dict[str, Any]]:
    """Rows in order; empty ones at the end are dropped, empty ones between stay so that numbers agree."""
    rows = [_row(each.columns, f"{name}.{number}", posted) for number in _row_numbers(name, posted)]
    while rows and not any(value not in ("", None, False) for value in rows[-1].values()):
        rows.pop()
    return rows


def _row_numbers(name: str, posted: Posted) -> list[int]:
    pattern = re.compile(re.escape(name) + r"\.(\d{1,4})\.")
    found = {int(match[1]) for key in posted if (match := pattern.match(key))}
    removed = posted.get("remove_row", "")
    return sorted(number for number in found if f"{name}.{number}" != f"f.{removed}")[:MOST_ROWS]


def _row(columns: Iterable[Column], name: str, posted: Posted) -> dict[str, Any]:
    return {
        column.key: (
            f"{name}.{column.key}" in posted
            if column.type == "boolean"
            else _ONE[column.type](posted.get(f"{name}.{column.key}", ""))
        )
        for column in columns
    }


def _checklist(each: Field, name: str, items: Items, posted: Posted) -> dict[str, dict[str, str]]:
    return {
        item.key: {
            part: lines(posted.get(f"{name}.{item.key}.{part}", ""))
            for part in ("state", "evidence", "reason", "refers")
        }
        for item in items.get(each.key, each.items)
    }


_FIELDS: dict[str, Callable[[Field, str, Items, Posted], Any]] = {
    **dict.fromkeys(("string", "textarea", "number", "money", "date", "enum", "user"), _one),
    "boolean": _boolean, "multiselect": _many, "users": _people, "table": _table, "checklist": _checklist,
}  # fmt: skip


# --- what is shown again -----------------------------------------------------------------------------------


def rows_shown(each: Field, value: Any, added: str = "") -> list[dict[str, Any]]:
    """The rows that a table shows: those answered, the fewest that it asks, and a spare one; one more when asked."""
    rows = [dict(row) for row in value or () if isinstance(row, Mapping)]
    count = max(len(rows) + SPARE_ROWS + (added == each.key), each.fewest_rows)
    return rows + [{} for _row in range(count - len(rows))]


def typed_number(value: Any) -> str:
    """A number as the reader types it: with a comma in French. What is no number, as it was typed."""
    raw = "" if value is None else str(value)
    return raw.replace(".", ",") if language() == "fr" and NUMBER.fullmatch(raw) else raw


def unreadable_day(value: Any) -> bool:
    """A browser's date field would silently drop what is no date: such a value is shown in a text field."""
    try:
        return bool(value) and not date.fromisoformat(str(value))
    except ValueError:
        return True


def choice_pairs(choices: Iterable[ChoiceLine | Option]) -> list[tuple[str, str]]:
    return [(each.value, text(each.label)) for each in choices]


def people_pairs(people: Iterable[ActorLine]) -> list[tuple[int, str]]:
    return [(each.id, f"{each.name} · {each.service}" if each.service else each.name) for each in people]


def places(form: Iterable[Field], items: Items, problems: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """For each key of a refusal: the id of the element to mend and what it is called, « Risques, ligne 2, Coût »."""
    fields = {each.key: each for each in form}
    return {
        key: (f"f.{key}", _place(fields[field], items, key))
        for key in problems
        if (field := key.split(".")[0]) in fields
    }


def _place(each: Field, items: Items, key: str) -> str:
    parts = key.split(".")[1:]
    if len(parts) == 2:
        column = next((column.label for column in each.columns if column.key == parts[1]), Text(parts[1]))
        row = int(parts[0]) + 1 if parts[0].isdigit() else parts[0]
        return _("%(table)s, ligne %(row)s, %(column)s", table=text(each.label), row=row, column=text(column))
    if len(parts) == 1:
        said = (text(item.text) for item in items.get(each.key, each.items) if item.key == parts[0])
        return next(said, text(each.label))
    return text(each.label)
