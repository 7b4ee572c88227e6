"""Take a task that is open to one of my roles."""

from __future__ import annotations

from dataclasses import dataclass

from engine.store.act import Act
from engine.store.case import must


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take a task that is open to one of my roles, or to a role of one whom I stand in for: it is then theirs."""

    task: int


def handle(act: Act, command: ClaimTask) -> None:
    case = act.case(command.task)
    must(act, case, "claim")
    in_whose_name = case.in_whose_name
    case.task.assignee_id = case.stands_in_for or act.actor.id
    act.record("task_claimed", case.project, case.task, element=case.task.element, **in_whose_name)
