"""Ask the project lead for a later due date."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from engine.errors import DateInvalid
from engine.store.act import Act
from engine.store.case import must, must_be_movable, must_say
from engine.working_time import PARIS


@dataclass(frozen=True, slots=True)
class AskMoreTime:
    """Ask the project lead for a later due date."""

    task: int
    until: date
    reason: str


def handle(act: Act, command: AskMoreTime) -> None:
    case = act.case(command.task)
    must(act, case, "more_time")
    must_be_movable(case)
    reason = must_say(command.reason, "more_time", case.name)
    if command.until <= act.now.astimezone(PARIS).date():
        raise DateInvalid(value=command.until.isoformat())
    asked = {"by": act.actor.id, "until": command.until.isoformat(), "reason": reason}
    case.task.remarks = json.dumps(json.loads(case.task.remarks) | {"more_time": asked}, ensure_ascii=False)
    act.record(
        "more_time_asked",
        case.project,
        case.task,
        element=case.task.element,
        until=asked["until"],
        reason=reason,
    )
