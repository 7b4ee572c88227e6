"""Votes, criteria and decisions."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


class VoteClosed(Conflict):
    sentence = Text(
        "Le vote de « {gate} » est clos depuis le {at}. Votre avis peut être donné à la prochaine séance.",
        "The vote of “{gate}” has been closed since {at}. You can give your opinion at the next session.",
    )


class VoteOpen(Conflict):
    sentence = Text(
        "Le vote de « {gate} » est encore ouvert. Le président clôt le vote, puis décide.",
        "The vote of “{gate}” is still open. The chair closes the vote, then decides.",
    )


class AlreadyVoted(Conflict):
    sentence = Text(
        "Vous avez déjà voté à « {gate} » le {at}. Un bulletin ne se reprend pas pendant la séance.",
        "You have already voted at “{gate}” on {at}. A ballot is not taken back during the session.",
    )


class OutcomeNotAllowed(Invalid):
    sentence = Text(
        "L’issue « {outcome} » n’est pas possible à « {gate} » : {why}",
        "The outcome “{outcome}” is not possible at “{gate}”: {why}",
    )


class CriteriaUnmet(Invalid):
    sentence = Text(
        "« {gate} » ne peut pas être déclarée favorable : ne sont pas remplis {criteria}. "
        "Complétez les preuves, ou choisissez une autre issue.",
        "“{gate}” cannot be passed: {criteria} do not hold. Complete the evidence, or choose another outcome.",
    )


class ReserveIncomplete(Invalid):
    sentence = Text(
        "Chaque réserve demande un texte, un porteur et une échéance. Complétez la réserve {number}.",
        "Each reserve needs a text, an owner and a due date. Complete reserve {number}.",
    )


class ReservesMissing(Invalid):
    sentence = Text(
        "« Favorable avec réserves » demande au moins une réserve avec son porteur et son échéance.",
        "“Favourable with reserves” needs at least one reserve with its owner and due date.",
    )


class QuorumNotReached(Invalid):
    sentence = Text(
        "Le quorum de « {gate} » n’est pas atteint : {cast} bulletin(s) sur {eligible} votants, {needed} attendus. "
        "Relancez les votants, ou suspendez le projet.",
        "The quorum of “{gate}” is not reached: {cast} ballot(s) of {eligible} voters, {needed} expected. "
        "Remind the voters, or put the project on hold.",
    )


class InterestDeclared(Invalid):
    sentence = Text(
        "Vous avez déclaré un intérêt : vous ne votez pas à « {gate} ».",
        "You declared an interest: you do not vote at “{gate}”.",
    )


class CriterionComputed(Invalid):
    sentence = Text(
        "« {criterion} » est calculé par Jalon à partir du projet : personne ne peut le cocher.",
        "“{criterion}” is computed by Jalon from the project: nobody can tick it.",
    )
