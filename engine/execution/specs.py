"""How SpiffWorkflow's specs behave here: they look at what happens, never at what may come.

The stock specs foresee: each task holds the tree of all that could follow it (240 tasks ahead in a row of 240; 2^20
after twenty parallel blocks), and every step walks through it. None of that decides anything: a task needs its children
only when it completes. So each spec here grows them at that moment.

Every token of the drawing is an unfinished task without unfinished children of its own: ready (it runs, or waits for
someone), waiting (an event, a join), or started (an activity with tasks inside).
"""

from __future__ import annotations

from typing import Any, Literal

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.util.task import TaskState

from engine.execution.choices import Choice, all_that_hold
from engine.execution.events import Event, of_kind

WorkKind = Literal["", "human", "external", "receive", "decision"]
UNFINISHED = TaskState.NOT_FINISHED_MASK


class Lean(BpmnTaskSpec):  # type: ignore[misc]
    """An element that is passed; the others are kinds of it. It grows a task's children when that task completes."""

    events: tuple[Event, ...] = ()
    waits = False  #: an event that comes from elsewhere
    joins = False  #: waits for branches
    throws = False
    kind: WorkKind = ""
    ends = False  #: nothing follows it in the drawing
    instance_of = ""  #: name of the loop whose instances it is
    splits = False  #: leads to an activity and the events on its border
    races = False  #: of what follows it, the first to come withdraws the others

    def __init__(self, process: Any, name: str, element: str = "", label: str = "") -> None:
        super().__init__(process, name)
        self.bpmn_id = element
        self.bpmn_name = label
        self.choices: list[Choice] = []  #: its flows, where one of them has a condition

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        return

    def _update(self, my_task: Any) -> None:
        if self._update_hook(my_task):
            my_task._ready()

    def _update_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()
        return True

    def _on_ready(self, my_task: Any) -> None:
        return

    def _run(self, my_task: Any) -> Any:
        return self._run_hook(my_task)

    def _run_hook(self, my_task: Any) -> bool:
        return True

    def _on_cancel(self, my_task: Any) -> None:
        return

    def following(self, my_task: Any) -> list[Any]:
        """All that its flows lead to, or what those lead to whose conditions hold (BPMN 2.0, 13.3.1)."""
        if not self.choices:
            found: list[Any] = self.outputs
            return found
        taken = self._taken(my_task)
        my_task.workflow.top_workflow.passed += [(self._wf_spec.name, choice.flow) for choice in taken]
        return [self._wf_spec.task_specs[choice.target] for choice in taken]

    def is_asked(self, names: list[str]) -> bool:
        """Is it a decision of someone, who has said already which flow it takes?"""
        return self.kind == "decision" and any(each.flow in names or each.name in names for each in self.choices)

    def decided_by_hand(self) -> None:
        """The drawing has no conditions: someone says which way."""
        self.manual = True
        self.kind = "decision"

    def _taken(self, my_task: Any) -> list[Choice]:
        asked: list[Choice] = my_task.workflow.top_workflow.chosen(self.choices, most=len(self.choices))
        return asked or all_that_hold(self, my_task.data)

    def _on_complete(self, my_task: Any) -> None:
        children = [my_task._add_child(each, TaskState.FUTURE) for each in self.following(my_task)]
        self._settle(my_task)
        for child in children:
            if child._state & UNFINISHED:
                child.task_spec._update(child)
        my_task.workflow._task_completed_notify(my_task)

    def _settle(self, my_task: Any) -> None:
        """Withdraw what only waited for `my_task`, and tell the loop that it is an instance of."""
        parent = my_task.parent
        if parent is None:
            return
        above = parent.task_spec
        if above.races:
            my_task.workflow.went(above, self)
        if (above.splits and not self.waits) or above.races:
            withdraw_others(my_task)
        elif self.instance_of and self.instance_of == above.name:
            above.one_done(parent, my_task)


def withdraw_others(task: Any) -> None:
    """What stands beside `task` under the same parent."""
    for other in task.parent.children:
        if other is not task and other._state & UNFINISHED:
            other.cancel()


class Start(Lean):
    """Where a process or sub-process begins: its start events, one of which is taken, and what listens beside them."""

    def __init__(self, process: Any) -> None:
        super().__init__(process, "Start")
        self.listeners: list[str] = []
        self.starts: list[str] = []

    def following(self, my_task: Any) -> list[Any]:
        named = self._wf_spec.task_specs
        return [named[each] for each in (*self.listeners, *my_task.workflow.begins_with(self.starts))]


class Work(Lean):
    """Completed from outside: by a person, by whoever does external work, or by a message."""

    def __init__(self, process: Any, name: str, element: str, label: str, kind: WorkKind) -> None:
        super().__init__(process, name, element, label)
        self.kind = kind
        self.manual = True


class Split(Lean):
    """Stands before an activity that has events on its border: both begin at once."""

    splits = True


class Catch(Lean):
    """Waits for an event: between two elements, on a border, or to begin an event sub-process."""

    waits = True

    def __init__(
        self, process: Any, name: str, element: str, label: str, events: tuple[Event, ...],
        place: Literal["catch", "border", "listener"] = "catch", interrupts: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(process, name, element, label)
        self.events = events
        self.place = place
        self.interrupts = interrupts
        self.timer = of_kind(events, "timer")
        self.condition = of_kind(events, "conditional")

    def _update_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()
        my_task._set_state(TaskState.WAITING)
        return False


def caught(task: Any, again: bool = True) -> None:
    """What `task` waits for has come. Where it interrupts nothing it waits on, unless not `again`."""
    spec = task.task_spec
    if not spec.interrupts and again:
        set_off(task)
        return
    if spec.interrupts and spec.place == "border":
        withdraw_others(task)
    elif spec.interrupts and spec.place == "listener":
        task.workflow.withdraw(but=task)
    elif task.parent.task_spec.races:
        withdraw_others(task)
    task._ready()


def set_off(task: Any) -> None:
    """Begin what follows an event that waits on."""
    for follows in task.task_spec.outputs:
        child = task._add_child(follows, TaskState.FUTURE)
        follows._update(child)


class Join(Lean):
    """One task of a join waits at a time: who comes later takes over what came before."""

    joins = True

    def _take_over(self, my_task: Any) -> None:
        for other in my_task.workflow.waiting():
            if other.task_spec is self and other is not my_task:
                self._merge(my_task, other)
                my_task.workflow._remove_task(other.id)

    def _merge(self, my_task: Any, other: Any) -> None:
        my_task.data.update(other.data)

    def _run_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()
        return True


class End(Join):
    """The end of a process: it waits for everything else in it (`workflow.Lean.finish`)."""

    def _update_hook(self, my_task: Any) -> bool:
        self._take_over(my_task)
        my_task._inherit_data()
        my_task._set_state(TaskState.WAITING)
        return False


class Process(WorkflowSpec):  # type: ignore[misc]
    """The specs of one process or sub-process, by name."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.data_objects: dict[str, Any] = {}
        self.start = Start(self)
        self.end = End(self, f"{name}.EndJoin")
        self.end.connect(Lean(self, "End"))
        #: of a main process: (spec, the names under which it may be chosen, does it wait for nothing)
        self.begins: list[tuple[str, frozenset[str], bool]] = []
        #: drawn between two specs, by their names: (this process, id of the flow)
        self.flows: dict[tuple[str, str], list[tuple[str, str]]] = {}


def is_timer(task: Any) -> bool:
    return task.task_spec.waits and task.task_spec.timer is not None
