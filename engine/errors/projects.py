"""A project as a whole."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


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


class ReviewDateMissing(Invalid):
    sentence = Text(
        "Une suspension demande une date de revue à venir. Choisissez le jour où le projet sera réexaminé.",
        "A hold needs a review date in the future. Choose the day on which the project will be examined again.",
    )


class ActionsOpen(Invalid):
    """`actions`: the titles of the first of them."""

    sentence = Text(
        "« {project} » ne peut pas se terminer : {count} action(s) y restent ouvertes, dont {actions}. "
        "Terminez-les, ou transférez-les à quelqu’un qui les portera après le projet.",
        "“{project}” cannot end: {count} action(s) are still open in it, among them {actions}. "
        "Close them, or transfer them to someone who will carry them after the project.",
    )


class OtherMethodAdvised(Invalid):
    sentence = Text(
        "« {task} » conseille une autre méthode que « {method} ». Démarrez le projet dans la méthode conseillée et "
        "classez celui-ci, ou décidez « à reprendre » à « {gate} » pour revoir ce conseil.",
        "“{task}” advises another method than “{method}”. Start the project in the advised method and dismiss this "
        "one, or decide a rework at “{gate}” to look at this advice again.",
    )


class SameMethod(Invalid):
    sentence = Text(
        "Le projet suit déjà la méthode « {method} ». Choisissez-en une autre.",
        "The project already follows the method “{method}”. Choose another one.",
    )


class MethodsShareSteps(Invalid):
    sentence = Text(
        "« {method} » et « {other} » ont des étapes du même identifiant ({steps}) : le dossier les confondrait. "
        "Démarrez un nouveau projet, et arrêtez celui-ci.",
        "“{method}” and “{other}” have steps of the same id ({steps}): the record would mistake them. "
        "Start a new project, and stop this one.",
    )


class MethodOutgrown(Conflict):
    sentence = Text(
        "Ce projet dépasse ce que permet « {method} » : « {gate} » ne peut que le reprendre. "
        "Décidez « à reprendre » : il continue dans « {other} », avec tout ce qu’il sait.",
        "This project is beyond what “{method}” allows: “{gate}” can only send it back. "
        "Decide a rework: it goes on in “{other}”, with all that it knows.",
    )
