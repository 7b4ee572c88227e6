"""Votes, criteria and decisions."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid, NotAllowed
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


class BallotCast(Conflict):
    sentence = Text(
        "Le bulletin de {voter} à « {gate} » a été déposé par {by} le {at}. Un votant a un seul bulletin à une séance, "
        "qui que ce soit qui le dépose.",
        "{voter}’s ballot at “{gate}” was cast by {by} on {at}. A voter has one ballot a session, whoever casts it.",
    )


class NoMandate(NotAllowed):
    sentence = Text(
        "Vous n’avez pas de mandat de {name} pour voter à « {gate} ». Cette personne vous nomme suppléant depuis son "
        "compte, ou vote elle-même.",
        "You have no mandate of {name} to vote at “{gate}”. That person names you as deputy from their account, "
        "or votes themselves.",
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


class ReserveStands(Invalid):
    sentence = Text(
        "« {reserve} » est une réserve posée à une porte : elle se lève avec une preuve, elle ne s’abandonne pas. "
        "Terminez l’action, ou faites décider la porte à nouveau.",
        "“{reserve}” is a reserve that a gate has set: it is lifted with a proof, it is not given up. "
        "Close the action as done, or have the gate decided again.",
    )


class QuorumNotReached(Invalid):
    sentence = Text(
        "Le quorum de « {gate} » n’est pas atteint : {cast} bulletin(s) sur {eligible} votants, {needed} attendus. "
        "Relancez les votants, convoquez une seconde séance si la méthode en prévoit une, ou suspendez le projet.",
        "The quorum of “{gate}” is not reached: {cast} ballot(s) of {eligible} voters, {needed} expected. "
        "Remind the voters, call a second session if the method foresees one, or put the project on hold.",
    )


class QuorumReached(Conflict):
    sentence = Text(
        "Le quorum de « {gate} » est atteint : {cast} bulletin(s), {needed} attendus. Il n’y a pas de seconde séance à "
        "convoquer : closez le vote.",
        "The quorum of “{gate}” is reached: {cast} ballot(s), {needed} expected. There is no second session to call: "
        "close the vote.",
    )


class NoSecondSession(Invalid):
    sentence = Text(
        "La méthode ne prévoit pas de seconde séance à « {gate} ». Relancez les votants, ou suspendez le projet.",
        "The method foresees no second session at “{gate}”. Remind the voters, or put the project on hold.",
    )


class SecondSessionCalled(Conflict):
    sentence = Text(
        "La seconde séance de « {gate} » est déjà convoquée pour le {at}. Les votants peuvent voter dès maintenant ; "
        "attendez cette date, ou le quorum.",
        "The second session of “{gate}” has already been called for {at}. Voters can vote from now on; wait for that "
        "date, or for the quorum.",
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


class EvidenceMissing(Invalid):
    sentence = Text(
        "« {criterion} » demande une preuve : un texte, un lien, un fichier, une tâche ou une entrée de registre. "
        "Donnez-la, puis recommencez.",
        "“{criterion}” needs evidence: words, a link, a file, a task or a register entry. Give it, then try again.",
    )


class EvidenceRefused(Invalid):
    sentence = Text(
        "La preuve de « {criterion} » n’est pas acceptée : {why} Corrigez-la, puis recommencez.",
        "The evidence of “{criterion}” is not accepted: {why} Mend it, then try again.",
    )


class NothingAsked(Conflict):
    sentence = Text(
        "Personne ne demande que « {criterion} » soit sans objet, ou la réponse est déjà donnée. Rechargez la page.",
        "Nobody asks that “{criterion}” be not applicable, or the answer has been given already. Reload the page.",
    )


class OwnRequest(NotAllowed):
    sentence = Text(
        "Vous avez demandé vous-même que « {criterion} » soit sans objet : l’accord revient à un autre ({who}).",
        "You asked yourself that “{criterion}” be not applicable: the approval is another person’s ({who}).",
    )


class ItemInForm(Invalid):
    sentence = Text(
        "« {criterion} » se remplit dans le formulaire de la tâche. Ouvrez-la, remplissez la ligne, puis enregistrez.",
        "“{criterion}” is filled in on the task’s form. Open the task, fill in the line, then save.",
    )


class ClosingRefused(Invalid):
    """`missing`: what does not hold; `pointers`: where each is mended."""

    sentence = Text(
        "Le projet ne peut pas se terminer encore. Il manque : {missing}. Réglez chaque point, puis recommencez.",
        "The project cannot end yet. Lacking: {missing}. Settle each point, then try again.",
    )
