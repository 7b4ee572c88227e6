"""Everything that Jalon can refuse, as a tree. The message is the text that a person reads.

    JalonError
    ├── NotFound 404            what does not exist, or may not be seen: nobody learns which
    ├── SignInNeeded 401        SessionExpired, WrongPassword
    ├── NotAllowed 403          SeparationOfDuties
    ├── Conflict 409            TaskClosed, TaskTaken, StalePage, ProjectHeld, ProjectEnded, VoteClosed, KeyReused
    ├── Invalid 422             FormRefused, ReasonMissing, RoleWithoutHolder, OutcomeNotAllowed, …
    │   └── DiagramRefused 422  Unreadable, FileMissing, MethodRefused, …
    ├── TooLarge 413
    └── Unavailable 503         DatabaseGone, DiskFull, TooMuchWork

Each class says it in French and in English: what was expected, what was found, what to do. `status` is the HTTP
status; the CLI prints the same sentence and exits 1.
"""

from __future__ import annotations

from typing import Any, ClassVar

from engine.words import Text


class JalonError(Exception):
    """A refusal. `facts` fill the sentence; a fact may be a `Text`, said in the reader's language."""

    status: ClassVar[int] = 500
    sentence: ClassVar[Text] = Text(
        "Jalon n’a pas pu terminer cette opération. Rien n’a été enregistré ; réessayez.",
        "Jalon could not finish this operation. Nothing was saved; try again.",
    )

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        self.said = type(self).sentence.format(**facts)
        super().__init__(self.said.fr)

    def text(self, language: str = "fr") -> str:
        """The whole sentence, in `"fr"` or `"en"`."""
        return self.said.read(language)


# --- 404 ---------------------------------------------------------------------------------------------------


class NotFound(JalonError):
    """What does not exist, or is not for this actor's eyes: both read the same."""

    status = 404
    sentence = Text(
        "Cette page n’existe pas, ou elle ne vous est pas ouverte. "
        "Vérifiez l’adresse, ou demandez l’accès au chef de projet.",
        "This page does not exist, or is not open to you. Check the address, or ask the project lead for access.",
    )


# --- 401 ---------------------------------------------------------------------------------------------------


class SignInNeeded(JalonError):
    status = 401
    sentence = Text(
        "Cette page demande d’être connecté. Connectez-vous : vous reviendrez ici ensuite.",
        "This page needs you to be signed in. Sign in: you will come back here afterwards.",
    )


class SessionExpired(SignInNeeded):
    sentence = Text(
        "Votre session a expiré. Reconnectez-vous ; ce que vous aviez enregistré en brouillon est conservé.",
        "Your session has expired. Sign in again; what you had saved as a draft is kept.",
    )


class WrongPassword(SignInNeeded):
    sentence = Text(
        "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez les deux, "
        "ou demandez un nouveau mot de passe à l’administrateur.",
        "This login and this password do not go together. Check both, or ask the administrator for a new password.",
    )


# --- 403 ---------------------------------------------------------------------------------------------------


class NotAllowed(JalonError):
    """`verb`: what was attempted, as an infinitive; `who`: who may do it."""

    status = 403
    sentence = Text(
        "Vous ne pouvez pas {verb}. Qui le peut : {who}. Adressez-vous à cette personne.",
        "You may not {verb}. Who may: {who}. Ask that person.",
    )


class SeparationOfDuties(NotAllowed):
    sentence = Text(
        "{name} ne peut pas {verb} : la méthode l’interdit à qui tient le rôle « {role} » dans ce projet. "
        "Confiez-le à une autre personne.",
        "{name} may not {verb}: the method forbids it to whoever holds the role “{role}” in this project. "
        "Give it to someone else.",
    )


# --- 409 ---------------------------------------------------------------------------------------------------


class Conflict(JalonError):
    status = 409


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


class ProjectHeld(Conflict):
    sentence = Text(
        "Le projet « {project} » est suspendu jusqu’au {review}. Le commanditaire peut le reprendre ; "
        "d’ici là rien n’y avance.",
        "The project “{project}” is on hold until {review}. The sponsor can resume it; until then nothing moves in it.",
    )


