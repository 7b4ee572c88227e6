"""People from outside, and the links that open one task to them."""

from __future__ import annotations

from typing import ClassVar

from engine.errors.tree import Invalid, JalonError
from engine.words import Text


class LinkRefused(JalonError):
    """A link that opens nothing, or no longer: gone, as far as its holder can tell."""

    status: ClassVar[int] = 410


class LinkUnknown(LinkRefused):
    status = 404
    sentence = Text(
        "Ce lien n’ouvre rien : il est incomplet, ou il n’a jamais été donné. Copiez-le en entier depuis le message "
        "que vous avez reçu, ou demandez-en un nouveau à la personne qui vous a écrit.",
        "This link opens nothing: it is incomplete, or was never given. Copy all of it from the message that you "
        "received, or ask the person who wrote to you for a new one.",
    )


class LinkExpired(LinkRefused):
    sentence = Text(
        "Ce lien n’est plus valable depuis le {at}. Demandez-en un nouveau à {by}.",
        "This link has not been valid since {at}. Ask {by} for a new one.",
    )


class LinkRevoked(LinkRefused):
    sentence = Text(
        "Ce lien a été retiré : « {task} » ne vous est plus demandée. Pour toute question, écrivez à {by}.",
        "This link was withdrawn: “{task}” is no longer asked of you. For any question, write to {by}.",
    )


class LinkOver(LinkRefused):
    sentence = Text(
        "Le projet « {project} » est {state} : ses invités n’y ont plus accès. Rien n’est plus attendu de vous.",
        "The project “{project}” is {state}: its guests have no access any more. Nothing more is expected of you.",
    )


class LinkForOther(LinkRefused):
    status = 403
    sentence = Text(
        "Ce lien n’ouvre que « {task} ». Chaque demande a le sien : ouvrez celui du message qui la concerne.",
        "This link opens “{task}” only. Each request has its own: open the one of the message about it.",
    )


class GuestImpossible(Invalid):
    """`field`: what to mend in the invitation: `task`, `name`, `email`, `until`."""

    sentence = Text(
        "L’invitation n’est pas possible : {why}",
        "The invitation is not possible: {why}",
    )
