"""Who knows what is said: the whole process, but for variables that an instance or a called process has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.execution.loops import Many


def tell(workflow: Any, origin: Any, said: Mapping[str, Any]) -> None:
    """Set the variables `said` at `origin`, and wherever they are the same variables.

    What is said belongs to the whole process: a branch that ends later must not bring an older value.
    """
    if not said:
        return
    tasks = [task for tree in workflow.trees() for task in tree.tasks.values()]
    program = workflow.program
    if not program.isolates and program.own.isdisjoint(said):
        for task in tasks:
            task.data.update(said)
        return
    owners = {name: _owner(workflow, origin, name) for name in said}
    for task in tasks:
        task.data.update((name, said[name]) for name in said if _owner(workflow, task, name) is owners[name])


def _owner(workflow: Any, task: Any, name: str) -> Any:
    """The innermost around `task` that has `name` of its own: an instance, a call's body, else the main process."""
    while task is not None:
        parent = task.parent
        if parent is not None and isinstance(parent.task_spec, Many) and task.task_spec.instance_of:
            if name in parent.task_spec.own():
                return task
        tree = task.workflow
        task = workflow.caller(tree)
        if task is not None and task.task_spec.isolated:
            return tree
    return workflow