class ProjectNotHeld(Conflict):
    sentence = Text(
        "Le projet « {project} » n’est pas suspendu : il n’y a rien à reprendre.",
        "The project “{project}” is not on hold: there is nothing to resume.",
    )


class ProjectEnded(Conflict):
    sentence = Text(
        "Le projet « {project} » est terminé ({state}). Il reste consultable ; rien ne peut plus y être ajouté.",
        "The project “{project}” has ended ({state}). It can still be read; nothing more can be added.",
    )


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


class KeyReused(Conflict):
    sentence = Text(
        "Cette demande a déjà servi à un autre acte. Rechargez la page, puis recommencez.",
        "This request has already served for another act. Reload the page, then retry.",
    )


class WorkerAlive(Conflict):
    sentence = Text(
        "Un autre processus exécute déjà des travaux sous le nom « {name} ». Donnez à celui-ci un nom à lui : "
        "jalon worker --name NOM ; le même à chaque démarrage.",
        "Another process already works jobs under the name “{name}”. Give this one a name of its own: "
        "jalon worker --name NAME; the same at every start.",
    )


class NotEmpty(Conflict):
    sentence = Text(
        "Cette base contient déjà un organisme ; la démonstration demande une base vide. "
        "Indiquez une autre base, ou aucune.",
        "This database already holds an organisation; the demonstration asks for an empty one. Name another, or none.",
    )


class RestoreNotEmpty(NotEmpty):
    sentence = Text(
        "Cette base contient déjà des données ({tables}) ; une sauvegarde ne se restaure que dans une base vide. "
        "Indiquez une autre base avec --database.",
        "This database already holds data ({tables}); a backup is restored only into an empty one. "
        "Name another with --database.",
    )


class VersionExists(Conflict):
    sentence = Text(
        "La version {version} de « {method} » est déjà publiée avec un autre contenu. "
        "Changez le numéro de version (camunda:versionTag), puis publiez.",
        "Version {version} of “{method}” is already published with other contents. "
        "Change the version number (camunda:versionTag), then publish.",
    )


# --- 422 ---------------------------------------------------------------------------------------------------


class Invalid(JalonError):
    status = 422


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


class ReviewDateMissing(Invalid):
    sentence = Text(
        "Une suspension demande une date de revue à venir. Choisissez le jour où le projet sera réexaminé.",
        "A hold needs a review date in the future. Choose the day on which the project will be examined again.",
    )


class DateInvalid(Invalid):
    sentence = Text(
        "« {value} » n’est pas une date à venir. Donnez une date au format AAAA-MM-JJ, après aujourd’hui.",
        "“{value}” is not a date to come. Give a date as YYYY-MM-DD, after today.",
    )


class RoleWithoutHolder(Invalid):
    sentence = Text(
        "La méthode demande des rôles que personne ne tient : {roles}. "
        "Désignez une personne pour chacun, dans le projet ou dans le service.",
        "The method asks for roles that nobody holds: {roles}. Name a person for each, in the project "
        "or in the department.",
    )


class RolesIncompatible(Invalid):
    sentence = Text(
        "{name} ne peut pas être à la fois {first} et {second} : le chef de projet présente à la porte "
        "et n’y vote jamais. "
        "Désignez deux personnes.",
        "{name} cannot be both {first} and {second}: the project lead presents at the gate and never votes there. "
        "Name two people.",
    )


class ChoiceUnknown(Invalid):
    sentence = Text(
        "« {value} » ne fait pas partie des choix de « {label} ». Choisissez dans la liste.",
        "“{value}” is not among the choices of “{label}”. Choose from the list.",
    )


class OutcomeNotAllowed(Invalid):
    sentence = Text(
        "L’issue « {outcome} » n’est pas possible à « {gate} » : {why}",
        "The outcome “{outcome}” is not possible at “{gate}”: {why}",
    )


