"""Drafts of methods, and the files that are brought into them."""

from __future__ import annotations

from engine.errors.tree import Conflict, DiagramRefused, Invalid
from engine.words import Text


class DraftMoved(Conflict):
    """Two people changed the same file, or one in two windows. `files`: those; `at`: when last (a `Text`).

    `changed`, `version`: who changed it last, and what is then taken, as `moved_by` says them.
    """

    sentence = Text(
        "Rien n’est enregistré : {changed} {files} le {at}, depuis que vous l’avez ouvert. "
        "Gardez vos fichiers en les téléchargeant, puis reprenez {version} ; ou reportez-y vos changements.",
        "Nothing is saved: {changed} {files} on {at}, after you opened it. "
        "Keep your files by downloading them, then take {version}; or bring your changes into it.",
    )


def moved_by(person: str) -> dict[str, Text]:
    """`person`: another's name; empty: whoever is told."""
    if not person:
        changed = Text("vous avez modifié, dans une autre fenêtre,", "in another window, you changed")
        return {"changed": changed, "version": Text("l’autre version", "the other version")}
    changed = Text(f"{person} a modifié", f"{person} changed")
    return {"changed": changed, "version": Text(f"la version de {person}", f"{person}’s version")}


class DraftNewer(Conflict):
    sentence = Text(
        "Ces fichiers disent être de la révision {found} du brouillon, qui en est à la {revision} : ils viennent d’un "
        "brouillon plus récent, ou d’une autre installation. Ouvrez-les comme un nouveau brouillon, ou retirez "
        "« jalon.json » de l’archive pour les comparer à celui-ci.",
        "These files say that they are of revision {found} of the draft, which is at {revision}: they come from a "
        "newer draft, or from another installation. Open them as a new draft, or take “jalon.json” out of the archive "
        "to compare them with this one.",
    )


class DraftExists(Conflict):
    """`person`: who edited it last."""

    sentence = Text(
        "Un brouillon de « {method} » est déjà ouvert ; {person} l’a modifié en dernier. Ouvrez celui-là dans "
        "l’atelier, apportez-y vos fichiers, ou abandonnez-le d’abord.",
        "A draft of “{method}” is already open; {person} changed it last. Open that one in the workshop, bring your "
        "files into it, or drop it first.",
    )


class MethodPublished(Conflict):
    """A new method, or the id of one, whose id a published method has. `method`: that one, and its last `version`."""

    sentence = Text(
        "« {method} » {version} est déjà publiée, sous le même identifiant ({id}). Pour dessiner sa version suivante, "
        "reprenez-la sous « La suite d’une méthode publiée », dans l’atelier ; pour une autre méthode, donnez un autre "
        "nom ou un autre identifiant.",
        "“{method}” {version} is published already, with the same id ({id}). To draw its next version, take it up "
        "under “The next version of a published method”, in the workshop; for another method, give another name or "
        "another id.",
    )


class MethodNameless(Invalid):
    sentence = Text(
        "Le nom de la méthode manque. Écrivez-le en français : ceux qui démarrent un projet le liront.",
        "The name of the method is missing. Write it in French: those who start a project will read it.",
    )


class DraftClosed(Conflict):
    """`done`: published, or dropped; `person`, `at`: who did that, and when (a `Text`)."""

    sentence = Text(
        "Ce brouillon de « {method} » est clos : {person} l’a {done} le {at}. Ses fichiers restent à télécharger ; "
        "pour continuer, ouvrez un nouveau brouillon dans l’atelier.",
        "This draft of “{method}” is closed: {person} {done} it on {at}. Its files can still be downloaded; to go on, "
        "open a new draft in the workshop.",
    )


class DraftNotReviewed(Conflict):
    """What is to be published is not what a second person approved."""

    sentence = Text(
        "Ce brouillon de « {method} » attend l’accord d’une seconde personne sur ce qu’il est maintenant. "
        "Demandez la relecture, puis publiez.",
        "This draft of “{method}” awaits a second person’s agreement to what it is now. Ask for the review, then "
        "publish.",
    )


class NothingNew(Conflict):
    """A draft that is what was published already."""

    sentence = Text(
        "Rien n’est à publier : ce brouillon de « {method} » est la version {version}, déjà publiée, sans un "
        "changement. Changez ce qui doit l’être, ou abandonnez le brouillon.",
        "There is nothing to publish: this draft of “{method}” is version {version}, published already, without a "
        "change. Change what is to be changed, or drop the draft.",
    )


class ReviewTooEarly(Conflict):
    """`count`: errors that the automatic review finds."""

    sentence = Text(
        "La relecture de « {method} » par une seconde personne attend que la méthode soit sans erreur, et la relecture "
        "automatique en trouve {count}. Corrigez-les dans le dessin ou dans le plan, puis demandez la relecture.",
        "The review of “{method}” by a second person waits until the method has no error, and the automatic review "
        "finds {count}. Mend them in the drawing or in the outline, then ask for the review.",
    )


