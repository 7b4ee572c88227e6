"""The machine: databases, archives, jobs, settings."""

from __future__ import annotations

from engine.errors.system import in_words
from engine.errors.tree import Conflict, Invalid, Unavailable
from engine.words import Text


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

    def __init__(self, *, file: object, why: Text | OSError) -> None:
        super().__init__(file=file, why=in_words(why))


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


class DossierUnreadable(Invalid):
    """What was given to `jalon verify` is no dossier."""

    sentence = Text(
        "« {file} » n’est pas un dossier de porte lisible : {why} "
        "Demandez à nouveau le dossier à celui qui l’a exporté.",
        "“{file}” is not a gate dossier that can be read: {why} Ask whoever exported it for the dossier again.",
    )
