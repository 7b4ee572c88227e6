"""Diagrams -> the specs that SpiffWorkflow executes, built once a release and shared.

Sharing a spec between projects and threads is right once event sub-processes, ad-hoc sub-processes and Camunda's own
multi-instances are not among them (docs/explanation/execution.md); `review` refuses those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine import feel
from engine.errors import DiagramRefused, Incident
from engine.words import Text


@dataclass(frozen=True)
class Program:
    """What a release runs on: its specs by process id, and the variables that its expressions read."""

    specs: Mapping[str, Any]
    reads: frozenset[str]


def compile(files: Mapping[str, bytes], reads: frozenset[str]) -> Program:
    """The specs of every process in `files` (already normalised, by name).

    Raises `DiagramRefused` for what the parser refuses: `review` should have said so before, in better words.
    """
    parser = BpmnParser()
    try:
        for name, content in files.items():
            parser.add_bpmn_str(content, name)
        parsed = {id: parser.get_spec(id) for id in parser.get_process_ids()}
    except Exception as error:
        raise DiagramRefused(file=getattr(error, "file_name", "") or "?", why=Text(str(error))) from error
    for spec in parsed.values():
        _link_loops(spec)
    return Program(parsed, reads)


def _link_loops(spec: Any) -> None:
    """A spec fresh from the parser forgets, on restoring, to whom an instance of a loop reports."""
    for task_spec in list(spec.task_specs.values()):
        if isinstance(task_spec, LoopTask):
            instance = spec.task_specs[task_spec.task_spec]
            instance.completed_event.connect(task_spec.merge_child)


# --- the expression language: FEEL, and nothing that could run a script ---


@lru_cache(maxsize=4096)
def compiled(expression: str) -> feel.Expression:
    return feel.compile(expression)


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    """The value of a FEEL `expression`; an error or a null by error is an `Incident`, never a silent false."""
    try:
        return compiled(expression).evaluate(context)
    except feel.FeelError as error:
        raise Incident(why=Text(error.text("fr"), error.text("en"))) from error


class _Environment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Any:
        return evaluate(expression, {**context, **(external_context or {})})

    def execute(self, script: str, context: Any, external_context: Any = None) -> Any:
        raise PermissionError("scripts are not run")


class FeelEngine(PythonScriptEngine):  # type: ignore[misc]
    """What SpiffWorkflow asks for the value of a condition."""

    def __init__(self) -> None:
        super().__init__(environment=_Environment())

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        """A condition is true or false; null (`true and null`) is an `Incident` too."""
        value = self.environment.evaluate(expression, task.data, external_context)
        if not isinstance(value, bool):
            why = Text(f"« {expression} » ne vaut ni vrai ni faux.", f"“{expression}” is neither true nor false.")
            raise Incident(why=why)
        return value

    def execute(self, task: Any, script: str, external_context: Any = None) -> Any:
        raise WorkflowTaskException("scripts are not run", task=task)

    def call_service(self, task: Any, **_: Any) -> Any:
        raise WorkflowTaskException("service tasks are not run", task=task)


ENGINE = FeelEngine()


class FeelWorkflow(BpmnWorkflow):  # type: ignore[misc]
    """A workflow that cannot be without its engine: stock loading falls back to one that evaluates Python."""

    def __init__(self, spec: Any, subprocess_specs: Any = None, script_engine: Any = None, **options: Any) -> None:
        super().__init__(spec, subprocess_specs, script_engine=ENGINE, **options)
