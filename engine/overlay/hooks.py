"""The points at which the owner of a method lets a step be inserted: `P2.start`, `P2.end`, `C3.before`, `C3.after`.

A phase declares them in `method.hooks` of its process, a task in its own. None stands inside a gate.
"""

from __future__ import annotations

from engine.diagram import Node
from engine.intent import View
from engine.overlay.figures import point as point_of
from engine.overlay.loom import Loom
from engine.overlay.rules import EFFECT, HOOK, UNKNOWN, Rule
from engine.words import Text


def anchor(hook: str, loom: Loom) -> str | tuple[Rule, Text]:
    """The id of the flow on which what is inserted comes next, or why there is none."""
    id, _, point = hook.rpartition(".")
    node = loom.element(id)
    if node is None:
        return UNKNOWN, Text(f"« {id} » n’est pas dans la méthode.", f"“{id}” is not in the method.")
    if _in_a_gate(id, loom):
        why = Text("rien ne s’insère {point} : c’est dans une porte.", "nothing goes in {point}: it is inside a gate.")
        return EFFECT, why.format(point=point_of(hook))
    process = loom.called(id) if loom.kind(id) == "phase" else None
    declares = process if process is not None else node
    offered = [each.strip() for each in declares.properties.get("method.hooks", "").split(",") if each.strip()]
    points = ("start", "end") if process is not None else ("before", "after")
    if point not in offered or point not in points:
        known = [point_of(f"{id}.{each}") for each in offered if each in points] or [Text("nulle part", "nowhere")]
        why = Text(
            "la méthode ne laisse rien insérer {point} ; elle laisse insérer : {known}.",
            "the method lets nothing be inserted {point}; it lets insert: {known}.",
        )
        return HOOK, why.format(point=point_of(hook), known=known)
    flow = _flow(id, point, process, loom)
    if flow is not None:
        return flow
    return HOOK, Text("plusieurs chemins se croisent {point}.", "several ways meet {point}.").format(
        point=point_of(hook)
    )


def lock_at(hook: str, loom: Loom) -> str:
    """Of what is inserted there: locked, unless a project may go round the step that it stands beside."""
    id = hook.rpartition(".")[0]
    beside = loom.nodes.get(id)
    if beside is None or beside.tag != "userTask" or beside.properties.get("method.lock", "locked") == "locked":
        return "locked"
    return "conditional" if View(loom.holder[id], {}).avoids(id) else "locked"


def offered(loom: Loom) -> list[str]:
    """Every hook of the method that can be used."""
    found = []
    for id in loom.nodes:
        process = loom.called(id) if loom.kind(id) == "phase" else None
        points = ("start", "end") if process is not None else ("before", "after")
        found += [f"{id}.{each}" for each in points if isinstance(anchor(f"{id}.{each}", loom), str)]
    return found


def _in_a_gate(id: str, loom: Loom) -> bool:
    if loom.kind(id) == "gate":
        return True
    holder = loom.holder.get(id)
    return holder is not None and loom.kind(id) != "phase" and (
        holder.id == loom.main.id or any(loom.kind(flow.get("sourceRef")) == "gate" for flow in loom.into(id))
    )  # fmt: skip


def _flow(id: str, point: str, process: Node | None, loom: Loom) -> str | None:
    if point in ("start", "after"):
        node = id if process is None else next((each.id for each in process.nodes if each.tag == "startEvent"), "")
        ways = _past_locals(loom.out(node), loom)
        if process is not None and len(ways) == 1:
            entry = loom.nodes[ways[0].get("targetRef")]
            if entry.properties.get("method.kind") == "entry":
                ways = _past_locals([f for f in loom.out(entry.id) if f.id == entry.get("default")], loom)
    else:
        node = id if process is None else next((each.id for each in process.nodes if each.tag == "endEvent"), "")
        ways = loom.into(node)
    return ways[0].id if len(ways) == 1 else None


def _past_locals(ways: list[Node], loom: Loom) -> list[Node]:
    """Past what was inserted at the same point before."""
    while len(ways) == 1 and any(each.kind in ("insert", "insert_process", "pack")
                                 for each in loom.noted.get(ways[0].get("targetRef"), ())[:1]):  # fmt: skip
        ways = loom.out(ways[0].get("targetRef"))
    return ways
