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
    "empty-process": error(
        "Rien n’est dessiné dans « {name} ».",
        "Nothing is drawn in “{name}”.",
        "Dessinez-y ce qui s’y fait ; un participant dont on ne montre rien n’a pas de processus (processRef).",
        "Draw what is done in it; a participant of which nothing is shown has no process (processRef).",
    ),
    "no-start": error(
        "« {name} » n’a pas d’événement de début : rien ne dit par où commencer.",
        "“{name}” has no start event: nothing says where to begin.",
        "Dessinez un événement de début, et reliez-le à ce qui vient d’abord.",
        "Draw a start event, and connect it to what comes first.",
        elsewhere="warning",
    ),
    "several-starts": error(
        "« {name} » a {count} événements de début.",
        "“{name}” has {count} start events.",
        "Gardez-en un seul : un projet commence d’une seule façon.",
        "Keep a single one: a project begins in one way.",
        elsewhere="note",
    ),
    "no-end": error(
        "« {name} » n’a pas d’événement de fin : rien ne dit quand c’est terminé.",
        "“{name}” has no end event: nothing says when it is over.",
        "Dessinez au moins un événement de fin, et reliez-y ce qui vient en dernier.",
        "Draw at least one end event, and connect to it what comes last.",
        elsewhere="warning",
    ),
    "unreachable": error(
        "« {name} » n’est jamais atteint : aucun chemin n’y mène depuis le début.",
        "“{name}” is never reached: no path leads to it from the start.",
        "Reliez-le par un flux, ou retirez-le.",
        "Connect it with a flow, or remove it.",
        elsewhere="warning",
    ),
    "dead-end": error(
        "« {name} » ne mène nulle part : le projet s’y arrêterait sans le dire.",
        "“{name}” leads nowhere: the project would stop there without saying so.",
        "Reliez-le à la suite, ou à un événement de fin.",
        "Connect it to what follows, or to an end event.",
        elsewhere="warning",
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
        "L’identifiant « {id} » sert deux fois : on ne peut dire lequel des deux est désigné.",
        "The id “{id}” is used twice: which of the two is meant cannot be told.",
        "Donnez à chaque élément un identifiant à lui ; dans une méthode, à chaque tâche, porte et phase de tous ses "
        "fichiers.",
        "Give each element an id of its own; in a method, each task, gate and phase of all its files.",
    ),
    "element-without-id": error(
        "« {name} » n’a pas d’identifiant : aucun flux ne peut y mener.",
        "“{name}” has no id: no flow can lead to it.",
        "Ouvrez et enregistrez le fichier dans un modeleur, qui lui en donne un.",
        "Open and save the file in a modeler, which gives it one.",
    ),
    "dangling-reference": error(
        "« {attribute} » de « {name} » renvoie à « {reference} », qui n’existe pas dans ce fichier.",
        "“{attribute}” of “{name}” refers to “{reference}”, which does not exist in this file.",
        "Dans le modeleur, choisissez ou créez ce à quoi l’élément renvoie, ou retirez la référence.",
        "In the modeler, choose or create what the element refers to, or remove the reference.",
        elsewhere="warning",
    ),
    "no-way-in": error(
        "Ce flux mène à « {target} », où aucun flux ne mène : un début, ou un événement posé sur un bord.",
        "This flow leads to “{target}”, where no flow leads: a start, or an event on a border.",
        "Menez-le à ce qui vient juste après, par une passerelle exclusive au besoin.",
        "Lead it to what comes right after, through an exclusive gateway if need be.",
    ),
    "round-without-wait": error(
        "Une boucle passe par « {name} » sans que personne n’y fasse rien : ce qui y est décidé une fois l’est pour "
        "toujours.",
        "A loop passes “{name}” in which nobody does anything: what is decided there once is decided for ever.",
        "Placez dans la boucle la tâche de la personne qui change la réponse, ou retirez le flux de retour.",
        "Put into the loop the task of the person who changes the answer, or remove the flow that returns.",
    ),
    "implicit-fork": error(
        "Plusieurs flux partent de « {name} » sans passerelle : tous seraient pris à la fois.",
        "Several flows leave “{name}” without a gateway: all of them would be taken at once.",
        "Dessinez la passerelle parallèle ou exclusive que vous entendez.",
        "Draw the parallel or exclusive gateway that you mean.",
        elsewhere="note",
    ),
    "condition-off-gateway": error(
        "Une condition est posée sur un flux qui ne part pas d’une passerelle : le choix ne se voit pas sur le dessin.",
        "A condition stands on a flow that does not leave a gateway: the choice does not show in the drawing.",
        "Dessinez une passerelle exclusive avant ce choix.",
        "Draw an exclusive gateway before this choice.",
        elsewhere="note",
    ),
    "decision-without-default": error(
        "La décision « {name} » n’a pas de flux par défaut : si aucune condition n’est vraie, rien ne suit.",
        "The decision “{name}” has no default flow: if no condition holds, nothing follows.",
        "Marquez un des flux comme flux par défaut, pour qu’un chemin soit toujours pris.",
        "Mark one of the flows as the default, so that a path is always taken.",
        elsewhere="warning",
    ),
    "flow-without-condition": error(
        "Un flux de la décision « {name} » n’a pas de condition, et n’est pas celui par défaut : rien ne dit quand il "
        "est pris.",
        "A flow of the decision “{name}” has no condition, and is not the default: nothing says when it is taken.",
        "Écrivez sa condition en FEEL, ou marquez-le comme flux par défaut.",
        "Write its condition in FEEL, or mark it as the default.",
        elsewhere="warning",
    ),
}
