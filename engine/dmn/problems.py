"""How each problem of a decision reads, and its remedy."""

from __future__ import annotations

from typing import Any, Literal

from engine.dmn.model import Problem
from engine.method import Place
from engine.words import Text

#: rule -> sentence, remedy
TEXTS: dict[str, tuple[Text, Text]] = {
    "decision-expression": (
        Text("« {text} » ne se lit pas : {why}", "“{text}” cannot be read: {why}"),
        Text("Corrigez la cellule : docs/reference/feel.md.", "Mend the cell: docs/reference/feel.md."),
    ),
    "decision-language": (
        Text(
            "« {text} » est écrit en {language}, sans traduction certaine en FEEL.",
            "“{text}” is written in {language}, with no certain translation into FEEL.",
        ),
        Text("Réécrivez cette cellule en FEEL.", "Write this cell again in FEEL."),
    ),
    "decision-not-run": (
        Text("<{tag}> n’est pas exécuté par Jalon.", "<{tag}> is not run by Jalon."),
        Text(
            "Dites la décision par une table ou par une expression littérale.",
            "Say the decision with a table or a literal expression.",
        ),
    ),
    "decision-empty": (
        Text("La décision « {name} » n’a ni table ni expression.", "The decision “{name}” has no table or expression."),
        Text("Donnez-lui une table, ou retirez-la.", "Give it a table, or remove it."),
    ),
    "decision-column-missing": (
        Text(
            "La règle {row} a {found} {what}, la table en a {wanted}.",
            "Rule {row} has {found} {what}, the table has {wanted}.",
        ),
        Text(
            "Complétez la règle ; un tiret accepte toute valeur.", "Complete the rule; a dash accepts every value."
        ),
    ),
    "decision-input-empty": (
        Text("La colonne d’entrée « {label} » n’a pas d’expression.", "The input column “{label}” has no expression."),
        Text("Écrivez ce qu’elle compare (le nom d’une variable).", "Write what it compares (the name of a variable)."),
    ),
    "decision-input-label": (
        Text(
            "La colonne « {label} » n’a pas d’expression : elle lit la variable de ce nom.",
            "The column “{label}” has no expression: it reads the variable of that name.",
        ),
        Text("Écrivez ce nom comme expression de la colonne.", "Write this name as the expression of the column."),
    ),
    "decision-name": (
        Text(
            "« {text} » lit un nom que ses entrées ne donnent pas : {why}",
            "“{text}” reads a name that its inputs do not give: {why}",
        ),
        Text(
            "Corrigez le nom, ou reliez la donnée d’entrée à la décision.",
            "Mend the name, or link the input data to the decision.",
        ),
    ),
    "decision-hit-policy": (
        Text("La politique « {policy} » n’existe pas.", "The hit policy “{policy}” does not exist."),
        Text(
            "Choisissez UNIQUE, FIRST, PRIORITY, ANY, COLLECT, RULE ORDER ou OUTPUT ORDER.",
            "Choose UNIQUE, FIRST, PRIORITY, ANY, COLLECT, RULE ORDER or OUTPUT ORDER.",
        ),
    ),
    "decision-aggregation": (
        Text(
            "L’agrégation {aggregation} demande la politique COLLECT et une seule colonne de sortie.",
            "The aggregation {aggregation} needs the hit policy COLLECT and one output column.",
        ),
        Text("Retirez l’agrégation, ou changez la table.", "Remove the aggregation, or change the table."),
    ),
    "decision-priorities": (
        Text(
            "La politique {policy} range les sorties, et aucune colonne ne donne ses valeurs dans l’ordre.",
            "The hit policy {policy} ranks outputs, and no column gives its values in order.",
        ),
        Text(
            "Donnez les valeurs de sortie, la plus prioritaire d’abord.",
            "Give the output values, the highest priority first.",
        ),
    ),
    "decision-output-value": (
        Text(
            "La sortie « {text} » n’est pas l’une des valeurs de la colonne ({values}).",
            "The output “{text}” is not one of the values of the column ({values}).",
        ),
        Text("Corrigez la sortie, ou ajoutez cette valeur.", "Mend the output, or add this value."),
    ),
    "decision-overlap": (
        Text(
            "Les règles {one} et {other} valent toutes deux ({witness}) : la table est UNIQUE.",
            "Rules {one} and {other} both hold ({witness}): the table is UNIQUE.",
        ),
        Text(
            "Séparez les deux règles, ou choisissez FIRST ou ANY.", "Separate the two rules, or choose FIRST or ANY."
        ),
    ),
    "decision-missing": (
        Text(
            "« {name} » demande « {needed} », que le fichier ne contient pas.",
            "“{name}” needs “{needed}”, which the file does not hold.",
        ),
        Text(
            "Jalon lit chaque fichier de décisions seul : copiez-y ce que la décision demande.",
            "Jalon reads each file of decisions alone: copy into it what the decision asks for.",
        ),
    ),
    "decision-service": (
        Text(
            "« {name} » demande le service de décision « {service} » : Jalon n’exécute pas ces services.",
            "“{name}” asks for the decision service “{service}”: Jalon does not run these services.",
        ),
        Text(
            "Demandez la décision que le service rend, ou faites de ce qu’il calcule un modèle de connaissance.",
            "Ask for the decision that the service gives, or make what it computes a knowledge model.",
        ),
    ),
    "decision-circle": (
        Text("Ces décisions se demandent l’une l’autre : {names}.", "These decisions need one another: {names}."),
        Text("Retirez l’un des liens.", "Remove one of the links."),
    ),
}  # fmt: skip


#: those that do not refuse the decision
WARNINGS = frozenset(["decision-input-label", "decision-name"])


def severity_of(rule: str) -> Literal["error", "warning"]:
    return "warning" if rule in WARNINGS else "error"


def problem(rule: str, place: Place, **facts: Any) -> Problem:
    sentence, remedy = TEXTS[rule]
    return Problem(severity_of(rule), rule, place, sentence.format(**facts), remedy)
