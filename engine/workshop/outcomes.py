"""The outcomes that a gate offers, added and removed with what the drawing has for them.

add_outcome, remove_outcome   element: a gate; outcome: go, go_reserves, rework, hold, stop

A rework has its flow back, and where it lands in the middle of its phase the entry decision there; a stop leads where
the other gates of the method lead theirs, or to an end of its own; a hold is a state, and draws nothing.
"""

from __future__ import annotations

from typing import get_args

from engine.diagram import Node
from engine.dialect.attributes import listed
from engine.errors import OutlineRefused
from engine.method import Outcome
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import ABSENT, BY_OWNER, Asked, node_of
from engine.workshop.landings import first_of, land, phase_of, settle, steps_of
from engine.workshop.starting import NAMES, WHEN

#: in the order in which they are told
OUTCOMES: tuple[str, ...] = get_args(Outcome)
FAVOURABLE = ("go", "go_reserves")
LAST = Text(
    "C’est la seule issue par laquelle « {name} » laisse le projet continuer : elle ne se retire pas. "
    "Ajoutez d’abord l’autre issue favorable.",
    "It is the only outcome by which “{name}” lets the project go on: it is not removed. "
    "Add the other favourable outcome first.",
)
CLOSURE = Text(
    "« {name} » est la dernière porte qui mène à « {closure} » : sans elle, plus rien n’y mènerait. "
    "Gardez cette issue, ou retirez « {closure} » dans le dessin.",
    "“{name}” is the last gate that leads to “{closure}”: without it, nothing would lead there any more. "
    "Keep this outcome, or remove “{closure}” in the drawing.",
)
ODD = Text(
    "« {name} » n’est pas suivie d’une passerelle d’où partent ses issues : cela se dessine d’abord.",
    "“{name}” is not followed by a gateway from which its outcomes leave: that is drawn first.",
)


def add_outcome(loom: Loom, asked: Asked) -> None:
    gate, outcome, offered = _of(loom, asked)
    if outcome in offered:
        return
    decision = decision_of(loom, gate)
    if outcome in FAVOURABLE:
        _say_when(loom, _flow(loom, gate, "go"), "go")
    elif outcome == "rework":
        _rework(loom, gate, decision)
    elif outcome == "stop":
        _stop(loom, gate, decision)
    _offer(loom, gate, [*offered, outcome])


def remove_outcome(loom: Loom, asked: Asked) -> None:
    gate, outcome, offered = _of(loom, asked)
    if outcome not in offered:
        return
    decision = decision_of(loom, gate)
    left = [each for each in offered if each != outcome]
    if not any(each in FAVOURABLE for each in left):
        raise OutlineRefused(why=LAST.format(name=loom.name(gate.id)))
    if outcome in ("rework", "stop"):
        _take_away(loom, gate, decision, outcome)
    _offer(loom, gate, left)


def decision_of(loom: Loom, gate: Node) -> Node:
    """The gateway that follows a gate. Raises `OutlineRefused`."""
    ways = loom.out(gate.id)
    found = loom.nodes.get(ways[0].get("targetRef")) if len(ways) == 1 else None
    if found is None or found.tag != "exclusiveGateway":
        raise OutlineRefused(why=ODD.format(name=loom.name(gate.id)))
    return found


def ends_of(loom: Loom, decision: str) -> list[str]:
    """The ends to which nothing but the stop of this gate leads."""
    targets = [way.get("targetRef") for way in loom.out(decision) if way.properties.get("method.outcome") == "stop"]
    return [each for each in targets if loom.nodes[each].tag == "endEvent" and len(loom.into(each)) == 1]


def _of(loom: Loom, asked: Asked) -> tuple[Node, str, list[str]]:
    gate, outcome = node_of(loom, asked["element"]), asked.get("outcome", "")
    if loom.kind(gate.id) != "gate" or outcome not in OUTCOMES:
        raise OutlineRefused(why=ABSENT.format(id=outcome if loom.kind(gate.id) == "gate" else gate.id))
    return gate, outcome, listed(gate.properties.get("method.gate.outcomes", ""))


def _offer(loom: Loom, gate: Node, outcomes: list[str]) -> None:
    edit.say(gate, "method.gate.outcomes", ",".join(sorted(outcomes, key=OUTCOMES.index)))
    loom.touch(gate)
    _default(loom, gate)


