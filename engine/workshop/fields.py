"""The form of a step written into its diagram: every edit of `camunda:formData` that the outline makes is here.

A field is written whole, from the model, in its place; what the model does not know of it stays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from engine.diagram import Node
from engine.method import Field, Item
from engine.overlay import edit

#: properties of a field that the model reads: written anew from it
_KNOWN = re.compile(
    r"label\.en|help(\.en)?|source|columns|register|confidential|row\.\d+(\.en)?"
    r"|(option|item|column)\.\w+(\.\w+)*"
)


def put_field(task: Node, field: Field) -> None:
    """`field` in the place of the one of its key, or last."""
    before = find(task, field.key)
    edit.add_field(task, replace(field, items=()))
    made = task.vendor("formData/formField")[-1]
    for item in field.items:
        _add_item(made, item)
    _complete(made, field)
    if before is not None:
        _keep_unknown(made, before)
        before.element.getparent().replace(before.element, made.element)


def drop_field(task: Node, key: str) -> None:
    found = find(task, key)
    if found is None:
        return
    form = found.element.getparent()
    form.remove(found.element)
    if not len(form):
        form.getparent().remove(form)


def move_field(task: Node, key: str, by: int) -> None:
    """`by`: -1 up, 1 down; the first stays first, the last stays last."""
    found = find(task, key)
    if found is not None:
        form: Any = found.element.getparent()
        place = max(0, form.index(found.element) + by)
        form.remove(found.element)
        form.insert(place, found.element)


def find(task: Node, key: str) -> Node | None:
    return next((each for each in task.vendor("formData/formField") if each.id == key), None)


def _add_item(field: Node, item: Item) -> None:
    edit.add_item(field, item)
    if not item.locked and (item.computed or item.proof != "person"):  # where nothing is said, such an item is locked
        edit.say(field, f"item.{item.key}.lock", "optional")


def _complete(made: Node, field: Field) -> None:
    """What a service may not say of a field, and a method may."""
    edit.say(made, "register", field.register)
    edit.say(made, "confidential", "true" if field.confidential else "")
    for column in field.columns:
        edit.say(made, f"column.{column.key}.confidential", "true" if column.confidential else "")
        edit.say(made, f"column.{column.key}.feeds", column.feeds)
    for number, cells in enumerate(field.rows, 1):
        edit.say(made, f"row.{number}", " | ".join(each.fr for each in cells))
        if any(each.en for each in cells):
            edit.say(made, f"row.{number}.en", " | ".join(each.en for each in cells))
    for name, value in (("minlength", field.shortest), ("maxlength", field.longest)):
        if value is not None:
            edit.limit(made, name, str(value))


def _keep_unknown(made: Node, before: Node) -> None:
    for name, value in before.properties.items():
        if not _KNOWN.fullmatch(name):
            edit.say(made, name, value)
    for name, value in before.element.attrib.items():
        if name not in ("id", "label", "type"):
            made.element.set(name, value)
