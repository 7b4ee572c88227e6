"""Where in the outline a finding is mended: the page of its element, and there the field that its remedy names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from flask import url_for

from engine import Field, Finding, Method, MethodOutline
from web.language import ngettext

#: « Nom en anglais » (name.en): the attribute that a remedy names
_ATTRIBUTE = re.compile(r"\(([\w.]+)\)")


def address(finding: Finding, seen: MethodOutline) -> str:
    """Empty where no page of the outline mends it."""
    element = place(finding, seen)
    if not seen.method or not element:
        return ""
    guard = finding.place.element in seen.guards
    field = field_of_guard(finding) if guard else field_of(finding, seen.method)
    return url_for("outline.one", draft=seen.draft.line.id, element=element, _anchor=field or None)


def place(finding: Finding, seen: MethodOutline) -> str:
    """The element whose page mends it: of what is drawn for the condition of a step, the step; empty: none."""
    if seen.method is None:
        return ""
    return {**places(seen.method), **seen.guards}.get(finding.place.element, "")


def places(method: Method) -> dict[str, str]:
    """Of what a finding may be of, the element whose page mends it: of a process, its phase."""
    own = {each: each for known in (method.tasks, method.gate, method.phase, {method.id: method}) for each in known}
    return {each.process: each.id for each in method.phases} | own


def counted(findings: Iterable[Finding]) -> str:
    """How many of each gravity, the gravest first, as the page that publishes says it; of none, nothing."""
    many = Counter(each.severity for each in findings)
    errors, warnings, notes = many["error"], many["warning"], many["note"]
    said = [
        (errors, ngettext("%(num)s erreur", "%(num)s erreurs", errors)),
        (warnings, ngettext("%(num)s remarque à accepter", "%(num)s remarques à accepter", warnings)),
        (notes, ngettext("%(num)s note", "%(num)s notes", notes)),
    ]
    return ", ".join(words % {"num": number} for number, words in said if number)


def found_at(element: str, seen: MethodOutline) -> list[Finding]:
    """What is mended on the page of that element."""
    return [each for each in seen.draft.findings if place(each, seen) == element]


def field_of_guard(finding: Finding) -> str:
    """The condition; empty where an attribute of the drawing is to be mended."""
    return "" if _ATTRIBUTE.search(finding.remedy.fr) else "step-when"


def field_of(finding: Finding, method: Method) -> str:
    """The id of the field on that page; empty where none is named."""
    found = _ATTRIBUTE.search(finding.remedy.fr)
    match found[1].split(".") if found else []:
        case ["name", "en"]:
            return "words-en"
        case ["method", "landing"]:
            return "rework-landing"
        case ["method", "role" | "criterion" as kind, key, "en"]:
            return f"{kind}-{key}-en"
        case ["label", "en"]:
            task = method.tasks.get(finding.place.element)
            said = (
                [each for each in task.form if not each.label.en and each.label.fr in finding.message.fr]
                if task
                else []
            )
            return f"field-{said[0].key}-en" if said else ""
        case ["option" | "column" | "item" as kind, key, "en"]:
            task = method.tasks.get(finding.place.element)
            holds = [each for each in task.form if lacks(each, kind, key)] if task else []
            return f"field-{holds[0].key}-{kind}.{key}.en" if holds else ""
    return ""


def lacks(field: Field, kind: str, key: str) -> bool:
    """Has that option, column or item of it no English?"""
    said = {
        "option": {each.value: each.label for each in field.options},
        "column": {each.key: each.label for each in field.columns},
        "item": {each.key: each.text for each in field.items},
    }[kind]
    return key in said and not said[key].en
