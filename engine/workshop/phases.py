"""Phases and gates put into a method and taken out of it, each drawn in the main process as a phase with its gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Node, for_camunda_8
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import BOUND, BY_OWNER, Asked, free, name_of, node_of
from engine.workshop.landings import first_of, settle
from engine.workshop.starting import NAMES, WHEN, step_file

ODD = Text(
    "« {name} » n’est pas dessinée comme une phase avec sa porte : cela se change dans le dessin.",
    "“{name}” is not drawn as a phase with its gate: that is changed in the drawing.",
)


def add_phase(loom: Loom, asked: Asked) -> dict[str, bytes]:
    """After the last go of the method, before its end: the file of its process."""
    name, main = name_of(asked), loom.main
    closed = [each.id for each in main.nodes if each.properties.get("method.end") == "closed"]
    ways = [way for end in closed for way in loom.into(end)]
    if len(ways) != 1:
        raise OutlineRefused(why=ODD.format(name=main.name))
    lead, phase, step = main.properties.get("method.lead", ""), free(loom, "P"), free(loom, "T")
    loom.put_in(ways[0].id, phase, "callActivity", lead, BY_OWNER, name=name, calledElement=f"Process_{phase}")
    _put_gate(loom, phase, step, name)
    made = {f"{phase.lower()}.bpmn": step_file(phase, step, name, lead, loom.role_name(lead))}
    return for_camunda_8(made) if loom.main.diagram.zeebe else made


def add_gate(loom: Loom, asked: Asked) -> None:
    """At the end of a phase that has none; a rework returns to its first step."""
    phase = node_of(loom, asked["element"])
    called = loom.called(phase.id) if phase.tag == "callActivity" else None
    ways = loom.out(phase.id) if called is not None else []
    first = first_of(loom, called) if called is not None else ""
    if len(ways) != 1 or loom.kind(ways[0].get("targetRef")) == "gate":
        raise OutlineRefused(why=ODD.format(name=loom.name(phase.id)))
    if loom.kind(first) != "task":
        raise OutlineRefused(why=BOUND.format(name=loom.name(first)))
    _put_gate(loom, phase.id, first, phase.name)


def _put_gate(loom: Loom, phase: str, step: str, name: Text) -> None:
    """Chaired by the sponsor, on the way out of `phase`; a rework returns to `step`."""
    sponsor, gate = loom.main.properties.get("method.sponsor", ""), free(loom, "G")
    said = Text(f"Porte : {name.fr}", f"Gate: {name.en or name.fr}")
    as_gate(loom.put_in(loom.out(phase)[0].id, gate, "userTask", sponsor, BY_OWNER, name=said), sponsor, name)
    asks = Text(f"{gate} ?", f"{gate}?")
    decision = loom.put_in(
        loom.out(gate)[0].id, f"{gate}_decision", "exclusiveGateway", sponsor, BY_OWNER, name=asks
    )  # fmt: skip
    as_outcome(loom, loom.out(decision.id)[0], "go", NAMES["go"], WHEN["go"])
    back = edit.flow(loom.main, decision.id, phase)
    as_outcome(loom, back, "rework", Text(f"À reprendre ({step})", f"Rework ({step})"))
    edit.say(back, "method.landing", step)
    decision.set("default", back.id)
    for each in (decision.id, phase):
        edit.link(loom.main, each)


def as_gate(gate: Node, sponsor: str, phase: Text, outcomes: Iterable[str] = ("go", "rework")) -> None:
    """What a gate says until its owner says otherwise: the chair decides alone, on the result of the phase."""
    gate.set_camunda("candidateGroups", sponsor)
    gate.set_camunda("dueDate", gate.camunda("dueDate") or "P10D")
    said = {
        "kind": "gate", "lock": "locked", "gate.chair": sponsor, "gate.voters": sponsor, "gate.quorum": "1",
        "gate.rule": "chair", "gate.outcomes": ",".join(outcomes), "gate.rework_max": "3", "gate.silence": "escalate",
    }  # fmt: skip
    for name, value in said.items():
        edit.say(gate, f"method.{name}", value)
    text = Text(f"Le résultat de la phase « {phase.fr} » est là", f"The result of “{phase.en or phase.fr}” is there")
    edit.say_text(gate, "method.criterion.1", text)


def as_outcome(loom: Loom, flow: Node, outcome: str, name: Text, when: str = "") -> None:
    loom.name_flow(flow, name, when)
    edit.say(flow, "method.outcome", outcome)


def remove_phase(loom: Loom, asked: Asked) -> None:
    phase = node_of(loom, asked["element"])
    called, ways = loom.called(phase.id) if phase.tag == "callActivity" else None, loom.out(phase.id)
    if called is not None and len(ways) == 1 and loom.kind(ways[0].get("targetRef")) != "gate":
        gone, target = [phase.id], ways[0].get("targetRef")
    else:
        gate, decision, onward = _ended(loom, phase)
        gone = [phase.id, gate, decision, *_lone_ends(loom, decision, onward)]
        target = onward.get("targetRef")
    _lead_on(loom, phase.id, gone, target)
    if called is not None:
        loom.drop(called.id, BY_OWNER)


def remove_gate(loom: Loom, asked: Asked) -> None:
    """The project goes on as after a go."""
    id = node_of(loom, asked["element"]).id
    before = [way.get("sourceRef") for way in loom.into(id)]
    phase = next((loom.nodes[each] for each in before if loom.nodes[each].tag == "callActivity"), None)
    if phase is None:
        raise OutlineRefused(why=ODD.format(name=loom.name(id)))
    gate, decision, onward = _ended(loom, phase)
    _lead_on(loom, gate, [gate, decision, *_lone_ends(loom, decision, onward)], onward.get("targetRef"))
    settle(loom, phase)


def _lone_ends(loom: Loom, decision: str, onward: Node) -> Iterator[str]:
    """The ends to which nothing but this decision leads, where the project does not go on."""
    for way in loom.out(decision):
        end = way.get("targetRef")
        alone = loom.nodes[end].tag == "endEvent" and len(loom.into(end)) == 1
        if alone and way is not onward and end != onward.get("targetRef"):
            yield end


def _lead_on(loom: Loom, id: str, gone: list[str], target: str) -> None:
    for way in loom.into(id):
        if way.get("sourceRef") not in gone:
            way.set("targetRef", target)
    _cut(loom, gone)


def _ended(loom: Loom, phase: Node) -> tuple[str, str, Node]:
    """The gate of a phase, its decision, and the flow on which the project goes on."""
    ways = loom.out(phase.id) if phase.tag == "callActivity" else []
    gate = ways[0].get("targetRef") if len(ways) == 1 else ""
    after = loom.out(gate) if loom.kind(gate) == "gate" else []
    decision = after[0].get("targetRef") if len(after) == 1 else ""
    went = [each for each in (loom.out(decision) if decision else []) if each.properties.get("method.outcome") == "go"]
    if len(went) != 1 or len(loom.into(gate)) != 1:
        raise OutlineRefused(why=ODD.format(name=loom.name(phase.id)))
    return gate, decision, went[0]


def _cut(loom: Loom, gone: list[str]) -> None:
    main = loom.main
    layout = loom.layout(main)
    for flow in main.flows:
        if flow.get("sourceRef") in gone or flow.get("targetRef") in gone:
            flow.remove()
    for reference in [each for each in main.all("flowNodeRef") if each.body in gone]:
        reference.remove()
    for id in gone:
        loom.nodes.pop(id).remove()
        loom.holder.pop(id)
    for node in main.nodes:
        edit.link(main, node.id)
    layout.take_out(gone)
    loom.touch(main)
