"""Whom a decision concerns beyond its gate: the sponsor who must settle, the author of an idea that is dismissed."""

from __future__ import annotations

import json

from sqlalchemy import select

from engine.gates import escalated
from engine.store.act import Act
from engine.store.case import Case
from engine.store.entries import close_entry
from engine.store.outbox import mail
from engine.store.tables import ActorRow, DecisionRow, EntryRow, ProjectRow
from engine.words import Text


def tell_sponsor(act: Act, case: Case) -> None:
    """After the last rework that the method allows: the sponsor will decide what comes after it."""
    if not escalated(act.session, case.project.id, case.gate):
        return
    sponsors = [each.actor for each in case.held[case.method.sponsor].holders]
    act.record("rework_escalated", case.project, case.task, element=case.gate.id, people=sponsors)
    said = {"gate": case.name, "project": case.project.title}
    for actor in sponsors:
        _write_to(act, actor, f"escalated-{case.task.id}-{actor}", ESCALATED, **said)


def answer_author(act: Act, project: ProjectRow, decision: DecisionRow) -> None:
    """An idea that goes no further is answered with its reason: to whoever had it, and in the register of ideas."""
    idea = _idea(act, project)
    if idea is not None:
        close_entry(act, idea, "declined", decision.reason)
    if project.author_id is not None:
        said = {"project": project.title, "reason": decision.reason, "number": decision.number}
        _write_to(act, project.author_id, f"dismissed-{decision.id}", DISMISSED, **said)


def _idea(act: Act, project: ProjectRow) -> EntryRow | None:
    """The idea that became this project."""
    rows = act.session.execute(
        select(EntryRow).where(
            EntryRow.register == "idea", EntryRow.state == "project", EntryRow.facts.like(f'%"project": {project.id}%')
        )
    ).scalars()
    return next((row for row in rows if json.loads(row.facts).get("project") == project.id), None)


def _write_to(act: Act, actor: int, key: str, words: tuple[Text, Text], **said: object) -> None:
    person = act.session.get(ActorRow, actor)
    if person is not None and person.active:
        subject, body = (each.format(name=person.name, **said).read(person.language) for each in words)
        mail(act, person, key, subject, body)


ESCALATED = (
    Text("Jalon : « {gate} » vous revient", "Jalon: “{gate}” falls to you"),
    Text(
        "Bonjour {name},\n\n« {gate} » ({project}) a renvoyé sa phase autant de fois que la méthode l’admet. Quand "
        "elle se présentera à nouveau, vous déciderez de poursuivre ou d’arrêter.\n\nJalon\n",
        "Hello {name},\n\n“{gate}” ({project}) has sent its phase back as often as the method allows. When it comes up "
        "again, you will decide to go on or to stop.\n\nJalon\n",
    ),
)
DISMISSED = (
    Text("Jalon : réponse à « {project} »", "Jalon: an answer to “{project}”"),
    Text(
        "Bonjour {name},\n\n« {project} » est classé sans suite (décision {number}). Le motif :\n\n{reason}\n\n"
        "Merci de l’avoir proposé.\n\nJalon\n",
        "Hello {name},\n\n“{project}” goes no further (decision {number}). The reason:\n\n{reason}\n\n"
        "Thank you for having proposed it.\n\nJalon\n",
    ),
)
