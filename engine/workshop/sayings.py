"""What the elements of a method say, changed in the outline without a stroke of the drawing.

words        element, fr, en, help_fr, help_en (Markdown): of a step, a gate, a phase, the method
step         element, role, due, due_min, due_max, lock, when (FEEL, where it is conditional), each, never, template,
             tailor.hide, tailor.condition, hook.before, hook.after, extensible
gate         element, due, due_min, due_max, voter.<ROLE>, quorum (a share), rule, rework_max, second, second_free
phase        element, hook.start, hook.end
criterion    element, criterion (none: a new one), fr (none: taken out), en, evidence, lock
method       lead, sponsor, result
role         role (none: a new one), fr, en, held               remove_role   role

What is not said stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagram import CAMUNDA, Node
from engine.dialect.attributes import listed
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import (
    Asked,
    free_role,
    markdown_of,
    name_of,
    node_of,
    number_of,
    role_of,
    roles_of,
    text_of,
    ticked,
)

#: collection and variable of a step that each service, partner or batch does
EACH = {
    "service": ("services_impactes", "service"), "partner": ("partenaires", "partenaire"), "batch": ("lots", "lot"),
}  # fmt: skip
HELD_BY_ROLE = Text(
    "Le rôle « {role} » est encore celui de {where}. Donnez-leur un autre rôle, puis retirez-le.",
    "The role “{role}” is still that of {where}. Give them another role, then remove it.",
)
SHARE = Text(
    "Le quorum devait être une part des votants, de 1 à 100 %. Écrivez par exemple 50.",
    "The quorum was to be a share of the voters, from 1 to 100%. Write 50, for example.",
)
VOTERLESS = Text("Une porte a au moins un votant. Cochez-en un.", "A gate has at least one voter. Tick one.")


def words(loom: Loom, asked: Asked) -> None:
    """Name and instructions: the name of a phase is that of its process and its pool too."""
    node = node_of(loom, asked["element"])
    all_named = named(loom, node)
    if "fr" in asked:
        name = name_of(asked)
        for each in all_named:
            edit.rename(each, name)
    if "help_fr" in asked:
        called = loom.called(node.id) if node.tag == "callActivity" else None
        edit.document(called or node, markdown_of(asked, "help_"))
        if called is not None:
            edit.document(node, Text(""))
    for each in all_named:
        loom.touch(each)


def named(loom: Loom, node: Node) -> list[Node]:
    called = loom.called(node.id) if node.tag == "callActivity" else node if node.tag == "process" else None
    if called is None:
        return [node]
    pools = [each for each in called.diagram.root.all("participant") if each.get("processRef") == called.id]
    return [*dict.fromkeys([node, called, *pools])]


# --- steps ---


def settled(loom: Loom, node: Node, asked: Asked) -> None:
    """All of a step but its role and its condition, which move it."""
    _deadline(node, asked)
    if "each" in asked:
        kind = asked["each"] if asked["each"] in EACH else ""
        edit.say(node, "method.each", kind)
        edit.repeat(node, *EACH.get(kind, ("", "")))
    if "never" in asked:
        edit.say(node, "method.never", role_of(loom, asked, "never"))
    if "template" in asked:
        edit.say(node, "method.template", asked["template"].strip())
    if "extensible" in asked:
        edit.say(node, "method.form", "extensible" if ticked(asked, "extensible") else "")
    _ticks(node, "method.tailor", asked, "tailor", ("hide", "condition"))
    _ticks(node, "method.hooks", asked, "hook", ("before", "after"))
    loom.touch(node)


def _deadline(node: Node, asked: Asked) -> None:
    if "due" in asked:
        attribute(node, "dueDate", asked["due"].strip())
    for name in ("min", "max"):
        if f"due_{name}" in asked:
            edit.say(node, f"method.due.{name}", asked[f"due_{name}"].strip())


def attribute(node: Node, name: str, value: str) -> None:
    """One of Camunda's own; an empty value takes it away."""
    node.set_camunda(name, value)
    if not value:
        node.drop(f"{{{CAMUNDA}}}{name}")


def _ticks(node: Node, name: str, asked: Asked, start: str, known: Iterable[str]) -> None:
    """A list of words, those not asked about as they were."""
    said = listed(node.properties.get(name, ""))
    kept = [
        each for each in known if (ticked(asked, f"{start}.{each}") if f"{start}.{each}" in asked else each in said)
    ]
    edit.say(node, name, ",".join(kept))


