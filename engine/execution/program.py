"""Diagrams -> the specs that SpiffWorkflow executes, built once a release and shared between projects and threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from engine import dmn
from engine.diagram import Diagram
from engine.errors import DiagramRefused
from engine.execution.builder import build
from engine.execution.decisions import make_decisions
from engine.execution.expressions import evaluate, holds, names_of
from engine.execution.loops import Again, Many
from engine.execution.neighbours import inside, refused_among
from engine.execution.notrun import NotRun
from engine.execution.scopes import Call
from engine.moments import is_written_out
from engine.words import Text

__all__ = ["ENGINE", "FeelEngine", "Program", "compile", "evaluate"]


@dataclass(frozen=True)
class Program:
    """What a release runs on."""

    specs: Mapping[str, Any]  #: by id of the process or sub-process
    reads: frozenset[str]  #: variables that its expressions read
    processes: frozenset[str]  #: ids of those that can be started or called
    own: frozenset[str]  #: variables that instances have of their own
    isolates: bool  #: a called process has variables of its own
    refused: Mapping[str, DiagramRefused] = field(default_factory=dict)  #: by id of those that are not run, why

    def admit(self, process: str) -> None:
        """Raises `DiagramRefused` for a process that is not run, and for one that no file draws."""
        if process in self.refused:
            raise DiagramRefused(**self.refused[process].facts)
        if process not in self.processes:
            why = Text("aucun processus de ce nom n’y est dessiné.", "no process of that name is drawn in it.")
            raise DiagramRefused(file=process, why=why)


def compile(files: Mapping[str, bytes], reads: frozenset[str] = frozenset()) -> Program:
    """The specs of every process in `files` (already normalised, by name); `reads`: more variables than they read.

    Decisions (.dmn) among the files are made by the business rule tasks that name them.

    A process that is not run, or calls one that is not, is left out (`Program.refused`): its neighbours run without it.

    Raises `DiagramRefused` where none is left.
    """
    drawn, decided = dmn.apart(files)
    diagrams = [Diagram(content, name) for name, content in drawn.items()]
    specs, problems = build(diagrams)
    refused = _told(refused_among(diagrams, specs, problems))
    for id in inside(diagrams, refused):
        specs.pop(id, None)
    if refused and not specs:
        raise next(iter(refused.values()))
    elements = [spec for process in specs.values() for spec in process.task_specs.values()]
    loops = [spec for spec in elements if isinstance(spec, Many)]
    own = frozenset(name for loop in loops for name in loop.own())
    read = {name for text in texts(elements) for name in names_of(text)}
    read |= make_decisions(specs, diagrams, [dmn.read(content, name) for name, content in decided.items()])
    return Program(
        specs=specs,
        reads=reads | (read - own),
        processes=frozenset(process.id for diagram in diagrams for process in diagram.processes if process.id in specs),
        own=own,
        isolates=any(isinstance(spec, Call) and spec.isolated for spec in elements),
        refused=refused,
    )


def _told(refused: Mapping[str, NotRun]) -> dict[str, DiagramRefused]:
    return {id: DiagramRefused(file=each.node.diagram.file, why=each.said) for id, each in refused.items()}


def texts(elements: Iterable[Any]) -> Iterable[str]:
    """The FEEL that specs compute over the variables of the process."""
    for spec in elements:
        yield from (choice.condition for choice in getattr(spec, "choices", ()) if choice.condition)
        yield from (event.text for event in spec.events if event.text and not is_written_out(event.text))
        if isinstance(spec, Many):
            yield from filter(None, (spec.said.collection, spec.said.cardinality))
        elif isinstance(spec, Again) and spec.condition:
            yield spec.condition
        elif isinstance(spec, Call):
            yield from filter(None, (spec.expression, *(each.source for each in spec.gives)))


class _Environment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Any:
        return evaluate(expression, {**context, **(external_context or {})})

    def execute(self, script: str, context: Any, external_context: Any = None) -> Any:
        raise PermissionError("scripts are not run")


class FeelEngine(PythonScriptEngine):  # type: ignore[misc]
    """What SpiffWorkflow asks for the value of an expression; without one it would evaluate Python."""

    def __init__(self) -> None:
        super().__init__(environment=_Environment())

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return holds(expression, {**task.data, **(external_context or {})})

    def execute(self, task: Any, script: str, external_context: Any = None) -> Any:
        raise WorkflowTaskException("scripts are not run", task=task)

    def call_service(self, task: Any, **_: Any) -> Any:
        raise WorkflowTaskException("service tasks are not run", task=task)


ENGINE = FeelEngine()
