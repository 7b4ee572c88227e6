"""Start a process, complete or fire what waits in it, and say what that opened and closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.errors import Incident, JalonError
from engine.execution.budget import Budget
from engine.execution.expressions import named
from engine.execution.loops import INDEX, Many
from engine.execution.program import Program
from engine.execution.scopes import Call, fail, hear, listens
from engine.execution.specs import caught, is_timer
from engine.execution.state import dump, has_token, load
from engine.execution.step import Armed, Awaited, Run, Step, Waiting, Work
from engine.execution.timers import repeat, when
from engine.execution.values import copied
from engine.execution.workflow import FeelWorkflow
from engine.words import Text


def start(
    program: Program, process: str, variables: Mapping[str, Any], budget: Budget | None = None, *,
    by: str = "", choose: Iterable[str] = (),
) -> Run:  # fmt: skip
    """Begin `process`. Variables that expressions read and nobody has set yet are null.

    `by`: id or name of the start event, or of its message, where there are several. `choose`, here and below: ids or
    names of the flows to be taken at the next decisions, instead of their conditions (for scenarios).
    """
    program.admit(process)
    with told_in_words():
        workflow = FeelWorkflow(program, process, by)
        workflow.task_tree.data.update({name: None for name in program.reads} | dict(variables))
        return _Act(workflow, budget, choose).go_on()


def complete(
    program: Program, process: str, state: bytes, token: str, variables: Mapping[str, Any],
    budget: Budget | None = None, *, choose: Iterable[str] = (), error: str | None = None,
) -> Run | None:  # fmt: skip
    """Complete the work `token`, with what it says to the expressions. None when it no longer waits.

    `error`: it could not be done, for that reason: a code that an error event may catch.
    """
    workflow = load(state, program, process)
    act = _Act(workflow, budget, choose)
    task = act.before.get(token)
    if task is None or task.task_spec.waits:
        return None
    workflow.closed.append(token)
    workflow.tell(task, copied(variables))
    with told_in_words():
        if error is None:
            task.run()
        else:
            fail(task, error)
        return act.go_on()


def fire(
    program: Program, process: str, state: bytes, token: str, missed: int = 0, budget: Budget | None = None, *,
    choose: Iterable[str] = (),
) -> Run | None:  # fmt: skip
    """The timer `token` is due. None when it no longer waits.

    `missed`: how many further repetitions are due already: they collapse into this one.
    """
    workflow = load(state, program, process)
    act = _Act(workflow, budget, choose)
    task = act.before.get(token)
    if task is None or not is_timer(task):
        return None
    act.fired = token
    with told_in_words():
        if repeat(task, missed):
            act.workflow.armed.append(task)
        else:
            caught(task, again=False)
        return act.go_on()


def send(
    program: Program, process: str, state: bytes, kind: str, name: str, variables: Mapping[str, Any],
    budget: Budget | None = None, *, choose: Iterable[str] = (),
) -> Run | None:  # fmt: skip
    """A message or a signal (`kind`) from outside. None when nothing waits for it.

    `name` is its own, or id or name of an element that waits for it. A message is for one, who has waited longest;
    a signal for all.
    """
    workflow = load(state, program, process)
    act = _Act(workflow, budget, choose)
    hearers = [task for task in act.before.values() if _answers(task, kind, name)]
    hearers.sort(key=lambda task: task.last_state_change)
    if not hearers:
        return None
    with told_in_words():
        for task in hearers[:1] if kind == "message" else hearers:
            workflow.tell(task, copied(variables))
            hear(task)
        return act.go_on()


def know(program: Program, process: str, state: bytes, variables: Mapping[str, Any]) -> bytes:
    """The state, in which what was said before is corrected: nothing that has been passed is passed again."""
    workflow = load(state, program, process)
    workflow.tell(workflow.task_tree, copied(variables))
    return dump(workflow)


def waiting(program: Program, process: str, state: bytes) -> Waiting:
    """Everything that waits in `state` for something from outside."""
    found = [task for each in load(state, program, process).trees() for task in each.tasks.values() if has_token(task)]
    found.sort(key=lambda task: task.last_state_change)
    return Waiting(
        works=tuple(_work(task) for task in found if not task.task_spec.waits),
        timers=tuple(_armed(task) for task in found if is_timer(task)),
        awaited=tuple(
            Awaited(event.kind, event.name or event.text, str(task.task_spec.bpmn_id))
            for task in found for event in task.task_spec.events if event.kind in ("message", "signal", "conditional")
        ),
    )  # fmt: skip


def _answers(task: Any, kind: str, name: str) -> bool:
    return listens(task) and any(event.answers(kind, name) for event in task.task_spec.events)


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


class _Act:
    """One act on a workflow: what waited before it, and what it changed."""

    def __init__(self, workflow: FeelWorkflow, budget: Budget | None, choose: Iterable[str]) -> None:
        self.workflow = workflow
        self.workflow.choose = list(choose)
        self.budget = budget or Budget()
        self.before = {task.id: task for each in workflow.trees() for task in each.tasks.values() if has_token(task)}
        self.running = [task for task in map(workflow.caller, workflow.trees()[1:]) if _is_call(task)]
        self.fired = ""
        self.left: list[str] = []

    def go_on(self) -> Run:
        step = self.advance()
        return Run(dump(self.workflow), step)

    def advance(self) -> Step:
        """Run what runs by itself, until all that is left waits for something from outside."""
        workflow = self.workflow
        while (task := workflow.next()) is not None:
            if task._state == TaskState.READY and task.id in task.workflow.tasks:
                self.budget.step(workflow)
                self._passing(task)
                task.run()
        self.budget.hold(workflow)
        return self._step()

    def _passing(self, task: Any) -> None:
        if _is_call(task):
            self.left.append(str(task.task_spec.bpmn_id))

    def _step(self) -> Step:
        workflow = self.workflow
        opened = [task for task in workflow.opened if _waits(task)]
        armed = [task for task in dict.fromkeys(workflow.armed) if _waits(task)]
        gone = [task for token, task in self.before.items() if token not in workflow.closed and not _waits(task)]
        over = workflow.is_completed()
        if not over and not any(_may_come(task) for each in workflow.trees() for task in each.tasks.values()):
            raise Incident(why=Text("plus rien n’y attend, et sa fin n’est pas atteinte.",
                                    "nothing waits in it any more, and its end is not reached."))  # fmt: skip
        withdrawn = [task for task in [*self.running, *workflow.begun] if task._state == TaskState.CANCELLED]
        return Step(
            opened=tuple(map(_work, opened)),
            closed=tuple(token for token in workflow.closed if token in self.before),
            cancelled=tuple(task.id for task in gone if not task.task_spec.waits),
            entered=tuple(str(task.task_spec.bpmn_id) for task in workflow.begun if _is_call(task)),
            left=(*self.left, *(str(task.task_spec.bpmn_id) for task in withdrawn if _is_call(task))),
            end=workflow.end if over else "",
            steps=self.budget.taken,
            armed=tuple(map(_armed, armed)),
            disarmed=tuple(task.id for task in gone if is_timer(task) and task.id != self.fired),
            thrown=tuple(workflow.thrown),
            error=workflow.error,
            passed=tuple(workflow.passed),
        )


def _waits(task: Any) -> bool:
    return task.id in task.workflow.tasks and has_token(task)


def _may_come(task: Any) -> bool:
    """Does it wait for something from outside? An error or an escalation comes from what stands still itself."""
    events = task.task_spec.events
    inner = bool(events) and all(each.kind in ("error", "escalation", "cancel") for each in events)
    return has_token(task) and not (task.task_spec.waits and inner)


def _is_call(task: Any) -> bool:
    return isinstance(task.task_spec, Call)


def _armed(task: Any) -> Armed:
    return Armed(task.id, str(task.task_spec.bpmn_id), when(task))


def _work(task: Any) -> Work:
    spec = task.task_spec
    return Work(task.id, str(spec.bpmn_id), _item(task), spec.kind, named(spec.bpmn_name or "", task.data))


def _item(task: Any) -> Any:
    parent = task.parent
    if parent is None or not task.task_spec.instance_of or not isinstance(parent.task_spec, Many):
        return None
    said = parent.task_spec.said
    return task.data.get(said.item) if said.item else task.internal_data.get(INDEX)
