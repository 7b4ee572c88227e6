"""Who one is, and what one may."""

from __future__ import annotations

from engine.errors.tree import Invalid, NotAllowed, SignInNeeded
from engine.words import Text


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


class SeparationOfDuties(NotAllowed):
    sentence = Text(
        "{name} ne peut pas {verb} : la méthode l’interdit à qui tient le rôle « {role} » dans ce projet. "
        "Confiez-le à une autre personne.",
        "{name} may not {verb}: the method forbids it to whoever holds the role “{role}” in this project. "
        "Give it to someone else.",
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


class MandateImpossible(Invalid):
    sentence = Text(
        "{name} ne peut pas être suppléant : {why}",
        "{name} cannot be a deputy: {why}",
    )


class PasswordWeak(Invalid):
    sentence = Text(
        "Ce mot de passe est trop facile à deviner. Choisissez au moins {least} caractères, "
        "par exemple quatre mots sans lien entre eux.",
        "This password is too easy to guess. Choose at least {least} characters, for example four unrelated words.",
    )


class OrganisationRefused(Invalid):
    sentence = Text(
        "L’organisation ne peut pas être chargée : dans « {part} », {why} "
        "Corrigez le fichier d’après docs/reference/organisation.md, puis recommencez.",
        "The organisation cannot be loaded: in “{part}”, {why} "
        "Mend the file after docs/reference/organisation.md, then retry.",
    )
