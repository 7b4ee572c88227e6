"""History: one event for every act, append-only, chained by hash, and how each reads.

`digest` of an event = SHA-256 over the digest before it and the event in canonical JSON (sorted keys, no spaces,
UTF-8). Persons stand in it as their number only, so that erasing a name cannot break the chain.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from engine.words import Text

GENESIS = "0" * 64


#: built once: it is asked several times an act
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(
    previous: str,
    stream: int,
    number: int,
    at: datetime,
    actor: int | None,
    kind: str,
    task: int | None,
    facts: str,
) -> str:
    """The link of one event to the one before; `facts` is canonical JSON."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    body = canonical([previous, stream, number, moment, actor, kind, task, facts])
    return hashlib.sha256(body.encode()).hexdigest()


#: how each kind of event reads; names of tasks and people are put in by the query
SENTENCES: dict[str, Text] = {
    "project_started": Text("a démarré le projet « {title} »", "started the project “{title}”"),
    "phase_entered": Text("La phase « {element} » commence", "The phase “{element}” begins"),
    "phase_left": Text("La phase « {element} » est terminée", "The phase “{element}” is over"),
    "task_opened": Text("« {element} » est à faire", "“{element}” is to do"),
    "task_cancelled": Text("« {element} » n’est plus à faire", "“{element}” is no longer to do"),
    "task_claimed": Text("a pris « {element} »", "claimed “{element}”"),
    "task_released": Text("a rendu « {element} »", "released “{element}”"),
    "task_assigned": Text("a confié « {element} » à {to}", "assigned “{element}” to {to}"),
    "task_handed_over": Text("a transmis « {element} » à {to}", "handed “{element}” over to {to}"),
    "guest_invited": Text(
        "a invité {to} à « {element} », jusqu’au {until}", "invited {to} to “{element}”, until {until}"
    ),
    "invitation_revoked": Text(
        "a retiré à {to} le lien vers « {element} »", "withdrew from {to} the link to “{element}”"
    ),
    "guest_removed": Text(
        "a retiré à {to}, de l’extérieur, tout accès au projet", "withdrew all access to the project from {to}, a guest"
    ),
    "more_time_asked": Text(
        "demande un délai pour « {element} » jusqu’au {until} : {reason}",
        "asks more time for “{element}” until {until}: {reason}",
    ),
    "time_granted": Text(
        "a accordé un délai pour « {element} », jusqu’au {until}", "granted “{element}” until {until}"
    ),
    "time_declined": Text(
        "a maintenu l’échéance de « {element} » : {reason}", "kept the due date of “{element}”: {reason}"
    ),
    "task_completed": Text("a terminé « {element} »", "completed “{element}”"),
    "answer_corrected": Text("a corrigé « {element} » : {reason}", "corrected “{element}”: {reason}"),
    "project_continued": Text(
        "a fait continuer le projet dans la méthode « {method} » {version} : {reason}",
        "had the project go on in the method “{method}” {version}: {reason}",
    ),
    "project_woven": Text(
        "La méthode du projet est figée : {method} {version}", "The project’s method is frozen: {method} {version}"
    ),
    "project_migrated": Text(
        "a fait passer le projet de la version {before} à la version {version} : {reason}",
        "moved the project from version {before} to version {version}: {reason}",
    ),
    "migration_reverted": Text(
        "a fait revenir le projet de la version {before} à la version {version} : {reason}",
        "moved the project back from version {before} to version {version}: {reason}",
    ),
    "projects_migrated": Text(
        "demande le passage de {count} projet(s) à « {method} » {version} : {reason}",
        "asked for {count} project(s) to move to “{method}” {version}: {reason}",
    ),
    "choice_made": Text(
        "aménage « {element} » pour le projet : {reason}", "tailored “{element}” for the project: {reason}"
    ),
    "choice_dropped": Text(
        "retire ce qui était choisi pour « {element} »", "took back what was chosen for “{element}”"
    ),
    "baseline_set": Text(
        "La référence est fixée : fin {end}, coût {cost} €", "The baseline is set: end {end}, cost €{cost}"
    ),
    "baseline_moved": Text(
        "Une modification acceptée déplace la référence : fin {end}, coût {cost} €",
        "An accepted change moves the baseline: end {end}, cost €{cost}",
    ),
    "exception_opened": Text(
        "Un seuil est franchi : la porte d’exception « {element} » est ouverte",
        "A threshold is crossed: the exceptional gate “{element}” is open",
    ),
    "exception_withdrawn": Text(
        "La porte d’exception « {element} » n’a plus lieu d’être", "The exceptional gate “{element}” is needed no more"
    ),
    "information_requested": Text(
        "demande une information pour « {element} », ce qui suspend le délai : {text}",
        "asks for information for “{element}”, which suspends the clock: {text}",
    ),
    "information_given": Text(
        "a donné l’information demandée pour « {element} » : {text}",
        "gave the information asked for “{element}”: {text}",
    ),
    "term_set": Text(
        "Le délai de l’avis « {element} » court désormais jusqu’au {until}",
        "The opinion “{element}” is now expected until {until}",
    ),
    "silence_favourable": Text(
        "« {element} » : aucun avis dans le délai, il est réputé favorable ({source})",
        "“{element}”: no opinion in time, it is deemed favourable ({source})",
    ),
    "silence_unfavourable": Text(
        "« {element} » : aucun avis dans le délai, il est réputé négatif et le projet continue ({source})",
        "“{element}”: no opinion in time, it is deemed negative and the project goes on ({source})",
    ),
    "silence_escalated": Text(
        "« {element} » : aucun avis dans le délai. La tâche revient au commanditaire",
        "“{element}”: no opinion in time. The task goes to the sponsor",
    ),
    "silence_blocks": Text(
        "« {element} » : aucun avis dans le délai. La méthode l’exige : le projet attend",
        "“{element}”: no opinion in time. The method requires it: the project waits",
    ),
    "task_refused": Text(
        "a refusé « {element} » : {reason}. La tâche revient au commanditaire",
        "refused “{element}”: {reason}. The task goes to the sponsor",
    ),
    "criterion_assessed": Text(
        "a renseigné le critère « {criterion} » de « {element} »",
        "assessed the criterion “{criterion}” of “{element}”",
    ),
    "not_applicable_asked": Text(
        "demande que « {text} » soit sans objet : {reason}", "asks that “{text}” be not applicable: {reason}"
    ),
    "not_applicable_approved": Text(
        "a accepté que « {text} » soit sans objet", "approved that “{text}” is not applicable"
    ),
    "not_applicable_refused": Text(
        "a refusé que « {text} » soit sans objet : {reason}", "refused that “{text}” be not applicable: {reason}"
    ),
    "item_attested": Text("atteste « {text} »", "vouches for “{text}”"),
    "services_marked": Text("a situé les services autour du projet", "placed the departments around the project"),
    "ballot_cast": Text("a voté à « {element} »", "voted at “{element}”"),
    "ballot_cast_for": Text("a voté à « {element} » au nom de {to}", "voted at “{element}” in the name of {to}"),
    "interest_declared": Text("a déclaré un intérêt à « {element} »", "declared an interest at “{element}”"),
    "second_session_called": Text(
        "a convoqué une seconde séance de « {element} » pour le {until} : {cast} bulletin(s) sur {needed} attendus",
        "called a second session of “{element}” for {until}: {cast} ballot(s) of {needed} expected",
    ),
    "second_session_due": Text(
        "La date de la seconde séance de « {element} » est arrivée",
        "The date of the second session of “{element}” has come",
    ),
    "rework_escalated": Text(
        "« {element} » a renvoyé sa phase autant de fois que la méthode l’admet : {people} décidera de poursuivre ou "
        "d’arrêter",
        "“{element}” has sent its phase back as often as the method allows: {people} will decide to go on or to stop",
    ),
    "files_frozen": Text(
        "{count} fichier(s) figés par la décision {number}", "{count} file(s) frozen by the decision {number}"
    ),
    "vote_closed": Text("a clos le vote de « {element} »", "closed the vote of “{element}”"),
    "gate_decided": Text("a décidé « {element} » : {outcome}", "decided “{element}”: {outcome}"),
    "reserve_set": Text("Réserve à lever : {text}", "Reserve to lift: {text}"),
    "reserve_lifted": Text("a levé la réserve « {text} »", "lifted the reserve “{text}”"),
    "reserve_reopened": Text("a rouvert la réserve « {text} »", "reopened the reserve “{text}”"),
    "project_held": Text(
        "a suspendu le projet jusqu’au {until} : {reason}", "put the project on hold until {until}: {reason}"
    ),
    "project_resumed": Text("a repris le projet", "resumed the project"),
    "project_ended": Text("Le projet est terminé : {status}", "The project has ended: {status}"),
    "mandate_granted": Text("a nommé {to} suppléant jusqu’au {until}", "named {to} as deputy until {until}"),
    "mandate_ended": Text("a mis fin à la suppléance de {to}", "ended the mandate of {to}"),
    "role_appointed": Text("a désigné {people} comme {role}", "appointed {people} as {role}"),
    "timer_fired": Text("Le délai « {element} » est échu", "The delay “{element}” is over"),
    "review_due": Text("La date de revue de la suspension est arrivée", "The review date of the hold has come"),
    "task_escalated": Text(
        "« {element} » a sept jours ouvrés de retard : signalé à {people}",
        "“{element}” is seven working days late: reported to {people}",
    ),
    "tasks_entrusted": Text(
        "a confié à {to} toutes les tâches de {people} ({count})", "entrusted all tasks of {people} to {to} ({count})"
    ),
    "job_restarted": Text("a relancé le travail {job}", "restarted the job {job}"),
    "comment_made": Text("a commenté « {element} »", "commented on “{element}”"),
    "file_attached": Text("a joint « {file} » à « {element} »", "attached “{file}” to “{element}”"),
    "file_withdrawn": Text("a retiré « {file} » de « {element} »", "withdrew “{file}” from “{element}”"),
    "occurrence_missed": Text(
        "« {element} » n’a pas été fait : l’occurrence suivante le remplace",
        "“{element}” was not done: the next occurrence replaces it",
    ),
    "meeting_called": Text("a convoqué « {title} » pour le {until}", "called “{title}” for {until}"),
    "minutes_taken": Text("a écrit le compte rendu de « {title} »", "wrote the minutes of “{title}”"),
    "meeting_closed": Text("a clos la réunion « {title} »", "closed the meeting “{title}”"),
    "action_escalated": Text(
        "L’action n° {number} a sept jours ouvrés de retard : signalée à {people}",
        "Action no. {number} is seven working days late: reported to {people}",
    ),
    "weather_reported": Text("annonce : {weather}", "reports: {weather}"),
    "occurrences_ended": Text("« {element} » ne revient plus", "“{element}” no longer recurs"),
    "entry_opened": Text("a ouvert dans {register} le n° {number}", "opened no. {number} in {register}"),
    "entry_changed": Text(
        "a modifié dans {register} le n° {number} : {fields}", "changed no. {number} in {register}: {fields}"
    ),
    "entry_taken": Text("a pris dans {register} le n° {number}", "took no. {number} in {register}"),
    "entry_moved": Text(
        "a passé dans {register} le n° {number} à « {state} »", "moved no. {number} in {register} to “{state}”"
    ),
    "entry_closed": Text(
        "a clos dans {register} le n° {number} : {state}", "closed no. {number} in {register}: {state}"
    ),
    "entry_scored": Text("a coté dans {register} le n° {number}", "scored no. {number} in {register}"),
    "idea_supported": Text("soutient l’idée n° {number}", "supports idea no. {number}"),
    "idea_escalated": Text(
        "L’idée n° {number} attend encore sa réponse : signalé à {people}",
        "Idea no. {number} still waits for its answer: reported to {people}",
    ),
    "idea_taken_up": Text(
        "a démarré ce projet d’après l’idée n° {number}", "started this project from idea no. {number}"
    ),
    "method_published": Text("a publié « {method} » {version}", "published “{method}” {version}"),
    "method_draft_opened": Text(
        "a ouvert un brouillon de « {method} » {version}", "opened a draft of “{method}” {version}"
    ),
    "method_draft_dropped": Text(
        "a abandonné le brouillon de « {method} » {version}", "dropped the draft of “{method}” {version}"
    ),
    "method_review_asked": Text(
        "demande la relecture du brouillon de « {method} » {version}",
        "asks for the review of the draft of “{method}” {version}",
    ),
    "method_review_given": Text(
        "a relu et accepté le brouillon de « {method} » {version}",
        "reviewed and accepted the draft of “{method}” {version}",
    ),
    "method_review_refused": Text(
        "a relu et refusé le brouillon de « {method} » {version} : {reason}",
        "reviewed and refused the draft of “{method}” {version}: {reason}",
    ),
    "overlay_drafted": Text(
        "a rédigé l’aménagement de « {method} » {version} pour {service}",
        "drafted the tailoring of “{method}” {version} for {service}",
    ),
    "overlay_requested": Text(
        "demande l’approbation de l’aménagement de « {method} » {version} pour {service}",
        "asks for the approval of the tailoring of “{method}” {version} for {service}",
    ),
    "holders_named": Text("a désigné {people} comme {name} pour {service}", "named {people} as {name} for {service}"),
    "overlay_approved": Text(
        "a approuvé l’aménagement de « {method} » {version} pour {service}",
        "approved the tailoring of “{method}” {version} for {service}",
    ),
    "overlay_refused": Text(
        "a refusé l’aménagement de « {method} » {version} pour {service} : {reason}",
        "refused the tailoring of “{method}” {version} for {service}: {reason}",
    ),
    "overlay_carried": Text(
        "L’aménagement de « {method} » {before} pour {service} suit la version {version}, qui n’y touche pas",
        "The tailoring of “{method}” {before} for {service} follows version {version}, which does not touch it",
    ),
    "overlay_left": Text(
        "L’aménagement de « {method} » {before} pour {service} reste sur cette version : la version {version} y touche "
        "en {entries} point(s)",
        "The tailoring of “{method}” {before} for {service} stays on that version: version {version} touches it in "
        "{entries} place(s)",
    ),
    "overlay_rebased": Text(
        "a transposé l’aménagement de « {method} » {before} pour {service} sur la version {version} ; c’est un "
        "brouillon",
        "carried the tailoring of “{method}” {before} for {service} over to version {version}; it is a draft",
    ),
    "release_supported": Text(
        "« {method} » {version} sert aux services qui l’aménagent jusqu’au {until}",
        "“{method}” {version} serves departments that tailor it until {until}",
    ),
    "release_unsupported": Text(
        "« {method} » {version} ne sert plus aux services qui l’aménagent",
        "“{method}” {version} no longer serves departments that tailor it",
    ),
    "release_retired": Text("a retiré « {method} » {version} : {reason}", "retired “{method}” {version}: {reason}"),
    "pack_published": Text("a publié la thématique « {theme} » {version}", "published the theme “{theme}” {version}"),
    "organisation_loaded": Text("a mis à jour l’organisation", "updated the organisation"),
}

STATUSES: dict[str, Text] = {
    "running": Text("en cours", "under way"),
    "held": Text("suspendu", "on hold"),
    "closed": Text("clôturé", "closed"),
    "stopped": Text("arrêté", "stopped"),
    "dismissed": Text("classé sans suite", "dismissed"),
}