class NobodyToReview(Conflict):
    sentence = Text(
        "Personne ne peut relire « {method} » : chaque responsable de méthode a travaillé à ce brouillon. "
        "Demandez à un administrateur d’en nommer un autre (page « Personnes »), puis demandez la relecture.",
        "Nobody can review “{method}”: every method owner worked on this draft. "
        "Ask an administrator to name another one (page “People”), then ask for the review.",
    )


class ReviewNotAsked(Conflict):
    sentence = Text(
        "Personne n’a demandé la relecture de ce brouillon de « {method} », ou il a changé depuis. "
        "Rechargez la page ; demandez la relecture une fois le dessin terminé.",
        "Nobody asked for the review of this draft of “{method}”, or it changed since. Reload the page; ask for the "
        "review once the drawing is finished.",
    )


class ReviewedByEditor(Invalid):
    sentence = Text(
        "La relecture devait être faite par quelqu’un qui n’a pas dessiné ce brouillon, et {person} y a travaillé. "
        "Demandez à un autre responsable de méthode.",
        "The review was to be made by someone who did not draw this draft, and {person} worked on it. Ask another "
        "method owner.",
    )


class OutlineRefused(Invalid):
    """A change of a method's outline. `why` is the sentence; `field`: what of the change it is of, if it is of one;
    `stale`: the element changed since the page was opened."""

    sentence = Text("{why}", "{why}")


class NoDiagram(DiagramRefused):
    """`found`: the names of what was sent."""

    sentence = Text(
        "Aucun diagramme n’a été reçu : un fichier .bpmn, ou un .zip qui en contient, était attendu ; reçu : {found}. "
        "Choisissez les fichiers de la méthode, puis recommencez.",
        "No diagram was received: a .bpmn file, or a .zip that holds some, was expected; received: {found}. "
        "Choose the method’s files, then retry.",
    )


class NoProcess(DiagramRefused):
    sentence = Text(
        "« {file} » ne dessine aucun processus. Dessinez-en un, avec un événement de début, puis enregistrez.",
        "“{file}” draws no process. Draw one, with a start event, then save.",
    )


class FileNamedTwice(DiagramRefused):
    sentence = Text(
        "Deux fichiers s’appellent « {file} ». Donnez-leur des noms différents : une méthode est un seul dossier.",
        "Two files are called “{file}”. Give them different names: a method is one folder.",
    )


class ScriptInside(DiagramRefused):
    sentence = Text(
        "« {file} », ligne {line} : un script est écrit dans ce fichier, et Jalon n’en exécute aucun. Remplacez la "
        "tâche de script par une tâche humaine, retirez le script, puis recommencez.",
        "“{file}”, line {line}: a script is written in this file, and Jalon runs none. Replace the script task by a "
        "user task, take the script out, then retry.",
    )


class ArchiveUnreadable(DiagramRefused):
    sentence = Text(
        "« {file} » n’est pas une archive .zip lisible : elle est abîmée ou protégée par un mot de passe. "
        "Refaites-la, ou choisissez les fichiers .bpmn eux-mêmes.",
        "“{file}” is no readable .zip archive: it is damaged or protected by a password. Make it again, or choose the "
        ".bpmn files themselves.",
    )


class TooMuchTried(Invalid):
    """`limit`: characters of the file of a play."""

    sentence = Text(
        "Cet essai est trop long ({limit} caractères au plus). Gardez-le comme scénario, puis repartez du début.",
        "This play is too long ({limit} characters at most). Keep it as a scenario, then start again.",
    )


class ScenarioNamed(Conflict):
    """Another scenario of the draft has that name."""

    sentence = Text(
        "Un scénario de ce brouillon s’appelle déjà « {name} ». Donnez un autre nom, ou demandez à le remplacer.",
        "A scenario of this draft is already called “{name}”. Give another name, or ask to replace it.",
    )


class ScenarioNameless(Invalid):
    sentence = Text(
        "Un nom était attendu pour ce scénario, et il est vide. Écrivez-en un : ce que le parcours montre.",
        "A name was expected for this scenario, and it is empty. Write one: what the course shows.",
    )


class ScenarioNotEdited(Invalid):
    """A file of scenarios that is not written a scenario after another, a line each."""

    sentence = Text(
        "« {file} » est écrit d’une façon que la page ne sait pas modifier sans risque. Téléchargez-le, changez-le "
        "dans un éditeur de texte, puis rapportez-le dans le brouillon.",
        "“{file}” is written in a way that the page cannot change safely. Download it, change it in a text editor, "
        "then bring it back into the draft.",
    )
