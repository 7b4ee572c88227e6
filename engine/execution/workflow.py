"""SpiffWorkflow's tree of tasks, kept small: only what lives, and what leads to it.

The stock workflow looks through its whole tree several times a step, to a depth of 1,000, and writes a log line for
each change of state. Here each change is noted where it happens: what can run goes to a queue, joins that wait to a
list.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

from engine.execution.program import ENGINE
from engine.execution.specs import is_timer
from engine.execution.values import copied


class LeanTask(Task):  # type: ignore[misc]
    """A task that tells its workflow what it has become.

    Its id is a text, the token, or a number for the time of one act: SpiffWorkflow's UUIDs take twice as long to find.
    """

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
        return LeanTask(self.workflow, task_spec, self, state=state, id=uuid4().hex)

    def cancel(self) -> None:
        if self._state == TaskState.WAITING and is_timer(self):
            # what a repeating timer has set off goes on without it
            self._set_state(TaskState.CANCELLED)
        else:
            super().cancel()

    def _inherit_data(self) -> None:
        new = inherited(self.parent.data, self.task_spec)
        if self.data:
            DeepMerge.merge(self.data, {key: new.pop(key) for key in self.data if key in new})
        self.data |= new


class _Lean:
    """What the main process and the called ones share."""

    tasks: dict[Any, Any]
    task_tree: Any
    completed: bool

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._waiting: dict[Any, Any] = {}
        super().__init__(*arguments, **options)
        if not options.get("deserializing"):
            self.task_tree.__class__ = LeanTask

    def wait(self, task: Any) -> None:
        if is_timer(task):
            task.workflow.top_workflow.armed.append(task)
        else:
            self._waiting[task.id] = task

    def waiting(self) -> list[Any]:
        """The joins that wait for a branch."""
        for id in [
            id for id, task in self._waiting.items() if task._state != TaskState.WAITING or id not in self.tasks
        ]:
            del self._waiting[id]
        return list(self._waiting.values())

    def update_waiting_tasks(self) -> None:
        for task in self.waiting():
            if task._state == TaskState.WAITING and task.id in self.tasks:
                task.task_spec._update(task)

    def live(self) -> int:
        return sum(1 for task in self.tasks.values() if not task._state & TaskState.FINISHED_MASK)

    def prune(self) -> None:
        """Keep what is unfinished, the root, and of the finished what still leads from one to the other.

        Of a chain of completed tasks the last one is enough: what follows inherits from its parent only.
        """
        order = list(self.parents_first())
        kept: dict[Any, list[Any]] = {}
        for task in reversed(order):
            children = [self.tasks[id] for id in task._children if id in kept]
            if children or not task._state & TaskState.FINISHED_MASK:
                kept[task.id] = children
        root = self.task_tree
        self.tasks = {root.id: root}
        root._children = []
        pending = [(root, child) for child in reversed(kept.get(root.id, []))]
        while pending:
            parent, task = pending.pop()
            while (following := _only_completed(task, kept)) is not None:
                task = following
            task._parent = parent.id
            task._children = []
            parent._children.append(task.id)
            self.tasks[task.id] = task
            if isinstance(task.task_spec, MultiInstanceTask) and task.internal_data.get("merged"):
                task.internal_data["merged"] = []
            pending += [(task, child) for child in reversed(kept[task.id])]

    def parents_first(self) -> Iterator[Any]:
        # SpiffWorkflow's own iterators stop at a depth of 1,000
        waiting = [self.task_tree]
        while waiting:
            task = waiting.pop()
            yield task
            waiting += [self.tasks[child] for child in reversed(task._children)]


def inherited(data: dict[str, Any], task_spec: Any) -> dict[str, Any]:
    """What a task on `task_spec` begins with. What is nested is shared: only the parent of instances writes into it."""
    return copied(data) if isinstance(task_spec, MultiInstanceTask) else dict(data)


def _only_completed(task: Any, kept: dict[Any, list[Any]]) -> Any:
    """The task after `task` that makes it superfluous, or None."""
    if task._state != TaskState.COMPLETED or len(kept[task.id]) != 1:
        return None
    following = kept[task.id][0]
    return following if following._state == TaskState.COMPLETED else None


class Called(_Lean, BpmnSubWorkflow):  # type: ignore[misc]
    """A called process, or an embedded sub-process."""


class FeelWorkflow(_Lean, BpmnWorkflow):  # type: ignore[misc]
    """A main process. It cannot be without its engine: stock loading falls back to one that evaluates Python."""

    subprocesses: dict[Any, Any]

    def __init__(self, spec: Any, subprocess_specs: Any, **options: Any) -> None:
        self.queue: deque[Any] = deque()  #: can run by itself
        self.opened: list[Any] = []  #: became work for a person
        self.armed: list[Any] = []  #: timers that began to wait
        self.begun: list[Any] = []  #: activities whose process began
        self.names = count(1)  #: for tasks that a state need not name
        super().__init__(spec, subprocess_specs, script_engine=ENGINE, **options)
        if not options.get("deserializing"):
            self.queue.append(self.task_tree)

    def ready(self, task: Any) -> None:
        (self.opened if task.task_spec.manual else self.queue).append(task)

    def create_subprocess(self, my_task: Any, spec_name: str) -> Any:
        called = Called(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = called
        self.begun.append(my_task)
        return called

    def trees(self) -> list[Any]:
        """The main process and the called ones that go on, callers first."""
        return [self, *(each for each in self.subprocesses.values() if not each.completed)]

    def is_completed(self) -> bool:
        self.completed = self.completed or not self.live()
        return self.completed

    def tidy(self) -> None:
        """Drop the called processes that are over, and prune the others."""
        self.subprocesses = {id: each for id, each in self.subprocesses.items() if not each.completed}
        for each in self.trees():
            each.prune()
