"""The rules of the review: how each finding reads, and its remedy. `review` says when it applies.

An error refuses the publication; a warning must be looked at; a note is for information.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.words import Text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    severity: Severity
    sentence: Text  #: what is wrong; facts in braces
    remedy: Text


def _error(fr: str, en: str, do_fr: str, do_en: str) -> Rule:
    return Rule("error", Text(fr, en), Text(do_fr, do_en))


RULES: dict[str, Rule] = {
    "one-main-process": _error(
        "La méthode a {count} processus principal ; il en faut exactement un.",
        "The method has {count} main process(es); exactly one is needed.",
        "Donnez method.kind = method au processus qui appelle les phases, et à lui seul.",
        "Give method.kind = method to the process that calls the phases, and to it alone.",
    ),
    "unknown-attribute": _error(
        "L’attribut « {attribute} » n’existe pas.",
        "The attribute “{attribute}” does not exist.",
        "Corrigez son nom d’après docs/reference/dialect.md, ou retirez-le.",
        "Mend its name after docs/reference/dialect.md, or remove it.",
    ),
    "called-process-missing": _error(
        "La phase appelle « {called} », qu’aucun fichier ne dessine.",
        "The phase calls “{called}”, which no file draws.",
        "Ajoutez le fichier de cette phase, ou corrigez le processus appelé.",
        "Add the file of this phase, or mend the called process.",
    ),
    "unknown-field-type": _error(
        "Le champ « {field} » est de type « {type} », qui n’existe pas.",
        "The field “{field}” is of type “{type}”, which does not exist.",
        "Choisissez un type de docs/reference/dialect.md.",
        "Choose a type of docs/reference/dialect.md.",
    ),
    "not-a-number": _error(
        "« {attribute} » vaut « {value} », qui n’est pas un nombre.",
        "“{attribute}” is “{value}”, which is not a number.",
        "Écrivez un nombre, avec un point pour les décimales.",
        "Write a number, with a point for decimals.",
    ),
    "script-refused": _error(
        "Un script est dessiné ici : Jalon n’exécute aucun script.",
        "A script is drawn here: Jalon runs no script.",
        "Remplacez-le par une tâche confiée à une personne, ou par une condition FEEL.",
        "Replace it with a task entrusted to a person, or with a FEEL condition.",
    ),
    "element-not-run": _error(
        "<{tag}> n’est pas exécuté par Jalon.",
        "<{tag}> is not run by Jalon.",
        "Redessinez-le avec des tâches utilisateur, des passerelles et des processus appelés.",
        "Redraw it with user tasks, gateways and called processes.",
    ),
    "event-not-run": _error(
        "Cet événement ({kind}) ne s’exécute pas comme il est dessiné.",
        "This event ({kind}) does not run as it is drawn.",
        "Utilisez un début et une fin simples ; les échéances se notent sur les tâches, et les délais se dessinent en "
        "minuteurs (docs/reference/dialect.md).",
        "Use a plain start and end; deadlines are written on tasks, and delays are drawn as timers "
        "(docs/reference/dialect.md).",
    ),
    "bad-timer": _error(
        "Le minuteur « {name} » vaut « {value} », qui n’est pas de la forme attendue ({form}).",
        "The timer “{name}” is “{value}”, which is not of the form expected ({form}).",
        "Écrivez-le ainsi (ISO 8601), ou en FEEL ; une durée est d’au moins une minute.",
        "Write it so (ISO 8601), or in FEEL; a duration is of a minute at least.",
    ),
    "unknown-clock": _error(
        "L’horloge « {value} » du minuteur « {name} » n’existe pas.",
        "The clock “{value}” of the timer “{name}” does not exist.",
        "Notez method.clock = working (jours ouvrés), ou retirez-la (jours calendaires).",
        "Write method.clock = working (working days), or remove it (calendar days).",
    ),
    "timer-repeats": _error(
        "Le minuteur « {name} » se répète, mais il arrête ce qu’il mesure ou se trouve sur le chemin.",
        "The timer “{name}” repeats, but it stops what it measures or stands in the way.",
        "Donnez-lui une durée, ou posez-le sur une tâche sans l’interrompre (cancelActivity = false).",
        "Give it a duration, or put it on a task without interrupting it (cancelActivity = false).",
    ),
    "timer-misplaced": _error(
        "Le minuteur « {name} » n’est posé ni sur une tâche ni sur une phase.",
        "The timer “{name}” stands neither on a task nor on a phase.",
        "Attachez-le à une tâche utilisateur ou à un processus appelé du même processus.",
        "Attach it to a user task or a call activity of the same process.",
    ),
    "timer-on-gate": _error(
        "Le minuteur « {name} » est posé sur la porte « {gate} » : un délai ne décide rien.",
        "The timer “{name}” stands on the gate “{gate}”: a delay decides nothing.",
        "Retirez-le ; l’échéance et le silence d’une porte se notent sur elle (method.gate.silence).",
        "Remove it; a gate’s due date and silence are written on it (method.gate.silence).",
    ),
    "timer-returns": _error(
        "Ce que déclenche le minuteur « {name} » rejoint « {back} » : la suite se ferait deux fois.",
        "What the timer “{name}” sets off joins “{back}”: what follows would be done twice.",
        "Menez ce chemin à un événement de fin à lui, ou faites interrompre la tâche.",
        "Lead this path to an end event of its own, or have the task interrupted.",
    ),
    "timer-forks": _error(
        "Le minuteur « {name} » se répète et mène à une passerelle parallèle : deux rappels s’y mêleraient.",
        "The timer “{name}” repeats and leads to a parallel gateway: two of its turns would mix there.",
        "Dessinez ce chemin sans passerelle parallèle.",
        "Draw this path without a parallel gateway.",
    ),
    "too-many-nodes": _error(
        "Le processus a {count} éléments, plus que {limit}.",
        "The process has {count} elements, more than {limit}.",
        "Répartissez-le en plusieurs phases, chacune dans son processus.",
        "Divide it into several phases, each in its process.",
    ),
    "no-start": _error(
        "Le processus n’a pas exactement un événement de début ({count}).",
        "The process does not have exactly one start event ({count}).",
        "Dessinez un seul événement de début.",
        "Draw a single start event.",
    ),
    "no-end": _error(
        "Le processus n’a pas d’événement de fin.",
        "The process has no end event.",
        "Dessinez au moins un événement de fin.",
        "Draw at least one end event.",
    ),
    "unreachable": _error(
        "« {name} » n’est jamais atteint : aucun chemin n’y mène depuis le début.",
        "“{name}” is never reached: no path leads to it from the start.",
        "Reliez-le par un flux, ou retirez-le.",
        "Connect it with a flow, or remove it.",
    ),
    "dead-end": _error(
        "« {name} » ne mène nulle part : le projet s’y arrêterait sans le dire.",
        "“{name}” leads nowhere: the project would stop there without saying so.",
        "Reliez-le à la suite, ou à un événement de fin.",
        "Connect it to what follows, or to an end event.",
    ),
    "dangling-flow": _error(
        "Ce flux part de « {source} » ou arrive à « {target} », qui n’existe pas dans ce processus.",
        "This flow leaves “{source}” or reaches “{target}”, which does not exist in this process.",
        "Rattachez ses deux bouts à des éléments dessinés.",
        "Attach both its ends to drawn elements.",
    ),
    "flow-without-id": _error(
        "Un flux n’a pas d’identifiant : il serait perdu sans un mot.",
        "A flow has no id: it would be lost without a word.",
        "Ouvrez et enregistrez le fichier dans un modeleur, qui lui en donne un.",
        "Open and save the file in a modeler, which gives it one.",
    ),
    "duplicate-id": _error(
        "L’identifiant « {id} » sert deux fois dans la méthode.",
        "The id “{id}” is used twice in the method.",
        "Donnez un identifiant différent à chaque tâche, porte et phase.",
        "Give a different id to each task, gate and phase.",
    ),
    "implicit-fork": _error(
        "Plusieurs flux partent de « {name} » sans passerelle.",
        "Several flows leave “{name}” without a gateway.",
        "Dessinez la passerelle parallèle ou exclusive que vous entendez.",
        "Draw the parallel or exclusive gateway that you mean.",
    ),
    "condition-off-gateway": _error(
        "Une condition est posée sur un flux qui ne part pas d’une passerelle : elle serait ignorée.",
        "A condition stands on a flow that does not leave a gateway: it would be ignored.",
        "Dessinez une passerelle exclusive avant ce choix.",
        "Draw an exclusive gateway before this choice.",
    ),
    "decision-without-default": _error(
        "La décision « {name} » n’a pas de flux par défaut.",
        "The decision “{name}” has no default flow.",
        "Marquez un des flux comme flux par défaut, pour qu’un chemin soit toujours pris.",
        "Mark one of the flows as the default, so that a path is always taken.",
    ),
    "flow-without-condition": _error(
        "Un flux de la décision « {name} » n’a ni condition ni statut de flux par défaut.",
        "A flow of the decision “{name}” has neither a condition nor is it the default.",
        "Écrivez sa condition en FEEL.",
        "Write its condition in FEEL.",
    ),
    "expression-wrong": _error(
        "L’expression « {text} » ne se lit pas : {why}",
        "The expression “{text}” cannot be read: {why}",
        "Corrigez-la : docs/reference/feel.md en donne la langue.",
        "Mend it: docs/reference/feel.md gives the language.",
    ),
    "unknown-variable": _error(
        "L’expression « {text} » lit « {variable} », qu’aucun formulaire ne demande.",
        "The expression “{text}” reads “{variable}”, which no form asks for.",
        "Corrigez le nom, ou ajoutez le champ à une tâche qui précède.",
        "Mend the name, or add the field to a task that comes before.",
    ),
    "no-role": _error(
        "« {name} » n’a pas de rôle : personne ne la recevrait.",
        "“{name}” has no role: nobody would receive it.",
        "Notez le rôle dans camunda:candidateGroups.",
        "Write the role in camunda:candidateGroups.",
    ),
    "unknown-role": _error(
        "Le rôle « {role} » de « {name} » n’est pas déclaré.",
        "The role “{role}” of “{name}” is not declared.",
        "Ajoutez method.role.{role} au processus principal, ou corrigez le nom.",
        "Add method.role.{role} to the main process, or mend the name.",
    ),
    "lead-missing": _error(
        "La méthode ne dit pas qui est {what}.",
        "The method does not say who is {what}.",
        "Notez {attribute} sur le processus principal.",
        "Write {attribute} on the main process.",
    ),
    "bad-duration": _error(
        "« {value} » n’est pas une durée.",
        "“{value}” is not a duration.",
        "Écrivez une durée ISO 8601, par exemple P10D pour dix jours ouvrés.",
        "Write an ISO 8601 duration, for example P10D for ten working days.",
    ),
    "duplicate-key": _error(
        "Le formulaire de « {name} » a deux champs « {key} ».",
        "The form of “{name}” has two fields “{key}”.",
        "Donnez une clé différente à chaque champ.",
        "Give each field a different key.",
    ),
    "empty-checklist": _error(
        "La liste de contrôle « {key} » de « {name} » est vide.",
        "The checklist “{key}” of “{name}” is empty.",
        "Ajoutez ses points (item.1, item.2 …), ou sa source.",
        "Add its items (item.1, item.2 …), or its source.",
    ),
    "no-choice": _error(
        "Le champ « {key} » de « {name} » n’offre aucun choix.",
        "The field “{key}” of “{name}” offers no choice.",
        "Ajoutez ses options, ou sa source.",
        "Add its options, or its source.",
    ),
    "no-columns": _error(
        "Le tableau « {key} » de « {name} » n’a pas de colonnes.",
        "The table “{key}” of “{name}” has no columns.",
        "Notez ses colonnes dans la propriété columns.",
        "Write its columns in the property columns.",
    ),
    "gate-drawn-wrong": _error(
        "La porte « {name} » n’est pas dessinée comme une porte : {why}",
        "The gate “{name}” is not drawn as a gate: {why}",
        "Une tâche, une passerelle exclusive, un flux par groupe d’issues : docs/reference/dialect.md.",
        "One task, one exclusive gateway, one flow for each outcome group: docs/reference/dialect.md.",
    ),
    "no-criteria": _error(
        "La porte « {name} » n’a aucun critère.",
        "The gate “{name}” has no criterion.",
        "Ajoutez method.criterion.1, .2 …",
        "Add method.criterion.1, .2 …",
    ),
    "lead-votes": _error(
        "Le rôle du chef de projet vote ou préside à « {name} ».",
        "The project lead’s role votes or chairs at “{name}”.",
        "Retirez-le des votants : le chef de projet présente et ne vote jamais.",
        "Remove it from the voters: the project lead presents and never votes.",
    ),
    "lane-differs": Rule(
        "warning",
        Text(
            "« {name} » est dans le couloir « {lane} », mais revient au rôle « {role} ».",
            "“{name}” stands in the lane “{lane}”, but falls to the role “{role}”.",
        ),
        Text("Déplacez-la, ou corrigez camunda:candidateGroups.", "Move it, or mend camunda:candidateGroups."),
    ),
    "untranslated": Rule(
        "warning",
        Text("{what} n’a pas d’anglais.", "{what} has no English."),
        Text("Ajoutez la propriété name.en (ou label.en).", "Add the property name.en (or label.en)."),
    ),
}
