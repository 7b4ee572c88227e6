"""The values of a tailoring in words: shares, amounts, deadlines, and the fixed words of the dialect."""

from __future__ import annotations

from decimal import Decimal

from engine.durations import duration
from engine.overlay.lattice import OFF
from engine.votes import RULES
from engine.words import Text

LOCKS = {
    "locked": Text("verrouillée", "locked"),
    "optional": Text("facultative", "optional"),
    "conditional": Text("demandée selon le projet", "asked for by a condition"),
}
FREEDOMS = {
    "hide": Text("de masquer", "hiding"),
    "condition": Text("de rendre conditionnelle", "making conditional"),
}
TYPES = {
    "checklist": Text("liste de contrôle", "checklist"),
    "enum": Text("choix", "choice"),
    "multiselect": Text("choix multiple", "multiple choice"),
}
#: where a hook is
POINTS = {
    "start": Text("au début de « {id} »", "at the start of “{id}”"),
    "end": Text("à la fin de « {id} »", "at the end of “{id}”"),
    "before": Text("avant « {id} »", "before “{id}”"),
    "after": Text("après « {id} »", "after “{id}”"),
}


def share(value: Decimal) -> Text:
    plain = f"{format((value * 100).normalize(), 'f')}"
    return Text(f"{plain.replace('.', ',')}\u00a0%", f"{plain}%")


def number(value: Decimal) -> Text:
    """With the thousands set apart."""
    if value == OFF:
        return Text("« désactivé »", "“off”")
    plain = format(value.normalize(), ",f")
    return Text(plain.replace(",", "\u202f").replace(".", ","), plain)


def lasting(iso: str) -> Text:
    return duration(iso) if iso else Text("sans échéance", "no deadline")


def rule(id: str) -> Text:
    return RULES.get(id, Text(id))


def quoted(text: Text) -> Text:
    return Text(f"« {text.fr} »", f"“{text.en or text.fr}”")


def point(hook: str) -> Text:
    id, _, which = hook.rpartition(".")
    return POINTS[which].format(id=id) if which in POINTS else Text(f"à « {hook} »", f"at “{hook}”")
