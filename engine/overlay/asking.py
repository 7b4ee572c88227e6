"""What the judges of several operations ask: is it there, is it a role, a duration, a text in both languages?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from engine.computations import COMPUTATIONS, parse
from engine.diagram import Node
from engine.overlay.lattice import OFF
from engine.overlay.loom import Loom
from engine.overlay.rules import FORM, GRANTED, ROLE, UNKNOWN, Rule
from engine.words import Text
from engine.working_time import parts

Verdict = tuple[Rule, Text] | None
ID = re.compile(r"[A-Za-z_][\w-]{0,39}")
KINDS = {
    "task": Text("une tâche", "a task"), "gate": Text("une porte", "a gate"), "phase": Text("une phase", "a phase"),
    "exception": Text("une porte exceptionnelle", "an exceptional gate"),
}  # fmt: skip


def listed(node: Node, attribute: str) -> list[str]:
    return [each.strip() for each in node.properties.get(attribute, "").split(",") if each.strip()]


def landings(loom: Loom) -> set[str]:
    """The steps to which a rework returns."""
    mains = [each for each in loom.processes.values() if each.properties.get("method.kind") in ("method", "exception")]
    said = (flow.properties.get("method.landing", "") for process in mains for flow in process.flows)
    return set(filter(None, said))


def absent(loom: Loom, id: str, *kinds: str) -> Verdict:
    if loom.kind(id) in kinds:
        return None
    asked = Text(" ou ".join(KINDS[each].fr for each in kinds), " or ".join(KINDS[each].en for each in kinds))
    why = Text(
        "« {id} » devait être {asked} de la méthode, et n’en est pas.",
        "“{id}” was to be {asked} of the method, but is not.",
    )
    return UNKNOWN, why.format(id=id, asked=asked)


def key_taken(key: str, of: str) -> Text:
    return Text(f"« {key} » existe déjà dans « {of} ».", f"“{key}” exists already in “{of}”.")


def taken(id: str, loom: Loom) -> bool:
    known = {node.id for each in loom.diagrams for node in each.root.all("*") if node.id}
    return id in known or id in loom.gone


def unknown_role(roles: Iterable[str], loom: Loom) -> Verdict:
    for role in roles:
        if not role or f"method.role.{role}" not in loom.main.properties:
            return ROLE, Text(f"le rôle « {role} » n’existe pas.", f"there is no role “{role}”.")
    return None


def no_duration(text: str) -> Verdict:
    try:
        if any(parts(text)):
            return None
    except ValueError:
        pass
    return FORM, Text(f"« {text} » n’est pas une durée : P10D.", f"“{text}” is no duration: P10D.")


def not_extensible(task: str, loom: Loom) -> Verdict:
    if loom.nodes[task].properties.get("method.form") == "extensible":
        return None
    why = Text("method.form de « {id} » devait dire extensible.", "method.form of “{id}” was to say extensible.")
    return GRANTED, why.format(id=task)


def field_of(task: str, key: str, loom: Loom, *types: str) -> tuple[Node | None, Verdict]:
    if missing := absent(loom, task, "task"):
        return None, missing
    field = loom.field(task, key)
    if field is None or (types and field.get("type") not in types):
        why = Text(
            "« {key} » devait être un champ de « {id} » ({types}).", "“{key}” was to be a field of “{id}” ({types})."
        )
        return None, (UNKNOWN, why.format(key=key, id=task, types=types or ("",)))
    return field, None


def not_worded(key: str, text: Text) -> Verdict:
    if ID.fullmatch(key) and text.fr and text.en:
        return None
    return FORM, Text(
        f"« {key} » demande une clé (lettres, chiffres, _ et -) et un texte en deux langues.",
        f"“{key}” needs a key (letters, digits, _ and -) and a text in both languages.",
    )


def unknown_computation(text: str) -> Verdict:
    formula = parse(text) if text else None
    if not text or (formula is not None and formula.name in COMPUTATIONS):
        return None
    return FORM, Text(f"« {text} » n’est pas un calcul connu.", f"“{text}” is no known computation.")


def quorum(gate: Node) -> Decimal:
    try:
        return Decimal(gate.properties.get("method.gate.quorum", "1"))
    except InvalidOperation:
        return Decimal(1)


def threshold(exception: Node) -> Decimal | None:
    said = exception.properties.get("method.threshold")
    if said is None:
        return None
    try:
        return Decimal(said)
    except InvalidOperation:
        return OFF
