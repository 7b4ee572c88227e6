"""How SpiffWorkflow's specs behave here: they look at what happens, never at what may come.

The stock specs foresee: each task holds the tree of all that could follow it (240 tasks ahead in a row of 240; 2^20
after twenty parallel blocks), and every step walks through it. None of that decides anything: a task needs its children
only when it completes. So each spec is given a class that grows them at that moment.

Two more of their habits are mended here:

- a parallel join leaves behind what it merged, and counts it again when a loop comes round: the second round could pass
  the join with one branch of two done. Here one task waits for all branches and remembers which came;
- a timer looks at the machine's clock. Here it waits until `fire` says that it is due.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any

from SpiffWorkflow.bpmn.specs.control import (
    BoundaryEventJoin,
    BoundaryEventSplit,
    BpmnStartTask,
    SimpleBpmnTask,
    _EndJoin,
)
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    CallActivity,
    EndEvent,
    ExclusiveGateway,
    IntermediateCatchEvent,
    NoneTask,
    ParallelGateway,
    ParallelMultiInstanceTask,
    SequentialMultiInstanceTask,
    StandardLoopTask,
    StartEvent,
    SubWorkflowTask,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

#: internal data of a join that waits: names of the specs whose branches came, its own left out
ARRIVED = "arrived"
#: internal data of a timer: how often it is still to fire
LEFT = "left"


class Timer(EventDefinition):  # type: ignore[misc]
    """A drawn timer: it waits until it is told that it fired. `text` is ISO 8601 or FEEL."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Lean:
    """Grows a task's children when it runs."""

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        return

    def _run(self, my_task: Any) -> Any:
        self._grow(my_task)
        return super()._run(my_task)  # type: ignore[misc]

    def _grow(self, my_task: Any) -> None:
        self._predict_hook(my_task)  # type: ignore[attr-defined]


class _LeanChoice(_Lean):
    """Its run makes the one child that is taken."""

    def _grow(self, my_task: Any) -> None:
        return


class _LeanJoin(_Lean):
    """One task of a join waits at a time: who comes later takes over what came before."""

    _inputs: list[str]

    def _update_hook(self, my_task: Any) -> bool:
        self._take_over(my_task)
        if self._complete(my_task):
            my_task._inherit_data()
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def _take_over(self, my_task: Any) -> None:
        others = [task for task in my_task.workflow.waiting() if task.task_spec is self and task is not my_task]
        for other in others:
            came = {*my_task.internal_data.get(ARRIVED, ()), *other.internal_data.get(ARRIVED, ())}
            my_task.internal_data[ARRIVED] = sorted(came | {other.parent.task_spec.name})
            DeepMerge.merge(my_task.data, other.data)
            DeepMerge.merge(my_task.data, other.parent.data)
            my_task.workflow._remove_task(other.id)

    def _complete(self, my_task: Any) -> bool:
        return set(self._inputs) <= {*my_task.internal_data.get(ARRIVED, ()), my_task.parent.task_spec.name}

    def _run_hook(self, my_task: Any) -> bool:
        my_task.internal_data.pop(ARRIVED, None)
        my_task._inherit_data()
        return True


class _LeanEnd(_LeanJoin):
    """The end of a process: it waits for everything else in it."""

    def _complete(self, my_task: Any) -> bool:
        unfinished = TaskState.NOT_FINISHED_MASK
        return all(task is my_task or not task._state & unfinished for task in my_task.workflow.tasks.values())

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.data.update(my_task.data)
        return super()._run_hook(my_task)


#: what is run, with the class that makes it lean; anything else is refused
_KNOWN: dict[type, type] = {
    ExclusiveGateway: _LeanChoice,
    ParallelGateway: _LeanJoin,
    _EndJoin: _LeanEnd,
    **dict.fromkeys(
        (
            BoundaryEvent, BoundaryEventJoin, BoundaryEventSplit, BpmnStartTask, CallActivity, EndEvent,
            IntermediateCatchEvent, NoneTask, ParallelMultiInstanceTask, SequentialMultiInstanceTask, SimpleBpmnTask,
            StandardLoopTask, StartEvent, SubWorkflowTask, UserTask,
        ),
        _Lean,
    ),
}  # fmt: skip


def tame(spec: Any) -> None:
    """Make the specs of one process ours, in place. Raises ValueError for one that is not run as it is drawn."""
    for task_spec in list(spec.task_specs.values()):
        drawn = type(task_spec)
        if drawn not in _KNOWN:
            raise ValueError(f"{task_spec.name}: {drawn.__name__} is not run")
        task_spec.__class__ = _lean(drawn)  # type: ignore[arg-type]
        event = getattr(task_spec, "event_definition", None)
        if isinstance(event, TimerEventDefinition):
            task_spec.event_definition = Timer(event.expression.strip())
        elif event is not None and not isinstance(event, NoneEventDefinition):
            raise ValueError(f"{task_spec.name}: {type(event).__name__} is not run")
        if isinstance(task_spec, LoopTask):
            # fresh from the parser it forgets, on restoring, to whom an instance of a loop reports
            spec.task_specs[task_spec.task_spec].completed_event.connect(task_spec.merge_child)


@cache
def _lean(drawn: Hashable) -> type:
    assert isinstance(drawn, type)
    return type(drawn.__name__, (_KNOWN[drawn], drawn), {})


def is_timer(task: Any) -> bool:
    return isinstance(getattr(task.task_spec, "event_definition", None), Timer)
