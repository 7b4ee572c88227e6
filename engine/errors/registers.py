"""Entries of the registers."""

from __future__ import annotations

from engine.errors.tree import Conflict
from engine.words import Text


class TransitionRefused(Conflict):
    """`next`: the states that may follow."""

    sentence = Text(
        "« {entry} » est {state} : elle ne peut pas devenir {wanted}. Ce qui peut suivre : {next}. "
        "Rechargez la page, puis choisissez.",
        "“{entry}” is {state}: it cannot become {wanted}. What may follow: {next}. Reload the page, then choose.",
    )


class IdeaUnanswered(Conflict):
    sentence = Text(
        "Cette action demande une réponse à l’idée n° {number}, « {idea} » : répondez-y, l’action se clôt d’elle-même.",
        "This action asks for an answer to idea no. {number}, “{idea}”: answer it, and the action closes by itself.",
    )


class ThroughGate(Conflict):
    sentence = Text(
        "« {change} » dépasse les tolérances de la référence du projet : une porte en décide. "
        "Portez-la à la porte, puis consignez ce qu’elle a décidé.",
        "“{change}” goes beyond the tolerances of the project’s baseline: a gate decides it. "
        "Take it to a gate, then record what it decided.",
    )


class EntryFixed(Conflict):
    sentence = Text(
        "« {entry} » est consignée : elle ne se modifie pas. Consignez une nouvelle entrée qui la corrige.",
        "“{entry}” is recorded: it is never changed. Record a new entry that corrects it.",
    )


class DeviationExpired(Conflict):
    """`deviations`: what each departs from."""

    sentence = Text(
        "« {gate} » ne peut pas être franchie : le terme de la dérogation « {deviations} » est passé. Faites accorder "
        "une nouvelle dérogation pour la même étape, avec son terme (registre des dérogations du projet), ou "
        "choisissez une autre issue.",
        "“{gate}” cannot be passed: the deviation “{deviations}” has expired. Have a new deviation granted for the "
        "same step, with its end (the project’s register of deviations), or choose another outcome.",
    )
