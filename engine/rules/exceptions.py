"""The rules on exceptional gates, in `docs/reference/dialect.md`."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "exception-without-gate": error(
        "L’exception « {name} » a {count} porte ; il en faut exactement une.",
        "The exception “{name}” has {count} gate(s); exactly one is needed.",
        "Dessinez-y une tâche où « C’est une porte » est coché (method.kind = gate), suivie de sa décision, et une "
        "seule.",
        "Draw in it one task where “It is a gate” is ticked (method.kind = gate), followed by its decision, and one "
        "only.",
    ),
    "exception-without-when": error(
        "Rien ne dit quand s’ouvre l’exception « {name} ».",
        "Nothing says when the exception “{name}” opens.",
        "Écrivez sur son processus « S’ouvre quand » (method.when) : une condition sur les réponses, ou tolerance.",
        "Write “Opens when” on its process (method.when): a condition over the answers, or tolerance.",
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
        "Dites « Il continue alors dans la méthode » (method.gate.outgrown.method), et gardez l’issue « À reprendre ».",
        "Say “It then goes on in the method” (method.gate.outgrown.method), and keep the outcome “Rework”.",
    ),
    "exceptions-look-alike": error(
        "Les exceptions « {name} » et « {other} » s’ouvrent toutes deux sur les tolérances.",
        "The exceptions “{name}” and “{other}” both open on tolerances.",
        "Gardez-en une : un même écart ne demande qu’un rapport.",
        "Keep one: a deviation asks for one report.",
    ),
}
