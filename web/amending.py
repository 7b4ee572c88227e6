"""What a form of a tailoring's page asks for: an operation, as its text form says it (docs/reference/overlays.md).

`asked` reads a form, `typed_again` fills one in from a change that was made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from engine import ChangeLine, DateInvalid, Grant
from web.forms import NUMBER, day, line, lines, number
from web.language import _

Given = MultiDict[str, str]
UNITS = ("D", "W", "M")
COMPARISONS = (">", ">=", "<", "<=")
#: what the lines of a question are, by its type
LINES = {"enum": "options", "multiselect": "options", "table": "columns", "checklist": "items"}
#: between the two languages of a line
BAR = "|"


class Unclear(Exception):
    """What was typed cannot be read. `place`: the field."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.place, self.sentence = place, sentence


def asked(given: Given, before: ChangeLine | None) -> dict[str, Any]:
    """`before`: the change that is corrected. Raises `Unclear`."""
    kind = line(given.get("op", ""))
    found = {"op": kind, "reason": line(given.get("reason", ""))}
    found |= {"measure": measure} if (measure := line(given.get("measure", ""))) else {}
    for name in ("hook",) if kind in ("insert", "insert_process") else ("element",):
        found[name] = line(given.get(name, ""))
    more = _KINDS[kind](given) if kind in _KINDS else {}
    if kind == "insert" and before is not None and before.kind == kind:  # its questions have forms of their own
        more["step"] |= {"form": before.said["step"].get("form", [])}
    return found | more


def said_otherwise(kind: str, given: Given) -> dict[str, Any]:
    """The value alone, of an operation that is there already. Raises `Unclear`."""
    return _KINDS[kind](given)


def without_question(step: ChangeLine, key: str) -> dict[str, Any]:
    """A step of the service's own that no longer asks this."""
    form = [each for each in step.said["step"].get("form", []) if each["key"] != key]
    return {**step.said, "step": {**step.said["step"], "form": form}}


def last_day(given: Given) -> date:
    typed = given.get("value", "")
    try:
        return date.fromisoformat(day(typed))
    except ValueError:
        raise DateInvalid(value=typed) from None


# --- what is typed in one field ---


def figure(given: Given, place: str = "value") -> str:
    """« 75 » and « 75 % » are 75."""
    typed = line(given.get(place, ""))
    found = number(typed.removesuffix("%"))
    if not NUMBER.fullmatch(found):
        raise Unclear(place, _("« %(typed)s » devait être un nombre. Écrivez-le en chiffres.", typed=typed))
    return found


def both(given: Given, start: str = "") -> dict[str, str]:
    """A text in both languages."""
    found = {each: line(given.get(start + each, "")) for each in ("fr", "en")}
    for name, said in found.items():
        if not said:
            language = _("en français") if name == "fr" else _("en anglais")
            why = _("Ce texte est lu dans les deux langues, et manque %(language)s. Écrivez-le.", language=language)
            raise Unclear(start + name, why)
    return found


def maybe(given: Given, start: str, name: str) -> dict[str, Any]:
    """The same, where it may be left out."""
    said = any(line(given.get(start + each, "")) for each in ("fr", "en"))
    return {name: both(given, start)} if said else {}


def lasting(given: Given, place: str = "value") -> str:
    unit = given.get("unit", "D")
    return f"P{figure(given, place)}{unit if unit in UNITS else 'D'}"


def two_languages(given: Given) -> list[dict[str, str]]:
    """« français | anglais », one a line."""
    found = []
    for each in filter(None, map(line, lines(given.get("lines", "")).split("\n"))):
        fr, bar, en = (part.strip() for part in each.partition(BAR))
        if not (fr and bar and en):
            said = _("« %(line)s » devait dire « français | anglais ». Mettez une barre entre les deux.", line=each)
            raise Unclear("lines", said)
        found.append({"fr": fr, "en": en})
    return found


# --- one kind of change each ---


def _condition(given: Given) -> dict[str, Any]:
    """An answer, a number compared, or an expression: one of the three."""
    answer, compared, written = (line(given.get(each, "")) for each in ("answer", "number", "when"))
    if sum(map(bool, (answer, compared, written))) != 1:
        said = _("La condition devait être dite d’une façon, une seule : une réponse, un nombre ou une expression.")
        raise Unclear("answer", said)
    if compared:
        sign = given.get("comparison", "")
        return {"when": f"{compared} {sign if sign in COMPARISONS else COMPARISONS[0]} {figure(given)}"}
    return {"when": answer or written}


def _insert(given: Given) -> dict[str, Any]:
    step = {"id": line(given.get("own", "")), "name": both(given), "role": line(given.get("role", ""))}
    step |= maybe(given, "help_", "help")
    step |= {"due": lasting(given, "amount")} if line(given.get("amount", "")) else {}
    step |= {"never": never} if (never := line(given.get("never", ""))) else {}
    return {"step": step}


