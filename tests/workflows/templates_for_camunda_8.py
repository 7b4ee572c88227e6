"""The element templates for Camunda 8, in French and English, made of those for Camunda 7.

python tests/workflows/templates_for_camunda_8.py      writes them; the test beside refuses one that is out of date

A lane has no template in Camunda 8, and a template cannot write a condition or a version: their descriptions say so.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "workflows" / ".camunda"
SEVEN, EIGHT = FOLDER / "element-templates", FOLDER / "element-templates-camunda-8"
SCHEMA = "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json"
#: attributes that are computed: Camunda 8 offers FEEL for them
COMPUTED = re.compile(r"method\.(gate\.(outgrown|baseline\.\w+)|silence\.after|when)")
LONG = re.compile(r"method\.criterion\.\d(\.en)?")
LASTING = "^(=.*|P\\d+[DWM])?$"
#: that a template for Camunda 8 cannot write -> what its description says instead
BY_HAND = {"conditionExpression": "Condition : ={value}", "camunda:versionTag": ""}


def written() -> dict[str, str]:
    """File name -> text."""
    found = {}
    for path in sorted(SEVEN.glob("*.json")):
        seven = json.loads(path.read_text(encoding="utf-8"))
        if seven["appliesTo"] != ["bpmn:Lane"]:
            eight = _template(seven)
            for name, said in ((path.stem, eight), (f"{path.stem}.en", _english(eight))):
                found[f"{name}.json"] = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    return found


def _template(seven: dict[str, Any]) -> dict[str, Any]:
    task, call = seven["appliesTo"] == ["bpmn:UserTask"], seven["appliesTo"] == ["bpmn:CallActivity"]
    kind = {"elementType": {"value": seven["appliesTo"][0]}} if task or call else {}
    properties = [made for each in seven["properties"] if (made := _property(each)) is not None]
    if task:
        properties.insert(0, {"type": "Hidden", "binding": {"type": "zeebe:userTask"}})
    head = {name: seven[name] for name in ("name", "id", "version", "description", "appliesTo")}
    conditions = [each.get("value") for each in seven["properties"] if each["binding"]["name"] == "conditionExpression"]
    for value in conditions:
        asked = BY_HAND["conditionExpression"].format(value=value) if value else "Condition : en FEEL, après « = »"
        head["description"] += f" {asked}."
    groups = {each.get("group") for each in properties}
    kept = [each for each in seven.get("groups", []) if each["id"] in groups]
    head |= {"id": f"{seven['id']}.camunda-8", "engines": {"camunda": "^8.5"}, **kind, "entriesVisible": True}
    return {"$schema": SCHEMA, **head, "groups": kept, "properties": properties}


def _property(seven: dict[str, Any]) -> dict[str, Any] | None:
    name, made = seven["binding"]["name"], dict(seven)
    if name in BY_HAND:
        return None
    if name == "camunda:candidateGroups":
        made["binding"] = {"type": "zeebe:assignmentDefinition", "property": "candidateGroups"}
    elif name == "camunda:dueDate":
        made |= {"binding": {"type": "zeebe:taskSchedule", "property": "dueDate"}, "feel": "optional"}
        made["constraints"] = {"pattern": {**seven["constraints"]["pattern"], "value": LASTING}}
        if seven.get("value"):
            made["value"] = f'=now() + duration("{seven["value"]}")'
    elif name == "calledElement":
        made["binding"] = {"type": "zeebe:calledElement", "property": "processId"}
    elif name != "name":
        made["binding"] = {"type": "zeebe:property", "name": name}
    if COMPUTED.fullmatch(name):
        made["feel"] = "optional"
    if LONG.fullmatch(name):
        made["type"] = "Text"
    if name == "method.gate.second_without_quorum":
        made = {each: made[each] for each in ("label", "binding", "group")} | {"type": "Boolean", "value": False}
        made["description"] = "Oui : à sa date, elle décide sans quorum"
    return made


# --- in English ------------------------------------------------------------------------------------------------


def _english(french: dict[str, Any]) -> dict[str, Any]:
    made = json.loads(json.dumps(french))
    made |= {"id": f"{french['id']}.en", "name": said(french["name"]), "description": said(french["description"])}
    for group in made["groups"]:
        group["label"] = said(group["label"])
    for each in made["properties"]:
        for part in ("label", "description"):
            if part in each:
                each[part] = said(each[part])
        if "pattern" in each.get("constraints", {}):
            each["constraints"]["pattern"]["message"] = said(each["constraints"]["pattern"]["message"])
        for choice in each.get("choices", ()):
            choice["name"] = said(choice["name"])
        if each["binding"].get("name") == "name" and "value" in each:
            each.pop("value")  # the name of an element is French, whoever draws it
    return made


def said(french: str) -> str:
    condition = re.search(r" Condition : (.*)\.$", french)
    if condition is not None:
        asked = "in FEEL, after “=”" if condition[1].startswith("en FEEL") else condition[1]
        return f"{said(french[: condition.start()])} Condition: {asked}."
    numbered = re.fullmatch(r"Critère (\d)(.*)", french)
    if numbered is not None:
        return f"Criterion {numbered[1]}{CRITERION[numbered[2]]}"
    return ENGLISH[french]


CRITERION = {
    "": "", ", calculé par": ", computed by", ", en anglais": ", in English", ", preuve": ", evidence",
    ", « sans objet »": ", “not applicable”",
}  # fmt: skip
ENGLISH = {
    "10 par défaut.": "10 by default.",
    "15 par défaut.": "15 by default.",
    "<tâche>.<champ> : la table dont les lignes sont le plan.": "<task>.<field>: the table whose lines are the plan.",
    "Ajoutez aussi le marqueur multi-instance parallèle, avec sa collection.":
        "Add the parallel multi-instance marker too, with its collection.",
    "Aménagement": "Tailoring",
    "Anglais": "English",
    "Après": "After",
    "Arrêté": "Stopped",
    "Au début": "At the start",
    "Au début et avant la porte": "At the start and before the gate",
    "Aucun": "None",
    "Aucune": "None",
    "Autre": "Other",
    "Avant": "Before",
    "Avant et après": "Before and after",
    "Avant la porte": "Before the gate",
    "Avec l’accord d’une autre personne": "With another person’s approval",
    "Avec un motif": "With a reason",
    "Avis demandé": "Opinion asked",
    "Bloquant": "Blocks",
    "Borne d’un aménagement ; vide : aucune.": "Bound of a tailoring; empty: none.",
    "Borne d’un aménagement ; vide : l’échéance ne s’allonge pas.":
        "Bound of a tailoring; empty: the deadline is not lengthened.",
    "Ce n’est pas une réunion": "It is no meeting",
    "Ce que devient le projet": "What becomes of the project",
    "Ce qu’un acteur doit faire. Le formulaire se décrit dans « Forms », l’instruction dans « Documentation ».":
        "What an actor has to do. Its form is described under “Form”, the instruction under “Documentation”.",
    "Celui du couloir ; déclaré dans le processus de la méthode.":
        "That of the lane; declared in the process of the method.",
    "Chaque occurrence est une réunion de cette nature.": "Each occurrence is a meeting of this kind.",
    "Clos": "Closed",
    "Comité de pilotage": "Steering committee",
    "Comité technique": "Technical committee",
    "Condition": "Condition",
    "Conditionnelle ◇": "Conditional ◇",
    "Continue dans la méthode": "Goes on in the method",
    "Contrôle": "Control",
    "Critères": "Criteria",
    "De <porte>_decision à la clôture courte, ou à une fin.":
        "From <gate>_decision to the short closure, or to an end.",
    "De <porte>_decision à la phase suivante, avec ou sans réserves.":
        "From <gate>_decision to the next phase, with or without reserves.",
    "De <porte>_decision à la phase à reprendre. Faites-en le flux par défaut.":
        "From <gate>_decision to the phase to rework. Make it the default flow.",
    "De <tâche>_if à la tâche. L’autre flux de la passerelle est le flux par défaut.":
        "From <task>_if to the task. The other flow of the gateway is the default flow.",
    "De droit": "Statutory",
    "De l’entrée d’une phase à l’étape où revient une reprise.":
        "From the entry of a phase to the step to which a rework returns.",
    "Des mots de droit ne se changent pas.": "Statutory words are not changed.",
    "Deux tiers": "Two thirds",
    "Durée après l’ouverture ; P10D = 10 jours ouvrés.": "How long after it opens; P10D = 10 working days.",
    "Décision du président": "Decision of the chair",
    "Délai": "Delay",
    "Délai après lequel une seconde séance se tient quand le quorum manque, comme P5D. Vide : aucune.":
        "Delay after which a second session is held where the quorum is missing, such as P5D. Empty: none.",
    "Délai calculé": "Computed time limit",
    "D’une porte éteinte : le seuil qu’un service peut fixer au plus.":
        "Of a gate that is switched off: the highest threshold that a department may set.",
    "Effet du silence": "Effect of silence",
    "Escalade": "Escalates",
    "Exigée": "Required",
    "Extensible": "Extensible",
    "FEEL : un montant.": "FEEL: an amount.",
    "FEEL : une date, par exemple max(lots.fin).": "FEEL: a date, for example max(batches.end).",
    "FEEL : une liste.": "FEEL: a list.",
    "FEEL : une table (dimension, tolerance).": "FEEL: a table (dimension, tolerance).",
    "FEEL : une table.": "FEEL: a table.",
    "FEEL sur les réponses : seule une reprise, dans une autre méthode, peut alors être décidée.":
        "FEEL over the answers: only a rework, in another method, may then be decided.",
    "FEEL sur les réponses, par exemple budget > 100000 ; ou tolerance.":
        "FEEL over the answers, for example budget > 100000; or tolerance.",
    'FEEL sur les réponses, par exemple if expert = true then "P2M" else "P1M" ; vide : l’échéance.':
        'FEEL over the answers, for example if expert = true then "P2M" else "P1M"; empty: the due date.',
    "Facultative": "Optional",
    "Facultative ○": "Optional ○",
    "Favorable, avec réserves, à reprendre, suspendu, arrêté": "Go, with reserves, rework, hold, stop",
    "Favorable, à reprendre": "Go, rework",
    "Favorable, à reprendre, arrêté": "Go, rework, stop",
    "Favorable, à reprendre, suspendu, arrêté": "Go, rework, hold, stop",
    "Fin": "End",
    "Fixe": "Fixed",
    "Formulaire": "Form",
    "Groupe de projet": "Project group",
    "Identifiant de la méthode plus grande.": "Id of the bigger method.",
    "Idée classée sans suite": "Idea dismissed",
    "Imposé": "Imposed",
    "Issues": "Outcomes",
    "Issues offertes": "Outcomes offered",
    "Jalon : activité récurrente": "Jalon: recurring activity",
    "Jalon : clôture courte": "Jalon: short closure",
    "Jalon : entrée d’une phase": "Jalon: entry of a phase",
    "Jalon : fin du projet": "Jalon: end of the project",
    "Jalon : flux conditionnel ◇": "Jalon: conditional flow ◇",
    "Jalon : flux de reprise": "Jalon: rework flow",
    "Jalon : flux d’arrêt": "Jalon: stop flow",
    "Jalon : flux d’atterrissage": "Jalon: landing flow",
    "Jalon : flux favorable": "Jalon: go flow",
    "Jalon : minuteur": "Jalon: timer",
    "Jalon : méthode": "Jalon: method",
    "Jalon : phase": "Jalon: phase",
    "Jalon : porte": "Jalon: gate",
    "Jalon : porte d’exception": "Jalon: exceptional gate",
    "Jalon : processus d’une phase": "Jalon: process of a phase",
    "Jalon : tâche": "Jalon: task",
    "Jamais par": "Never by",
    "Jours comptés": "Days counted",
    "Jours du calendrier": "Calendar days",
    "Jours ouvrés": "Working days",
    "Jusqu’à la porte": "Until the gate",
    "La clôture d’un projet arrêté ; tous les flux « arrêté » y mènent.":
        "The closing of a project that is stopped; all stop flows lead there.",
    "La décision d’entrée : le flux par défaut mène à la première étape, un flux de reprise à l’étape d’atterrissage.":
        "The entry decision: the default flow leads to the first step, a rework flow to the landing step.",
    "La décision qui ferme une phase. Suivie d’une passerelle exclusive <porte>_decision.":
        "The decision that ends a phase. Followed by an exclusive gateway <gate>_decision.",
    "Le document dont on part.": "The document that it starts from.",
    "Le même que ci-dessous.": "The same as below.",
    "Le processus principal. Chaque rôle se déclare dans « Extension properties » : method.role.CP et "
    "method.role.CP.en.":
        "The main process. Each role is declared in “Extension properties”: method.role.CP and method.role.CP.en.",
    "Le processus qu’une phase appelle.": "The process that a phase calls.",
    "Liberté accordée aux services": "Freedom granted to departments",
    "Libres": "Free",
    "Lot": "Batch",
    "L’identifiant du processus de la phase.": "The id of the process of the phase.",
    "Majorité, voix prépondérante du président": "Majority, the chair breaks a tie",
    "Masquer": "Hide",
    "Masquer ou rendre conditionnelle": "Hide or make conditional",
    "Modèle de document": "Document template",
    "Modèle imposé": "Imposed template",
    "Mots": "Words",
    "Méthode": "Method",
    "Nom": "Name",
    "Nom en anglais": "Name in English",
    "Nommez-la aussi sur le flux : « À reprendre (C3) ».": "Name it on the flow too: “À reprendre (C3)”.",
    "Non imposé": "Not imposed",
    "Oui : à sa date, elle décide sans quorum": "Yes: from its date on, it decides without quorum",
    "Ouverture": "Opening",
    "Où un service peut insérer une étape.": "Where a department may insert a step.",
    "Part des votants ; 1 si le président décide seul.": "Share of the voters; 1 where the chair decides alone.",
    "Partenaire": "Partner",
    "Pendant la phase": "During the phase",
    "Phase": "Phase",
    "Plan": "Plan",
    "Points d’insertion": "Insertion points",
    "Processus appelé": "Called process",
    "Processus publiés qu’un service peut mettre à la place, séparés par des virgules.":
        "Published processes that a department may put in its place, comma separated.",
    "Promet la fin": "Promises the end",
    "Promet le coût": "Promises the cost",
    "Promet le périmètre": "Promises the scope",
    "Promet les jalons": "Promises the milestones",
    "Présente aux portes, ne vote jamais.": "Presents at gates, never votes.",
    "Président": "Chair",
    "Qui décide": "Who decides",
    "Qui et quand": "Who and when",
    "Quorum": "Quorum",
    "Rendre conditionnelle": "Make conditional",
    "Reprise": "Rework",
    "Reprises au plus": "Reworks at most",
    "Reçoit refus et escalades.": "Receives refusals and escalations.",
    "Rythme": "Rhythm",
    "Règle": "Rule",
    "Règle de décision": "Decision rule",
    "Règle qui le dit": "Rule that says so",
    "Référence du texte.": "Reference of the text.",
    "Réputé défavorable, le processus continue": "Deemed unfavourable, the process goes on",
    "Réputé favorable": "Deemed favourable",
    "Réunion": "Meeting",
    "Rôle": "Role",
    "Rôle dont les titulaires ne peuvent pas faire cette tâche.": "Role whose holders may not do this task.",
    "Rôle du chef de projet": "Role of the project lead",
    "Rôle du commanditaire": "Role of the sponsor",
    "Rôle du propriétaire du résultat": "Role that keeps the result",
    "Rôle du président (tâche)": "Role of the chair (task)",
    "Rôle du responsable de la méthode": "Role of the method owner",
    "Rôles séparés par des virgules ; jamais le chef de projet.": "Roles, comma separated; never the project lead.",
    "Sans objet": "Not applicable",
    "Seconde séance": "Second session",
    "Seconde séance sans quorum": "Second session without quorum",
    "Service impacté": "Impacted department",
    "Seuil": "Threshold",
    "Seuil le plus haut": "Highest threshold",
    "Six mois après la clôture, dit si les résultats tiennent.":
        "Six months after the closing, says whether the results last.",
    "Suivi": "Follow-up",
    "S’ouvre quand": "Opens when",
    "Tolérance de coût (%)": "Tolerance of cost (%)",
    "Tolérance de délai (%)": "Tolerance of delay (%)",
    "Tolérance de délai (jours ouvrés)": "Tolerance of delay (working days)",
    "Tolérances du projet": "Tolerances of the project",
    "Tous les": "Every",
    "Trop grand quand": "Too big when",
    "Un délai, sur le chemin ou posé sur une tâche ou une phase. La durée, la date ou la répétition se note dans "
    "« Timer » : P5D, 2027-03-01, R3/P7D, ou en FEEL.":
        "A delay, on the path or on a task or a phase. The duration, date or repetition is written under “Timer”: "
        "P5D, 2027-03-01, R3/P7D, or in FEEL.",
    "Un nombre entier.": "A whole number.",
    "Un nombre, que la condition nomme threshold ; off : la porte attend qu’un service l’allume.":
        "A number, which the condition calls threshold; off: the gate waits for a department to switch it on.",
    "Un processus d’une seule tâche, ouvert à intervalles pendant une phase.":
        "A process of one task, opened at intervals during a phase.",
    "Un processus à côté du projet : des tâches, puis une porte.": "A process beside the project: tasks, then a gate.",
    "Un service peut-il prendre son propre modèle ?": "May a department take its own template?",
    "Un service peut-il y ajouter des champs et des choix ?": "May a department add fields and choices to it?",
    "Unanimité": "Unanimity",
    "Une durée comme P10D (jours ouvrés), P2W ou P1M, ou rien.":
        "A duration such as P10D (working days), P2W or P1M, or nothing.",
    "Une durée comme P14D, ou plan.": "A duration such as P14D, or plan.",
    "Une durée comme P5D (jours ouvrés), P2W ou P1M, ou rien.":
        "A duration such as P5D (working days), P2W or P1M, or nothing.",
    "Une fin du processus de la méthode.": "An end of the process of the method.",
    "Une instance chacun": "One instance each",
    "Une instance pour chaque": "One instance for each",
    "Une part entre 0 et 1, comme 0.5.": "A share between 0 and 1, such as 0.5.",
    "Une phase de la méthode : elle appelle un processus dessiné dans son propre fichier.":
        "A phase of the method: it calls a process that is drawn in a file of its own.",
    "Une seule instance": "One instance only",
    "Variantes": "Variants",
    "Verrou": "Lock",
    "Verrouillée": "Locked",
    "Vide : une personne le dit. Sinon un calcul, par exemple all_services_answered(A3) ; la liste est dans "
    "docs/reference/dialect.md.":
        "Empty: a person says so. Otherwise a computation, for example all_services_answered(A3); the list is in "
        "docs/reference/dialect.md.",
    "Votants": "Voters",
    "« Masquer » pour une tâche facultative seulement.": "“Hide” for an optional task only.",
    "« plan » : une occurrence par ligne du plan.": "“plan”: one occurrence for each line of the plan.",
    "Échéance": "Due date",
    "Échéance la plus courte": "Shortest deadline",
    "Échéance la plus longue": "Longest deadline",
    "Étape d’atterrissage": "Landing step",
}  # fmt: skip

if __name__ == "__main__":
    EIGHT.mkdir(exist_ok=True)
    for old in EIGHT.glob("*.json"):
        old.unlink()
    for name, text in written().items():
        (EIGHT / name).write_text(text, encoding="utf-8")
