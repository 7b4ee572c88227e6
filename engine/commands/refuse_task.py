"""Decline a task, with a reason: a legitimate answer, which goes to the sponsor."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from engine.store.act import Act
from engine.store.case import Case, must, must_say
from engine.store.entries import open_entry
from engine.store.outbox import mail
from engine.store.refusals import WHY
from engine.store.tables import ActorRow, ServiceRow
from engine.words import Text
from engine.working_time import due_after

#: working days that the sponsor has to answer
TO_ANSWER = "P5D"
TITLE = Text("Refusée : {task}", "Refused: {task}")
SUBJECT = Text("Refusée : {task} ({project})", "Refused: {task} ({project})")
BODY = Text(
    "{by} a refusé « {task} » dans le projet « {project} » :\n\n{reason}\n\nLa tâche vous revient : confiez-la à une "
    "autre personne, ou terminez-la. Une action vous attend avec ce refus.\n\n{address}",
    "{by} refused “{task}” in the project “{project}”:\n\n{reason}\n\nThe task comes to you: entrust it to another "
    "person, or complete it. An action awaits you with this refusal.\n\n{address}",
)


@dataclass(frozen=True, slots=True)
class RefuseTask:
    """Decline a task, with a reason: a legitimate answer, which goes to the sponsor with an action and a message."""

    task: int
    reason: str


def handle(act: Act, command: RefuseTask) -> None:
    case = act.case(command.task)
    must(act, case, "refuse")
    reason = must_say(command.reason, "refuse", case.name)
    sponsor = case.held[case.method.sponsor]
    case.task.seat = sponsor.seat
    case.task.assignee_id = sponsor.holders[0].actor if len(sponsor.holders) == 1 else None
    remarks = json.loads(case.task.remarks) | {"refused": {"by": act.actor.id, "reason": reason}}
    case.task.remarks = json.dumps(remarks, ensure_ascii=False)
    act.record("task_refused", case.project, case.task, element=case.task.element, reason=reason)
    _escalate(act, case, reason)


def _escalate(act: Act, case: Case, reason: str) -> None:
    """What the sponsor has to do about it: done with the task, whoever completes it in the end."""
    sponsors = [each.actor for each in case.held[case.method.sponsor].holders]
    service = act.session.execute(select(ServiceRow).where(ServiceRow.code == case.task.instance)).scalar_one_or_none()
    name = case.name
    if service is not None:
        name = Text(f"{name.fr} · {service.name_fr}", f"{name.read('en')} · {service.name_en}")
    entry = open_entry(
        act, "action", case.project, TITLE.format(task=name), body=reason,
        owner=sponsors[0] if sponsors else None, service=service.id if service is not None else None,
        due=due_after(act.now, TO_ANSWER), facts=WHY, origin="task", origin_id=case.task.id,
    )  # fmt: skip
    facts = {
        "by": act.actor.name, "task": name, "project": case.project.title, "reason": reason,
        "address": f"{act.settings.base}/taches/{case.task.id}",
    }  # fmt: skip
    for row in act.session.execute(select(ActorRow).where(ActorRow.id.in_(sponsors)).order_by(ActorRow.id)).scalars():
        subject, body = SUBJECT.format(**facts), BODY.format(**facts)
        mail(act, row, f"refused-{entry.id}-{row.id}", subject.read(row.language), body.read(row.language))