def _field(given: Given) -> dict[str, Any]:
    kind = given.get("type", "")
    field: dict[str, Any] = {"key": line(given.get("own", "")), "type": kind, "label": both(given)}
    field |= maybe(given, "help_", "help")
    field |= {"required": "yes"} if "required" in given else {}
    if kind in LINES:
        name, label = ("value", "label") if LINES[kind] == "options" else ("key", "label")
        label = "text" if LINES[kind] == "items" else label
        field[LINES[kind]] = [{name: f"choix_{n}", label: said} for n, said in enumerate(two_languages(given), 1)]
    return {"field": field}


def _point(given: Given) -> dict[str, Any]:
    """A criterion of a gate, a line of a checklist."""
    found: dict[str, Any] = {"key": line(given.get("own", "")), "text": both(given)}
    found |= {"computed": computed} if (computed := line(given.get("computed", ""))) else {}
    return found | ({"evidence": "yes"} if "evidence" in given else {})


def _said(name: str, place: str = "value") -> Callable[[Given], dict[str, Any]]:
    return lambda given: {name: line(given.get(place, ""))}


_KINDS: Mapping[str, Callable[[Given], dict[str, Any]]] = {
    "condition": _condition,
    "replace": _said("by"),
    "insert": _insert,
    "insert_process": _said("process"),
    "criterion": _point,
    "item": lambda given: _said("field", "field")(given) | _point(given),
    "field": _field,
    "option": lambda given: {**_said("field", "field")(given), **_said("value", "own")(given), "label": both(given)},
    "voter": _said("role"),
    "quorum": lambda given: {"value": str(Decimal(figure(given)) / 100)},
    "rule": _said("rule"),
    "due": lambda given: {"due": lasting(given)},
    "threshold": lambda given: {"value": figure(given)},
    "label": lambda given: (
        {"text": both(given)} | ({"field": field} if (field := line(given.get("field", ""))) else {})
    ),
    "template": _said("template"),
}


# --- a change, as it was typed ---


def typed_again(change: ChangeLine, grant: Grant) -> dict[str, Any]:
    """`grant`: what the change uses."""
    said = change.said
    found: dict[str, Any] = {"reason": change.reason, "own": said.get("key", ""), "field": said.get("field", "")}
    found |= {each: said[each] for each in ("computed", "evidence", "when", "measure") if each in said}
    for name in ("by", "process", "role", "rule", "template"):
        found |= {"value": said[name]} if name in said else {}
    match change.kind:
        case "quorum":
            found["value"] = format((Decimal(said["value"]) * 100).normalize(), "f")
        case "threshold":
            found["value"] = said["value"]
        case "condition":
            found |= _condition_again(said["when"], grant)
        case "due":
            found["value"], found["unit"] = amount(said["due"])
        case "option":
            found |= {"own": said["value"], **_again(said["label"])}
        case "criterion" | "item" | "label":
            found |= _again(said["text"])
        case "field":
            found |= {"field": "", **_field_again(said["field"])}
        case "insert":
            found |= _step_again(said["step"])
    return found


def _condition_again(when: str, grant: Grant) -> dict[str, str]:
    """As it was picked, where it was."""
    if when in {each.value for each in grant.known.answers}:
        return {"answer": when, "when": ""}
    parts = when.rsplit(" ", 2)
    if len(parts) == 3 and parts[1] in COMPARISONS and parts[0] in {each.value for each in grant.known.numbers}:
        return dict(zip(("number", "comparison", "value"), parts, strict=True)) | {"when": ""}
    return {}


def _again(text: Mapping[str, str], start: str = "") -> dict[str, str]:
    return {start + each: text.get(each, "") for each in ("fr", "en")}


def _step_again(step: Mapping[str, Any]) -> dict[str, Any]:
    digits, unit = amount(step.get("due", ""))
    return {
        "own": step["id"], "role": step["role"], "never": step.get("never", ""), "amount": digits, "unit": unit,
        **_again(step["name"]), **_again(step.get("help", {}), "help_"),
    }  # fmt: skip


def _field_again(field: Mapping[str, Any]) -> dict[str, Any]:
    told = field.get(LINES.get(field["type"], ""), [])
    texts = [each.get("label") or each.get("text") for each in told]
    return {
        "own": field["key"], "type": field["type"], "required": field.get("required", False),
        "lines": "\n".join(f"{each['fr']} {BAR} {each.get('en', '')}" for each in texts),
        **_again(field["label"]), **_again(field.get("help", {}), "help_"),
    }  # fmt: skip


def amount(iso: str) -> tuple[str, str]:
    """`P10D` -> ("10", "D"); what is written otherwise is left to be typed."""
    digits, unit = iso[1:-1], iso[-1:]
    return (digits, unit) if iso[:1] == "P" and digits.isdigit() and unit in UNITS else ("", "D")
