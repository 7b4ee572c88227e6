"""What themes add."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


class PackRefused(Invalid):
    """What a theme adds is not of the expected form; `why` has every place that is wrong."""

    sentence = Text(
        "Ce que la thématique « {theme} » ajoute ne peut pas être publié ({count} à corriger) : {why}. "
        "Corrigez d’après docs/reference/themes.md, puis recommencez.",
        "What the theme “{theme}” adds cannot be published ({count} to mend): {why}. "
        "Mend it after docs/reference/themes.md, then retry.",
    )


class PackExists(Conflict):
    sentence = Text(
        "La version {version} de « {theme} » est déjà publiée avec un autre contenu. "
        "Changez « version » dans le fichier, puis publiez.",
        "Version {version} of “{theme}” is already published with other contents. "
        "Change “version” in the file, then publish.",
    )
