"""Processes within processes: what they are given and give back, and what is thrown out of them.

Who catches an error or an escalation (BPMN 2.0, 10.5.7, 13.5): the event sub-processes of the process where it is
thrown, then the border of the activity that this process is, then the same one level up; one that names it goes before
one that catches all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.errors import Incident
from engine.execution.events import ALL, Event
from engine.execution.expressions import evaluate, value_of
from engine.execution.specs import Lean, caught
from engine.words import Text

#: internal data of a call whose process the drawing does not name: the one that it called
CALLED = "called"


@dataclass(frozen=True, slots=True)
class Mapping:
    """One variable given to, or back from, a called process. Without a source: all of them."""

    source: str  #: FEEL
    target: str


class Inner(Lean):
    """An embedded sub-process, an event sub-process or a transaction: its body is the process spec `body`."""

    isolated = False  #: its variables are its own

    def __init__(self, process: Any, name: str, element: str, label: str, body: str) -> None:
        super().__init__(process, name, element, label)
        self.body = body

    def called(self, my_task: Any) -> str:
        return self.body

    def _update_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()
        my_task._set_state(TaskState.STARTED)
        begun = my_task.workflow.top_workflow.create_subprocess(my_task, self.called(my_task))
        begun.task_tree.data = self.given(my_task)
        begun.task_tree.run()
        return False

    def given(self, my_task: Any) -> dict[str, Any]:
        return dict(my_task.data)

    def returned(self, my_task: Any, data: dict[str, Any]) -> None:
        """The body is over, with `data`."""
        my_task.data = dict(data)
        my_task._ready()

    def _on_cancel(self, my_task: Any) -> None:
        body = my_task.workflow.top_workflow.get_subprocess(my_task)
        if body is not None:
            body.withdraw()


class Call(Inner):
    """A called process. With `gives` or `takes` it has variables of its own, else it shares those of its caller."""

    def __init__(
        self, process: Any, name: str, element: str, label: str, body: str, expression: str,
        gives: tuple[Mapping, ...], takes: tuple[Mapping, ...],
    ) -> None:  # fmt: skip
        super().__init__(process, name, element, label, body)
        self.expression = expression  #: FEEL that names the process, where the drawing does not
        self.gives = gives
        self.takes = takes
        self.isolated = bool(gives or takes)

    def called(self, my_task: Any) -> str:
        if not self.expression:
            return self.body
        if CALLED not in my_task.internal_data:
            my_task.internal_data[CALLED] = self._named(my_task)
        found: str = my_task.internal_data[CALLED]
        return found

    def _named(self, my_task: Any) -> str:
        named = evaluate(self.expression, my_task.data)
        if isinstance(named, str) and named in my_task.workflow.top_workflow.main_specs:
            return named
        name = self.bpmn_name or self.bpmn_id
        if named in my_task.workflow.top_workflow.program.refused:
            raise Incident(why=Text(f"« {name} » appelle « {named} », qui est refusé.",
                                    f"“{name}” calls “{named}”, which is refused."))  # fmt: skip
        raise Incident(why=Text(f"« {name} » appelle « {named} », qu’aucun fichier ne dessine.",
                                f"“{name}” calls “{named}”, which no file draws."))  # fmt: skip

    def given(self, my_task: Any) -> dict[str, Any]:
        if not self.isolated:
            return dict(my_task.data)
        unset = dict.fromkeys(my_task.workflow.top_workflow.reads)
        return unset | mapped(self.gives, my_task.data)

    def returned(self, my_task: Any, data: dict[str, Any]) -> None:
        if self.isolated:
            my_task.workflow.top_workflow.tell(my_task, mapped(self.takes, data))
        else:
            my_task.data = dict(data)
        my_task._ready()


def mapped(pairs: tuple[Mapping, ...], data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in pairs:
        found |= {each.target: value_of(each.source, data)} if each.source else data
    return found


class Throw(Lean):
    """Says something: a message, a signal, an escalation; at an end also an error, or that all else is to stop."""

    throws = True

    def __init__(self, process: Any, name: str, element: str, label: str, events: tuple[Event, ...]) -> None:
        super().__init__(process, name, element, label)
        self.events = events

    def _run_hook(self, my_task: Any) -> bool:
        for event in self.events:
            throw(my_task, event)
        return True


def throw(task: Any, event: Event) -> None:
    workflow, top = task.workflow, task.workflow.top_workflow
    match event.kind:
        case "terminate" if event.name == ALL:
            top.end = str(task.task_spec.bpmn_id)
            top.withdraw()
        case "terminate":
            workflow.withdraw(but=task)
        case "message":
            first = next(waiting_for(top, event), None)
            if first is None:
                top.thrown.append((event.kind, event.name))
            else:
                hear(first)
        case "signal":
            top.thrown.append((event.kind, event.name))
            for each in list(waiting_for(top, event)):
                hear(each)
        case "cancel":
            _caught_on_border(top.caller(workflow), event.kind, "")
        case "escalation":
            if not _up(workflow, event.kind, event.name):
                top.thrown.append((event.kind, event.name))
        case "error":
            fail(task, event.name, border=False)


def fail(task: Any, code: str, border: bool = True) -> None:
    """The error `code` happens in `task`; caught by nobody it ends the main process. `border`: also its own."""
    workflow = task.workflow
    if (border and _caught_on_border(task, "error", code)) or _up(workflow, "error", code):
        return
    top = workflow.top_workflow
    top.error, top.end = code, str(task.task_spec.bpmn_id)
    top.withdraw()


def waiting_for(top: Any, event: Event) -> Any:
    """What within the process waits for what `event` says."""
    for tree in top.trees():
        for task in list(tree.tasks.values()):
            if listens(task) and any(each.catches(event.kind, event.name) for each in task.task_spec.events):
                yield task


def listens(task: Any) -> bool:
    spec = task.task_spec
    return bool(spec.events) and (
        (spec.waits and task._state == TaskState.WAITING) or (spec.kind == "receive" and task._state == TaskState.READY)
    )


def hear(task: Any) -> None:
    """What `task` waits for was said."""
    if not listens(task):
        return  # what was said withdrew it before it heard
    if task.task_spec.waits:
        caught(task)
    else:
        task.workflow.top_workflow.closed.append(task.id)
        task.run()


def _up(workflow: Any, kind: str, name: str) -> bool:
    while True:
        beside = [
            task for task in workflow.tasks.values() if task.task_spec.waits and task.task_spec.place == "listener"
        ]
        if _caught_by(beside, kind, name):
            return True
        caller = workflow.top_workflow.caller(workflow)
        if caller is None:
            return False
        if _caught_on_border(caller, kind, name):
            return True
        workflow = caller.workflow


def _caught_on_border(activity: Any, kind: str, name: str) -> bool:
    if activity is not None and activity.task_spec.instance_of:
        activity = activity.parent
    if activity is None or not activity.parent.task_spec.splits:
        return False
    return _caught_by([task for task in activity.parent.children if task.task_spec.waits], kind, name)


def _caught_by(candidates: list[Any], kind: str, name: str) -> bool:
    found = [task for task in candidates if task._state == TaskState.WAITING
             and any(each.catches(kind, name) for each in task.task_spec.events)]  # fmt: skip
    exact = [task for task in found if any(each.kind == kind and each.name == name for each in task.task_spec.events)]
    for task in (exact or found)[:1]:
        caught(task)
        return True
    return False
