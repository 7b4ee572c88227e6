"""Give a task back to its role."""

from __future__ import annotations

from dataclasses import dataclass

from engine.store.act import Act
from engine.store.case import must


@dataclass(frozen=True, slots=True)
class ReleaseTask:
    """Give a task back to its role."""

    task: int


def handle(act: Act, command: ReleaseTask) -> None:
    case = act.case(command.task)
    must(act, case, "release")
    case.task.assignee_id = None
    act.record("task_released", case.project, case.task, element=case.task.element)
