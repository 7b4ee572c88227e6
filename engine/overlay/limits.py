"""Quorums, rules, deadlines and thresholds: why a service may not set them so."""

from __future__ import annotations

from decimal import Decimal

from engine.overlay import operations as op
from engine.overlay.asking import Verdict, absent, no_duration, quorum, threshold
from engine.overlay.lattice import OFF, RULES, stronger
from engine.overlay.loom import Loom
from engine.overlay.rules import BOUNDS, FORM, GRANTED, LOCKED, WEAKER
from engine.words import Text


def quorum_raised(operation: op.RaiseQuorum, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "gate"):
        return missing
    if not 0 < operation.value <= 1:
        return FORM, Text(
            f"le quorum est une part, de 0 à 1, et non {operation.value}.",
            f"the quorum is a share, from 0 to 1, not {operation.value}.",
        )
    base = quorum(loom.nodes[operation.element])
    return None if stronger("quorum", operation.value, base) else weaker(
        Text("le quorum", "the quorum"), base, operation.value
    )  # fmt: skip


def rule_tightened(operation: op.TightenRule, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "gate"):
        return missing
    base = loom.nodes[operation.element].properties.get("method.gate.rule", "chair")
    if operation.rule not in RULES:
        why = Text("« {rule} » devait être l’une de {known}.", "“{rule}” was to be one of {known}.")
        return FORM, why.format(rule=operation.rule, known=RULES)
    return None if stronger("rule", operation.rule, base) else weaker(
        Text("la règle de décision", "the decision rule"), base, operation.rule
    )  # fmt: skip


def due_set(operation: op.SetDue, loom: Loom) -> Verdict:
    if refused := absent(loom, operation.element, "task", "gate") or no_duration(operation.due):
        return refused
    node = loom.nodes[operation.element]
    said, base = node.properties, node.camunda("dueDate")
    if "method.silence" in said:
        return LOCKED, Text(
            f"l’échéance de « {node.id} » est un délai de droit.", f"the deadline of “{node.id}” is a clock of law."
        )
    if stronger("due", operation.due, base):
        least = said.get("method.due.min", "")
        return None if not least or stronger("due", least, operation.due) else _bound(operation.due, least, "min")
    most = said.get("method.due.max", "")
    if not most:
        return weaker(Text("l’échéance", "the deadline"), base, operation.due)
    return None if stronger("due", operation.due, most) else _bound(operation.due, most, "max")


def _bound(due: str, bound: str, which: str) -> Verdict:
    least = which == "min"
    return BOUNDS, Text(
        f"l’échéance {due} devait être d’{'au moins' if least else 'au plus'} {bound} (method.due.{which}).",
        f"the deadline {due} was to be {'at least' if least else 'at most'} {bound} (method.due.{which}).",
    )


def threshold_lowered(operation: op.LowerThreshold, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "exception"):
        return missing
    process = loom.processes[operation.element]
    base, most = threshold(process), process.properties.get("method.threshold.max", "")
    if base is None:
        return GRANTED, Text(f"« {process.id} » n’a pas de seuil.", f"“{process.id}” has no threshold.")
    if not stronger("threshold", operation.value, base):
        return weaker(Text("le seuil", "the threshold"), base, operation.value)
    if most and not stronger("threshold", operation.value, Decimal(most)):
        return weaker(Text("le seuil", "the threshold"), most, operation.value)
    return None


def weaker(what: Text, base: object, found: object) -> Verdict:
    why = Text("{what} devait être au moins aussi exigeant que {base}, et vaut {found}.",
               "{what} was to be at least as demanding as {base}, and is {found}.")  # fmt: skip
    off = Text("« désactivé »", "“off”")
    return WEAKER, why.format(what=what, base=off if base == OFF else base, found=found)
