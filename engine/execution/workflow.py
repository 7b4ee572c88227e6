"""SpiffWorkflow's tree of tasks, kept small: only what lives, and what leads to it.

The stock workflow looks through its whole tree several times a step, to a depth of 1,000, and writes a log line for
each change of state. Here each change is noted where it happens: what can run goes to a queue, joins that wait to a
list.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.errors import Incident, TooMuchWork
from engine.execution import gateways, variables
from engine.execution.budget import MOST_LEVELS
from engine.execution.choices import Choice, asked_for
from engine.execution.expressions import come_true
from engine.execution.program import ENGINE, Program
from engine.execution.specs import UNFINISHED, caught, is_timer
from engine.execution.task import LeanTask
from engine.words import Text

#: internal data of a conditional event that waits on: was its condition true when last looked at?
WAS_TRUE = "was true"


class _Lean:
    """What the main process and the called ones share."""

    tasks: dict[Any, Any]
    task_tree: Any
    completed: bool
    spec: Any
    top_workflow: Any
    end = ""  #: the last element reached that nothing follows

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._waiting: dict[Any, Any] = {}
        self._conditional: list[Any] = []
        super().__init__(*arguments, **options)
        if not options.get("deserializing"):
            self.task_tree.__class__ = LeanTask

    def begins_with(self, starts: list[str]) -> list[str]:
        return starts

    def went(self, source: Any, target: Any) -> None:
        """A token went from one element to another."""
        taken = self.spec.flows.get((source.name, target.name))
        if taken:
            self.top_workflow.passed += taken

    def wait(self, task: Any) -> None:
        if task.task_spec.joins:
            self._waiting[task.id] = task
            return
        if is_timer(task):
            self.top_workflow.armed.append(task)
        if task.task_spec.condition is not None:
            self._conditional.append(task)

    def waiting(self) -> list[Any]:
        """The joins that wait for a branch."""
        for id in [
            id for id, task in self._waiting.items() if task._state != TaskState.WAITING or id not in self.tasks
        ]:
            del self._waiting[id]
        return list(self._waiting.values())

    def stir(self) -> bool:
        """All stands still: does a condition hold by now, or does a join wait for nothing more?"""
        for task in self._conditional:
            if task._state == TaskState.WAITING and self._came_true(task):
                caught(task)
                return True
        for task in self.waiting():
            if isinstance(task.task_spec, gateways.Inclusive) and task.task_spec.may_pass(task):
                task._inherit_data()
                task._ready()
                return True
        return False

    def _came_true(self, task: Any) -> bool:
        text = task.task_spec.condition.text
        before, now = task.internal_data.get(WAS_TRUE, False), bool(text) and come_true(text, task.data)
        if now:
            task.internal_data[WAS_TRUE] = True
        else:
            task.internal_data.pop(WAS_TRUE, None)
        return now and not before

    def finish(self) -> bool:
        """All stands still: is there nothing left but the end, and what would begin an event sub-process?"""
        ends = [task for task in self.waiting() if task.task_spec is self.spec.end]
        if not ends:
            return False
        for task in self.tasks.values():
            if task._state & UNFINISHED and task is not ends[0] and not _is_listener(task):
                return False
        for task in list(self.tasks.values()):
            if task is not ends[0] and task._state & UNFINISHED:
                task.cancel()
        ends[0]._ready()
        return True

    def withdraw(self, but: Any = None) -> None:
        """Everything in it but `but`; without that it is over."""
        for task in list(self.tasks.values()):
            if task is not but:
                task.cancel()
        if but is None:
            self.completed = True

    def _task_completed_notify(self, task: Any) -> None:
        if task.task_spec.ends:
            self.end = str(task.task_spec.bpmn_id)
        if task.task_spec.name == "End":
            self.completed = True
            caller = self.top_workflow.caller(self)
            if caller is not None:
                caller.task_spec.returned(caller, task.data)

    def live(self) -> int:
        return sum(1 for task in self.tasks.values() if not task._state & TaskState.FINISHED_MASK)

    def prune(self) -> None:
        """Keep what is unfinished, the root, and of the finished what still leads from one to the other.

        Of a chain of completed tasks the last one is enough: what follows inherits from its parent only.
        """
        tasks, finished, kept = self.tasks, TaskState.FINISHED_MASK, dict[Any, list[Any]]()
        for task in reversed(list(self.parents_first())):
            below = task._children
            children = [tasks[id] for id in below if id in kept] if below else []
            if children or not task._state & finished:
                kept[task.id] = children
        root = self.task_tree
        self.tasks = {root.id: root}
        root._children = []
        pending = [(root, child) for child in reversed(kept.get(root.id, []))]
        while pending:
            parent, task = pending.pop()
            children = kept[task.id]
            while children and (following := _only_completed(task, children)) is not None:
                task, children = following, kept[following.id]
            task._parent = parent.id
            task._children = []
            parent._children.append(task.id)
            self.tasks[task.id] = task
            if children:
                pending += [(task, child) for child in reversed(children)]

    def parents_first(self) -> Iterator[Any]:
        # SpiffWorkflow's own iterators stop at a depth of 1,000
        waiting = [self.task_tree]
        while waiting:
            task = waiting.pop()
            yield task
            if task._children:
                waiting += [self.tasks[child] for child in reversed(task._children)]


def _is_listener(task: Any) -> bool:
    return bool(task.task_spec.waits and task.task_spec.place == "listener")


def _only_completed(task: Any, children: list[Any]) -> Any:
    """The one after `task` that makes it superfluous, or None."""
    if task._state != TaskState.COMPLETED or len(children) != 1:
        return None
    following = children[0]
    return following if following._state == TaskState.COMPLETED else None


class Called(_Lean, BpmnSubWorkflow):  # type: ignore[misc]
    """A called process, or an embedded sub-process."""


class FeelWorkflow(_Lean, BpmnWorkflow):  # type: ignore[misc]
    """A main process. It cannot be without its engine: stock loading falls back to one that evaluates Python."""

    subprocesses: dict[Any, Any]

    def __init__(self, program: Program, process: str, by: str = "", **options: Any) -> None:
        self.program = program
        self.main_specs = program.processes
        self.reads = program.reads
        self.by = by  #: name or id of the start event chosen
        self.queue: deque[Any] = deque()  #: can run by itself
        self.later: deque[Any] = deque()  #: says something: once who may wait for it does
        self.opened: list[Any] = []  #: became work
        self.closed: list[Any] = []  #: tokens of work that was completed
        self.armed: list[Any] = []  #: timers that began to wait
        self.passed: list[tuple[str, str]] = []  #: flows that a token took, with their process
        self.begun: list[Any] = []  #: activities whose process began
        self.thrown: list[tuple[str, str]] = []  #: what left the process
        self.error: str | None = None  #: code of the error that ended it
        self.choose: list[str] = []  #: flows to be taken at the next decisions
        self.names = count(1)  #: for tasks that a state need not name
        super().__init__(program.specs[process], program.specs, script_engine=ENGINE, **options)
        if not options.get("deserializing"):
            self.queue.append(self.task_tree)

    def ready(self, task: Any) -> None:
        if task.task_spec.manual and not (self.choose and task.task_spec.is_asked(self.choose)):
            self.opened.append(task)
        else:
            (self.later if task.task_spec.throws else self.queue).append(task)

    def next(self) -> Any:
        """What runs next by itself, or None: all waits for something from outside."""
        while True:
            if self.queue:
                return self.queue.popleft()
            if self.later:
                return self.later.popleft()
            if not any(each.stir() for each in reversed(self.trees())) and not any(
                each.finish() for each in reversed(self.trees())
            ):
                return None

    def begins_with(self, starts: list[str]) -> list[str]:
        """The start event chosen, else the one that waits for nothing, else the only one."""
        begins = self.spec.begins
        if self.by:
            found = [name for name, names, _ in begins if self.by in names]
        else:
            found = [name for name, _, plain in begins if plain] or [name for name, _, _ in begins]
        if len(found) == 1 or not begins:
            return found or starts
        raise Incident(why=Text("il faut dire par quel événement de début il commence.",
                                "it must be said by which start event it begins."))  # fmt: skip

    def chosen(self, choices: Iterable[Choice], most: int) -> list[Choice]:
        return asked_for(choices, self.choose, most) if self.choose else []

    def tell(self, origin: Any, said: Mapping[str, Any]) -> None:
        variables.tell(self, origin, said)

    def create_subprocess(self, my_task: Any, spec_name: str) -> Any:
        called = Called(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        if called.depth > MOST_LEVELS:
            raise TooMuchWork(limit=MOST_LEVELS, what=Text("processus l’un dans l’autre", "processes in one another"))
        self.subprocesses[my_task.id] = called
        self.begun.append(my_task)
        return called

    def caller(self, called: Any) -> Any:
        """The activity whose body `called` is; None for the main process."""
        return None if called is self else self.get_task_from_id(called.parent_task_id)

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
