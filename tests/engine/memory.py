"""The same process in SpiffWorkflow alone, stock specs and all, never saved: what a state read again must equal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.stock import passed_twice
from engine.diagram import Diagram
from engine.execution.program import FeelEngine
from engine.normalise import one_instance_each


class Engine(FeelEngine):
    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return self.environment.evaluate(expression, task.data, external_context)


class Memory:
    def __init__(self, file: bytes, variables: dict[str, Any]) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(passed_twice(one_instance_each(Diagram(file, "p.bpmn"))), "p.bpmn")
        self.workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"), script_engine=Engine())
        self.workflow.task_tree.data.update(variables)
        self.workflow.do_engine_steps()

    def waiting(self) -> list[tuple[str, str]]:
        """What waits for a person, and for which item."""
        return sorted((task.task_spec.bpmn_id, str(task.data.get("item"))) for task in self._ready())

    def timers(self) -> list[str]:
        return sorted(task.task_spec.bpmn_id for task in self._timers())

    def over(self) -> bool:
        return bool(self.workflow.is_completed())

    def complete(self, element: str, item: str, variables: dict[str, Any]) -> None:
        task = next(
            each for each in self._ready() if each.task_spec.bpmn_id == element and str(each.data.get("item")) == item
        )
        # what is said belongs to the whole process
        for each in [self.workflow, *self.workflow.get_active_subprocesses()]:
            for known in each.tasks.values():
                known.data.update(variables)
        task.run()
        self._go_on()

    def fire(self, element: str) -> None:
        """The timer that has waited longest on `element` is due."""
        task = min(
            (each for each in self._timers() if each.task_spec.bpmn_id == element),
            key=lambda each: each.last_state_change,
        )
        task.internal_data["event_value"] = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        self._go_on()

    def _ready(self) -> list[Any]:
        return [task for task in self.workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]

    def _timers(self) -> list[Any]:
        return [task for task in self.workflow.event_manager.tasks.values() if task.state == TaskState.WAITING]

    def _go_on(self) -> None:
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()
        self._forget_what_joins_have_passed()

    def _forget_what_joins_have_passed(self) -> None:
        """Left alone, SpiffWorkflow 3.2.0 counts a branch of the first round for the second one: see `specs`."""
        for each in [self.workflow, *self.workflow.get_active_subprocesses()]:
            joins = [task for task in each.tasks.values() if isinstance(task.task_spec, ParallelGateway)]
            passed = [task for task in joins if task.state == TaskState.COMPLETED]
            for task in joins:
                if task.state == TaskState.CANCELLED and any(
                    one.task_spec is task.task_spec and not task.is_descendant_of(one) for one in passed
                ):
                    each._remove_task(task.id)
