"""The rules on what conditions, checks and computed values say."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "expression-wrong": error(
        "L’expression « {text} » ne se lit pas : {why}",
        "The expression “{text}” cannot be read: {why}",
        "Corrigez-la : docs/reference/feel.md en donne la langue.",
        "Mend it: docs/reference/feel.md gives the language.",
    ),
    "unknown-variable": error(
        "L’expression « {text} » lit « {variable} », qu’aucun formulaire ne demande.",
        "The expression “{text}” reads “{variable}”, which no form asks for.",
        "Corrigez le nom, ou ajoutez le champ à une tâche qui précède.",
        "Mend the name, or add the field to a task that comes before.",
    ),
}