def _default(loom: Loom, gate: Node) -> None:
    """No outcome ever means *go* by omission: the rework, or else the stop, is where the rest goes."""
    decision = decision_of(loom, gate)
    said = {way.properties.get("method.outcome", ""): way for way in loom.out(decision.id)}
    default = said.get("rework") or said.get("stop")
    if default is None:
        decision.drop("default")
    else:
        decision.set("default", default.id)


def _flow(loom: Loom, gate: Node, outcome: str) -> Node:
    ways = loom.out(decision_of(loom, gate).id)
    found = next((each for each in ways if each.properties.get("method.outcome") == outcome), None)
    if found is None:
        raise OutlineRefused(why=ODD.format(name=loom.name(gate.id)))
    return found


# --- what the drawing has for them ---


def _rework(loom: Loom, gate: Node, decision: Node) -> None:
    phase = phase_of(loom, gate.id)
    called = loom.called(phase.id) if phase is not None else None
    steps = steps_of(loom, gate.id)
    if not steps:
        raise OutlineRefused(why=ODD.format(name=loom.name(gate.id)))
    first = first_of(loom, called) if called is not None else ""
    step = first if first in steps else steps[0]
    target = phase.id if phase is not None else step
    _led(loom, decision, target, "rework")
    if not gate.properties.get("method.gate.rework_max"):
        edit.say(gate, "method.gate.rework_max", "3")
    _conditions(loom, decision)
    land(loom, gate, step)


def _conditions(loom: Loom, decision: Node) -> None:
    """What was the only flow, or the default one, says on which condition it is taken."""
    for way in loom.out(decision.id):
        outcome = way.properties.get("method.outcome", "")
        if outcome in WHEN and way.child("conditionExpression") is None:
            _say_when(loom, way, outcome)


def _say_when(loom: Loom, way: Node, outcome: str) -> None:
    said = way.child("conditionExpression")
    if said is None or said.body != WHEN[outcome]:
        loom.name_flow(way, way.name or NAMES[outcome], WHEN[outcome])


def _led(loom: Loom, decision: Node, target: str, outcome: str) -> Node:
    made = edit.flow(loom.holder[decision.id], decision.id, target)
    edit.say(made, "method.outcome", outcome)
    for each in (decision.id, target):
        edit.link(loom.holder[decision.id], each)
    return made


def _stop(loom: Loom, gate: Node, decision: Node) -> None:
    _conditions(loom, decision)
    target = _where_others_stop(loom, decision) or _end(loom, gate, decision)
    loom.name_flow(_led(loom, decision, target, "stop"), NAMES["stop"], WHEN["stop"])


def _where_others_stop(loom: Loom, decision: Node) -> str:
    """The short closure, or the gateway before it: an end of another gate is its own."""
    process = loom.holder[decision.id]
    stops = [way.get("targetRef") for way in process.flows if way.properties.get("method.outcome") == "stop"]
    return next((each for each in stops if loom.nodes[each].tag != "endEvent"), "")


def _end(loom: Loom, gate: Node, decision: Node) -> str:
    process, name = loom.holder[gate.id], Text("Projet arrêté", "Project stopped")
    id = loom.free(f"{gate.id}_stopped")
    end = loom.put_beside(decision.id, id, "endEvent", BY_OWNER, name)
    if process == loom.main:
        edit.say(end, "method.end", "stopped")
    return id


def _take_away(loom: Loom, gate: Node, decision: Node, outcome: str) -> None:
    process, flow = loom.holder[gate.id], _flow(loom, gate, outcome)
    target = flow.get("targetRef")
    alone = len(loom.into(target)) == 1
    if alone and loom.nodes[target].tag not in ("endEvent", "exclusiveGateway"):
        raise OutlineRefused(why=CLOSURE.format(name=loom.name(gate.id), closure=loom.name(target)))
    flow.remove()
    for each in (decision.id, target):
        edit.link(process, each)
    gone = loom.purposeless(process, target)
    if alone and loom.nodes[target].tag == "endEvent":
        gone = [target]
        loom.forget(target)
    loom.layout(process).take_out(gone)
    phase = phase_of(loom, gate.id)
    if outcome == "rework" and phase is not None:
        settle(loom, phase)
