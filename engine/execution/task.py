"""A task of SpiffWorkflow's tree that tells its workflow what it has become."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution.specs import UNFINISHED


class LeanTask(Task):  # type: ignore[misc]
    """Its id is a text, the token, or a number for the time of one act: UUIDs take twice as long to find."""

    _state: int
    data: dict[str, Any]

    def _set_state(self, value: int) -> None:
        if value == self._state:
            return
        self.last_state_change = time.time()
        self._state = value
        if value == TaskState.READY:
            self.workflow.top_workflow.ready(self)
        elif value == TaskState.WAITING:
            self.workflow.wait(self)

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Any:
        spec = self.task_spec
        if not (spec.choices or spec.races):
            self.workflow.went(spec, task_spec)
        return LeanTask(self.workflow, task_spec, self, state=state, id=uuid4().hex)

    def run(self) -> bool:
        done = bool(self.task_spec._run(self))
        # what it threw may have withdrawn it
        if done and self._state != TaskState.CANCELLED:
            self.complete()
        return done

    def cancel(self) -> None:
        """With the instances that it has begun. What an event that waits on has set off goes on without it."""
        waiting = [self]
        while waiting:
            task = waiting.pop()
            if task._state & UNFINISHED:
                task._set_state(TaskState.CANCELLED)
                task.task_spec._on_cancel(task)
                if not task.task_spec.waits:
                    waiting += task.children

    def _inherit_data(self) -> None:
        """A join keeps what other branches brought, an instance what is its own."""
        if self.task_spec.instance_of:
            self.data = {**self.parent.data, **self.data}
        else:
            self.data = {**self.data, **self.parent.data}
