"""A state read again behaves as one that never left memory, for all that is run; at its end nothing is left of it."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import execution
from engine.diagram import Diagram
from engine.execution import Program, Step
from engine.execution.run import _Act, _armed, _work
from engine.execution.scopes import hear
from engine.execution.specs import caught, is_timer
from engine.execution.state import has_token, load
from engine.execution.timers import repeat
from engine.execution.workflow import FeelWorkflow
from engine.normalise import compiled, repair
from tests.engine.constructs import constructed, everything

#: what can be done: (act, element, item)
Act = tuple[str, str, str]


class Unsaved:
    """A process that stays in memory: never written, never pruned."""

    def __init__(self, program: Program, variables: dict[str, Any]) -> None:
        self.workflow = FeelWorkflow(program, "p")
        self.workflow.task_tree.data.update(dict.fromkeys(program.reads) | variables)
        self.step = _Act(self.workflow, None, ()).advance()

    def acts(self) -> list[Act]:
        found = [task for each in self.workflow.trees() for task in each.tasks.values() if has_token(task)]
        return sorted(_act(task) for task in found if not task.task_spec.waits or is_timer(task) or _told(task))

    def do(self, what: Act, said: dict[str, Any]) -> None:
        for each in ("opened", "closed", "armed", "begun", "passed", "thrown"):
            setattr(self.workflow, each, [])
        act = _Act(self.workflow, None, ())
        task = min(
            (task for task in act.before.values() if _act(task) == what), key=lambda each: each.last_state_change
        )
        if what[0] == "hear":
            hear(task)
        elif what[0] == "fire":
            act.fired = task.id
            if repeat(task, 0):
                self.workflow.armed.append(task)
            else:
                caught(task, again=False)
        else:
            self.workflow.closed.append(task.id)
            self.workflow.tell(task, said)
            task.run()
        self.step = act.advance()


class Saved:
    """The same with its state read again at each step."""

    def __init__(self, program: Program, variables: dict[str, Any]) -> None:
        self.program = program
        run = execution.start(program, "p", variables)
        self.state, self.step = run.state, run.step

    def acts(self) -> list[Act]:
        waits = execution.waiting(self.program, "p", self.state)
        return sorted([
            *(("complete", work.element, str(work.item)) for work in waits.works),
            *(("fire", each.element, "") for each in waits.timers),
            *(("hear", each.element, "") for each in waits.awaited if each.element not in _receiving(waits)),
        ])  # fmt: skip

    def do(self, what: Act, said: dict[str, Any]) -> None:
        waits = execution.waiting(self.program, "p", self.state)
        kind, element, item = what
        if kind == "complete":
            token = next(each.token for each in waits.works if (each.element, str(each.item)) == (element, item))
            run = execution.complete(self.program, "p", self.state, token, said)
        elif kind == "fire":
            token = next(each.token for each in waits.timers if each.element == element)
            run = execution.fire(self.program, "p", self.state, token)
        else:
            awaited = next(each for each in waits.awaited if each.element == element)
            run = (
                execution.send(self.program, "p", self.state, "message", element, {})
                if (awaited.kind == "message")
                else _signal(self.program, self.state, element)
            )
        assert run is not None
        self.state, self.step = run.state, run.step


def _signal(program: Program, state: bytes, element: str) -> execution.Run | None:
    """For one who waits only, as `Unsaved` does."""
    workflow = load(state, program, "p")
    act = _Act(workflow, None, ())
    hear(min(
        (task for task in act.before.values() if _act(task) == ("hear", element, "")),
        key=lambda each: each.last_state_change,
    ))  # fmt: skip
    return act.go_on()


def _receiving(waits: execution.Waiting) -> set[str]:
    return {work.element for work in waits.works if work.kind == "receive"}


def _told(task: Any) -> bool:
    return any(event.kind in ("message", "signal") for event in task.task_spec.events)


def _act(task: Any) -> Act:
    if is_timer(task):
        return "fire", _armed(task).element, ""
    if task.task_spec.waits:
        return "hear", str(task.task_spec.bpmn_id), ""
    return "complete", _work(task).element, str(_work(task).item)


def seen(step: Step) -> tuple[Any, ...]:
    """What a step says, without the tokens, which differ."""
    works = sorted((work.element, str(work.item), work.kind) for work in step.opened)
    armed = sorted((each.element, each.when) for each in step.armed)
    return (
        works, len(step.closed), len(step.cancelled), sorted(step.entered), sorted(step.left), step.end, armed,
        len(step.disarmed), sorted(step.passed), step.thrown, step.error,
    )  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(everything(), st.data())
def test_a_state_read_again_at_each_step_behaves_as_one_that_never_left_memory(block: Any, data: st.DataObject) -> None:
    file, variables = constructed(block)
    program = execution.compile(compiled(repair([Diagram(file, "p.bpmn")]).diagrams).files)
    given_ = {name: data.draw(st.integers(0, 1)) for name in variables} | {"items": ["a", "b"], "enough": 0}
    unsaved, saved = Unsaved(program, given_), Saved(program, given_)
    for number in range(150):
        assert seen(saved.step) == seen(unsaved.step)
        acts = saved.acts()
        assert acts == unsaved.acts()
        if saved.step.end:
            break
        # a message that does not interrupt may come for ever: in the end only what goes on is done
        what = data.draw(st.sampled_from(acts)) if number < 40 else next(
            (each for each in acts if each[0] == "complete"), acts[0]
        )  # fmt: skip
        # a loop goes round at most a few times
        said = {name: data.draw(st.integers(0, 1)) if number < 15 else 0 for name in (*variables, "enough")}
        unsaved.do(what, said)
        saved.do(what, said)
    assert saved.step.end
    assert [len(each.tasks) for each in load(saved.state, program, "p").trees()] == [1]
