"""A method changed as a list, by who does not draw: the same diagrams, laid out anew where something moved.

amended(files, {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"})

rename     element, fr, en                     step      element, role, due, lock
add_step   phase, after (none: first), fr, en, role      remove_step, up, down   element
add_phase  fr, en: at the end, with its gate   remove_phase   element: its gate goes too
criterion  element, key (none: a new one), fr (none: taken out), en
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy

from engine import dmn
from engine.beside import scenarios_among
from engine.diagram import CAMUNDA, Diagram, Node
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom, Origin
from engine.words import Text
from engine.workshop.starting import step_file

BY_OWNER = Origin("method")
LOCKS = ("locked", "optional", "conditional")
ABSENT = Text(
    "« {id} » n’est plus dans ce brouillon. Rechargez la page.", "“{id}” is no longer in this draft. Reload the page."
)
NAMELESS = Text("Un nom en français est attendu.", "A name in French is expected.")
BOUND = Text(
    "« {name} » est prise dans une branche, une boucle ou un délai : cela se change dans le dessin.",
    "“{name}” stands in a branch, a loop or a timer: that is changed in the drawing.",
)
ODD = Text(
    "« {name} » n’est pas dessinée comme une phase avec sa porte : cela se change dans le dessin.",
    "“{name}” is not drawn as a phase with its gate: that is changed in the drawing.",
)


def amended(files: Mapping[str, bytes], asked: Mapping[str, str]) -> dict[str, bytes]:
    """The files after one change. Raises `OutlineRefused`."""
    drawn, decided = dmn.apart(files)
    loom = Loom([Diagram(content, name) for name, content in drawn.items()])
    act = _ACTS.get(asked.get("do", ""))
    if act is None:
        raise OutlineRefused(why=ABSENT.format(id=asked.get("do", "")))
    more = act(loom, asked) or {}
    return {**loom.files(), **more, **decided, **scenarios_among(files)}


Made = dict[str, bytes] | None


def _node(loom: Loom, id: str) -> Node:
    node = loom.nodes.get(id)
    if node is None:
        raise OutlineRefused(why=ABSENT.format(id=id))
    return node


def _text(asked: Mapping[str, str]) -> Text:
    said = Text(" ".join(asked.get("fr", "").split()), " ".join(asked.get("en", "").split()))
    if not said.fr:
        raise OutlineRefused(why=NAMELESS)
    return said


def _rename(loom: Loom, asked: Mapping[str, str]) -> Made:
    name, node = _text(asked), _node(loom, asked["element"])
    edit.rename(node, name)
    loom.touch(node)
    called = loom.called(node.id) if node.tag == "callActivity" else None
    for process in [called] if called is not None else []:
        edit.rename(process, name)
        for pool in process.diagram.root.all("participant"):
            if pool.get("processRef") == process.id:
                edit.rename(pool, name)
        loom.touch(process)
    return None


# --- steps ---


def _step(loom: Loom, asked: Mapping[str, str]) -> Made:
    node = _node(loom, asked["element"])
    role = asked.get("role", "")
    if role != node.camunda("candidateGroups"):
        _placed(loom, node.id, loom.into(node.id), role)
        node = loom.nodes[node.id]
    _settled(node, role, asked.get("due", "").strip(), asked.get("lock", ""))
    loom.touch(node)
    return None


def _settled(node: Node, role: str, due: str, lock: str) -> None:
    for name, value in (("candidateGroups", role), ("dueDate", due)):
        node.set_camunda(name, value)
        if not value:
            node.drop(f"{{{CAMUNDA}}}{name}")
    if lock in LOCKS:
        edit.say(node, "method.lock", lock)


def _add_step(loom: Loom, asked: Mapping[str, str]) -> Made:
    name, process = _text(asked), loom.called(_node(loom, asked["phase"]).id)
    if process is None:
        raise OutlineRefused(why=ABSENT.format(id=asked["phase"]))
    before = asked.get("after", "") or next((each.id for each in process.nodes if each.tag == "startEvent"), "")
    ways = loom.out(_node(loom, before).id)
    if len(ways) != 1:
        raise OutlineRefused(why=BOUND.format(name=loom.name(before)))
    id = _free(loom, "T")
    made = loom.put_in(ways[0].id, id, "userTask", asked.get("role", ""), BY_OWNER, name=name)
    _settled(made, asked.get("role", ""), "P10D", "locked")
    return None


def _remove_step(loom: Loom, asked: Mapping[str, str]) -> Made:
    loom.take_out(_free_standing(loom, asked["element"]).id, BY_OWNER)
    return None


def _up(loom: Loom, asked: Mapping[str, str]) -> Made:
    node = _free_standing(loom, asked["element"])
    before = _free_standing(loom, loom.into(node.id)[0].get("sourceRef"), node.id)
    return _placed(loom, node.id, loom.into(before.id))


def _down(loom: Loom, asked: Mapping[str, str]) -> Made:
    node = _free_standing(loom, asked["element"])
    after = _free_standing(loom, loom.out(node.id)[0].get("targetRef"), node.id)
    return _up(loom, {"element": after.id})


def _free_standing(loom: Loom, id: str, named: str = "") -> Node:
    """A step in a row. `named`: whom the refusal speaks of."""
    node = _node(loom, id)
    hung = any(each.get("attachedToRef") == id for each in loom.holder[id].nodes)
    if node.tag != "userTask" or len(loom.into(id)) != 1 or len(loom.out(id)) != 1 or hung:
        raise OutlineRefused(why=BOUND.format(name=loom.name(named or id)))
    return node


def _placed(loom: Loom, id: str, ways: list[Node], role: str | None = None) -> Made:
    """A step taken out and put on another flow, in the lane of its role, with all that it says."""
    node = _free_standing(loom, id)
    kept, role = deepcopy(node.element), node.camunda("candidateGroups") if role is None else role
    same = ways[0].id in {each.id for each in loom.into(id)}
    target = loom.out(id)[0].get("targetRef")
    loom.take_out(id, BY_OWNER)
    found = [each for each in ways if each.element.getparent() is not None]
    way = next((each for each in found if not same), None) or next(
        each for each in loom.into(target) if same and each.id == ways[0].id
    )
    made = loom.put_in(way.id, id, node.tag, role, BY_OWNER)
    for name, value in kept.attrib.items():
        made.element.set(name, value)
    children = [each for each in kept if not str(each.tag).endswith(("}incoming", "}outgoing"))]
    for place, child in enumerate(children):
        made.element.insert(place, child)
    edit.link(loom.holder[id], id)
    loom.gone.pop(id, None)
    return None


def _free(loom: Loom, letter: str) -> str:
    number = 1
    while f"{letter}{number}" in loom.nodes or f"Process_{letter}{number}" in loom.processes:
        number += 1
    return f"{letter}{number}"


# --- gates ---


def _criterion(loom: Loom, asked: Mapping[str, str]) -> Made:
    gate, key = _node(loom, asked["element"]), asked.get("criterion", "")
    said = gate.properties
    if not key:
        key = str(next(n for n in range(1, 1000) if f"method.criterion.{n}" not in said))
    name = f"method.criterion.{key}"
    text = Text(" ".join(asked.get("fr", "").split()), " ".join(asked.get("en", "").split()))
    edit.say_text(gate, name, text)
    if not text.fr:
        for each in [each for each in said if each.startswith(f"{name}.")]:
            edit.say(gate, each, "")
    loom.touch(gate)
    return None


# --- phases ---


def _add_phase(loom: Loom, asked: Mapping[str, str]) -> Made:
    """After the last go of the method, before its end."""
    name, main = _text(asked), loom.main
    closed = [each.id for each in main.nodes if each.properties.get("method.end") == "closed"]
    ways = [way for end in closed for way in loom.into(end)]
    if len(ways) != 1:
        raise OutlineRefused(why=ODD.format(name=main.name))
    lead, sponsor = main.properties.get("method.lead", ""), main.properties.get("method.sponsor", "")
    phase, gate, step = _free(loom, "P"), _free(loom, "G"), _free(loom, "T")
    loom.put_in(ways[0].id, phase, "callActivity", lead, BY_OWNER, name=name, calledElement=f"Process_{phase}")
    made = loom.put_in(
        loom.out(phase)[0].id, gate, "userTask", sponsor, BY_OWNER, name=Text(f"Porte : {name.fr}", f"Gate: {name.en}")
    )
    _gate(made, sponsor, name)
    asks = Text(f"{gate} ?", f"{gate}?")
    decision = loom.put_in(
        loom.out(gate)[0].id, f"{gate}_decision", "exclusiveGateway", sponsor, BY_OWNER, name=asks
    )  # fmt: skip
    _outcome(loom, loom.out(decision.id)[0], "go", Text("Favorable", "Go"), 'decision in ("go", "go_reserves")')
    back = edit.flow(main, decision.id, phase)
    _outcome(loom, back, "rework", Text(f"À reprendre ({step})", f"Rework ({step})"))
    edit.say(back, "method.landing", step)
    decision.set("default", back.id)
    for each in (decision.id, phase):
        edit.link(main, each)
    return {f"{phase.lower()}.bpmn": step_file(phase, step, name, lead, loom.role_name(lead))}


def _gate(gate: Node, sponsor: str, phase: Text) -> None:
    gate.set_camunda("candidateGroups", sponsor)
    gate.set_camunda("dueDate", "P10D")
    said = {
        "kind": "gate", "lock": "locked", "gate.chair": sponsor, "gate.voters": sponsor, "gate.quorum": "1",
        "gate.rule": "chair", "gate.outcomes": "go,rework", "gate.rework_max": "3", "gate.silence": "escalate",
    }  # fmt: skip
    for name, value in said.items():
        edit.say(gate, f"method.{name}", value)
    text = Text(f"Le résultat de la phase « {phase.fr} » est là", f"The result of “{phase.en or phase.fr}” is there")
    edit.say_text(gate, "method.criterion.1", text)


def _outcome(loom: Loom, flow: Node, outcome: str, name: Text, when: str = "") -> None:
    loom._name(loom.main, flow, name, when)
    edit.say(flow, "method.outcome", outcome)


def _remove_phase(loom: Loom, asked: Mapping[str, str]) -> Made:
    phase = _node(loom, asked["element"])
    gate, decision, onward = _ended(loom, phase)
    called = loom.called(phase.id)
    gone = [phase.id, gate, decision]
    for way in loom.out(decision):
        end = way.get("targetRef")
        alone = loom.nodes[end].tag == "endEvent" and len(loom.into(end)) == 1
        if alone and way is not onward and end != onward.get("targetRef"):
            gone.append(end)
    target = onward.get("targetRef")
    for way in loom.into(phase.id):
        if way.get("sourceRef") not in gone:
            way.set("targetRef", target)
    _cut(loom, gone, target)
    if called is not None:
        loom.drop(called.id, BY_OWNER)
    return None


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


def _cut(loom: Loom, gone: list[str], target: str) -> None:
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


_ACTS: dict[str, Callable[[Loom, Mapping[str, str]], Made]] = {
    "rename": _rename, "step": _step, "add_step": _add_step, "remove_step": _remove_step, "up": _up, "down": _down,
    "criterion": _criterion, "add_phase": _add_phase, "remove_phase": _remove_phase,
}  # fmt: skip
