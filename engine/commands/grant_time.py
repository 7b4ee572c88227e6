"""Answer a request for more time: the project lead and the sponsor may."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from engine.errors import DateInvalid
from engine.store.act import Act
from engine.store.case import must, must_be_movable, must_say
from engine.working_time import PARIS, end_of


@dataclass(frozen=True, slots=True)
class GrantTime:
    """Answer a request for more time: the project lead and the sponsor may."""

    task: int
    until: date | None  #: None: the due date stays
    reason: str = ""


def handle(act: Act, command: GrantTime) -> None:
    case = act.case(command.task)
    must(act, case, "grant_time")
    must_be_movable(case)
    remarks = json.loads(case.task.remarks)
    remarks.pop("more_time", None)
    case.task.remarks = json.dumps(remarks, ensure_ascii=False)
    if command.until is None:
        reason = must_say(command.reason, "grant_time", case.name)
        act.record("time_declined", case.project, case.task, element=case.task.element, reason=reason)
        return
    if command.until <= act.now.astimezone(PARIS).date():
        raise DateInvalid(value=command.until.isoformat())
    case.task.due_at, case.task.reminded = end_of(command.until), 0
    act.record("time_granted", case.project, case.task, element=case.task.element, until=command.until.isoformat())
