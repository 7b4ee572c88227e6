"""The lines of a task's checklists that more than its form decides, as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.asides import may_approve
from engine.computations import binds
from engine.computed.checklists import Standing, bound, standings
from engine.computed.looked import look
from engine.method import Item
from engine.queries.lines import ItemLine
from engine.queries.proofs import named, refers
from engine.queries.view import View
from engine.store.attestations import may_attest
from engine.store.case import Case
from engine.words import Text


def item_lines(
    view: View, case: Case, items: Mapping[str, tuple[Item, ...]], values: Mapping[str, Any]
) -> dict[str, ItemLine]:
    """By `field.item`, how each of them stands now, whatever was answered; those that the form alone decides aside."""
    found: dict[str, Standing] = {}
    for key, lines in items.items():
        if any(map(bound, lines)):
            said = values.get(key)
            form = said if isinstance(said, Mapping) else {}
            looked = look(view.session, case, view.now)
            for each in standings(looked, case.task.element, case.task.instance, key, lines, form):
                if bound(each.item):
                    found[f"{key}.{each.item.key}"] = each
    cited = {key: _refers(each) for key, each in found.items()}
    labels = named(view, case.project.id, case.method, cited.values())
    attests = _attests(view, case, found)
    return {
        key: _line(view, case, key, each, cited[key], labels.get(cited[key], Text("")), attests)
        for key, each in found.items()
    }


def _refers(each: Standing) -> str:
    if each.line is not None:
        return str(each.line.get("refers") or "")
    return refers(each.said.kind, each.said.refers_to) if each.said is not None and each.said.state == "met" else ""


def _attests(view: View, case: Case, found: Mapping[str, Standing]) -> bool:
    open_ = case.task.state == "open" and case.project.status == "running"
    return open_ and any(each.item.proof == "admin" for each in found.values()) and may_attest(view.session, case)


def _line(
    view: View, case: Case, key: str, each: Standing, cited: str, label: Text, attests: bool
) -> ItemLine:  # fmt: skip
    said = each.said
    by = view.person(said.actor_id) if said is not None else None
    aside = said is not None and said.state == "not_applicable"
    ticked = str(each.line.get("evidence") or "") if each.line is not None else ""
    can = {"attest"} if attests and each.item.proof == "admin" else set()
    if each.asked and said is not None and case.project.status == "running" and may_approve(case, said.actor_id):
        can.add("approve")
    return ItemLine(
        key=key, text=each.item.text, state=each.state, holds=each.holds, remark=each.remark,
        computed=bool(each.item.computed), admin=each.item.proof == "admin", locked=each.item.locked,
        binds=binds(each.item.computed), asked=each.asked, by=by.name if by else "", at=said.at if said else None,
        reason=said.evidence if said is not None and aside else "",
        evidence=said.evidence if said is not None and not aside else ticked, refers=cited, label=label,
        pointers=each.pointers, can=frozenset(can),
    )  # fmt: skip
