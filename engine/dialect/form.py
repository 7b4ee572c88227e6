"""camunda:formData -> fields (docs/reference/dialect.md, "A form")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import get_args

from engine.diagram import Node
from engine.method import Column, Field, FieldType, Item, Option
from engine.registers import REGISTERS
from engine.words import Text

Report = Callable[..., None]
TYPES = get_args(FieldType)
CONFIDENTIAL = {each.id for each in REGISTERS.values() if each.confidential}
#: fields of a register that a row need not say: the step does (engine.feeding)
SAID_BY_STEP = {"body_of", "on", "body", "service"}


def read_form(task: Node, problem: Report) -> tuple[Field, ...]:
    """The fields of `task`, in the order drawn. A field of an unknown type is reported and left out."""
    fields = []
    for node in task.vendor("formData/formField"):
        if node.get("type") not in TYPES:
            problem("unknown-field-type", task, field=node.id, type=node.get("type"))
        elif node.get("type") == "file" and node.properties.get("confidential") == "true":
            problem("confidential-file", task, field=node.id)
        else:
            field = _field(node, task, problem)
            _must_feed(field, task, problem)
            fields.append(field)
    return tuple(fields)


def _field(node: Node, task: Node, problem: Report) -> Field:
    said = node.properties
    limits = {each.get("name"): each.get("config") for each in node.vendor("validation/constraint")}

    def number(name: str) -> Decimal | None:
        if name not in limits:
            return None
        try:
            found = Decimal(limits[name])
        except InvalidOperation:
            found = Decimal("nan")
        if not found.is_finite():
            problem("not-a-number", task, attribute=f"{node.id}/{name}", value=limits[name])
            return None
        return found

    def whole(name: str) -> int | None:
        found = number(name)
        return None if found is None else int(found)

    return Field(
        key=node.id,
        type=node.get("type"),  # type: ignore[arg-type]
        label=Text(node.get("label"), said.get("label.en", "")),
        help=Text(said.get("help", ""), said.get("help.en", "")),
        required="required" in limits,
        source=said.get("source", ""),
        options=tuple(
            Option(each.id, Text(each.get("name"), said.get(f"option.{each.id}.en", "")))
            for each in node.vendor("value")
        ),
        columns=tuple(_columns(said)),
        items=tuple(_items(said)),
        minimum=number("min"),
        maximum=number("max"),
        shortest=whole("minlength"),
        longest=whole("maxlength"),
        fewest_rows=whole("minrows") or 0,
        rows=tuple(_rows(said)),
        register=said.get("register", ""),
        confidential=said.get("confidential") == "true" or said.get("register") in CONFIDENTIAL,
    )


def _must_feed(field: Field, task: Node, problem: Report) -> None:
    """A table that feeds a register names one, its columns fields of it; all that an entry must say is said."""
    fed = {each.feeds for each in field.columns if each.feeds}
    if not field.register and not fed:
        return
    register = REGISTERS.get(field.register)
    asked = register.fields if register is not None else ()
    needed = {each.key for each in asked if each.required} - SAID_BY_STEP
    wrong = sorted(fed - {each.key for each in asked}) or sorted(needed - fed)
    if register is None or field.type != "table" or wrong:
        found = field.register or "?"
        problem("feeds-no-register", task, field=field.key, register=found, columns=tuple(wrong or ["register"]))


def _columns(said: dict[str, str]) -> Iterator[Column]:
    for key in (each.strip() for each in said.get("columns", "").split(",") if each.strip()):
        name = f"column.{key}"
        yield Column(
            key=key,
            label=Text(said.get(name, key), said.get(f"{name}.en", "")),
            type=said.get(f"{name}.type", "text"),
            required=said.get(f"{name}.required") == "true",
            options=tuple(_options(said.get(f"{name}.options", ""))),
            confidential=said.get(f"{name}.confidential") == "true",
            feeds=said.get(f"{name}.feeds", ""),
        )


def _rows(said: dict[str, str]) -> Iterator[tuple[Text, ...]]:
    """`row.<n>`: cells between bars; `row.<n>.en` in English, cell by cell."""
    for name, row in said.items():
        if re.fullmatch(r"row\.\d+", name):
            french, english = row.split("|"), said.get(f"{name}.en", "").split("|")
            yield tuple(Text(each.strip(), other.strip()) for each, other in zip_longest(french, english, fillvalue=""))


def _options(value: str) -> Iterator[Option]:
    """`id=Libellé|Label; id=…`"""
    for each in value.split(";"):
        id, _, label = each.strip().partition("=")
        if id:
            french, _, english = label.partition("|")
            yield Option(id, Text(french or id, english))


def _items(said: dict[str, str]) -> Iterator[Item]:
    for name, text in said.items():
        if name.startswith("item.") and name.count(".") == 1:
            yield Item(
                key=name.removeprefix("item."),
                text=Text(text, said.get(f"{name}.en", "")),
                proof=said.get(f"{name}.proof", "person"),  # type: ignore[arg-type]
                computed=said.get(f"{name}.computed", ""),
                evidence=said.get(f"{name}.evidence") == "required",
                locked=said.get(f"{name}.lock", _lock(said, name)) == "locked",
            )


def _lock(said: dict[str, str], name: str) -> str:
    """What is not for a person to say is locked, unless the method says otherwise."""
    return "locked" if {f"{name}.computed", f"{name}.proof"} & said.keys() else "optional"
