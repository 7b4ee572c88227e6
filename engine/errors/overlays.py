"""Tailoring: overlays, what is refused in them, and what their release could not be woven into."""

from __future__ import annotations

from engine.errors.tree import Conflict, DiagramRefused, Invalid
from engine.words import Text


class OverlayUnreadable(DiagramRefused):
    """A file that is no overlay. `line` and `column` say where, from 1."""

    sentence = Text(
        "« {file} », ligne {line}, colonne {column} : {why}. Corrigez d’après docs/reference/overlays.md.",
        "“{file}”, line {line}, column {column}: {why}. Mend it after docs/reference/overlays.md.",
    )


class OverlayEdited(Invalid):
    """A file whose fingerprint is not that of its content: it was changed by hand after it was exported."""

    sentence = Text(
        "« {file} », ligne {line} : ce fichier a été modifié à la main depuis qu’il a été exporté ; ce qu’il dit n’a "
        "été approuvé par personne. Faites la modification dans la page de l’aménagement ; ou retirez « fingerprint » "
        "et « approver », et présentez-le comme un brouillon.",
        "“{file}”, line {line}: this file was changed by hand since it was exported; nobody approved what it says. "
        "Make the change on the page of the tailoring; or remove “fingerprint” and “approver”, and bring it in as a "
        "draft.",
    )


class OverlayForAnotherVersion(Conflict):
    sentence = Text(
        "Cet aménagement est fait pour {bound}, et la méthode est {found}. "
        "Transposez-le d’abord sur cette version (jalon rebase), puis recommencez.",
        "This tailoring is made for {bound}, and the method is {found}. "
        "Rebase it on this version first (jalon rebase), then retry.",
    )


class OverlayRefused(Invalid):
    """Operations that are refused, none of which was applied. `refusals`: each with its rule (engine.overlay)."""

    sentence = Text(
        "L’aménagement n’est pas appliqué ({count} à corriger) :\n{refusals}",
        "The tailoring is not applied ({count} to mend):\n{refusals}",
    )


class ApprovedByRequester(Invalid):
    sentence = Text(
        "L’aménagement devait être approuvé par une autre personne que celle qui le demande, et {person} a fait les "
        "deux. Demandez l’approbation à quelqu’un d’autre.",
        "The tailoring was to be approved by another person than the one who asks for it, and {person} did both. "
        "Ask someone else to approve it.",
    )


class WeaveRefused(Invalid):
    """What is woven would not keep what the method means to keep. `findings`: the sentences, in order."""

    sentence = Text(
        "Ce que ces aménagements donnent ne peut pas servir : {findings} Rien n’est appliqué ; signalez-le au "
        "responsable de la méthode ({owner}).",
        "What these tailorings come to cannot be used: {findings} Nothing is applied; tell the method owner ({owner}).",
    )


class VersionTooSmall(DiagramRefused):
    """`changes`: what asks for more."""

    sentence = Text(
        "« {method} » passe de {before} à {after}, mais la différence est {level} : {changes}. "
        "Donnez-lui le numéro {asked} au moins (camunda:versionTag, zeebe:versionTag), puis recommencez.",
        "“{method}” goes from {before} to {after}, but the difference is {level}: {changes}. "
        "Give it the number {asked} at least (camunda:versionTag, zeebe:versionTag), then retry.",
    )


class NumberInvalid(DiagramRefused):
    """`version`: what stands in the place of the number of a release."""

    sentence = Text(
        "« {version} » n’est pas un numéro de version : trois nombres entiers étaient attendus, comme 1.0.0 ou 2.1.0. "
        "Donnez-en un (dans un diagramme : camunda:versionTag, zeebe:versionTag), puis recommencez.",
        "“{version}” is not a version number: three whole numbers were expected, as 1.0.0 or 2.1.0. "
        "Give one (in a diagram: camunda:versionTag, zeebe:versionTag), then retry.",
    )


class NumberTooSmall(Invalid):
    """A number that is typed for a draft. `least`: the smallest that says what changed."""

    sentence = Text(
        "Le numéro {version} est trop petit pour ce qui change depuis la version publiée : il faut {least} au moins. "
        "Écrivez {least}, ou un numéro plus grand.",
        "The number {version} is too small for what changes since the published version: {least} at least is needed. "
        "Type {least}, or a greater number.",
    )


class MethodRetired(Conflict):
    sentence = Text(
        "« {method} » {version} est retirée : aucun projet n’en part plus. Prenez une autre méthode, ou attendez sa "
        "prochaine version.",
        "“{method}” {version} is retired: no project starts on it any more. Take another method, or wait for its next "
        "version.",
    )


class OverlayFixed(Conflict):
    sentence = Text(
        "Cet aménagement n’est plus celui que vous aviez sous les yeux : il a été présenté, décidé ou remplacé. "
        "Rechargez la page ; une modification demande un nouveau brouillon.",
        "This tailoring is no longer the one that you had before you: it was presented, decided or replaced. "
        "Reload the page; a change asks for a new draft.",
    )


class ConflictsLeft(Invalid):
    """A tailoring carried over with conflicts that nobody answered. `left`: their numbers, from 1."""

    sentence = Text(
        "Il reste {count} conflit(s) sans réponse :\n{conflicts}\nRetirez chaque opération, donnez-lui une autre "
        "valeur, ou, là où la méthode le permet encore, reconnaissez ce qui a changé.",
        "{count} conflict(s) have no answer yet:\n{conflicts}\nDrop each operation, give it another value, or, "
        "where the method still allows it, acknowledge what changed.",
    )
