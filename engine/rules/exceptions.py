"""The rules on exceptional gates, in `docs/reference/dialect.md`."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "exception-without-gate": error(
        "L’exception « {name} » a {count} porte ; il en faut exactement une.",
        "The exception “{name}” has {count} gate(s); exactly one is needed.",
        "Dessinez une tâche utilisateur avec method.kind = gate, suivie de sa décision, et une seule.",
        "Draw one user task with method.kind = gate, followed by its decision, and one only.",
    ),
    "exception-without-when": error(
        "Rien ne dit quand s’ouvre l’exception « {name} ».",
        "Nothing says when the exception “{name}” opens.",
        "Notez sur son processus method.when : une condition sur les réponses, ou tolerance.",
        "Write method.when on its process: a condition over the answers, or tolerance.",
    ),
    "exception-avoids-gate": error(
        "L’exception « {name} » peut finir sans passer sa porte : {way}.",
        "The exception “{name}” can end without passing its gate: {way}.",
        "Menez chaque chemin à la porte, et de la porte à la fin.",
        "Lead each path to the gate, and from the gate to the end.",
    ),
    "outgrown-without-method": error(
        "La porte « {name} » dit quand le projet est trop grand, mais pas dans quelle méthode il continue.",
        "The gate “{name}” says when the project is too big, but not in which method it goes on.",
        "Notez method.gate.outgrown.method, et gardez l’issue « à reprendre ».",
        "Write method.gate.outgrown.method, and keep the outcome “rework”.",
    ),
    "exceptions-look-alike": error(
        "Les exceptions « {name} » et « {other} » s’ouvrent toutes deux sur les tolérances.",
        "The exceptions “{name}” and “{other}” both open on tolerances.",
        "Gardez-en une : un même écart ne demande qu’un rapport.",
        "Keep one: a deviation asks for one report.",
    ),
}
