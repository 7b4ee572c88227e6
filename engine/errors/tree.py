"""The families, each with its HTTP status."""

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

    @property
    def pointers(self) -> tuple[Any, ...]:
        """What stands in the way, each with where it is mended and who can (engine.computed.Pointer); often nothing."""
        found: tuple[Any, ...] = self.facts.get("pointers", ())
        return found

    def text(self, language: str = "fr") -> str:
        """The whole sentence, in `"fr"` or `"en"`."""
        return self.said.read(language)


class NotFound(JalonError):
    """What does not exist, or is not for this actor's eyes: both read the same."""

    status = 404
    sentence = Text(
        "Cette page n’existe pas, ou elle ne vous est pas ouverte. "
        "Vérifiez l’adresse, ou demandez l’accès au chef de projet.",
        "This page does not exist, or is not open to you. Check the address, or ask the project lead for access.",
    )


class SignInNeeded(JalonError):
    status = 401
    sentence = Text(
        "Cette page demande d’être connecté. Connectez-vous : vous reviendrez ici ensuite.",
        "This page needs you to be signed in. Sign in: you will come back here afterwards.",
    )


class NotAllowed(JalonError):
    """`verb`: what was attempted, as an infinitive; `who`: who may do it."""

    status = 403
    sentence = Text(
        "Vous ne pouvez pas {verb}. Qui le peut : {who}. Adressez-vous à cette personne.",
        "You may not {verb}. Who may: {who}. Ask that person.",
    )


class Conflict(JalonError):
    status = 409


class Invalid(JalonError):
    status = 422


class DiagramRefused(Invalid):
    """A diagram that cannot be read or run. `file` and `line` say where."""

    sentence = Text("{file} : {why}", "{file}: {why}")


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
