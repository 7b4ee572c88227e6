"""The rules on drawn delays."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "bad-timer": error(
        "Le minuteur « {name} » vaut « {value} », qui n’est pas de la forme attendue ({form}).",
        "The timer “{name}” is “{value}”, which is not of the form expected ({form}).",
        "Écrivez-le ainsi (ISO 8601), ou en FEEL ; une durée est d’au moins une minute.",
        "Write it so (ISO 8601), or in FEEL; a duration is of a minute at least.",
    ),
    "unknown-clock": error(
        "L’horloge « {value} » du minuteur « {name} » n’existe pas.",
        "The clock “{value}” of the timer “{name}” does not exist.",
        "Choisissez « Son horloge » : « Jours ouvrés » (method.clock = working) ou « Temps du calendrier » (calendar).",
        "Choose “Its clock”: “Working days” (method.clock = working) or “Calendar time” (calendar).",
    ),
    "timer-repeats": error(
        "Le minuteur « {name} » se répète, mais il arrête ce qu’il mesure ou se trouve sur le chemin.",
        "The timer “{name}” repeats, but it stops what it measures or stands in the way.",
        "Donnez-lui une durée, ou posez-le sur une tâche sans l’interrompre (cancelActivity = false).",
        "Give it a duration, or put it on a task without interrupting it (cancelActivity = false).",
    ),
    "timer-misplaced": error(
        "Le minuteur « {name} » n’est posé ni sur une tâche ni sur une phase.",
        "The timer “{name}” stands neither on a task nor on a phase.",
        "Attachez-le à une tâche utilisateur ou à un processus appelé du même processus.",
        "Attach it to a user task or a call activity of the same process.",
    ),
    "timer-on-gate": error(
        "Le minuteur « {name} » est posé sur la porte « {gate} » : un délai ne décide rien.",
        "The timer “{name}” stands on the gate “{gate}”: a delay decides nothing.",
        "Retirez-le ; d’une porte, « Échéance » et « Sans décision » se disent sur elle (method.gate.silence).",
        "Remove it; of a gate, “Due after” and “Without a decision” are said on it (method.gate.silence).",
    ),
    "timer-returns": error(
        "Ce que déclenche le minuteur « {name} » rejoint « {back} » : la suite se ferait deux fois.",
        "What the timer “{name}” sets off joins “{back}”: what follows would be done twice.",
        "Menez ce chemin à un événement de fin à lui, ou faites interrompre la tâche.",
        "Lead this path to an end event of its own, or have the task interrupted.",
    ),
    "timer-forks": error(
        "Le minuteur « {name} » se répète et mène à une passerelle parallèle : deux rappels s’y mêleraient.",
        "The timer “{name}” repeats and leads to a parallel gateway: two of its turns would mix there.",
        "Dessinez ce chemin sans passerelle parallèle.",
        "Draw this path without a parallel gateway.",
    ),
}
