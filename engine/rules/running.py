"""The rules on what Jalon cannot run, or runs only when someone says what the drawing leaves open."""

from __future__ import annotations

from engine.rules.rule import Rule, error

RULES: dict[str, Rule] = {
    "script-refused": error(
        "Un script est dessiné ici : Jalon n’exécute aucun script. Hors d’une méthode, la tâche attend que quelqu’un "
        "dise qu’elle est faite.",
        "A script is drawn here: Jalon runs no script. Outside a method, the task waits for someone to say that it is "
        "done.",
        "Remplacez-le par une tâche confiée à une personne, ou par une condition FEEL.",
        "Replace it with a task entrusted to a person, or with a FEEL condition.",
        elsewhere="warning",
    ),
    "element-not-run": error(
        "« {name} » est un <{tag}>, que Jalon n’exécute pas.",
        "“{name}” is a <{tag}>, which Jalon does not run.",
        "Redessinez-le avec des tâches, des passerelles, des sous-processus et des processus appelés.",
        "Redraw it with tasks, gateways, sub-processes and called processes.",
    ),
    "complex-gateway-not-run": error(
        "Une passerelle complexe est dessinée ici : BPMN ne dit pas assez ce qu’elle attend.",
        "A complex gateway is drawn here: BPMN does not say enough of what it waits for.",
        "Dessinez une passerelle inclusive, parallèle ou exclusive, avec ses conditions.",
        "Draw an inclusive, parallel or exclusive gateway, with its conditions.",
    ),
    "ad-hoc-not-run": error(
        "Un sous-processus ad hoc est dessiné ici : rien n’y dit ce qui vient après quoi.",
        "An ad-hoc sub-process is drawn here: nothing in it says what comes after what.",
        "Dessinez un sous-processus, avec une passerelle inclusive devant ce qui est facultatif.",
        "Draw a sub-process, with an inclusive gateway before what is optional.",
    ),
    "compensation-not-run": error(
        "Une compensation est dessinée ici : Jalon ne défait rien de ce qui est fait.",
        "A compensation is drawn here: Jalon undoes nothing that is done.",
        "Dessinez les tâches qui défont, sur le chemin d’un événement d’erreur.",
        "Draw the tasks that undo, on the path of an error event.",
    ),
    "event-not-run": error(
        "L’événement « {name} » ({kind}) ne s’exécute pas à l’endroit où il est dessiné.",
        "The event “{name}” ({kind}) is not run where it is drawn.",
        "docs/reference/bpmn.md dit quels événements s’exécutent, et où ; un lien mène à l’événement de même nom.",
        "docs/reference/bpmn.md says which events are run, and where; a link leads to the event of the same name.",
    ),
    "event-without-cause": error(
        "L’événement « {name} » n’attend rien de précis : il attend que quelqu’un dise qu’il est arrivé.",
        "The event “{name}” waits for nothing in particular: it waits for someone to say that it has come.",
        "Donnez-lui un message, un signal, un minuteur ou une condition.",
        "Give it a message, a signal, a timer or a condition.",
        elsewhere="warning",
    ),
    "timer-without-time": error(
        "Le minuteur « {name} » ne dit pas quand : il attend que quelqu’un le dise.",
        "The timer “{name}” does not say when: it waits for someone to say so.",
        "Écrivez une durée (P5D), une date (2027-03-01) ou une répétition (R3/P7D).",
        "Write a duration (P5D), a date (2027-03-01) or a repetition (R3/P7D).",
        elsewhere="warning",
    ),
    "condition-missing": error(
        "L’événement « {name} » attend une condition qui n’est pas écrite : il attend que quelqu’un dise qu’elle est "
        "remplie.",
        "The event “{name}” waits for a condition that is not written: it waits for someone to say that it holds.",
        "Écrivez la condition en FEEL.",
        "Write the condition in FEEL.",
        elsewhere="warning",
    ),
    "decided-by-hand": error(
        "Les flux de la décision « {name} » n’ont pas de conditions : quelqu’un dira par où elle sort.",
        "The flows of the decision “{name}” have no conditions: someone will say which way it goes.",
        "Écrivez leurs conditions en FEEL, et marquez l’un d’eux comme flux par défaut.",
        "Write their conditions in FEEL, and mark one of them as the default.",
        elsewhere="warning",
    ),
    "called-elsewhere": error(
        "« {name} » appelle « {called} », qu’aucun fichier ne dessine : quelqu’un dira qu’il est fait.",
        "“{name}” calls “{called}”, which no file draws: someone will say that it is done.",
        "Ajoutez le fichier de ce processus, ou corrigez le processus appelé.",
        "Add the file of this process, or mend the called process.",
        elsewhere="warning",
    ),
    "called-refused": error(
        "« {name} » appelle « {called} », qui est refusé.",
        "“{name}” calls “{called}”, which is refused.",
        "Corrigez d’abord ce qui est dit de « {called} » : l’appel est alors accepté.",
        "Mend what is said of “{called}” first: the call is then accepted.",
    ),
    "moment-not-run": error(
        "« {value} » ne dit pas quand : ce n’est ni une durée, ni une date, ni une répétition, ni du FEEL.",
        "“{value}” does not say when: it is neither a duration, a date, a repetition nor FEEL.",
        "Écrivez-le ainsi (ISO 8601) : P5D, 2027-03-01, R3/P7D.",
        "Write it so (ISO 8601): P5D, 2027-03-01, R3/P7D.",
    ),
    "expression-not-run": error(
        "Une expression de « {name} » n’est pas du FEEL : {why}",
        "An expression of “{name}” is not FEEL: {why}",
        "Réécrivez-la ainsi ; docs/reference/feel.md donne toute la langue.",
        "Write it again so; docs/reference/feel.md gives the whole language.",
    ),
    "several-events-at-once": error(
        "« {name} » attend plusieurs choses toutes ensemble, ce que Jalon n’exécute pas à cet endroit.",
        "“{name}” waits for several things all together, which Jalon does not run in this place.",
        "Attendez-les par des événements intermédiaires, chacun derrière une passerelle parallèle.",
        "Wait for them in intermediate events, each behind a parallel gateway.",
    ),
    "error-goes-on": error(
        "« {name} » attend une erreur et n’interromprait rien : une erreur interrompt toujours.",
        "“{name}” waits for an error and would interrupt nothing: an error always interrupts.",
        "Cochez « interrompt », ou attendez une escalade, qui peut laisser continuer.",
        "Make it interrupting, or wait for an escalation, which may let go on.",
    ),
    "attribute-not-run": error(
        "« {name} » dit {attribute} = « {value} », que Jalon n’exécute pas.",
        "“{name}” says {attribute} = “{value}”, which Jalon does not run.",
        "Retirez cet attribut, et dessinez ce qu’il veut dire : {instead}.",
        "Remove this attribute, and draw what it means: {instead}.",
    ),
    "written-otherwise": error(
        "Le fichier est écrit en {how}, ce que les modeleurs d’aujourd’hui n’écrivent plus.",
        "The file is written in {how}, which modelers of today no longer write.",
        "Lancez « jalon repair » sur ce fichier, ou enregistrez-le à nouveau depuis Camunda Modeler.",
        "Run `jalon repair` on this file, or save it again from Camunda Modeler.",
    ),
    "several-timers": error(
        "« {name} » a plusieurs minuteurs, ou un minuteur a plusieurs moments : on ne sait lequel attendre.",
        "“{name}” has several timers, or a timer has several moments: which to wait for cannot be told.",
        "Gardez-en un seul ; l’autre est un événement de plus, derrière une passerelle d’événements.",
        "Keep one of them; the other is one event more, behind an event-based gateway.",
    ),
    "loop-without-end": error(
        "La boucle de « {name} » ne dit ni combien de fois, ni jusqu’à quand.",
        "The loop of “{name}” says neither how often nor until when.",
        "Écrivez sa condition en FEEL, ou un nombre de fois.",
        "Write its condition in FEEL, or a number of times.",
    ),
    "instances-without-number": error(
        "« {name} » se fait en plusieurs exemplaires, et rien ne dit combien ni pour quoi.",
        "“{name}” is done in several instances, and nothing says how many or for what.",
        "Donnez la collection (une exécution pour chacun de ses éléments) ou le nombre.",
        "Give the collection (one instance for each of its items) or the number.",
    ),
    "several-starts-inside": error(
        "Le sous-processus « {name} » a plusieurs événements de début : rien ne dit par lequel il commence.",
        "The sub-process “{name}” has several start events: nothing says by which it begins.",
        "Gardez-en un, suivi d’une passerelle.",
        "Keep one, followed by a gateway.",
    ),
    "event-sub-process-start": error(
        "Le sous-processus d’événement « {name} » n’a pas exactement un début, avec l’événement qu’il attend.",
        "The event sub-process “{name}” does not have exactly one start, with the event that it waits for.",
        "Dessinez-lui un seul événement de début : message, signal, minuteur, condition, erreur ou escalade.",
        "Draw it a single start event: message, signal, timer, condition, error or escalation.",
    ),
    "nothing-to-begin": error(
        "Rien ne peut commencer dans « {name} » : un flux mène à chacun de ses éléments.",
        "Nothing can begin in “{name}”: a flow leads to each of its elements.",
        "Dessinez un événement de début, et reliez-le à ce qui vient d’abord.",
        "Draw a start event, and connect it to what comes first.",
    ),
    "attached-to-nothing": error(
        "L’événement « {name} » est posé sur « {attached} », qui n’est pas une activité de ce processus.",
        "The event “{name}” stands on “{attached}”, which is no activity of this process.",
        "Posez-le sur le bord d’une tâche, d’un sous-processus ou d’un processus appelé.",
        "Put it on the border of a task, a sub-process or a call activity.",
    ),
    "race-without-event": error(
        "Ce flux mène d’une passerelle d’événements à ce qui n’attend rien : elle ne pourrait pas choisir.",
        "This flow leads from an event-based gateway to what waits for nothing: it could not choose.",
        "Faites-y suivre un événement d’attente ou une tâche de réception.",
        "Have it followed by a catching event or a receive task.",
    ),
    "cancel-outside-transaction": error(
        "L’annulation « {name} » est dessinée hors d’une transaction : il n’y a rien qu’elle annule.",
        "The cancellation “{name}” is drawn outside a transaction: there is nothing that it cancels.",
        "Entourez d’une transaction ce qu’elle annule, ou dessinez un événement d’erreur.",
        "Put what it cancels into a transaction, or draw an error event.",
    ),
    "cancel-not-caught": error(
        "La transaction « {name} » peut être annulée, et rien ne dit ce qui suit.",
        "The transaction “{name}” may be cancelled, and nothing says what follows.",
        "Posez sur son bord un événement d’annulation.",
        "Put a cancel event on its border.",
    ),
    "end-goes-on": error(
        "Un flux part de l’événement de fin « {name} » : rien ne suit une fin.",
        "A flow leaves the end event “{name}”: nothing follows an end.",
        "Faites-en un événement intermédiaire, ou retirez le flux.",
        "Make it an intermediate event, or remove the flow.",
    ),
    "drawn-in-no-process": error(
        "« {name} » est écrit dans <{tag}>, qui ne contient aucun élément : rien n’y mènerait.",
        "“{name}” is written inside <{tag}>, which holds no elements: nothing would ever lead there.",
        "Dessinez-le dans un processus ou un sous-processus ; si <{tag}> en était un, redonnez-lui sa forme.",
        "Draw it in a process or a sub-process; if <{tag}> was one, give it back its kind.",
    ),
}  # fmt: skip
