"""The rules on what a method means to keep."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "locked-avoidable": error(
        "Un projet peut finir sans passer par ce qui est verrouillé : {steps}. Chemin : {way}.",
        "A project can end without passing what is locked: {steps}. The way: {way}.",
        "Retirez le flux qui passe à côté, ou choisissez un autre « Verrou » si c’est voulu (method.lock = "
        "optional ou conditional).",
        "Remove the flow that goes past, or choose another “Lock” if it is meant (method.lock = optional or "
        "conditional).",
    ),
}
