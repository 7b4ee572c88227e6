"""The rules on what a method means to keep."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "locked-avoidable": error(
        "Un projet peut finir sans passer par ce qui est verrouillé : {steps}. Chemin : {way}.",
        "A project can end without passing what is locked: {steps}. The way: {way}.",
        "Retirez le flux qui passe à côté, ou notez method.lock = optional ou conditional si c’est voulu.",
        "Remove the flow that goes past, or write method.lock = optional or conditional if it is meant.",
    ),
}
