"""What the judges of several operations ask: is it there, is it a role, a duration, a text in both languages?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from engine.computations import COMPUTATIONS, parse
from engine.diagram import Node
from engine.overlay.figures import TYPES, lasting
from engine.overlay.lattice import OFF
from engine.overlay.loom import Loom
from engine.overlay.rules import FORM, GRANTED, ROLE, UNKNOWN, Rule
from engine.words import Text
from engine.working_time import parts

Verdict = tuple[Rule, Text] | None
ID = re.compile(r"[A-Za-z_][\w-]{0,39}")
#: a name that an expression may read
KEY = re.compile(r"[A-Za-z_]\w{0,39}", re.ASCII)
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


def key_taken(key: str | Text, of: str | Text) -> Text:
    return Text("« {key} » existe déjà dans « {of} ».", "“{key}” exists already in “{of}”.").format(key=key, of=of)


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
    why = Text("« {text} » n’est pas une durée : P10D, par exemple, est {example}.",
               "“{text}” is no duration: P10D, for instance, is {example}.")  # fmt: skip
    return FORM, why.format(text=lasting(text), example=lasting("P10D"))


def not_extensible(task: str, loom: Loom) -> Verdict:
    if loom.nodes[task].properties.get("method.form") == "extensible":
        return None
    why = Text("la méthode n’accorde pas d’ajouter à ce que « {id} » demande.",
               "the method does not grant adding to what “{id}” asks.")  # fmt: skip
    return GRANTED, why.format(id=task)


def field_of(task: str, key: str, loom: Loom, *types: str) -> tuple[Node | None, Verdict]:
    if missing := absent(loom, task, "task"):
        return None, missing
    field = loom.field(task, key)
    if field is None or (types and field.get("type") not in types):
        why = Text(
            "« {name} » devait être une question de « {id} »{types}.", "“{name}” was to be a question of “{id}”{types}."
        )
        kinds = Text(" ({types})", " ({types})").format(types=[TYPES[each] for each in types]) if types else ""
        return None, (UNKNOWN, why.format(name=loom.label(task, key), id=task, types=kinds))
    return field, None


def not_worded(key: str, text: Text) -> Verdict:
    if KEY.fullmatch(key):
        return untranslated(text)
    return FORM, Text(
        f"« {key} » n’est pas une clé : une lettre, puis des lettres, des chiffres ou _.",
        f"“{key}” is no key: a letter, then letters, digits or _.",
    )


def untranslated(text: Text) -> Verdict:
    if text.fr and text.en:
        return None
    if not text:
        return FORM, Text("un texte est attendu, dans les deux langues.", "a text is expected, in both languages.")
    why = Text(
        "un texte est lu dans les deux langues ; « {said} » n’en a qu’une.",
        "a text is read in both languages; “{said}” has only one of them.",
    )
    return FORM, why.format(said=text.fr or text.en)


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