def phase(loom: Loom, asked: Asked) -> None:
    called = loom.called(node_of(loom, asked["element"]).id)
    if called is not None:
        _ticks(called, "method.hooks", asked, "hook", ("start", "end"))
        loom.touch(called)


# --- gates ---


def gate(loom: Loom, asked: Asked) -> None:
    node = node_of(loom, asked["element"])
    _deadline(node, asked)
    if any(each.startswith("voter.") for each in asked):
        voters = [each for each in roles_of(loom) if ticked(asked, f"voter.{each}")]
        if not voters:
            raise OutlineRefused(why=VOTERLESS)
        edit.say(node, "method.gate.voters", ",".join(voters))
    if "quorum" in asked:
        share = number_of(asked, "quorum")
        if share is None or not 0 < share <= 1:
            raise OutlineRefused(why=SHARE, field="quorum")
        edit.say(node, "method.gate.quorum", format(share.normalize(), "f"))
    for name, said in (("rule", "rule"), ("rework_max", "rework_max"), ("second", "second_session")):
        if name in asked:
            edit.say(node, f"method.gate.{said}", asked[name].strip())
    if "second_free" in asked:
        edit.say(node, "method.gate.second_without_quorum", "true" if ticked(asked, "second_free") else "")
    loom.touch(node)


def criterion(loom: Loom, asked: Asked) -> None:
    node, key = node_of(loom, asked["element"]), asked.get("criterion", "")
    said = node.properties
    if not key:
        key = str(next(n for n in range(1, 1000) if f"method.criterion.{n}" not in said))
    name, text = f"method.criterion.{key}", text_of(asked)
    edit.say_text(node, name, text)
    if not text.fr:
        for each in [each for each in said if each.startswith(f"{name}.")]:
            edit.say(node, each, "")
    elif "evidence" in asked:
        edit.say(node, f"{name}.evidence", "required" if ticked(asked, "evidence") else "")
    if text.fr and "lock" in asked:
        edit.say(node, f"{name}.lock", "" if ticked(asked, "lock") else "optional")
    loom.touch(node)


# --- the method and its roles ---


def method(loom: Loom, asked: Asked) -> None:
    for name in ("lead", "sponsor", "result"):
        if name in asked:
            edit.say(loom.main, f"method.{name}", role_of(loom, asked, name))
    loom.touch(loom.main)


def role(loom: Loom, asked: Asked) -> None:
    """The lanes of a role bear its name."""
    name, id = name_of(asked), asked.get("role", "").strip()
    if not id:
        id = free_role(name, roles_of(loom))
    edit.say_text(loom.main, f"method.role.{id}", name)
    if "held" in asked:
        edit.say(loom.main, f"method.role.{id}.held", "" if asked["held"] == "project" else asked["held"])
    loom.touch(loom.main)
    for lane in _lanes(loom, id):
        edit.rename(lane, name)
        loom.touch(lane)


def remove_role(loom: Loom, asked: Asked) -> None:
    """Raises `OutlineRefused` where something is still done by it; a lane that it leaves empty goes."""
    id = role_of(loom, asked, "role")
    where = [loom.name(each.id) for each in loom.nodes.values() if id in _roles_said(each)]
    said = loom.main.properties
    if id in (said.get("method.lead"), said.get("method.sponsor"), said.get("method.owner"), said.get("method.result")):
        where.append(loom.main.name)
    if not id or where:
        raise OutlineRefused(why=HELD_BY_ROLE.format(role=loom.role_name(id), where=where[:3]))
    for name in [each for each in said if each == f"method.role.{id}" or each.startswith(f"method.role.{id}.")]:
        edit.say(loom.main, name, "")
    loom.touch(loom.main)


def _roles_said(node: Node) -> set[str]:
    said = node.properties
    voters = listed(said.get("method.gate.voters", ""))
    return {node.camunda("candidateGroups"), said.get("method.never", ""), said.get("method.gate.chair", ""), *voters}


def _lanes(loom: Loom, role: str) -> list[Node]:
    lanes = (each for diagram in loom.diagrams for each in diagram.root.all("lane"))
    return [each for each in lanes if each.properties.get("method.role") == role]
