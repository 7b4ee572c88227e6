"""Quorums, rules, deadlines and thresholds: why a service may not set them so."""

from __future__ import annotations

from decimal import Decimal

from engine.overlay import operations as op
from engine.overlay.asking import Verdict, absent, no_duration, quorum, threshold
from engine.overlay.figures import lasting, number, rule, share
from engine.overlay.lattice import RULES, stronger
from engine.overlay.loom import Loom
from engine.overlay.rules import BOUNDS, FORM, GRANTED, LOCKED, WEAKER
from engine.words import Text


def quorum_raised(operation: op.RaiseQuorum, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "gate"):
        return missing
    if not 0 < operation.value <= 1:
        return FORM, Text(
            "le quorum est une part des votants, de plus de 0 à 100 %, et non {share}.",
            "the quorum is a share of the voters, from above 0 to 100%, not {share}.",
        ).format(share=share(operation.value))
    base = quorum(loom.nodes[operation.element])
    if stronger("quorum", operation.value, base):
        return None
    why = Text("le quorum devait être d’au moins {base}, et vaut {found}.",
               "the quorum was to be at least {base}, and is {found}.")  # fmt: skip
    return WEAKER, why.format(base=share(base), found=share(operation.value))


def rule_tightened(operation: op.TightenRule, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "gate"):
        return missing
    base = loom.nodes[operation.element].properties.get("method.gate.rule", "chair")
    if operation.rule not in RULES:
        why = Text("« {rule} » n’est pas une règle de décision ; il y a : {known}.",
                   "“{rule}” is no decision rule; there are: {known}.")  # fmt: skip
        return FORM, why.format(rule=operation.rule, known=[rule(each) for each in RULES])
    if stronger("rule", operation.rule, base):
        return None
    why = Text("la règle de décision devait être au moins aussi exigeante que « {base} », et est « {found} ».",
               "the decision rule was to be at least as demanding as “{base}”, and is “{found}”.")  # fmt: skip
    return WEAKER, why.format(base=rule(base), found=rule(operation.rule))


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
        fits = not least or stronger("due", least, operation.due)
        return None if fits else (BOUNDS, _due(operation.due, least, True))
    most = said.get("method.due.max", "")
    if not most:
        return WEAKER, _due(operation.due, base)
    return None if stronger("due", operation.due, most) else (BOUNDS, _due(operation.due, most))


def _due(found: str, bound: str, least: bool = False) -> Text:
    which = Text("d’au moins", "at least") if least else Text("d’au plus", "at most")
    why = Text("l’échéance devait être {which} {bound}, et est de {found}.",
               "the deadline was to be {which} {bound}, and is {found}.")  # fmt: skip
    return why.format(which=which, bound=lasting(bound), found=lasting(found))


def threshold_lowered(operation: op.LowerThreshold, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "exception"):
        return missing
    process = loom.processes[operation.element]
    base, most = threshold(process), process.properties.get("method.threshold.max", "")
    if base is None:
        return GRANTED, Text("« {name} » n’a pas de seuil.", "“{name}” has no threshold.").format(name=process.name)
    for bound in (base, Decimal(most) if most else base):
        if not stronger("threshold", operation.value, bound):
            why = Text("le seuil devait être d’au plus {bound}, et vaut {found}.",
                       "the threshold was to be at most {bound}, and is {found}.")  # fmt: skip
            return WEAKER, why.format(bound=number(bound), found=number(operation.value))
    return None
