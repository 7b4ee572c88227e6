"""A project as a whole."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


class StartIncomplete(Invalid):
    """`fields`: what is left to say, by field of `StartProject`, in their order."""

    sentence = Text("{sentences}", "{sentences}")

    def __init__(self, *, fields: dict[str, Text]) -> None:
        self.fields = fields
        said = Text(*(" ".join(each.read(language) for each in fields.values()) for language in ("fr", "en")))
        super().__init__(sentences=said)


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


class StepsStuck(Conflict):
    """`steps`: each with why it could not go on."""

    sentence = Text(
        "Le projet ne peut pas continuer dans cette version : {steps}. Terminez d’abord ce qui attend là, "
        "puis recommencez.",
        "The project cannot go on in this version: {steps}. First finish what waits there, then try again.",
    )


class ReleaseSame(Invalid):
    sentence = Text(
        "Le projet suit déjà « {method} » {version}. Choisissez une autre version.",
        "The project already follows “{method}” {version}. Choose another version.",
    )


class TailoringBehind(Conflict):
    """`service`: whose tailoring the project started on."""

    sentence = Text(
        "Le projet suit l’aménagement de « {service} », qui n’est pas encore repris en version {version}. Faites "
        "d’abord reprendre l’aménagement (page du service), puis recommencez.",
        "The project follows the tailoring of “{service}”, which is not carried over to version {version} yet. First "
        "have the tailoring carried over (the department’s page), then try again.",
    )


class NotReversible(Conflict):
    """`why`: what happened since, or that there was no move."""

    sentence = Text(
        "Le passage à cette version ne se défait plus : {why}. Passez le projet à une autre version si besoin.",
        "The move to this version can no longer be undone: {why}. Move the project to another version if need be.",
    )


class CatchUpOpen(Conflict):
    """`steps`: locked steps of the version on which the project goes on, which it had passed already."""

    sentence = Text(
        "« {gate} » ne peut pas être franchie : {steps} reste à faire depuis le changement de version. Faites-le et "
        "closez l’action de rattrapage avec sa preuve, ou faites accorder une dérogation pour cette étape.",
        "“{gate}” cannot be passed: {steps} is still to be caught up with since the change of version. Do it and close "
        "the action with its proof, or have a deviation granted for this step.",
    )


class ChoicesUnsigned(Conflict):
    """`choices`: what the project asks for beyond its department's tailoring, and nobody has answered."""

    sentence = Text(
        "« {gate} » ne peut pas être franchie : {choices} attend une réponse. Accordez ou refusez la dérogation "
        "(registre des dérogations du projet), ou retirez le choix.",
        "“{gate}” cannot be passed: {choices} awaits an answer. Approve or refuse the deviation (the project’s "
        "register of deviations), or take the choice back.",
    )


class ChoicesFrozen(Conflict):
    sentence = Text(
        "Les choix de ce projet sont figés : sa méthode ne s’aménage plus. Demandez une dérogation (registre des "
        "dérogations du projet).",
        "The choices of this project are frozen: its method can no longer be tailored. Ask for a deviation (the "
        "project’s register of deviations).",
    )


class MethodOutgrown(Conflict):
    sentence = Text(
        "Ce projet dépasse ce que permet « {method} » : « {gate} » ne peut que le reprendre. "
        "Décidez « à reprendre » : il continue dans « {other} », avec tout ce qu’il sait.",
        "This project is beyond what “{method}” allows: “{gate}” can only send it back. "
        "Decide a rework: it goes on in “{other}”, with all that it knows.",
    )
