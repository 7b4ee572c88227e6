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
    "variable-too-early": error(
        "L’expression « {text} » lit « {variable} », qu’on peut ne pas connaître encore à cet endroit.",
        "The expression “{text}” reads “{variable}”, which may not be known yet at this place.",
        "Demandez-la sur tous les chemins qui mènent ici, ou placez la décision plus loin.",
        "Ask for it on every path that leads here, or put the decision further on.",
    ),
    "unknown-answer": error(
        "L’expression « {text} » lit « {variable} », que le formulaire de cette tâche ne demande pas.",
        "The expression “{text}” reads “{variable}”, which the form of this task does not ask for.",
        "Corrigez le nom, ou ajoutez le champ : un contrôle ou un calcul ne lit que les réponses de sa tâche.",
        "Mend the name, or add the field: a check or a computed value reads the answers of its task only.",
    ),
    "unknown-function": error(
        "L’expression « {text} » appelle « {function} », qui n’existe pas.",
        "The expression “{text}” calls “{function}”, which does not exist.",
        "Corrigez son nom : docs/reference/feel.md les donne tous.",
        "Mend its name: docs/reference/feel.md gives them all.",
    ),
}
