"""The rules on opinions asked within a time limit: what their silence means, in `docs/reference/dialect.md`."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "unknown-silence": error(
        "Le silence de « {name} » vaut « {effect} », qui n’est pas un effet.",
        "The silence of “{name}” means “{effect}”, which is no effect.",
        "Choisissez « Effet du silence » (method.silence = favourable, deemed_unfavourable_continue, escalate ou "
        "block).",
        "Choose “Effect of silence” (method.silence = favourable, deemed_unfavourable_continue, escalate or block).",
    ),
    "silence-without-term": error(
        "« {name} » dit ce que vaut son silence, mais pas au bout de combien de temps.",
        "“{name}” says what its silence means, but not after how long.",
        "Écrivez le délai dans « Échéance » (camunda:dueDate ; Camunda 8 : zeebe:taskSchedule) ; « Délai du silence » "
        "(method.silence.after) en donne un autre, calculé sur les réponses.",
        "Write the time limit in “Due after” (camunda:dueDate; Camunda 8: zeebe:taskSchedule); “Time limit of silence” "
        "(method.silence.after) gives another, computed over the answers.",
    ),
    "silence-without-source": error(
        "Le silence de « {name} » vaut réponse, mais rien ne dit quelle règle le veut.",
        "The silence of “{name}” stands for an answer, but nothing says which rule has it so.",
        "Écrivez-la dans « Texte qui le dit » (method.silence.source) : elle sera au dossier.",
        "Write it in “Rule that says so” (method.silence.source): it will be in the record.",
    ),
    "silence-without-answer": error(
        "Le silence de « {name} » vaut réponse, mais laquelle ? {why}",
        "The silence of “{name}” stands for an answer, but which one? {why}",
        "Dans « Ce que le silence est réputé avoir répondu » (method.silence.answer.<champ>), donnez un champ à choix "
        "de son formulaire et l’un de ses choix.",
        "In “What silence is deemed to have answered” (method.silence.answer.<field>), give a field of choice of its "
        "form and one of its options.",
    ),
}
