"""What the page of one element of the outline says beyond the model: bounds, freedoms, its condition, its mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagram import Node, drawn_in
from engine.dialect.attributes import listed
from engine.method import Method
from engine.overlay.loom import Loom
from engine.overlay.picking import Pickable, pickable
from engine.words import Text
from engine.workshop.asked import node_of
from engine.workshop.outline import conditional, mark_of


@dataclass(frozen=True, slots=True)
class Detail:
    mark: str  #: of all that it says: a change carries it back
    bounds: tuple[str, str]  #: ISO 8601: a service may shorten, lengthen its deadline to; empty: not granted
    hooks: tuple[str, ...]  #: start, end of a phase; before, after a step
    extensible: bool  #: a service may add questions
    when: str  #: FEEL: the step is for projects in which it holds; empty: for all
    known: Pickable  #: what such a condition may read
    leads: Mapping[str, Text]  #: of a gate: the name of what each outcome leads to, in the drawing


def detail(files: Mapping[str, bytes], id: str, method: Method | None = None) -> Detail:
    """Raises `OutlineRefused` for what is not there."""
    loom = Loom(drawn_in(files), drawn=False)
    node = node_of(loom, id)
    said = node.properties
    step = loom.kind(id) == "task"
    return Detail(
        mark=mark_of(loom, id),
        bounds=(said.get("method.due.min", ""), said.get("method.due.max", "")),
        hooks=tuple(listed(_hooked(loom, node).properties.get("method.hooks", ""))),
        extensible=said.get("method.form") == "extensible",
        when=_when(loom, id) if step else "",
        known=pickable(id, loom, method) if step and method is not None else Pickable(),
        leads=_leads(loom, id) if loom.kind(id) == "gate" else {},
    )


def guards(files: Mapping[str, bytes]) -> dict[str, str]:
    """Of what is drawn for the condition of a step, that step: two gateways, the flow to it, the one round it."""
    loom = Loom(drawn_in(files), drawn=False)
    found: dict[str, str] = {}
    for step in [each for each in loom.nodes if conditional(loom, each) is not None]:
        drawn = [f"{step}_if", f"{step}_endif", *(way.id for way in loom.out(f"{step}_if"))]
        found |= dict.fromkeys(drawn, step)
    return found


def _hooked(loom: Loom, node: Node) -> Node:
    return (loom.called(node.id) or node) if node.tag == "callActivity" else node


def _when(loom: Loom, id: str) -> str:
    asks = conditional(loom, id)
    said = asks.child("conditionExpression") if asks is not None else None
    return said.body if said is not None else ""


def _leads(loom: Loom, gate: str) -> dict[str, Text]:
    ways = [way for each in loom.out(gate) for way in loom.out(each.get("targetRef"))]
    found = {way.properties.get("method.outcome", ""): loom.name(way.get("targetRef")) for way in ways}
    return found | ({"go_reserves": found["go"]} if "go" in found else {})
