"""The rules on what Jalon cannot run."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "script-refused": error(
        "Un script est dessiné ici : Jalon n’exécute aucun script.",
        "A script is drawn here: Jalon runs no script.",
        "Remplacez-le par une tâche confiée à une personne, ou par une condition FEEL.",
        "Replace it with a task entrusted to a person, or with a FEEL condition.",
    ),
    "element-not-run": error(
        "<{tag}> n’est pas exécuté par Jalon.",
        "<{tag}> is not run by Jalon.",
        "Redessinez-le avec des tâches utilisateur, des passerelles et des processus appelés.",
        "Redraw it with user tasks, gateways and called processes.",
    ),
    "event-not-run": error(
        "Cet événement ({kind}) ne s’exécute pas comme il est dessiné.",
        "This event ({kind}) does not run as it is drawn.",
        "Utilisez un début et une fin simples ; les échéances se notent sur les tâches, et les délais se dessinent en "
        "minuteurs (docs/reference/dialect.md).",
        "Use a plain start and end; deadlines are written on tasks, and delays are drawn as timers "
        "(docs/reference/dialect.md).",
    ),
}
