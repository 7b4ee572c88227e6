"""Components of form-js -> the fields of a form, as `dialect.form` reads them.

textfield string · textarea · number (with € behind it: money) · checkbox boolean · radio, select enum · checklist,
taglist multiselect · datetime date · filepicker file · dynamiclist table. What form-js has no component for says its
type in its property `method.type`: money, user, users, checklist. A group and what only lays out is passed through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.diagram.zeebe.marks import FORM, Unread, camunda, extended, made
from engine.words import Text

TYPES = {
    "textfield": "string", "textarea": "textarea", "number": "number", "checkbox": "boolean", "radio": "enum",
    "select": "enum", "checklist": "multiselect", "taglist": "multiselect", "datetime": "date", "filepicker": "file",
    "dynamiclist": "table",
}  # fmt: skip
#: the property that says the type of what form-js has no component for
OWN_TYPE = "method.type"
COLUMN_TYPES = {
    "string": "text", "textarea": "textarea", "number": "number", "money": "money", "date": "date", "enum": "select",
    "user": "user", "boolean": "boolean",
}  # fmt: skip
LAYOUT = frozenset(["group", "text", "spacer", "separator", "button"])
SHOWN_ELSEWHERE = frozenset(["html", "image", "iframe", "table", "documentPreview"])
LIMITS = {"min": "min", "max": "max", "minLength": "minlength", "maxLength": "maxlength"}
#: characters that no XML may hold
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: how deep groups may stand in groups
DEEPEST = 20

_HELP = Text("écrivez-le dans l’aide du champ ou la documentation de la tâche",
             "write it in the help of the field or the documentation of the task")  # fmt: skip
_CHECK = Text("écrivez method.check.<champ> sur la tâche, en FEEL", "write method.check.<field> on the task, in FEEL")
_FLOW = Text(
    "le champ est toujours montré : faites-en une tâche que méthode et service rendent conditionnelle, ou laissez-le "
    "facultatif",
    "the field is always shown: make it a step that is conditional, or leave it optional",
)
_EMPTY = Text("un champ commence vide", "a field begins empty")
_WRITTEN = Text("un champ se remplit toujours : mettez le texte dans l’aide",
                "a field is always filled in: put the text in its help")  # fmt: skip
_LISTED = Text("écrivez ses options, ou sa source (services, objectives, C3.scenarios …)",
               "write its options, or its source (services, objectives, C3.scenarios …)")  # fmt: skip
_KNOWN = Text(
    "choisissez textfield, textarea, number, checkbox, radio, select, checklist, taglist, datetime, filepicker ou "
    "dynamiclist",
    "choose textfield, textarea, number, checkbox, radio, select, checklist, taglist, datetime, filepicker or "
    "dynamiclist",
)


def fields(schema: Mapping[str, Any], task: Any) -> tuple[Any, list[Unread]]:
    """The camunda:formData that a form amounts to, not yet in `task`, and what of it has no equivalent."""
    reading = _Reading(task)
    reading.all(schema.get("components", []))
    return reading.form, reading.unread


def keyed(components: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Those that are fields, groups opened."""
    for each in components if isinstance(components, list) and depth < DEEPEST else ():
        if isinstance(each, dict):
            if each.get("type") == "group":
                yield from keyed(each.get("components"), depth + 1)
            else:
                yield each


def key_of(component: Mapping[str, Any]) -> str:
    return text(component.get("path" if component.get("type") == "dynamiclist" else "key")).strip()


def text(value: object) -> str:
    """As an attribute of a diagram may hold it."""
    found = "" if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value)
    return NOT_XML.sub("", found)


def table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def type_of(component: Mapping[str, Any]) -> str:
    """Empty where there is none."""
    own = text(table(component.get("properties")).get(OWN_TYPE))
    if own:
        return own
    found = TYPES.get(text(component.get("type")), "")
    if found == "number" and table(component.get("appearance")).get("suffixAdorner") in ("€", "EUR"):
        return "money"
    return found


