"""The rules on what a method notes: roles, forms, gates, in `docs/reference/dialect.md`."""

from __future__ import annotations

from engine.rules.rule import Rule, error, note, warning
from engine.words import Text

RULES: dict[str, Rule] = {
    "one-main-process": error(
        "La méthode a {count} processus principal ; il en faut exactement un.",
        "The method has {count} main process(es); exactly one is needed.",
        "Du processus qui appelle les phases, et de lui seul, dites qu’il est « La méthode : son processus principal » "
        "(« Ce qu’est ce processus », method.kind = method).",
        "Say of the process that calls the phases, and of it alone, that it is “The method: its main process” "
        "(“What this process is”, method.kind = method).",
    ),
    "element-not-in-a-method": error(
        "Une méthode ne dessine pas de <{tag}> : dans un projet, personne n’y répondrait.",
        "A method draws no <{tag}>: in a project, nobody would answer it.",
        "Redessinez-le avec des tâches utilisateur, des passerelles et des processus appelés.",
        "Redraw it with user tasks, gateways and called processes.",
    ),
    "event-not-in-a-method": error(
        "Une méthode ne dessine pas cet événement ({kind}) : dans un projet, personne ne dirait qu’il est arrivé.",
        "A method does not draw this event ({kind}): in a project, nobody would say that it has come.",
        "Utilisez un début et une fin simples ; les échéances se notent sur les tâches, et les délais se dessinent en "
        "minuteurs (docs/reference/dialect.md).",
        "Use a plain start and end; deadlines are written on tasks, and delays are drawn as timers "
        "(docs/reference/dialect.md).",
    ),
    "unknown-attribute": error(
        "L’attribut « {attribute} » de « {name} » n’existe pas : il resterait sans effet.",
        "The attribute “{attribute}” of “{name}” does not exist: it would have no effect.",
        "Corrigez son nom d’après docs/reference/dialect.md, ou retirez-le.",
        "Mend its name after docs/reference/dialect.md, or remove it.",
    ),
    "unknown-value": error(
        "« {attribute} » vaut « {value} » ; ce qui peut s’y écrire : {expected}.",
        "“{attribute}” is “{value}”; what may be written there: {expected}.",
        "Corrigez la valeur, ou retirez l’attribut.",
        "Mend the value, or remove the attribute.",
    ),
    "unknown-computation": error(
        "« {computed} » n’est pas un calcul que Jalon connaît.",
        "“{computed}” is no computation that Jalon knows.",
        "Choisissez un calcul de docs/reference/dialect.md : {known}.",
        "Choose a computation of docs/reference/dialect.md: {known}.",
    ),
    "computation-parameter": error(
        "Le calcul « {computed} » ne peut pas se faire : {why}",
        "The computation “{computed}” cannot be made: {why}",
        "Corrigez ce qui est entre parenthèses d’après docs/reference/dialect.md.",
        "Mend what stands in parentheses after docs/reference/dialect.md.",
    ),
    "called-process-missing": error(
        "La phase « {name} » appelle « {called} », qu’aucun fichier ne dessine.",
        "The phase “{name}” calls “{called}”, which no file draws.",
        "Ajoutez le fichier de cette phase, ou corrigez le processus appelé.",
        "Add the file of this phase, or mend the called process.",
    ),
    "phase-not-called": error(
        "La phase « {name} » n’est appelée nulle part : aucun projet n’y entrerait.",
        "The phase “{name}” is called nowhere: no project would enter it.",
        "Dessinez-la dans le processus principal (activité d’appel) et reliez-la, ou retirez son fichier.",
        "Draw it in the main process (a call activity) and connect it, or remove its file.",
    ),
    "task-outside-a-phase": error(
        "La tâche « {name} » n’est dans aucune phase, et n’est pas une porte : aucun projet ne l’ouvrirait.",
        "The task “{name}” is in no phase, and is no gate: no project would open it.",
        "Dessinez-la dans le processus d’une phase, que le processus principal appelle ; si c’est une porte, cochez "
        "« C’est une porte » (method.kind = gate).",
        "Draw it in the process of a phase, which the main process calls; if it is a gate, tick “It is a gate” "
        "(method.kind = gate).",
    ),
    "unknown-field-type": error(
        "Le champ « {field} » de « {name} » est de type « {type} », qui n’existe pas.",
        "The field “{field}” of “{name}” is of type “{type}”, which does not exist.",
        "Choisissez l’un des types que donne docs/reference/dialect.md : string, money, date …",
        "Choose one of the types that docs/reference/dialect.md gives: string, money, date …",
    ),
    "feeds-no-register": error(
        "Le tableau « {field} » de « {name} » n’alimente pas le registre « {register} » : {columns}.",
        "The table “{field}” of “{name}” does not feed the register “{register}”: {columns}.",
        "Écrivez register = action, risk, resistance, decision, watch, idea ou change sur un champ table, et "
        "column.<clé>.feeds = un champ de ce registre, title et ceux qu’il exige compris (docs/reference/dialect.md).",
        "Write register = action, risk, resistance, decision, watch, idea or change on a table field, and "
        "column.<key>.feeds = a field of that register, title and those that it requires included "
        "(docs/reference/dialect.md).",
    ),
    "confidential-file": error(
        "Le champ « {field} » de « {name} » est un fichier confidentiel : les fichiers sont au dossier de tous.",
        "The field “{field}” of “{name}” is a confidential file: files are on everybody’s record.",
        "Retirez confidential, ou demandez le texte dans un champ textarea confidentiel.",
        "Remove confidential, or ask for the text in a confidential textarea field.",
    ),
    "not-a-number": error(
        "« {attribute} » de « {name} » vaut « {value} », qui n’est pas un nombre.",
        "“{attribute}” of “{name}” is “{value}”, which is not a number.",
        "Écrivez un nombre, avec un point pour les décimales.",
        "Write a number, with a point for decimals.",
    ),
    "neither-true-nor-false": error(
        "« {attribute} » vaut « {value} » ; seuls true et false se comprennent.",
        "“{attribute}” is “{value}”; only true and false are understood.",
        "Écrivez true ou false, ou retirez l’attribut (false).",
        "Write true or false, or remove the attribute (false).",
    ),
    "no-role": error(
        "« {name} » n’a pas de rôle : personne ne la recevrait.",
        "“{name}” has no role: nobody would receive it.",
        "Choisissez « Rôle qui la fait » (camunda:candidateGroups ; Camunda 8 : zeebe:assignmentDefinition) ; d’une "
        "porte, « Présidée par » et « Votants » (method.gate.chair, method.gate.voters).",
        "Choose “Role that does it” (camunda:candidateGroups; Camunda 8: zeebe:assignmentDefinition); of a gate, "
        "“Chaired by” and “Voters” (method.gate.chair, method.gate.voters).",
    ),
    "unknown-role": error(
        "Le rôle « {role} » de « {name} » n’est pas déclaré.",
        "The role “{role}” of “{name}” is not declared.",
        "Ajoutez-le aux « Rôles » du processus principal (method.role.{role}), ou choisissez un rôle qui y est.",
        "Add it to the “Roles” of the main process (method.role.{role}), or choose a role that is there.",
    ),
    "role-held-by-nobody": error(
        "Personne ne peut tenir le rôle « {role} » : « {held} » n’est pas une façon d’être désigné.",
        "Nobody can hold the role “{role}”: “{held}” is no way of being named.",
        "Dans les « Rôles » du processus principal, choisissez « Qui le tient » (method.role.<ID>.held = project, "
        "service, anyone ou guest ; rien : project).",
        "In the “Roles” of the main process, choose “Who holds it” (method.role.<ID>.held = project, service, anyone "
        "or guest; nothing: project).",
    ),
    "role-excludes-itself": error(
        "« {name} » revient au rôle « {role} », et l’interdit à ceux qui le tiennent : personne ne peut la faire.",
        "“{name}” falls to the role “{role}”, and is forbidden to those who hold it: nobody can do it.",
        "Changez « Jamais faite par » (method.never), ou le rôle à qui elle revient.",
        "Change “Never done by” (method.never), or the role to which it falls.",
    ),
    "lead-missing": error(
        "La méthode ne dit pas qui est {what}.",
        "The method does not say who is {what}.",
        "Choisissez son rôle sur le processus principal, parmi ceux de la méthode ({attribute}).",
        "Choose their role on the main process, among those of the method ({attribute}).",
    ),
    "bad-duration": error(
        "« {name} » a pour durée « {value} », qui n’en est pas une.",
        "“{name}” has “{value}” as its duration, which is none.",
        "Écrivez une durée ISO 8601, par exemple P10D pour dix jours ouvrés.",
        "Write an ISO 8601 duration, for example P10D for ten working days.",
    ),
    "duplicate-key": error(
        "Le formulaire de « {name} » a deux champs « {key} ».",
        "The form of “{name}” has two fields “{key}”.",
        "Donnez une clé différente à chaque champ.",
        "Give each field a different key.",
    ),
    "empty-checklist": error(
        "La liste de contrôle « {key} » de « {name} » est vide.",
        "The checklist “{key}” of “{name}” is empty.",
        "Ajoutez ses « Points de la liste » (item.1, item.2 …), ou dites d’où « Les choix viennent » (source).",
        "Add its “Items of the checklist” (item.1, item.2 …), or say where its “Choices come from” (source).",
    ),
    "no-choice": error(
        "Le champ « {key} » de « {name} » n’offre aucun choix.",
        "The field “{key}” of “{name}” offers no choice.",
        "Ajoutez ses « Choix », ou dites d’où « Les choix viennent » (source).",
        "Add its “Options”, or say where its “Choices come from” (source).",
    ),
    "no-columns": error(
        "Le tableau « {key} » de « {name} » n’a pas de colonnes.",
        "The table “{key}” of “{name}” has no columns.",
        "Ajoutez ses « Colonnes » (columns).",
        "Add its “Columns” (columns).",
    ),
    "gate-drawn-wrong": error(
        "La porte « {name} » n’est pas dessinée comme une porte : {why}",
        "The gate “{name}” is not drawn as a gate: {why}",
        "Une tâche, une passerelle exclusive, un flux pour chaque issue, qui la dit (« Issue de la porte », "
        "method.outcome) ; ou corrigez les issues de la porte dans le plan.",
        "One task, one exclusive gateway, one flow for each outcome, which says it (“Outcome of the gate”, "
        "method.outcome); or mend the outcomes of the gate in the outline.",
        landing=Text(
            "Choisissez une étape de la phase à laquelle la reprise revient : « Une reprise revient à l’étape » "
            "(method.landing), ou « On reprend à » dans le plan.",
            "Choose a step of the phase to which the rework returns: “A rework returns to the step” "
            "(method.landing), or “It starts again at” in the outline.",
        ),
    ),
    "outcome-without-gate": error(
        "La branche « {name} » choisit d’après la décision d’une porte ({ways}), mais {why} : un projet y passerait "
        "avec la décision d’une porte précédente.",
        "The branch “{name}” chooses by the decision of a gate ({ways}), but {why}: a project would go through with "
        "the decision of an earlier gate.",
        "Redessinez la porte juste avant cette branche, sans rien d’autre qui y mène, ou supprimez la branche et ses "
        "flux.",
        "Draw the gate again just before this branch, with nothing else that leads to it, or delete the branch and its "
        "flows.",
    ),
    "no-criteria": error(
        "La porte « {name} » n’a aucun critère : rien ne dit sur quoi elle se décide.",
        "The gate “{name}” has no criterion: nothing says on what it is decided.",
        "Ajoutez-lui des « Critères de la décision » (method.criterion.1, method.criterion.2 …).",
        "Add “Criteria of the decision” to it (method.criterion.1, method.criterion.2 …).",
    ),
    "no-second-session": error(
        "« {name} » décide sans quorum à une seconde séance, que la méthode ne prévoit pas.",
        "“{name}” decides without quorum at a second session, which the method does not foresee.",
        "Écrivez son délai dans « Seconde séance après » (method.gate.second_session, par exemple P5D), ou décochez « "
        "La seconde séance se passe de quorum » (method.gate.second_without_quorum).",
        "Write its delay in “Second session after” (method.gate.second_session, for example P5D), or untick “The "
        "second session needs no quorum” (method.gate.second_without_quorum).",
    ),
    "second-session-without-vote": error(
        "« {name} » prévoit une seconde séance, mais son président décide seul : il n’y a pas de quorum à manquer.",
        "“{name}” foresees a second session, but its chair decides alone: there is no quorum to miss.",
        "Choisissez une « Règle » qui vote (method.gate.rule), ou videz « Seconde séance après » "
        "(method.gate.second_session).",
        "Choose a “Rule” that votes (method.gate.rule), or empty “Second session after” (method.gate.second_session).",
    ),
    "reserves-not-looked-at": note(
        "« {name} » suit une porte favorable avec réserves, et aucun de ses critères ne dit qu’elles sont levées.",
        "“{name}” follows a gate that goes with reserves, and none of its criteria says that they are lifted.",
        "Ajoutez un critère « Répondu par un calcul » : reserves_lifted (method.criterion.<n>.computed). Sans lui, "
        "elles restent des actions, que rien n’oblige à terminer avant la clôture.",
        "Add a criterion “Answered by a computation”: reserves_lifted (method.criterion.<n>.computed). Without it, "
        "they remain actions that nothing forces to be done before the closure.",
    ),
    "lead-votes": error(
        "Le rôle du chef de projet vote ou préside à « {name} » : il y présente, et n’y décide pas.",
        "The project lead’s role votes or chairs at “{name}”: they present there, and do not decide.",
        "Retirez-le de « Votants » et de « Présidée par » (method.gate.voters, method.gate.chair).",
        "Remove it from “Voters” and from “Chaired by” (method.gate.voters, method.gate.chair).",
    ),
    "lane-differs": warning(
        "« {name} » est dans le couloir « {lane} », mais revient au rôle « {role} ».",
        "“{name}” stands in the lane “{lane}”, but falls to the role “{role}”.",
        "Déplacez-la, ou corrigez le rôle à qui elle revient.",
        "Move it, or mend the role to which it falls.",
    ),
    "untranslated": warning(
        "« {what} » n’a pas d’anglais : qui lit en anglais le verrait en français.",
        "“{what}” has no English: who reads English would see it in French.",
        "Écrivez-le dans {where}.",
        "Write it in {where}.",
    ),
    "field-without-label": warning(
        "Le champ « {key} » de « {name} » n’a pas de libellé en français : le formulaire ne dirait pas ce qu’il "
        "demande.",
        "The field “{key}” of “{name}” has no label in French: the form would not say what it asks.",
        "Écrivez-le dans « Libellé en français » (label).",
        "Write it in “Label in French” (label).",
    ),
}
