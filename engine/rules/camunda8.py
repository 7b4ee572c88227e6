"""The rules on methods drawn for Camunda 8: one dialect, forms of form-js, in `docs/reference/dialect.md`."""

from __future__ import annotations

from engine.rules.rule import Rule, error, warning

RULES: dict[str, Rule] = {
    "file-in-both-dialects": error(
        "{file} est dessiné pour {drawn}, et dit aussi des choses à la façon de {other} : Jalon ne lirait que l’un.",
        "{file} is drawn for {drawn}, and says things in the way of {other} too: Jalon would read one only.",
        "Ouvrez-le dans Camunda Modeler et dites tout pour {drawn}, ou exportez la méthode pour Camunda 8 "
        "(jalon export).",
        "Open it in Camunda Modeler and say all for {drawn}, or export the method for Camunda 8 (jalon export).",
    ),
    "method-in-both-dialects": error(
        "{file} est dessiné pour Camunda 7, et d’autres fichiers de la méthode pour Camunda 8.",
        "{file} is drawn for Camunda 7, and other files of the method for Camunda 8.",
        "Exportez la méthode pour Camunda 8 (jalon export) : les fichiers qui le sont déjà ne changent pas.",
        "Export the method for Camunda 8 (jalon export): the files that are so already do not change.",
    ),
    "no-equivalent": warning(
        "« {name} » dit {what}, qui n’a pas d’équivalent dans une méthode : il reste sans effet.",
        "“{name}” says {what}, which has no equivalent in a method: it has no effect.",
        "Retirez-le ; à sa place : {instead}.",
        "Remove it; in its place: {instead}.",
    ),
    "form-not-read": error(
        "Le formulaire de « {name} » ne se lit pas : {why}.",
        "The form of “{name}” cannot be read: {why}.",
        "Ouvrez le formulaire dans Camunda Modeler, enregistrez-le, et apportez le fichier .form avec les diagrammes.",
        "Open the form in Camunda Modeler, save it, and bring the .form file with the diagrams.",
    ),
    "unknown-component": error(
        "Le formulaire de « {name} » a un composant « {type} » ({field}), que Jalon ne connaît pas.",
        "The form of “{name}” has a component “{type}” ({field}), which Jalon does not know.",
        "Dans le formulaire, {instead} (docs/reference/dialect.md).",
        "In the form, {instead} (docs/reference/dialect.md).",
    ),
    "form-part-not-read": warning(
        "Le champ « {field} » de « {name} » dit {what} : un formulaire de Jalon n’a rien de tel.",
        "The field “{field}” of “{name}” says {what}: a form of Jalon has no such thing.",
        "Retirez-le ; à sa place : {instead}.",
        "Remove it; in its place: {instead}.",
    ),
}
