"""A method changed as a list, by who does not draw: the same diagrams, laid out anew where something moved.

amended(files, {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"})

rename     element, fr, en
add_step   phase, after (none: first), fr, en, role      remove_step, up, down   element
add_phase  fr, en: at the end, with its gate   remove_phase   element: its gate goes too
add_gate   element: a phase without one        remove_gate    element
add_outcome, remove_outcome   element: a gate; outcome: go, go_reserves, rework, hold, stop
gate       element; chair: a role; landing: the step that a rework returns to; and what `sayings` knows
adopt      a drawing made elsewhere becomes a method (`adopting`)
identify   element: the method; id

What moves nothing is in `sayings`, the questions of a step in `questions`, what a gate offers in `outcomes`, where its
rework lands in `landings`, who chairs it in `chairs`. Any change may carry `mark`, that of the element as its page
showed it (`mark_of`): what somebody else changed meanwhile is then refused, not overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy

from engine.diagram import Node, beside, drawn_in
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop import landings, outcomes, phases, questions, sayings
from engine.workshop.adopting import adopted
from engine.workshop.asked import ABSENT, BOUND, BY_OWNER, Asked, free, name_of, node_of, role_of
from engine.workshop.chairs import seat
from engine.workshop.guarding import must_stay_sound
from engine.workshop.identifying import identify

LOCKS = ("locked", "optional", "conditional")
CHANGED = Text(
    "« {name} » a changé depuis que cette page est ouverte : rien n’est enregistré. Voyez ce qu’il en est maintenant, "
    "puis recommencez.",
    "“{name}” changed since this page was opened: nothing is saved. See how it is now, then retry.",
)
LANDED = Text(
    "C’est à « {name} » que la porte « {gate} » renvoie quand tout est à reprendre : elle ne se retire pas d’ici. "
    "Renommez-la, ou dites d’abord, sur la page de la porte, à quelle autre étape elle renvoie.",
    "“{name}” is where the gate “{gate}” returns to when all is to be reworked: it is not taken out from here. "
    "Rename it, or say first, on the page of the gate, to which other step it returns.",
)
UNCONDITIONAL = Text(
    "« {name} » dépend d’une condition : dites laquelle.", "“{name}” depends on a condition: say which one."
)
NO_METHOD = Text(
    "Aucun processus n’est dit être la méthode (method.kind = method) : dites-le d’abord dans le dessin.",
    "No process is said to be the method (method.kind = method): say so first in the drawing.",
)


def amended(files: Mapping[str, bytes], asked: Asked, published: Collection[str] = ()) -> dict[str, bytes]:
    """The files after one change. `published`: ids that a drawing which becomes a method does not take.

    Raises `OutlineRefused`.
    """
    if asked.get("do") == "adopt":
        return adopted(files, published)
    loom = Loom(drawn_in(files))
    if all(each.properties.get("method.kind") != "method" for each in loom.processes.values()):
        raise OutlineRefused(why=NO_METHOD)
    act = _ACTS.get(asked.get("do", ""))
    if act is None:
        raise OutlineRefused(why=ABSENT.format(id=asked.get("do", "")))
    if asked.get("mark") and asked["mark"] != mark_of(loom, asked["element"]):
        raise OutlineRefused(why=CHANGED.format(name=loom.name(asked["element"])), stale=True)
    more = act(loom, asked) or {}
    made = {**beside(files), **loom.files(), **more}
    if act in _SHAPING:
        must_stay_sound(files, made)
    return made


Made = dict[str, bytes] | None


def mark_of(loom: Loom, id: str) -> str:
    """Of all that an element says; where it stands does not count."""
    parts = sayings.named(loom, node_of(loom, id))
    if loom.kind(id) == "gate":
        parts += [way for each in loom.out(id) for way in loom.out(each.get("targetRef"))]
    said = "\n".join(each.said for each in parts)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _rename(loom: Loom, asked: Asked) -> None:
    name_of(asked)
    sayings.words(loom, {each: asked[each] for each in ("element", "fr", "en") if each in asked})
    return None


# --- steps ---


def _step(loom: Loom, asked: Asked) -> None:
    node = node_of(loom, asked["element"])
    role = role_of(loom, asked, "role") if "role" in asked else node.camunda("candidateGroups")
    if role != node.camunda("candidateGroups"):
        _placed(loom, node.id, loom.into(node.id), role)
        node = loom.nodes[node.id]
        sayings.attribute(node, "candidateGroups", role)
    if asked.get("lock") in LOCKS:
        _lock(loom, node, asked["lock"], asked.get("when", "").strip())
        edit.say(loom.nodes[node.id], "method.lock", asked["lock"])
    sayings.settled(loom, loom.nodes[node.id], asked)


def _lock(loom: Loom, node: Node, lock: str, when: str) -> None:
    """Where it depends on a condition, that is drawn round it; where it does no more, it goes."""
    asks = conditional(loom, node.id)
    if lock == "conditional" and asks is None:
        if not when:
            raise OutlineRefused(why=UNCONDITIONAL.format(name=node.name), field="when")
        _free_standing(loom, node.id)
        loom.wrap(node.id, when, BY_OWNER)
        edit.rename(loom.nodes[f"{node.id}_if"], Text(f"{node.name.fr} ?", f"{node.name.en or node.name.fr}?"))
    elif lock == "conditional" and asks is not None and when:
        for said in asks.children("conditionExpression"):
            said.say(when)
        loom.touch(node)
    elif lock != "conditional" and asks is not None:
        loom.unwrap(node.id, BY_OWNER)


def conditional(loom: Loom, id: str) -> Node | None:
    """The flow that leads to a step, with its condition, where a decision of its own goes round it."""
    ways = loom.into(id)
    own = len(ways) == 1 and ways[0].get("sourceRef") == f"{id}_if"
    return ways[0] if own and ways[0].child("conditionExpression") is not None else None


def _add_step(loom: Loom, asked: Asked) -> None:
    name, process = name_of(asked), loom.called(node_of(loom, asked["phase"]).id)
    if process is None:
        raise OutlineRefused(why=ABSENT.format(id=asked["phase"]))
    before = asked.get("after", "")
    ways = loom.out(node_of(loom, before).id) if before else [way for way in [landings.way_in(loom, process)] if way]
    if len(ways) != 1:
        raise OutlineRefused(why=BOUND.format(name=loom.name(before or process.id)))
    id = free(loom, "T")
    made = loom.put_in(ways[0].id, id, "userTask", asked.get("role", ""), BY_OWNER, name=name)
    for attribute, value in (("candidateGroups", asked.get("role", "")), ("dueDate", "P10D")):
        sayings.attribute(made, attribute, value)
    edit.say(made, "method.lock", "locked")
    landings.settle(loom, node_of(loom, asked["phase"]))


def _remove_step(loom: Loom, asked: Asked) -> None:
    node = _free_standing(loom, asked["element"])
    ways = (way for process in loom.processes.values() for way in process.flows)
    back = next((way for way in ways if way.properties.get("method.landing") == node.id), None)
    if back is not None:
        gate = back.get("sourceRef").removesuffix("_decision")
        raise OutlineRefused(why=LANDED.format(name=node.name, gate=loom.name(gate)))
    loom.take_out(node.id, BY_OWNER)


def _in_row(act: Callable[[Loom, Asked], None]) -> Callable[[Loom, Asked], None]:
    """What is drawn for reworks in a phase stands aside where it would be in the way, and is drawn anew."""

    def moved(loom: Loom, asked: Asked) -> None:
        process = loom.holder[node_of(loom, asked["element"]).id]
        near = {asked["element"]}
        for _ in range(2):
            near |= {way.get("sourceRef") for each in near for way in loom.into(each)}
            near |= {way.get("targetRef") for each in near for way in loom.out(each)}
        if near & landings.drawn(loom, process):
            landings.lift(loom, process)
        act(loom, asked)
        for call in [each for each in loom.main.nodes if each.get("calledElement") == process.id]:
            landings.settle(loom, call)

    return moved


def _up(loom: Loom, asked: Asked) -> None:
    node = _free_standing(loom, asked["element"])
    before = _free_standing(loom, loom.into(node.id)[0].get("sourceRef"), node.id)
    _placed(loom, node.id, loom.into(before.id))


def _down(loom: Loom, asked: Asked) -> None:
    node = _free_standing(loom, asked["element"])
    after = _free_standing(loom, loom.out(node.id)[0].get("targetRef"), node.id)
    _up(loom, {"element": after.id})


def _free_standing(loom: Loom, id: str, named: str = "") -> Node:
    """A step in a row. `named`: whom the refusal speaks of."""
    node = node_of(loom, id)
    hung = any(each.get("attachedToRef") == id for each in loom.holder[id].nodes)
    if node.tag != "userTask" or len(loom.into(id)) != 1 or len(loom.out(id)) != 1 or hung:
        raise OutlineRefused(why=BOUND.format(name=loom.name(named or id)))
    return node


def _placed(loom: Loom, id: str, ways: list[Node], role: str | None = None) -> None:
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
    edit.say_again(made, kept)
    edit.link(loom.holder[id], id)
    loom.gone.pop(id, None)
    return None


# --- gates ---


def _gate(loom: Loom, asked: Asked) -> None:
    """All that it says; `chair`: who decides; `landing`: where a rework returns to."""
    gate = node_of(loom, asked["element"])
    sayings.gate(loom, asked)
    if "chair" in asked:
        seat(loom, gate, asked)
    if asked.get("landing"):
        landings.land(loom, gate, asked["landing"])


#: what changes how a gate is drawn: the review has its word before it is kept
_SHAPING = (_gate, outcomes.add_outcome, outcomes.remove_outcome)
_ACTS: dict[str, Callable[[Loom, Asked], Made]] = {
    "rename": _rename, "step": _step, "add_step": _add_step, "remove_step": _in_row(_remove_step),
    "up": _in_row(_up), "down": _in_row(_down),
    "add_phase": phases.add_phase, "remove_phase": phases.remove_phase, "add_gate": phases.add_gate,
    "remove_gate": phases.remove_gate,
    "add_outcome": outcomes.add_outcome, "remove_outcome": outcomes.remove_outcome,
    "words": sayings.words, "gate": _gate, "phase": sayings.phase,
    "criterion": sayings.criterion, "method": sayings.method, "role": sayings.role,
    "identify": identify,
    "remove_role": sayings.remove_role, "field": questions.put, "remove_field": questions.remove,
    "field_up": questions.move(-1), "field_down": questions.move(1),
}  # fmt: skip
