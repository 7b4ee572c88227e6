"""Start a process, complete or fire what waits in it, and say what that opened and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import CallActivity, EndEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.util.task import TaskState

from engine.errors import Incident, JalonError
from engine.execution.budget import Budget
from engine.execution.program import Program
from engine.execution.specs import is_timer
from engine.execution.state import dump, has_token, load
from engine.execution.timers import repeat, when
from engine.execution.values import copied
from engine.execution.workflow import FeelWorkflow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Work:
    """Something that waits for a person."""

    token: str  #: names it in the state: 32 hexadecimal digits
    element: str  #: id in the diagram
    item: Any  #: what this instance is for (a service's code); None when there is one only


@dataclass(frozen=True, slots=True)
class Armed:
    """A drawn timer that began to wait. What its text means in time is for who armed it to say."""

    token: str
    element: str
    when: str  #: ISO 8601: a duration `P5D`, a date or moment, a repetition `R3/P7D` (`R/P7D`: without end)


@dataclass(frozen=True, slots=True)
class Step:
    """What an act changed. Elements are ids of the diagram; each tuple is in the order in which things happened."""

    opened: tuple[Work, ...]
    closed: tuple[str, ...]  #: tokens completed
    cancelled: tuple[str, ...]  #: tokens that the diagram withdrew
    entered: tuple[str, ...]  #: call activities whose process began
    left: tuple[str, ...]  #: call activities whose process ended, or was withdrawn
    end: str  #: the end event of the main process that was reached; empty while it goes on
    steps: int  #: how many elements were passed
    armed: tuple[Armed, ...] = ()
    disarmed: tuple[str, ...] = ()  #: tokens of timers that wait no longer, the one that fired left out


@dataclass(frozen=True, slots=True)
class Run:
    state: bytes
    step: Step


def start(program: Program, process: str, variables: Mapping[str, Any], budget: Budget | None = None) -> Run:
    """Begin `process`. Variables that expressions read and nobody has set yet are null."""
    with told_in_words():
        workflow = FeelWorkflow(program.specs[process], program.specs)
        workflow.task_tree.data.update({name: None for name in program.reads} | dict(variables))
        return _Act(workflow, budget).go_on()


def complete(
    program: Program, process: str, state: bytes, token: str, variables: Mapping[str, Any],
    budget: Budget | None = None,
) -> Run | None:  # fmt: skip
    """Complete the work `token`, with what it says to the expressions. None when it no longer waits."""
    workflow = load(state, program, process)
    act = _Act(workflow, budget)
    task = act.before.get(token)
    if task is None or is_timer(task):
        return None
    act.closed = (token,)
    _tell(workflow, variables)
    with told_in_words():
        task.run()
        return act.go_on()


def fire(
    program: Program, process: str, state: bytes, token: str, missed: int = 0, budget: Budget | None = None
) -> Run | None:
    """The timer `token` is due. None when it no longer waits.

    `missed`: how many further repetitions are due already: they collapse into this one.
    """
    workflow = load(state, program, process)
    act = _Act(workflow, budget)
    task = act.before.get(token)
    if task is None or not is_timer(task):
        return None
    act.fired = token
    with told_in_words():
        if repeat(task, missed):
            act.workflow.armed.append(task)
        else:
            task.internal_data["event_fired"] = True
            task.task_spec._update(task)
        return act.go_on()


def waiting(program: Program, process: str, state: bytes) -> tuple[Work, ...]:
    """Everything that waits for a person in `state`, in the order in which it opened."""
    found = [task for each in load(state, program, process).trees() for task in each.tasks.values()]
    works = sorted((task for task in found if has_token(task)), key=lambda task: task.last_state_change)
    return tuple(_work(task) for task in works if not is_timer(task))


def timing(program: Program, process: str, state: bytes) -> dict[str, str]:
    """The drawn timers that wait in `state`: token -> element."""
    found = [task for each in load(state, program, process).trees() for task in each.tasks.values()]
    return {task.id: str(task.task_spec.bpmn_id) for task in found if has_token(task) and is_timer(task)}


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
    said = copied(variables)
    for each in workflow.trees() if said else ():
        for task in each.tasks.values():
            task.data.update(said)


class _Act:
    """One act on a workflow: what waited before it, and what it changed."""

    def __init__(self, workflow: FeelWorkflow, budget: Budget | None) -> None:
        self.workflow = workflow
        self.budget = budget or Budget()
        self.before = {task.id: task for each in workflow.trees() for task in each.tasks.values() if has_token(task)}
        self.running = [task for task in map(_caller, workflow.trees()[1:]) if _is_call(task)]
        self.closed: tuple[str, ...] = ()
        self.fired = ""
        self.left: list[str] = []
        self.end = ""

    def go_on(self) -> Run:
        """Run what runs by itself, until all that is left waits for something from outside."""
        workflow, queue = self.workflow, self.workflow.queue
        while queue:
            task = queue.popleft()
            if task._state == TaskState.READY and task.id in task.workflow.tasks:
                self.budget.step(workflow)
                self._passing(task)
                task.run()
        self.budget.hold(workflow)
        step = self._step()
        return Run(dump(workflow), step)

    def _passing(self, task: Any) -> None:
        if _is_call(task):
            self.left.append(str(task.task_spec.bpmn_id))
        elif isinstance(task.task_spec, EndEvent) and task.workflow is self.workflow:
            self.end = str(task.task_spec.bpmn_id)

    def _step(self) -> Step:
        workflow = self.workflow
        opened = [task for task in workflow.opened if _waits(task)]
        armed = [task for task in dict.fromkeys(workflow.armed) if _waits(task)]
        gone = [task for token, task in self.before.items() if token not in self.closed and not _waits(task)]
        over = workflow.is_completed()
        if not over and not any(has_token(task) for each in workflow.trees() for task in each.tasks.values()):
            raise Incident(why=Text("plus rien n’y attend, et sa fin n’est pas atteinte.",
                                    "nothing waits in it any more, and its end is not reached."))  # fmt: skip
        withdrawn = [task for task in [*self.running, *workflow.begun] if task._state == TaskState.CANCELLED]
        return Step(
            opened=tuple(map(_work, opened)),
            closed=self.closed,
            cancelled=tuple(task.id for task in gone if not is_timer(task)),
            entered=tuple(str(task.task_spec.bpmn_id) for task in workflow.begun if _is_call(task)),
            left=(*self.left, *(str(task.task_spec.bpmn_id) for task in withdrawn if _is_call(task))),
            end=self.end if over else "",
            steps=self.budget.taken,
            armed=tuple(Armed(task.id, str(task.task_spec.bpmn_id), when(task)) for task in armed),
            disarmed=tuple(task.id for task in gone if is_timer(task) and task.id != self.fired),
        )


def _waits(task: Any) -> bool:
    return task.id in task.workflow.tasks and has_token(task)


def _caller(called: Any) -> Any:
    return called.top_workflow.get_task_from_id(called.parent_task_id)


def _is_call(task: Any) -> bool:
    return isinstance(task.task_spec, CallActivity)


def _work(task: Any) -> Work:
    return Work(task.id, str(task.task_spec.bpmn_id), _item(task))


def _item(task: Any) -> Any:
    parent = task.parent
    if parent is None or not isinstance(parent.task_spec, MultiInstanceTask):
        return None
    item = parent.task_spec.input_item
    return task.data.get(item.bpmn_id) if item is not None else None
