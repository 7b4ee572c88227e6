"""What a variant owes to the process that it stands for, and what a fragment is."""

from __future__ import annotations

from engine.diagram import Node
from engine.overlay.loom import Loom
from engine.words import Text


def unkept(base: Node, variant: Node, landings: set[str]) -> Text | None:
    """What a variant does not keep of its base: locked steps with their roles and fields, what they set, landings."""
    have = {node.id: node for node in variant.nodes if node.tag == "userTask"}
    for node in base.nodes:
        if node.tag != "userTask":
            continue
        if node.id in landings and node.id not in have:
            return Text(
                f"la reprise mène à « {node.id} », qui manque.", f"the rework leads to “{node.id}”, which is missing."
            )
        if node.properties.get("method.lock", "locked") == "locked":
            lost = _lost(node, have.get(node.id))
            if lost is not None:
                return lost
    return None


def _lost(base: Node, kept: Node | None) -> Text | None:
    if kept is None or kept.properties.get("method.lock", "locked") != "locked":
        return Text(f"« {base.id} », verrouillée, y manque.", f"“{base.id}”, which is locked, is missing from it.")
    if kept.camunda("candidateGroups") != base.camunda("candidateGroups"):
        return Text(f"« {base.id} » y revient à un autre rôle.", f"“{base.id}” falls to another role in it.")
    fields = {each.id: each for each in kept.vendor("formData/formField")}
    for field in base.vendor("formData/formField"):
        found = fields.get(field.id)
        if found is None or found.get("type") != field.get("type") or (_required(field) and not _required(found)):
            why = Text(
                "la question « {label} » de « {id} » y manque, ou y est moins exigeante.",
                "the question “{label}” of “{id}” is missing from it, or is less demanding in it.",
            )
            return why.format(label=Text(field.get("label"), field.properties.get("label.en", "")), id=base.id)
    for name in base.properties:
        if name.startswith(("method.set.", "method.check.")) and name not in kept.properties:
            what = name.split(".")[2]
            if name.startswith("method.set."):
                return Text(f"« {base.id} » n’y donne plus « {what} ».", f"“{base.id}” no longer gives “{what}” in it.")
            return Text(f"« {base.id} » n’y vérifie plus « {what} ».", f"“{base.id}” no longer checks “{what}” in it.")
    return None


def _required(field: Node) -> bool:
    return any(each.get("name") == "required" for each in field.vendor("validation/constraint"))


def calls_itself(process: str, loom: Loom) -> bool:
    """Does a process lead back to itself through what it calls, with what that may be replaced by?"""
    seen: set[str] = set()
    waiting = [process]
    while waiting:
        here = loom.processes.get(waiting.pop())
        for call in here.nodes if here is not None else ():
            if call.tag == "callActivity":
                variants = [each.strip() for each in call.properties.get("method.variants", "").split(",")]
                for called in (call.get("calledElement"), *filter(None, variants)):
                    if called == process:
                        return True
                    if called not in seen:
                        seen.add(called)
                        waiting.append(called)
    return False


def steps_in_a_row(process: Node) -> list[Node]:
    """The user tasks of a process that is nothing but these, in order; empty where it is anything else."""
    nodes = {each.id: each for each in process.nodes}
    after = {flow.get("sourceRef"): flow.get("targetRef") for flow in process.flows}
    here = next((id for id, each in nodes.items() if each.tag == "startEvent"), "")
    found: list[Node] = []
    while here in after and len(found) <= len(nodes):
        here = after[here]
        if nodes[here].tag == "userTask":
            found.append(nodes[here])
    plain = here in nodes and nodes[here].tag == "endEvent"
    whole = len(found) == len(nodes) - 2 and len(process.flows) == len(nodes) - 1
    gates = any(each.properties.get("method.kind") for each in found)
    return found if plain and whole and not gates else []
