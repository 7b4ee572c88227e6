"""The rules on where a drawing leads: every case can end, ends once, and nothing is dead."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "waits-for-ever": error(
        "{after}, la jonction « {name} » attend pour toujours {missing}.",
        "{after}, the join “{name}” waits for ever for {missing}.",
        "Réunissez les chemins par la sorte de passerelle qui les a séparés : parallèle après parallèle, exclusive "
        "après exclusive.",
        "Join the paths with the kind of gateway that parted them: parallel after parallel, exclusive after exclusive.",
        elsewhere="warning",
    ),
    "no-case-ends": error(
        "Aucun chemin ne finit. {after}, la jonction « {name} » attend pour toujours {missing}.",
        "No path ends. {after}, the join “{name}” waits for ever for {missing}.",
        "Réunissez les chemins par la sorte de passerelle qui les a séparés : parallèle après parallèle, exclusive "
        "après exclusive.",
        "Join the paths with the kind of gateway that parted them: parallel after parallel, exclusive after exclusive.",
    ),
    "done-twice": error(
        "{after}, « {name} » se fait deux fois : des chemins parallèles se rejoignent à « {merge} » sans s’attendre.",
        "{after}, “{name}” is done twice: parallel paths meet at “{merge}” without waiting for each other.",
        "Réunissez-les par une passerelle parallèle, ou ne les séparez que par une passerelle exclusive.",
        "Join them with a parallel gateway, or part them with an exclusive one only.",
        elsewhere="warning",
    ),
    "ends-twice": error(
        "{after}, la fin est atteinte deux fois : des chemins parallèles se rejoignent à « {merge} » sans s’attendre.",
        "{after}, the end is reached twice: parallel paths meet at “{merge}” without waiting for each other.",
        "Réunissez-les par une passerelle parallèle.",
        "Join them with a parallel gateway.",
        elsewhere="warning",
    ),
    "never-ends": error(
        "Une fois à « {name} », plus aucun chemin ne mène à une fin : la boucle n’a pas de sortie.",
        "Once at “{name}”, no path leads to an end any more: the loop has no way out.",
        "Dessinez un flux qui sort de la boucle, vers la suite ou vers une fin.",
        "Draw a flow that leaves the loop, to what follows or to an end.",
    ),
    "calls-for-ever": error(
        "« {name} » appelle « {called} », qui ne finit pas sans appeler à son tour, et ainsi toujours : aucun "
        "n’arrive à sa fin.",
        "“{name}” calls “{called}”, which does not end without calling in its turn, and so on for ever: none of them "
        "comes to its end.",
        "Dessinez avant cet appel une décision qui mène aussi à la fin, ou appelez un autre processus.",
        "Draw a decision before this call that leads to the end too, or call another process.",
    ),
    "never-done": error(
        "« {name} » ne se fait jamais : des chemins y mènent, mais ce qu’il attend n’arrive pas ensemble.",
        "“{name}” is never done: paths lead there, but what it waits for does not come together.",
        "Retirez-le, ou réunissez avant lui les chemins par la passerelle qui les a séparés.",
        "Remove it, or join the paths before it with the gateway that parted them.",
        elsewhere="warning",
    ),
    "cannot-decide": error(
        "Jalon n’a pas pu décider si « {name} » finit toujours : plus de {limit} situations sont possibles.",
        "Jalon could not decide whether “{name}” always ends: more than {limit} situations are possible.",
        "Dessinez en blocs (chaque passerelle qui sépare a celle qui réunit), ou répartissez en plusieurs processus.",
        "Draw in blocks (each gateway that parts has one that joins), or divide into several processes.",
    ),
}
