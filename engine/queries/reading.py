"""An answer as it reads, for evidence and exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.method import Field
from engine.queries.lines import ServiceLine
from engine.words import Text

YES, NO = Text("oui", "yes"), Text("non", "no")


def answer_as_read(field: Field, value: Any, names: Mapping[int, str], services: Mapping[str, ServiceLine]) -> Text:
    """`value` of `field` in words: options by their label, people by their name, rows one a line."""
    match field.type:
        case "boolean":
            return YES if value else NO
        case "enum":
            return _option(field, str(value), services)
        case "multiselect":
            return _joined([_option(field, str(each), services) for each in value])
        case "user":
            return Text(names.get(value, "?"))
        case "users":
            return Text(", ".join(names.get(each, "?") for each in value))
        case "money":
            return Text(f"{_grouped(str(value))} €")
        case "number":
            return Text(_grouped(str(value)))
        case "date":
            return day_as_read(str(value))
        case "table":
            return _rows(field, value, names)
        case "checklist":
            done = sum(line.get("state") == "done" for line in value.values())
            aside = sum(line.get("state") == "not_applicable" for line in value.values())
            return Text(
                f"{done} fait(s), {aside} sans objet, sur {len(value)}",
                f"{done} done, {aside} not applicable, of {len(value)}",
            )
    return Text(str(value))


def _option(field: Field, value: str, services: Mapping[str, ServiceLine]) -> Text:
    label = next((each.label for each in field.options if each.value == value), None)
    if label is None and value in services:
        label = services[value].name
    return label or Text(value)


def _rows(field: Field, rows: list[dict[str, Any]], names: Mapping[int, str]) -> Text:
    def cell(column: Any, value: Any, language: str) -> str:
        if column.type == "user":
            return names.get(value, "?")
        for option in column.options:
            if option.value == value:
                return str(option.label.read(language))
        return str(value)

    said = [
        [
            " · ".join(cell(c, row[c.key], language) for c in field.columns if row.get(c.key) not in (None, "", False))
            for row in rows
        ]
        for language in ("fr", "en")
    ]
    return Text("\n".join(said[0]), "\n".join(said[1]))


def _joined(texts: list[Text]) -> Text:
    return Text(", ".join(each.fr for each in texts), ", ".join(each.read("en") for each in texts))


def day_as_read(value: str) -> Text:
    """An ISO date as it is said."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Text(value)
    return Text(day.strftime("%d/%m/%Y"), day.strftime("%d %B %Y"))


def _grouped(value: str) -> str:
    whole, _, part = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\u202f") if digits.isdigit() else digits
    return sign + grouped + (f",{part}" if part.strip("0") else "")