class OtherMethodAdvised(Invalid):
    sentence = Text(
        "« {task} » conseille une autre méthode que « {method} ». Démarrez le projet dans la méthode conseillée et "
        "classez celui-ci, ou décidez « à reprendre » à « {gate} » pour revoir ce conseil.",
        "“{task}” advises another method than “{method}”. Start the project in the advised method and dismiss this "
        "one, or decide a rework at “{gate}” to look at this advice again.",
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


class PasswordWeak(Invalid):
    sentence = Text(
        "Ce mot de passe est trop facile à deviner. Choisissez au moins {least} caractères, "
        "par exemple quatre mots sans lien entre eux.",
        "This password is too easy to guess. Choose at least {least} characters, for example four unrelated words.",
    )


class FileRefused(Invalid):
    sentence = Text(
        "Le fichier « {name} » n’est pas accepté : {why}",
        "The file “{name}” is not accepted: {why}",
    )


class SettingRefused(Invalid):
    sentence = Text(
        "Le réglage {name} ne convient pas : {why}. Corrigez-le d’après docs/reference/settings.md, puis recommencez.",
        "The setting {name} cannot be used: {why}. Mend it after docs/reference/settings.md, then retry.",
    )


class ArchiveRefused(Invalid):
    """A backup that is damaged, not ours, or newer than this version."""

    sentence = Text(
        "« {file} » ne peut pas être restauré : {why} Rien n’a été enregistré.",
        "“{file}” cannot be restored: {why} Nothing was saved.",
    )


class NotWritten(Invalid):
    sentence = Text(
        "« {file} » ne peut pas être écrit : {why}. Choisissez un autre fichier, ou libérez de la place.",
        "“{file}” cannot be written: {why}. Choose another file, or free some space.",
    )


class OrganisationRefused(Invalid):
    sentence = Text(
        "L’organisation ne peut pas être chargée : dans « {part} », {why} "
        "Corrigez le fichier d’après docs/reference/organisation.md, puis recommencez.",
        "The organisation cannot be loaded: in “{part}”, {why} "
        "Mend the file after docs/reference/organisation.md, then retry.",
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


class CriterionComputed(Invalid):
    sentence = Text(
        "« {criterion} » est calculé par Jalon à partir du projet : personne ne peut le cocher.",
        "“{criterion}” is computed by Jalon from the project: nobody can tick it.",
    )


# --- diagrams ----------------------------------------------------------------------------------------------


class DiagramRefused(Invalid):
    """A diagram that cannot be read or run. `file` and `line` say where."""

    sentence = Text("{file} : {why}", "{file}: {why}")


class Unreadable(DiagramRefused):
    sentence = Text(
        "« {file} » n’est pas un diagramme BPMN lisible (ligne {line}) : {why}. "
        "Ouvrez-le dans un modeleur et enregistrez-le à nouveau.",
        "“{file}” is not a readable BPMN diagram (line {line}): {why}. Open it in a modeler and save it again.",
    )


class ScenariosUnreadable(DiagramRefused):
    """Scenarios that cannot be read. `line` and `column` say where, from 1."""

    sentence = Text(
        "« {file} », ligne {line}, colonne {column} : {why}. Corrigez d’après docs/reference/scenarios.md.",
        "“{file}”, line {line}, column {column}: {why}. Mend it after docs/reference/scenarios.md.",
    )


class AnswerUnclear(Invalid):
    """An answer that a scenario gives, and that cannot be read."""

    sentence = Text("La réponse « {label} » ne convient pas : {why}.", "The answer “{label}” cannot be used: {why}.")


class DiagramNotDrawn(DiagramRefused):
    """It cannot be shown as a picture; the list beside the picture says the same."""

    sentence = Text("{why}", "{why}")

    def __init__(self, *, fr: str, en: str) -> None:
        super().__init__(why=Text(fr, en))


class FileMissing(DiagramRefused):
    sentence = Text(
        "« {file} » ne peut pas être lu : {why}. Vérifiez le chemin et les droits.",
        "“{file}” cannot be read: {why}. Check the path and its permissions.",
    )


class MethodRefused(DiagramRefused):
    """A method that the review refuses. `findings` are its errors, in order."""

    sentence = Text(
        "La méthode ne peut pas être publiée : {count} défaut(s).\n{findings}",
        "The method cannot be published: {count} defect(s).\n{findings}",
    )


class WarningsLeft(DiagramRefused):
    """A method that the review lets pass, with warnings that nobody has accepted yet. `findings` are these."""

    sentence = Text(
        "La méthode peut être publiée, mais appelle {count} remarque(s) à accepter :\n{findings}\n"
        "Corrigez-les, ou publiez en les acceptant : {keys}.",
        "The method can be published, but has {count} warning(s) to be accepted:\n{findings}\n"
        "Mend them, or accept them as you publish: {keys}.",
    )


class ReviewStopped(DiagramRefused):
    sentence = Text(
        "La relecture de « {file} » a été arrêtée : {why}. Vérifiez que c’est bien un diagramme, ou répartissez-le en "
        "plusieurs fichiers.",
        "The review of “{file}” was stopped: {why}. Make sure that it is a diagram, or divide it into several files.",
    )


# --- 413, 503 ----------------------------------------------------------------------------------------------


class TooLarge(JalonError):
    status = 413
    sentence = Text(
        "« {name} » est trop volumineux : {size}, pour {limit} au plus. Allégez-le ou scindez-le.",
        "“{name}” is too large: {size}, for {limit} at most. Make it smaller or split it.",
    )


class TooManyRequests(JalonError):
    status = 429
    sentence = Text(
        "Trop d’essais en peu de temps. Patientez une minute, puis réessayez.",
        "Too many attempts in a short time. Wait a minute, then try again.",
    )


class Unavailable(JalonError):
    status = 503


class DatabaseGone(Unavailable):
    sentence = Text(
        "La base de données ne répond pas. Rien n’a été enregistré ; réessayez dans un instant. "
        "Si cela dure, l’administrateur vérifie JALON_DATABASE_URL et le serveur.",
        "The database does not answer. Nothing was saved; try again in a moment. "
        "If it lasts, the administrator checks JALON_DATABASE_URL and the server.",
    )


class DatabaseBusy(Unavailable):
    sentence = Text(
        "La base de données est occupée par d’autres actes. Rien n’a été enregistré ; réessayez.",
        "The database is busy with other acts. Nothing was saved; try again.",
    )


class MessageNotSent(Unavailable):
    """`where`: the name of the server, never its whole address: it may hold a password."""

    sentence = Text(
        "Le message n’est pas parti vers {where} : {why}. Il sera renvoyé ; vérifiez le serveur, et les réglages "
        "JALON_SMTP ou JALON_WEBHOOK_URL.",
        "The message did not leave for {where}: {why}. It will be sent again; check the server, and the settings "
        "JALON_SMTP or JALON_WEBHOOK_URL.",
    )


class DiskFull(Unavailable):
    sentence = Text(
        "Le disque est plein. Rien n’a été enregistré ; l’administrateur libère de la place, puis réessayez.",
        "The disk is full. Nothing was saved; the administrator frees some space, then try again.",
    )


class NotInitialised(Unavailable):
    sentence = Text(
        "Cette base n’est pas prête pour Jalon. Lancez « jalon init », puis recommencez.",
        "This database is not ready for Jalon. Run “jalon init”, then retry.",
    )


class TooMuchWork(Unavailable):
    """One act would cost too much: docs/reference/limits.md."""

    sentence = Text(
        "Cet acte déclencherait plus de {limit} {what} d’un coup. Il a été refusé et le projet n’a pas bougé ; "
        "signalez-le au responsable de la méthode : une boucle ne s’arrête sans doute pas.",
        "This act would set off more than {limit} {what} at once. It was refused and the project did not move; "
        "tell the method owner: a loop probably never stops.",
    )


class Incident(JalonError):
    """The method cannot go on as it is drawn: an expression has no value, which is never taken for false; no flow may
    be taken; all branches wait for one another.
    """

    status = 500
    sentence = Text(
        "La méthode ne peut pas continuer comme elle est dessinée : {why} "
        "Le projet n’a pas bougé ; signalez-le au responsable de la méthode.",
        "The method cannot go on as it is drawn: {why} The project did not move; tell the method owner.",
    )