class _Reading:
    def __init__(self, task: Any) -> None:
        self.task, self.unread = task, list[Unread]()
        self.form = task.makeelement(camunda("formData"))

    def without(self, field: str, what: str | Text, instead: Text) -> None:
        self.unread.append(Unread("form-part-not-read", self.task, {"field": field, "what": what, "instead": instead}))

    def all(self, components: Any) -> None:
        for each in keyed(components):
            kind, key = text(each.get("type")), key_of(each)
            if kind in SHOWN_ELSEWHERE:
                self.without(text(each.get("label") or each.get("id")) or kind, f"type = {kind}", _HELP)
            elif kind in LAYOUT:
                continue
            elif not type_of(each) or text(each.get("subtype")) not in ("", "date") or not key:
                said = text(each.get("subtype")) if kind == "datetime" else kind
                facts: dict[str, str | Text] = {"field": key or text(each.get("id")), "type": said, "instead": _KNOWN}
                self.unread.append(Unread("unknown-component", self.task, facts))
            else:
                self._field(each, key)

    def _field(self, said: dict[str, Any], key: str) -> None:
        kind = type_of(said)
        field = made(self.form, camunda("formField"), id=key, label=label_of(said), type=kind)
        properties = made(field, camunda("properties"))
        for name, value in lines_of(said, kind, key, self).items():
            if value:
                made(properties, camunda("property"), name=name, value=value)
        if kind in ("enum", "multiselect"):
            for value, label in values_of(said):
                made(field, camunda("value"), id=value, name=label)
        limits = self._limits(said, key, kind)
        if limits:
            validation = made(field, camunda("validation"))
            for name, value in limits.items():
                made(validation, camunda("constraint"), name=name, config=value)
        self._rest(said, key)

    def _limits(self, said: dict[str, Any], key: str, kind: str) -> dict[str, str]:
        asked, own = table(said.get("validate")), table(said.get("properties"))
        found = {}
        if asked.get("required") is True or own.get("required") == "true":
            found["required"] = "true"
        for name, ours in LIMITS.items():
            value = text(asked.get(name)).strip()
            if value.startswith("="):
                self.without(key, f"validate.{name} {value}", _CHECK)
            elif value:
                found[ours] = value
        if own.get("minrows"):
            found["minrows"] = text(own["minrows"])
        if asked.get("pattern"):
            self._pattern(key, text(asked["pattern"]))
        if asked.get("validationType") not in (None, "", "custom"):
            self.without(key, f"validate.validationType {asked['validationType']}", _CHECK)
        return found

    def _pattern(self, key: str, pattern: str) -> None:
        """What a text must look like is a check between answers like any other."""
        name = f"method.check.{key}"
        holder = extended(self.task).find(camunda("properties"))
        known = {each.get("name") for each in holder} if holder is not None else set()
        if any(each.get("name") == name and each.get(FORM) for each in (holder if holder is not None else ())):
            return  # of this form, read before
        if not re.fullmatch(r"\w+", key) or name in known:
            self.without(key, f"validate.pattern {pattern}", _CHECK)
            return
        if holder is None:
            holder = made(extended(self.task), camunda("properties"))
            holder.set(FORM, "pattern")
        rule = f'{key} = null or {key} = "" or matches({key}, {json.dumps(pattern, ensure_ascii=False)})'
        made(holder, camunda("property"), name=name, value=rule).set(FORM, "pattern")

    def _rest(self, said: dict[str, Any], key: str) -> None:
        hide = table(said.get("conditional")).get("hide")
        if hide:
            self.without(key, f"conditional.hide {text(hide)}", _FLOW)
        if said.get("defaultValue") not in (None, "", [], False):
            self.without(key, f"defaultValue {text(said['defaultValue'])}", _EMPTY)
        if said.get("valuesExpression"):
            self.without(key, f"valuesExpression {text(said['valuesExpression'])}", _LISTED)
        for name in ("readonly", "disabled"):
            if said.get(name):
                self.without(key, f"{name} {text(said[name])}", _WRITTEN)


def label_of(said: Mapping[str, Any]) -> str:
    return text(said.get("dateLabel") or said.get("label"))


def values_of(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed = said.get("values")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and text(each.get("value")):
            yield text(each["value"]), text(each.get("label")) or text(each["value"])


def lines_of(said: Mapping[str, Any], kind: str, key: str, reading: _Reading) -> dict[str, str]:
    """The properties of a field, as Camunda 7 writes them."""
    own = {name: text(value) for name, value in table(said.get("properties")).items()}
    found = {text(name): value for name, value in own.items() if name not in (OWN_TYPE, "required", "minrows")}
    if said.get("description"):
        found["help"] = text(said["description"])
    if said.get("valuesKey"):
        found.setdefault("source", text(said["valuesKey"]))
    if kind == "checklist":
        found |= {f"item.{value}": label for value, label in values_of(said)}
    if kind == "table":
        found |= _columns(said, key, reading)
    return found


def _columns(said: Mapping[str, Any], key: str, reading: _Reading) -> dict[str, str]:
    columns = [each for each in keyed(said.get("components")) if text(each.get("type")) not in LAYOUT]
    found = {"columns": ",".join(map(key_of, columns))} if columns else {}
    for each in columns:
        kind = COLUMN_TYPES.get(type_of(each))
        if kind is None:
            what, wanted = f"{key_of(each)} : {text(each.get('type'))}", ", ".join(COLUMN_TYPES.values())
            reading.without(key, what, Text(f"une colonne est de type {wanted}", f"a column is of type {wanted}"))
        name, own = f"column.{key_of(each)}", table(each.get("properties"))
        found |= {
            name: label_of(each), f"{name}.en": text(own.get("label.en")), f"{name}.type": kind or "",
            f"{name}.required": "true" if table(each.get("validate")).get("required") is True else "",
            f"{name}.options": "; ".join(_option(own, *one) for one in values_of(each)),
            f"{name}.confidential": text(own.get("confidential")), f"{name}.feeds": text(own.get("feeds")),
        }  # fmt: skip
    return found


def _option(own: Mapping[str, Any], value: str, label: str) -> str:
    english = text(own.get(f"option.{value}.en"))
    return f"{value}={label}|{english}" if english else f"{value}={label}"
