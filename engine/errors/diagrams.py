"""Diagrams, methods and scenarios."""

from __future__ import annotations

from engine.errors.system import in_words
from engine.errors.tree import Conflict, DiagramRefused, Invalid
from engine.words import Text

DIAGRAM = Text("diagramme BPMN", "BPMN diagram")
DECISIONS = Text("fichier de décisions DMN", "DMN decision file")


class VersionExists(Conflict):
    sentence = Text(
        "La version {version} de « {method} » est déjà publiée avec un autre contenu. "
        "Changez le numéro de version (camunda:versionTag, zeebe:versionTag), puis publiez.",
        "Version {version} of “{method}” is already published with other contents. "
        "Change the version number (camunda:versionTag, zeebe:versionTag), then publish.",
    )


class Unreadable(DiagramRefused):
    """`kind` follows from the name of the file: a BPMN diagram, or DMN decisions."""

    sentence = Text(
        "« {file} » n’est pas un {kind} lisible (ligne {line}) : {why}. "
        "Ouvrez-le dans un modeleur et enregistrez-le à nouveau.",
        "“{file}” is not a readable {kind} (line {line}): {why}. Open it in a modeler and save it again.",
    )

    def __init__(self, *, file: str, line: int, why: Text) -> None:
        decisions = file.lower().endswith(".dmn")
        super().__init__(file=file, line=line, why=why, kind=DECISIONS if decisions else DIAGRAM)


class ScenariosUnreadable(DiagramRefused):
    """Scenarios that cannot be read. `line` and `column` say where, from 1."""

    sentence = Text(
        "« {file} », ligne {line}, colonne {column} : {why}. Corrigez d’après docs/reference/scenarios.md.",
        "“{file}”, line {line}, column {column}: {why}. Mend it after docs/reference/scenarios.md.",
    )


class AnswerUnclear(Invalid):
    """An answer that a scenario gives, and that cannot be read."""

    sentence = Text("La réponse « {label} » ne convient pas : {why}.", "The answer “{label}” cannot be used: {why}.")


class DiagramNotDrawn(DiagramRefused):
    """It cannot be shown as a picture; the list beside the picture says the same."""

    sentence = Text("{why}", "{why}")

    def __init__(self, *, fr: str, en: str) -> None:
        super().__init__(why=Text(fr, en))


class FileMissing(DiagramRefused):
    sentence = Text(
        "« {file} » ne peut pas être lu : {why}. Vérifiez le chemin et les droits.",
        "“{file}” cannot be read: {why}. Check the path and its permissions.",
    )

    def __init__(self, *, file: object, why: Text | OSError) -> None:
        super().__init__(file=file, why=in_words(why))


class MethodRefused(DiagramRefused):
    """A method that the review refuses. `findings` are its errors, in order."""

    sentence = Text(
        "La méthode ne peut pas être publiée : {count} défaut(s).\n{findings}",
        "The method cannot be published: {count} defect(s).\n{findings}",
    )


class WarningsLeft(DiagramRefused):
    """A method that the review lets pass, with warnings that nobody has accepted yet. `findings` are these."""

    sentence = Text(
        "La méthode peut être publiée, mais appelle {count} remarque(s) à accepter :\n{findings}\n"
        "Corrigez-les, ou publiez en les acceptant : {keys}.",
        "The method can be published, but has {count} warning(s) to be accepted:\n{findings}\n"
        "Mend them, or accept them as you publish: {keys}.",
    )


class ReviewStopped(DiagramRefused):
    sentence = Text(
        "La relecture de « {file} » a été arrêtée : {why}. Vérifiez que c’est bien un diagramme, ou répartissez-le en "
        "plusieurs fichiers.",
        "The review of “{file}” was stopped: {why}. Make sure that it is a diagram, or divide it into several files.",
    )
