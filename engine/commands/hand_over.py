"""Pass my task to a colleague who may do it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import ChoiceUnknown, NotAllowed, SeparationOfDuties
from engine.people import VERBS, WHO
from engine.store.act import Act
from engine.store.case import Case, must
from engine.store.refusals import ENTRUSTED, settle_refusal
from engine.store.tables import ActorRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class HandOver:
    """Pass my task to a colleague who may do it."""

    task: int
    to: int  #: actor
    message: str = ""


def handle(act: Act, command: HandOver) -> None:
    case = act.case(command.task)
    must(act, case, "hand_over")
    if act.actor.guest:
        raise NotAllowed(verb=VERBS["hand_over"].format(task=case.name), who=WHO["assign"])
    entrust(act, case, command.to)
    act.record(
        "task_handed_over",
        case.project,
        case.task,
        element=case.task.element,
        to=command.to,
        message=command.message.strip(),
    )


def entrust(act: Act, case: Case, to: int) -> None:
    """The task is now `to`'s. Raises `SeparationOfDuties` for whom the method bars from it."""
    person = act.session.execute(select(ActorRow).where(ActorRow.id == to, ActorRow.active)).scalar_one_or_none()
    if person is None:
        raise ChoiceUnknown(value=to, label=Text("Annuaire", "Directory"))
    barred = case.barred(to) or _lead_at_gate(case, to)
    if barred:
        role = case.method.role[barred].name
        raise SeparationOfDuties(name=person.name, verb=VERBS["complete"].format(task=case.name), role=role)
    case.task.assignee_id = to
    settle_refusal(act, case.task, ENTRUSTED)
    remarks = json.loads(case.task.remarks)
    remarks.pop("refused", None)
    case.task.remarks = json.dumps(remarks, ensure_ascii=False)


def _lead_at_gate(case: Case, to: int) -> str:
    lead = case.method.lead
    if case.task.kind != "gate" or lead not in case.held:
        return ""
    return lead if any(each.actor == to for each in case.held[lead].holders) else ""
