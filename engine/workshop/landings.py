"""Where a rework lands: the entry decision of a phase, as docs/reference/dialect.md draws it, made and taken away.

land(loom, gate, step)   the rework of a gate returns to `step`
settle(loom, phase)      the entry decision of a phase is what the gates after it ask for, or is not there
lift(loom, process)      nothing in a process lands in its middle any more
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.diagram import Node
from engine.dialect.flows import Flows
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import BOUND, BY_OWNER

ELSEWHERE = Text(
    "« {step} » n’est pas une étape de la phase que « {gate} » termine : une reprise revient à l’une de celles-ci. "
    "Choisissez-en une dans la liste.",
    "“{step}” is not a step of the phase that “{gate}” ends: a rework returns to one of these. "
    "Choose one from the list.",
)
UNDRAWN = Text(
    "Le dessin de « {name} » n’a pas de retour : ajoutez d’abord l’issue « à reprendre ».",
    "The drawing of “{name}” has no way back: add the outcome “to rework” first.",
)
_QUOTED = re.compile(r'"([^"]*)"')


def land(loom: Loom, gate: Node, step: str) -> None:
    """Raises `OutlineRefused`."""
    back = way_back(loom, gate.id)
    if back is None:
        raise OutlineRefused(why=UNDRAWN.format(name=loom.name(gate.id)))
    phase = phase_of(loom, gate.id)
    if step not in steps_of(loom, gate.id):
        raise OutlineRefused(why=ELSEWHERE.format(step=loom.name(step), gate=loom.name(gate.id)), field="landing")
    edit.say(back, "method.landing", step)
    loom.name_flow(back, Text(f"À reprendre ({step})", f"Rework ({step})"))
    loom.touch(gate)
    if phase is None:
        _return(loom, back, step)
    else:
        settle(loom, phase)


def way_back(loom: Loom, gate: str) -> Node | None:
    """The flow of a gate that is taken for a rework."""
    ways = (way for each in loom.out(gate) for way in loom.out(each.get("targetRef")))
    return next((each for each in ways if each.properties.get("method.outcome") == "rework"), None)


def phase_of(loom: Loom, gate: str) -> Node | None:
    """The call that a gate ends; of an exceptional gate, none: its steps stand beside it."""
    before = (loom.nodes[way.get("sourceRef")] for way in loom.into(gate))
    return next((each for each in before if each.tag == "callActivity"), None)


def steps_of(loom: Loom, gate: str) -> list[str]:
    """Where its rework may return to, in order."""
    phase = phase_of(loom, gate)
    process = loom.holder[gate] if phase is None else loom.called(phase.id)
    if process is None or (phase is None and loom.holder[gate] == loom.main):
        return []
    return [each.id for each in Flows(process).in_order() if each.tag == "userTask" and loom.kind(each.id) == "task"]


def first_of(loom: Loom, process: Node) -> str:
    """What comes first in a process, its entry decision aside."""
    start = next((each.id for each in process.nodes if each.tag == "startEvent"), "")
    ways = loom.out(start) if start else []
    found = ways[0].get("targetRef") if len(ways) == 1 else ""
    return _onward(loom, loom.nodes[found]).get("targetRef") if found and is_entry(loom.nodes[found]) else found


def is_entry(node: Node) -> bool:
    return node.properties.get("method.kind") == "entry"


def way_in(loom: Loom, process: Node) -> Node | None:
    """The flow on which a first passage begins: what is put on it comes after the entry decision."""
    start = next((each.id for each in process.nodes if each.tag == "startEvent"), "")
    ways = loom.out(start) if start else []
    entry = loom.nodes[ways[0].get("targetRef")] if len(ways) == 1 else None
    return _onward(loom, entry) if entry is not None and is_entry(entry) else next(iter(ways), None)


def _onward(loom: Loom, entry: Node) -> Node:
    """The flow of a first entry. Raises `OutlineRefused`."""
    found = [each for each in loom.out(entry.id) if each.id == entry.get("default")]
    if not found:
        raise OutlineRefused(why=BOUND.format(name=loom.name(entry.id)))
    return found[0]


# --- the entry decision ---


def settle(loom: Loom, phase: Node) -> None:
    """What is drawn already as it should be stays where its owner drew it."""
    process = loom.called(phase.id)
    if process is None or way_in(loom, process) is None:
        return
    wanted = [each for each in _asked(loom, process) if _before(loom, process, each) != first_of(loom, process)]
    if set(_offered(loom, process)) == set(wanted):
        return
    lift(loom, process)
    if wanted:
        _draw(loom, process, phase.id, wanted)


def drawn(loom: Loom, process: Node) -> set[str]:
    """The gateways that are there for reworks only."""
    entries = [each.id for each in process.nodes if is_entry(each)]
    return {*entries, *(way.get("targetRef") for each in entries for way in _aside(loom, loom.nodes[each]))}


def lift(loom: Loom, process: Node) -> None:
    layout, gone = loom.layout(process), []
    for entry in [each for each in process.nodes if is_entry(each)]:
        _onward(loom, entry)
        for way in _aside(loom, entry):
            meets = way.get("targetRef")
            way.remove()
            for each in (entry.id, meets):
                edit.link(process, each)
            gone += loom.purposeless(process, meets)
        gone += [entry.id, *loom.unhook(process, entry.id)]
    if gone:
        layout.take_out(gone)
        loom.touch(process)


def _aside(loom: Loom, entry: Node) -> list[Node]:
    return [each for each in loom.out(entry.id) if each.id != entry.get("default")]


def _asked(loom: Loom, process: Node) -> list[str]:
    """The landing steps of the gates that come after the phases which call a process."""
    calls = [each.id for each in loom.main.nodes if each.get("calledElement") == process.id]
    gates = (
        way.get("targetRef") for each in calls for way in loom.out(each) if loom.kind(way.get("targetRef")) == "gate"
    )
    backs = (way_back(loom, each) for each in gates)
    said = (each.properties.get("method.landing", "") for each in backs if each is not None)
    own = {each.id for each in process.nodes}
    return [each for each in dict.fromkeys(said) if each in own]


def _offered(loom: Loom, process: Node) -> Iterable[str]:
    for entry in (each for each in process.nodes if is_entry(each)):
        for way in _aside(loom, entry):
            condition = way.child("conditionExpression")
            yield from _QUOTED.findall(condition.body) if condition is not None else [""]


def _draw(loom: Loom, process: Node, phase: str, steps: Iterable[str]) -> None:
    onward = way_in(loom, process)
    assert onward is not None  # a landing step comes after the first
    meets = {step: _meeting(loom, process, step) for step in steps}
    entry = loom.put_in(onward.id, loom.free(f"{phase}_entry"), "exclusiveGateway", "", BY_OWNER,
                        name=Text("Reprise ?", "Rework?"))  # fmt: skip
    edit.say(entry, "method.kind", "entry")
    entry.set("default", loom.out(entry.id)[0].id)
    for step, gateway in meets.items():
        way = edit.flow(process, entry.id, gateway)
        loom.name_flow(way, Text(f"Reprise à {step}", f"Back to {step}"), f'landing = "{step}"')
        edit.link(process, gateway)
    edit.link(process, entry.id)
    loom.layout(process).take_out(())
    loom.touch(process)


def _meeting(loom: Loom, process: Node, step: str) -> str:
    """The gateway at which a landing flow meets the way in, put before what it must not jump into."""
    before = _before(loom, process, step)
    ways = loom.into(before)
    id = loom.free(f"{step}_landing")
    loom.put_in(ways[0].id, id, "exclusiveGateway", "", BY_OWNER)
    for way in ways[1:]:
        way.set("targetRef", id)
    for each in (id, before):
        edit.link(process, each)
    return id


def _return(loom: Loom, back: Node, step: str) -> None:
    """Of an exceptional gate, whose rework flow leads to the step itself."""
    process, old = loom.holder[step], back.get("targetRef")
    before = _before(loom, process, step, but=back)
    if _meets(loom, old) and loom.out(old)[0].get("targetRef") == before:
        return
    back.set("targetRef", _meeting(loom, process, step))
    for each in (back.get("targetRef"), old):
        edit.link(process, each)
    loom.layout(process).take_out(loom.purposeless(process, old))
    loom.touch(process)


def _meets(loom: Loom, id: str) -> bool:
    return loom.nodes[id].tag == "exclusiveGateway" and len(loom.out(id)) == 1


# --- where it may land ---


def _before(loom: Loom, process: Node, step: str, but: Node | None = None) -> str:
    """The step, or what a token must not be put inside of: the decision or the parallel block in which it stands."""
    aside = {way.id for each in process.nodes if is_entry(each) for way in _aside(loom, each)} | (
        {but.id} if but else set()
    )
    flows = [(way.get("sourceRef"), way.get("targetRef")) for way in process.flows if way.id not in aside]
    flows += [(each.get("attachedToRef"), each.id) for each in process.nodes if each.tag == "boundaryEvent"]
    starts = [each.id for each in process.nodes if each.tag == "startEvent"]
    ends = {each.id for each in process.nodes if each.tag == "endEvent"}
    all_pass = [
        each.id for each in Flows(process).in_order()
        if each.id not in starts and each.id not in ends and not ends & _reached(starts, flows, each.id)
    ]  # fmt: skip
    if step in all_pass:
        return step
    met = [each for each in all_pass if step not in _reached(starts, flows, each)]
    return met[-1] if met else step


def _reached(starts: Iterable[str], flows: Iterable[tuple[str, str]], without: str) -> set[str]:
    after: dict[str, list[str]] = {}
    for source, target in flows:
        after.setdefault(source, []).append(target)
    waiting = [each for each in starts if each != without]
    seen = set(waiting)
    while waiting:
        for target in after.get(waiting.pop(), ()):
            if target != without and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen
