"""The rules on what is drawn: nodes, flows and gateways, whatever they mean."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "too-many-nodes": error(
        "Le processus a {count} éléments, plus que {limit}.",
        "The process has {count} elements, more than {limit}.",
        "Répartissez-le en plusieurs phases, chacune dans son processus.",
        "Divide it into several phases, each in its process.",
    ),
    "no-start": error(
        "Le processus n’a pas exactement un événement de début ({count}).",
        "The process does not have exactly one start event ({count}).",
        "Dessinez un seul événement de début.",
        "Draw a single start event.",
    ),
    "no-end": error(
        "Le processus n’a pas d’événement de fin.",
        "The process has no end event.",
        "Dessinez au moins un événement de fin.",
        "Draw at least one end event.",
    ),
    "unreachable": error(
        "« {name} » n’est jamais atteint : aucun chemin n’y mène depuis le début.",
        "“{name}” is never reached: no path leads to it from the start.",
        "Reliez-le par un flux, ou retirez-le.",
        "Connect it with a flow, or remove it.",
    ),
    "dead-end": error(
        "« {name} » ne mène nulle part : le projet s’y arrêterait sans le dire.",
        "“{name}” leads nowhere: the project would stop there without saying so.",
        "Reliez-le à la suite, ou à un événement de fin.",
        "Connect it to what follows, or to an end event.",
    ),
    "dangling-flow": error(
        "Ce flux part de « {source} » ou arrive à « {target} », qui n’existe pas dans ce processus.",
        "This flow leaves “{source}” or reaches “{target}”, which does not exist in this process.",
        "Rattachez ses deux bouts à des éléments dessinés.",
        "Attach both its ends to drawn elements.",
    ),
    "flow-without-id": error(
        "Un flux n’a pas d’identifiant : il serait perdu sans un mot.",
        "A flow has no id: it would be lost without a word.",
        "Ouvrez et enregistrez le fichier dans un modeleur, qui lui en donne un.",
        "Open and save the file in a modeler, which gives it one.",
    ),
    "duplicate-id": error(
        "L’identifiant « {id} » sert deux fois dans la méthode.",
        "The id “{id}” is used twice in the method.",
        "Donnez un identifiant différent à chaque tâche, porte et phase.",
        "Give a different id to each task, gate and phase.",
    ),
    "implicit-fork": error(
        "Plusieurs flux partent de « {name} » sans passerelle.",
        "Several flows leave “{name}” without a gateway.",
        "Dessinez la passerelle parallèle ou exclusive que vous entendez.",
        "Draw the parallel or exclusive gateway that you mean.",
    ),
    "condition-off-gateway": error(
        "Une condition est posée sur un flux qui ne part pas d’une passerelle : elle serait ignorée.",
        "A condition stands on a flow that does not leave a gateway: it would be ignored.",
        "Dessinez une passerelle exclusive avant ce choix.",
        "Draw an exclusive gateway before this choice.",
    ),
    "decision-without-default": error(
        "La décision « {name} » n’a pas de flux par défaut.",
        "The decision “{name}” has no default flow.",
        "Marquez un des flux comme flux par défaut, pour qu’un chemin soit toujours pris.",
        "Mark one of the flows as the default, so that a path is always taken.",
    ),
    "flow-without-condition": error(
        "Un flux de la décision « {name} » n’a ni condition ni statut de flux par défaut.",
        "A flow of the decision “{name}” has neither a condition nor is it the default.",
        "Écrivez sa condition en FEEL.",
        "Write its condition in FEEL.",
    ),
}
