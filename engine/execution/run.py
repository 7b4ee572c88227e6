"""Start a process, complete what waits in it, and say what that opened and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.util.task import TaskState

from engine.errors import Incident, JalonError, TooMuchWork
from engine.execution.program import FeelWorkflow, Program
from engine.execution.state import copied, dump, load
from engine.words import Text

#: steps that one act may set off (knowledge of runaway loops: 10,000)
MOST_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Work:
    """Something that waits for a person."""

    token: str  #: names it in the state: 32 hexadecimal digits
    element: str  #: id in the diagram
    item: Any  #: what this instance is for (a service's code); None when there is one only


@dataclass(frozen=True, slots=True)
class Step:
    """What an act changed. Elements are ids of the diagram; each tuple is in the order in which things happened."""

    opened: tuple[Work, ...]
    closed: tuple[str, ...]  #: tokens completed
    cancelled: tuple[str, ...]  #: tokens that the diagram withdrew
    entered: tuple[str, ...]  #: call activities whose process began
    left: tuple[str, ...]  #: call activities whose process ended
    end: str  #: the end event of the main process that was reached; empty while it goes on
    steps: int  #: how many elements were passed


@dataclass(frozen=True, slots=True)
class Run:
    state: bytes
    step: Step


def start(program: Program, process: str, variables: Mapping[str, Any]) -> Run:
    """Begin `process`. Variables that expressions read and nobody has set yet are null."""
    with told_in_words():
        workflow = FeelWorkflow(program.specs[process], program.specs)
        workflow.task_tree.data.update({name: None for name in program.reads} | dict(variables))
        return _go_on(workflow, before={}, closed=())


def complete(program: Program, process: str, state: bytes, token: str, variables: Mapping[str, Any]) -> Run | None:
    """Complete the work `token`, with what it says to the expressions. None when it no longer waits."""
    workflow = load(state, program, process)
    before = _waiting(workflow)
    task = workflow.get_task_from_id(UUID(token)) if token in before else None
    if task is None:
        return None
    _tell(workflow, variables)
    running = _phases(workflow)
    with told_in_words():
        task.run()
        return _go_on(workflow, before, (token,), running)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Whatever SpiffWorkflow raises is an `Incident`: the state is thrown away, nothing is saved."""
    try:
        yield
    except JalonError:
        raise
    except Exception as error:
        name = getattr(getattr(error, "task_spec", None), "bpmn_name", None) or type(error).__name__
        raise Incident(why=Text(f"« {name} » : {error}.", f"“{name}”: {error}.")) from error


def _tell(workflow: FeelWorkflow, variables: Mapping[str, Any]) -> None:
    """What is said belongs to the whole process: a branch that ends later must not bring an older value."""
    for each in [workflow, *workflow.get_active_subprocesses()]:
        for task in each.tasks.values():
            task.data.update(copied(variables))


def _go_on(
    workflow: FeelWorkflow,
    before: dict[str, Work],
    closed: tuple[str, ...],
    running: dict[UUID, str] | None = None,
) -> Run:
    watch = _Watch(workflow, running or {})
    workflow.do_engine_steps(will_complete_task=watch.passing, did_complete_task=watch.passed)
    after = _waiting(workflow)
    if not after and not workflow.is_completed():
        raise TooMuchWork(limit=MOST_STEPS)
    step = Step(
        opened=tuple(work for token, work in after.items() if token not in before),
        closed=closed,
        cancelled=tuple(token for token in before if token not in after and token not in closed),
        entered=tuple(watch.entered),
        left=tuple(watch.left),
        end=watch.end if workflow.completed or workflow.is_completed() else "",
        steps=watch.steps,
    )
    return Run(dump(workflow), step)


class _Watch:
    """Counts the steps of one act and notes the called processes that begin and end."""

    def __init__(self, workflow: FeelWorkflow, running: dict[UUID, str]) -> None:
        self.workflow = workflow
        self.running = dict(running)
        self.entered: list[str] = []
        self.left: list[str] = []
        self.end = ""
        self.steps = 0

    def passing(self, task: Any) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooMuchWork(limit=MOST_STEPS)
        if task.id in self.running:
            self.left.append(self.running.pop(task.id))
        if type(task.task_spec).__name__ == "EndEvent" and task.workflow is self.workflow:
            self.end = str(task.task_spec.bpmn_id)

    def passed(self, task: Any) -> None:
        for id, element in _phases(self.workflow).items():
            if id not in self.running:
                self.running[id] = element
                self.entered.append(element)


def _phases(workflow: FeelWorkflow) -> dict[UUID, str]:
    return {
        id: str(workflow.get_task_from_id(id).task_spec.bpmn_id)
        for id, sub in workflow.subprocesses.items()
        if not sub.completed
    }


def _waiting(workflow: FeelWorkflow) -> dict[str, Work]:
    """Everything that waits for a person, in the order in which it opened."""
    found = []
    for each in [workflow, *workflow.get_active_subprocesses()]:
        for task in each.tasks.values():
            if task._state == TaskState.READY and task.task_spec.manual:
                found.append((task.last_state_change, Work(task.id.hex, str(task.task_spec.bpmn_id), _item(task))))
    return {work.token: work for _, work in sorted(found, key=lambda pair: pair[0])}


def _item(task: Any) -> Any:
    parent = task.parent
    if parent is None or not isinstance(parent.task_spec, MultiInstanceTask):
        return None
    item = parent.task_spec.input_item
    return task.data.get(item.bpmn_id) if item is not None else None
