"""What a form of the outline asks for, and what its fields are called.

`read_edit` reads a form as the engine understands it; `called` names a field, `refused_at` says where a sentence is of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from web.amending import COMPARISONS, UNITS, Unclear, figure
from web.forms import line, number
from web.language import _

#: fields of a form that say nothing of the method
OURS = ("csrf_token", "key", "form", "preview")
#: figures, as they are typed in either language
FIGURES = ("min", "max", "shortest", "longest", "fewest", "rework_max")
#: lasting: a number and its unit, together ISO 8601
LASTING = ("due", "due_min", "due_max", "second")


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused, and is shown again."""

    form: str = ""  #: its name; empty: a button without fields
    problems: Mapping[str, str] = field(default_factory=dict)  #: field -> sentence; "": of the whole form
    element: str = ""  #: of which the list was asked something
    stale: bool = False  #: somebody else changed the element meanwhile


NOTHING = Refused()


def typed_of(given: Any) -> dict[str, str]:
    """Of a box and the empty value before it, what was ticked."""
    return {name: given.getlist(name)[-1] for name in given if name not in OURS}


def read_edit(given: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What the engine understands: durations, shares, figures as it writes them; and what cannot be read, by field."""
    asked, wrong = typed_of(given), {}
    for name in FIGURES:
        if name in asked:
            asked[name] = number(asked[name])
    for name, read in (*((each, lasting) for each in LASTING), ("quorum", share), ("value", condition)):
        try:
            read(asked, name)
        except Unclear as unclear:
            wrong[unclear.place] = unclear.sentence
    return asked, wrong


def lasting(asked: dict[str, str], name: str) -> None:
    if f"{name}.n" not in asked:
        return
    digits, unit = asked.pop(f"{name}.n"), asked.pop(f"{name}.unit", "D")
    asked[name] = f"P{whole(digits, name)}{unit if unit in UNITS else 'D'}" if line(digits) else ""


def whole(digits: str, name: str) -> str:
    found = number(digits)
    if not found.isdecimal():
        said = _("« %(typed)s » devait être un nombre entier. Écrivez-le en chiffres.", typed=line(digits))
        raise Unclear(name, said)
    return found


def share(asked: dict[str, str], name: str) -> None:
    if name not in asked:
        return
    found = Decimal(figure(cast("Any", asked), name)) / 100
    if not 0 < found <= 1:
        raise Unclear(name, _("Le quorum devait être une part des votants, de 1 à 100 %. Écrivez par exemple 50."))
    asked[name] = str(found)


def condition(asked: dict[str, str], name: str) -> None:
    """Picked among earlier answers, or compared with one, or written."""
    if asked.get("lock") != "conditional":
        return
    answer, compared = asked.pop("answer", ""), asked.pop("number", "")
    sign, value = asked.pop("comparison", ""), asked.pop(name, "")
    if compared:
        sign = sign if sign in COMPARISONS else COMPARISONS[0]
        asked["when"] = f"{compared} {sign} {figure(cast('Any', {name: value}), name)}"
    else:
        asked["when"] = line(answer or asked.get("when", ""))


# --- what fields are called, and where they are ---


def languages_of(form: str) -> tuple[str, str]:
    """What the two boxes of a name are called: as the review calls them."""
    if form.startswith("field"):
        return _("Libellé en français"), _("Libellé en anglais")
    if form.startswith(("criterion", "role")):
        return _("En français"), _("En anglais")
    return _("Nom en français"), _("Nom en anglais")


def called(form: str, name: str) -> str:
    """Empty for what is no field."""
    fr, en = languages_of(form)
    return {
        "fr": fr, "en": en,
        "help_fr": _("Consigne, en français"), "help_en": _("Consigne, en anglais"),
        "role": _("Rôle qui la fait"), "never": _("Interdite à ce rôle"), "type": _("Genre de réponse"),
        "lines": _("Choix, colonnes ou points à cocher"), "when": _("Ou une expression FEEL"), "value": _("combien"),
        "due": _("Échéance, après son ouverture"), "due_min": _("Un service peut la raccourcir jusqu’à"),
        "due_max": _("Un service peut l’allonger jusqu’à"), "second": _("Sans quorum, seconde séance après"),
        "quorum": _("Quorum : part des votants (en pourcentage)"), "chair": _("Présidée par"),
        "landing": _("On reprend à"), "rework_max": _("Reprises, au plus"), "id": _("Identifiant de la méthode"),
        "min": _("Au moins"), "max": _("Au plus"), "shortest": _("Caractères, au moins"),
        "longest": _("Caractères, au plus"), "fewest": _("Lignes, au moins"),
    }.get(name, "")  # fmt: skip


def summed(refused: Refused) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """For the summary at the top: the sentences, by the anchor to which each leads; and what the fields are called."""
    sentences, labels = {}, {}
    for name, said in refused.problems.items():
        label = called(refused.form, name) if refused.form else ""
        at = f"{refused.form}-{name}" if label else refused.form or (refused.element and f"at-{refused.element}")
        sentences[at] = said
        if label:
            labels[at] = (at, label)
    return sentences, labels


def lost(refused: Refused, kept: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed in a form that is on the page no more: the name of each field, its words."""
    return [(label, words) for name, words in kept.items() if words.strip() and (label := called(refused.form, name))]
