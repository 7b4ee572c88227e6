"""Decline a task, with a reason: a legitimate answer, which goes to the sponsor."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.store.act import Act
from engine.store.case import must, must_say


@dataclass(frozen=True, slots=True)
class RefuseTask:
    """Decline a task, with a reason: a legitimate answer, which goes to the sponsor."""

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
