"""Take a task that is open to one of my roles."""

from __future__ import annotations

from dataclasses import dataclass

from engine.store.act import Act
from engine.store.case import must


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take a task that is open to one of my roles."""

    task: int


def handle(act: Act, command: ClaimTask) -> None:
    case = act.case(command.task)
    must(act, case, "claim")
    case.task.assignee_id = act.actor.id
    act.record("task_claimed", case.project, case.task, element=case.task.element)
