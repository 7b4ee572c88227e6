"""Clocks: what an opinion is given, and who may move it."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


class NoClock(Invalid):
    sentence = Text(
        "« {task} » n’est pas un avis demandé dans un délai : rien n’est à suspendre. "
        "Posez votre question en commentaire, ou demandez un délai.",
        "“{task}” is not an opinion asked within a time limit: there is nothing to suspend. "
        "Ask your question in a comment, or ask for more time.",
    )


class RequestAnswered(Conflict):
    sentence = Text(
        "{by} a déjà répondu à cette demande sur « {task} ». Rechargez la page pour lire la réponse.",
        "{by} has already answered this request on “{task}”. Reload the page to read the answer.",
    )


class ClockFixed(Invalid):
    sentence = Text(
        "Le délai de « {task} » est fixé par la méthode ({source}) : personne ne l’allonge. "
        "Demandez une information : le délai est suspendu jusqu’à la réponse.",
        "The time limit of “{task}” is set by the method ({source}): nobody extends it. "
        "Ask for information: the clock is suspended until the answer.",
    )
