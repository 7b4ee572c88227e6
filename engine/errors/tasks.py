"""Tasks and their forms."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


class TaskClosed(Conflict):
    sentence = Text(
        "« {task} » n’est plus à faire : {state} par {by} le {at}. Ouvrez la tâche pour voir ce qui a été enregistré.",
        "“{task}” is no longer to do: {state} by {by} on {at}. Open the task to see what was saved.",
    )


class TaskTaken(Conflict):
    sentence = Text(
        "« {task} » est prise par {by}. Demandez-lui de la rendre, ou au chef de projet de vous la confier.",
        "“{task}” is taken by {by}. Ask them to release it, or the project lead to assign it to you.",
    )


class StalePage(Conflict):
    sentence = Text(
        "Cette page n’est plus à jour : quelqu’un a modifié « {what} » entre-temps. "
        "Rechargez-la, relisez, puis recommencez ; ce que vous avez saisi est conservé ci-dessous.",
        "This page is out of date: someone changed “{what}” meanwhile. "
        "Reload it, read it again, then retry; what you typed is kept below.",
    )


class KeyReused(Conflict):
    sentence = Text(
        "Cette demande a déjà servi à un autre acte. Rechargez la page, puis recommencez.",
        "This request has already served for another act. Reload the page, then retry.",
    )


class FormRefused(Invalid):
    """`fields`: what is wrong, by form key; a key is `"field"` or `"field.2.column"` (row 2 of a table, from 0)."""

    sentence = Text(
        "{count} réponse(s) à revoir avant de terminer « {task} » : {labels}.",
        "{count} answer(s) to mend before completing “{task}”: {labels}.",
    )

    def __init__(self, *, task: Text | str, fields: dict[str, Text], labels: tuple[Text, ...]) -> None:
        self.fields = fields
        super().__init__(task=task, count=len(fields), labels=labels)


class TextRefused(Invalid):
    sentence = Text(
        "Un texte contient un caractère que l’ordinateur n’affiche pas (caractère nul). Retirez-le, puis recommencez.",
        "A text holds a character that cannot be shown (the null character). Take it out, then retry.",
    )


class ReasonMissing(Invalid):
    sentence = Text(
        "Un motif est attendu pour {verb}. Écrivez une phrase que les personnes concernées liront.",
        "A reason is expected to {verb}. Write a sentence that the people concerned will read.",
    )


class DateInvalid(Invalid):
    sentence = Text(
        "« {value} » n’est pas une date à venir. Donnez une date au format AAAA-MM-JJ, après aujourd’hui.",
        "“{value}” is not a date to come. Give a date as YYYY-MM-DD, after today.",
    )


class ChoiceUnknown(Invalid):
    sentence = Text(
        "« {value} » ne fait pas partie des choix de « {label} ». Choisissez dans la liste.",
        "“{value}” is not among the choices of “{label}”. Choose from the list.",
    )


class FileFrozen(Conflict):
    sentence = Text(
        "« {name} » est figé par la décision {decision} : il ne se retire ni ne se remplace. "
        "Joignez la nouvelle version à une tâche de la phase en cours.",
        "“{name}” is frozen by the decision {decision}: it is neither withdrawn nor replaced. "
        "Attach the new version to a task of the present phase.",
    )


class FileRefused(Invalid):
    sentence = Text(
        "Le fichier « {name} » n’est pas accepté : {why}",
        "The file “{name}” is not accepted: {why}",
    )


class AnswerFrozen(Invalid):
    sentence = Text(
        "La réponse à « {task} » est figée : la porte « {gate} » a été décidée depuis. "
        "Écrivez ce qui a changé dans un commentaire de la tâche : il y sera daté et signé.",
        "The answer to “{task}” is frozen: the gate “{gate}” has been decided since. Write what has changed "
        "in a comment on the task: it will be dated and signed there.",
    )


class AnswerSteers(Invalid):
    sentence = Text(
        "Le projet a déjà suivi le chemin que dessine cette réponse : {labels}. "
        "Pour la changer, demandez une reprise de la phase à la porte.",
        "The project has already followed the path that this answer draws: {labels}. "
        "To change it, ask for a rework of the phase at the gate.",
    )
