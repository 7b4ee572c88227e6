"""Entrust a task to a person: the project lead and the sponsor may."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.hand_over import entrust
from engine.store.act import Act
from engine.store.case import must


@dataclass(frozen=True, slots=True)
class AssignTask:
    """Entrust a task to a person: the project lead and the sponsor may."""

    task: int
    to: int  #: actor


def handle(act: Act, command: AssignTask) -> None:
    case = act.case(command.task)
    must(act, case, "assign")
    entrust(act, case, command.to)
    act.record("task_assigned", case.project, case.task, element=case.task.element, to=command.to)
