"""What a completion is told of the checklists of its form: the engine answers what no form can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.answers import Settled
from engine.computed.checklists import Standing, bound, standings
from engine.computed.looked import look
from engine.evidence import split, why_not
from engine.method import Item
from engine.store.act import Act
from engine.store.case import Case
from engine.words import Text

LOCKED = Text(
    "« Sans objet » se demande ici à une autre personne : demandez l’accord, ou faites ce qui est attendu.",
    "“Not applicable” is for another person to approve here: ask for approval, or do what is expected.",
)


def settled(
    act: Act, case: Case, values: Mapping[str, Any], items: Mapping[str, tuple[Item, ...]]
) -> dict[str, Settled]:
    """By `field.item`, the lines that the form does not decide, and the evidence that refers to what is not there."""
    found: dict[str, Settled] = {}
    looked = look(act.session, case, act.now)
    for key, lines in items.items():
        said = values.get(key)
        form = said if isinstance(said, Mapping) else {}
        if any(map(bound, lines)):
            for each in standings(looked, case.task.element, case.task.instance, key, lines, form):
                if bound(each.item):
                    found[f"{key}.{each.item.key}"] = _of(each)
        for item in lines:
            why = _refers_wrong(act, case, form.get(item.key))
            if why is not None:
                found[f"{key}.{item.key}"] = Settled({}, why)
    return {key: each for key, each in found.items() if each is not FORM}


#: the form decides after all: a locked line that is simply ticked
FORM = Settled({})


def _of(each: Standing) -> Settled:
    item = each.item
    if each.said is None and not item.computed and item.proof != "admin":
        return Settled({}, LOCKED) if each.state == "not_applicable" else FORM
    words = each.remark.fr if each.holds else ""
    line = {"state": each.state if each.holds else "", "evidence": words, "reason": ""}
    if each.state == "not_applicable" and each.said is not None:
        line |= {"evidence": "", "reason": each.said.evidence}
    return Settled(line, None if each.holds else each.remark)


def _refers_wrong(act: Act, case: Case, line: Any) -> Text | None:
    refers = str(line.get("refers") or "") if isinstance(line, Mapping) else ""
    if not refers:
        return None
    kind, number = split(refers)
    why = why_not(act.session, case.project.id, kind, "", number)
    return Text("La preuve : {why}", "The evidence: {why}").format(why=why) if why is not None else None
