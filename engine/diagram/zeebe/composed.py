"""The fields of a form -> components of form-js; of a field that was one, what only form-js says is kept."""

from __future__ import annotations

import re
from typing import Any

from engine.diagram.zeebe.components import COLUMN_TYPES, DEEPEST, OWN_TYPE, fields, key_of, keyed, table, type_of
from engine.diagram.zeebe.marks import bpmn, camunda, elements

COMPONENTS = {
    "string": "textfield", "textarea": "textarea", "number": "number", "money": "number", "boolean": "checkbox",
    "enum": "select", "multiselect": "checklist", "date": "datetime", "file": "filepicker", "table": "dynamiclist",
    "checklist": "checklist", "user": "textfield", "users": "textfield",
}  # fmt: skip
#: what form-js has no component for
OWN = frozenset(["money", "checklist", "user", "users"])
_OPTION = re.compile(r"\s*([^=;]+)=([^|;]*)(?:\|([^;]*))?")


def schema(form: Any, id: str, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """A form-js schema of the fields of a camunda:formData. `before`: the one that it was read from."""
    said = before or {"type": "default", "schemaVersion": 18, "executionPlatform": "Camunda Cloud"}
    known = {key_of(each): each for each in keyed(said.get("components"))}
    nowhere = form.makeelement(bpmn("userTask"))  # a reading may write on its task
    as_read = {each.get("id"): _same(each) for each in fields(said, nowhere)[0]}
    made: dict[str, dict[str, Any]] = {}
    for number, field in enumerate(elements(form), 1):
        key = field.get("id")
        old = known.get(key)
        changed = old is None or as_read.get(key) != _same(field)
        made[key] = _component(field, old, number) if changed or old is None else old
    unread = {key: each for key, each in known.items() if key not in as_read}
    return {**said, "id": id, "components": _arranged(said.get("components"), made, unread)}


def _arranged(before: Any, made: dict[str, dict[str, Any]], unread: dict[str, Any]) -> list[Any]:
    """Each where it stood, in its group; a new one after the one before it. Where the order has changed, no group."""
    drawn = [key_of(each) for each in keyed(before) if key_of(each) in made]
    if drawn != [key for key in made if key in drawn]:
        return [*(each for each in keyed(before) if not key_of(each) or key_of(each) in unread), *made.values()]
    news: dict[str, list[Any]] = {}
    last = ""
    for key, each in made.items():
        if key in drawn:
            last = key
        else:
            news.setdefault(last, []).append(each)
    return [*news.get("", []), *_again(before, made, unread, news, DEEPEST)]


def _again(
    before: Any, made: dict[str, Any], unread: dict[str, Any], news: dict[str, list[Any]], left: int
) -> list[Any]:
    found: list[Any] = []
    for each in before if isinstance(before, list) else ():
        if not isinstance(each, dict):
            continue
        key = key_of(each)
        if each.get("type") == "group" and left:
            inside = _again(each.get("components"), made, unread, news, left - 1)
            found.append({**each, "components": inside})
        elif not key or key in unread:
            found.append(each)
        elif key in made:
            found += [made[key], *news.get(key, [])]
    return found


def same(one: Any, other: Any) -> bool:
    """Do two camunda:formData say the same?"""
    if one is None or other is None:
        return one is other or len(one if one is not None else other) == 0
    return [_same(each) for each in elements(one)] == [_same(each) for each in elements(other)]


def _same(field: Any) -> tuple[object, ...]:
    return (*(field.get(each, "") for each in ("id", "label", "type")), said_of(field), values(field), limits(field))


def said_of(field: Any) -> dict[str, str]:
    found = field.find(camunda("properties"))
    lines = elements(found) if found is not None else ()
    return {each.get("name") or each.get("id"): each.get("value") for each in lines if each.get("value")}


def values(field: Any) -> list[tuple[str, str]]:
    return [(each.get("id", ""), each.get("name", "")) for each in elements(field) if each.tag == camunda("value")]


def limits(field: Any) -> dict[str, str]:
    found = field.find(camunda("validation"))
    return {each.get("name"): each.get("config", "") for each in elements(found)} if found is not None else {}


def _component(field: Any, old: dict[str, Any] | None, number: int) -> dict[str, Any]:
    kind, key, said, asked = field.get("type", ""), field.get("id", ""), said_of(field), limits(field)
    component = COMPONENTS.get(kind, kind)
    known = old if old is not None and type_of(old) == kind else {}
    found: dict[str, Any] = {"id": f"Field_{key}", "layout": {"row": f"Row_{number}", "columns": None}, **known}
    found["type"] = known.get("type", component)
    found["path" if component == "dynamiclist" else "key"] = key
    found["dateLabel" if component == "datetime" else "label"] = field.get("label", "")
    if component == "datetime":
        found.setdefault("subtype", "date")
    if kind == "money":
        found["appearance"] = {**table(known.get("appearance")), "suffixAdorner": "€"}
    _set(found, "description", said.pop("help", ""))
    properties = {OWN_TYPE: kind} if kind in OWN and kind != "money" else {}
    if kind in ("enum", "multiselect", "checklist"):
        _choices(found, kind, said, values(field))
    if kind == "table":
        _columns(found, said)
        properties |= {each: asked.pop(each) for each in ("required", "minrows") if each in asked}
    _set(found, "validate", _validate(table(known.get("validate")), asked))
    _set(found, "properties", {**properties, **said})
    return found


def _set(component: dict[str, Any], name: str, value: Any) -> None:
    component.pop(name, None)
    if value:
        component[name] = value


def _choices(found: dict[str, Any], kind: str, said: dict[str, str], listed: list[tuple[str, str]]) -> None:
    source = said.pop("source", "")
    if kind == "checklist":
        items = [name for name in said if name.startswith("item.") and name.count(".") == 1]
        listed = [(name.removeprefix("item."), said.pop(name)) for name in items]
    for each in ("values", "valuesKey"):
        found.pop(each, None)
    if source:
        found["valuesKey"] = source
    if listed or not source:
        found["values"] = [{"label": label, "value": value} for value, label in listed]


def _columns(found: dict[str, Any], said: dict[str, str]) -> None:
    keys = [each.strip() for each in said.pop("columns", "").split(",") if each.strip()]
    found |= {"isRepeating": True, "allowAddRemove": True, "defaultRepetitions": found.get("defaultRepetitions", 1)}
    found["components"] = [_column(key, said) for key in keys]


def _column(key: str, said: dict[str, str]) -> dict[str, Any]:
    name = f"column.{key}"
    parts = {each: said.pop(f"{name}.{each}", "") for each in ("en", "type", "required", "options", "confidential",
                                                               "feeds")}  # fmt: skip
    kind = next((ours for ours, column in COLUMN_TYPES.items() if column == (parts["type"] or "text")), "string")
    label = "dateLabel" if kind == "date" else "label"
    found: dict[str, Any] = {"id": f"Column_{key}", "type": COMPONENTS[kind], "key": key, label: said.pop(name, key)}
    own = {"label.en": parts["en"], "confidential": parts["confidential"], "feeds": parts["feeds"]}
    if kind == "date":
        found["subtype"] = "date"
    if kind == "money":
        found["appearance"] = {"suffixAdorner": "€"}
    if kind == "user":
        own[OWN_TYPE] = "user"
    if kind == "enum":
        options = [each.groups(default="") for each in map(_OPTION.match, parts["options"].split(";")) if each]
        found["values"] = [{"label": label, "value": value.strip()} for value, label, _ in options]
        own |= {f"option.{value.strip()}.en": english for value, _, english in options}
    _set(found, "validate", {"required": True} if parts["required"] == "true" else {})
    _set(found, "properties", {name: value for name, value in own.items() if value})
    return found


_NUMBERS = {"min": "min", "max": "max", "minlength": "minLength", "maxlength": "maxLength"}


def _validate(old: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    kept = {name: value for name, value in old.items() if name not in ("required", *_NUMBERS.values())}
    found = {**kept, **({"required": True} if "required" in asked else {})}
    return found | {theirs: _number(asked[ours]) for ours, theirs in _NUMBERS.items() if ours in asked}


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        try:
            found = float(text)
            return found if str(found) == text else text
        except ValueError:
            return text
