"""The rules on opinions asked within a time limit: what their silence means, in `docs/reference/dialect.md`."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "unknown-silence": error(
        "Le silence de « {name} » vaut « {effect} », qui n’est pas un effet.",
        "The silence of “{name}” means “{effect}”, which is no effect.",
        "Notez method.silence = favourable, deemed_unfavourable_continue, escalate ou block.",
        "Write method.silence = favourable, deemed_unfavourable_continue, escalate or block.",
    ),
    "silence-without-term": error(
        "« {name} » dit ce que vaut son silence, mais pas au bout de combien de temps.",
        "“{name}” says what its silence means, but not after how long.",
        "Notez le délai en échéance (camunda:dueDate ; Camunda 8 : zeebe:taskSchedule) ; method.silence.after en donne "
        "un autre, calculé sur les réponses.",
        "Write the time limit as its due date (camunda:dueDate; Camunda 8: zeebe:taskSchedule); method.silence.after "
        "gives another, computed over the answers.",
    ),
    "silence-without-source": error(
        "Le silence de « {name} » vaut réponse, mais rien ne dit quelle règle le veut.",
        "The silence of “{name}” stands for an answer, but nothing says which rule has it so.",
        "Notez la règle dans method.silence.source : elle sera écrite au dossier.",
        "Write the rule in method.silence.source: it will be written in the record.",
    ),
    "silence-without-answer": error(
        "Le silence de « {name} » vaut réponse, mais laquelle ? {why}",
        "The silence of “{name}” stands for an answer, but which one? {why}",
        "Notez method.silence.answer.<champ> = <option>, sur un champ à choix de son formulaire.",
        "Write method.silence.answer.<field> = <option>, on a field of choice of its form.",
    ),
}
