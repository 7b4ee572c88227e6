"""What is said about a task on its page: why one may not complete it, its refusal, the time asked for, silence."""

from __future__ import annotations

from typing import Any

from engine.people import VERBS, WHO
from engine.queries.reading import day_as_read
from engine.queries.view import View
from engine.store.case import TASK_STATES, Case
from engine.words import Text


def why_not(view: View, case: Case, allowed: frozenset[str]) -> Text:
    """Empty where the reader may complete or correct it."""
    if allowed & {"complete", "correct"}:
        return Text("")
    task = case.task
    if case.project.status == "held":
        return Text(
            "Le projet est suspendu : rien n’est attendu pour l’instant.",
            "The project is on hold: nothing is expected for now.",
        )
    if task.state != "open":
        by = view.person(task.closed_by)
        return Text("Cette tâche est {state} ({by}).", "This task is {state} ({by}).").format(
            state=TASK_STATES[task.state], by=by.name if by else "Jalon"
        )
    if case.project.status != "running":
        return Text("Le projet est terminé.", "The project has ended.")
    if case.barred(view.actor.id):
        role = case.method.role[case.barred(view.actor.id)].name
        return Text(
            "La méthode réserve cette tâche à quelqu’un d’autre que « {role} ».",
            "The method reserves this task for someone other than “{role}”.",
        ).format(role=role)
    holder = view.person(task.assignee_id)
    if holder is not None and holder.id != view.actor.id:
        return Text("Cette tâche est confiée à {name}.", "This task is entrusted to {name}.").format(name=holder.name)
    verb = VERBS["complete"].format(task=case.name)
    return Text("Pour {verb}, il faut être {who}.", "To {verb}, one must be {who}.").format(verb=verb, who=WHO["claim"])


def refused_said(view: View, remarks: dict[str, Any]) -> Text:
    said = remarks.get("refused")
    if not said:
        return Text("")
    by = view.person(said["by"])
    return Text("{by} a refusé cette tâche : {reason}", "{by} refused this task: {reason}").format(
        by=by.name if by else "?", reason=said["reason"]
    )


SILENCES = {
    "favourable": Text(
        "Aucun avis n’est venu dans le délai : il est réputé favorable.",
        "No opinion came in time: it is deemed favourable.",
    ),
    "deemed_unfavourable_continue": Text(
        "Aucun avis n’est venu dans le délai : il est réputé négatif, et le projet continue.",
        "No opinion came in time: it is deemed negative, and the project goes on.",
    ),
    "escalate": Text(
        "Aucun avis n’est venu dans le délai : la tâche est revenue au commanditaire.",
        "No opinion came in time: the task went to the sponsor.",
    ),
    "block": Text(
        "Aucun avis n’est venu dans le délai. La méthode l’exige : le projet attend.",
        "No opinion came in time. The method requires it: the project waits.",
    ),
}


def silence_said(remarks: dict[str, Any]) -> Text:
    said = remarks.get("silence")
    return SILENCES[said["effect"]] if said else Text("")


def more_time_said(view: View, remarks: dict[str, Any]) -> Text:
    said = remarks.get("more_time")
    if not said:
        return Text("")
    by = view.person(said["by"])
    return Text(
        "{by} demande un délai jusqu’au {until} : {reason}",
        "{by} asks for more time, until {until}: {reason}",
    ).format(by=by.name if by else "?", until=day_as_read(said["until"]), reason=said["reason"])
