"""Diagrams -> the specs that SpiffWorkflow executes, built once a release and shared.

Sharing a spec between projects and threads is right once event sub-processes, ad-hoc sub-processes and Camunda's own
multi-instances are not among them (docs/explanation/execution.md); `review` refuses those, and so does `compile`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from engine import feel
from engine.errors import DiagramRefused, Incident
from engine.execution.specs import tame
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
    parser = _Parser()
    try:
        for name, content in files.items():
            parser.add_bpmn_str(content, name)
        parsed = {id: parser.get_spec(id) for id in parser.get_process_ids()}
        # the embedded sub-processes are known once those that hold them are parsed
        while inner := [id for id in parser.process_parsers if id not in parsed]:
            parsed |= {id: parser.get_spec(id) for id in inner}
        for spec in parsed.values():
            tame(spec)
    except Exception as error:
        raise DiagramRefused(file=getattr(error, "file_name", "") or "?", why=Text(str(error))) from error
    return Program(parsed, reads)


class _BackToFront(ProcessParser):  # type: ignore[misc]
    """Parses what follows first: the stock parser descends two calls a node, and Python stops it near 500 in a row."""

    def add_tasks(self) -> None:
        for node in self._last_first():
            self.parse_node(node)
        super().add_tasks()

    def _last_first(self) -> list[Any]:
        starts = self.xpath("./bpmn:startEvent")
        seen = {node.get("id") for node in starts}
        waiting = [(node, iter(self._after(node))) for node in starts]
        found = []
        while waiting:
            node, following = waiting[-1]
            for target in following:
                if target.get("id") not in seen:
                    seen.add(target.get("id"))
                    waiting.append((target, iter(self._after(target))))
                    break
            else:
                found.append(node)
                waiting.pop()
        return [node for node in found if not node.tag.endswith(("startEvent", "boundaryEvent"))]

    def _after(self, node: Any) -> list[Any]:
        id = node.get("id")
        targets = [self.get_node_by_id(flow.get("targetRef")) for flow in self.get_outgoing_sequence_flows(id)]
        return [*self.get_boundary_events(id), *(target for target in targets if target is not None)]


class _Parser(BpmnParser):  # type: ignore[misc]
    PROCESS_PARSER_CLASS = _BackToFront


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
