"""The live part of a project's execution <-> bytes.

One row a task, parents first, without specs. Left out: called processes that are over (history has them) and
all that ended before the place from which everything unfinished hangs, so that reworks do not make the state grow.

    byte 0      version of this codec, 1
    then        zlib (level 1) of JSON: {"main": tree, "called": [[parent task, tree], …]}
    a tree      {"rows": [row, …], "last": index of the last completed task, or -1, "done": bool}
    a row       [id, parent's index or -1, state, spec name, triggered, changed at, internal data,
                 data set, data removed]
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution.program import FeelWorkflow, Program

VERSION = 1
#: mark a decimal number and a date in JSON; keys that no form can have
DECIMAL, DATE = "\x00decimal", "\x00date"


def dump(workflow: FeelWorkflow) -> bytes:
    """`workflow` as bytes; it must not be used afterwards (its finished part is cut off)."""
    called = [[sub.parent_task_id.hex, sub] for sub in workflow.subprocesses.values() if not sub.completed]
    for each in [workflow, *(sub for _, sub in called)]:
        splice(each)
    document = {"main": _tree(workflow), "called": [[parent, _tree(sub)] for parent, sub in called]}
    raw = orjson.dumps(document, default=_mark, option=orjson.OPT_PASSTHROUGH_DATETIME)
    return bytes([VERSION]) + zlib.compress(raw, 1)


def load(state: bytes, program: Program, process: str) -> FeelWorkflow:
    """The workflow that `dump` wrote, on the specs of `program`."""
    if state[0] != VERSION:
        raise ValueError(f"state of codec {state[0]}, expected {VERSION}")
    raw = zlib.decompress(state[1:])
    document = orjson.loads(raw)
    if b"u0000d" in raw:
        document = _unmark(document)
    workflow = FeelWorkflow(program.specs[process], program.specs, deserializing=True)
    _grow(workflow, document["main"], workflow)
    for parent, tree in document["called"]:
        task = workflow.get_task_from_id(UUID(parent))
        sub = BpmnSubWorkflow(program.specs[task.task_spec.spec], task.id, workflow, deserializing=True)
        _grow(sub, tree, workflow)
        workflow.subprocesses[task.id] = sub
        sub.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
    return workflow


def splice(workflow: Any) -> None:
    """Cut what is over before the place where all that still lives hangs: its trunk, and the branches that ended.

    What stays: the root, the last completed task that leads to everything unfinished, and all below it. A join that
    still waits keeps its split, since two of the split's branches live.
    """
    live: dict[UUID, bool] = {}
    for task in reversed(list(_parents_first(workflow))):
        live[task.id] = not task.has_state(TaskState.FINISHED_MASK) or any(live[child] for child in task._children)
    root = end = workflow.task_tree
    while end._state == TaskState.COMPLETED:
        alive = [child for child in end._children if live[child]]
        if len(alive) != 1 or workflow.tasks[alive[0]]._state != TaskState.COMPLETED:
            break
        end = workflow.tasks[alive[0]]
    if end is not root:
        kept = {task.id: task for task in _parents_first(workflow, end)}
        root._children = [end.id]
        end._parent = root.id
        workflow.tasks = {root.id: root, **kept}


def _tree(workflow: Any) -> dict[str, Any]:
    tasks = list(_parents_first(workflow))
    place = {task.id: index for index, task in enumerate(tasks)}
    last = workflow.last_task
    return {
        "rows": [_row(task, place, tasks) for task in tasks],
        "last": place.get(last.id, -1) if last is not None else -1,
        "done": workflow.completed,
    }


def _parents_first(workflow: Any, start: Any = None) -> Iterator[Any]:
    # SpiffWorkflow's own iterators stop at a depth of 1,000
    waiting = [start or workflow.task_tree]
    while waiting:
        task = waiting.pop()
        yield task
        waiting += [workflow.tasks[child] for child in reversed(task._children)]


def _row(task: Any, place: dict[UUID, int], tasks: list[Any]) -> list[Any]:
    parent = place.get(task._parent, -1) if task._parent else -1
    inherited = tasks[parent].data if parent >= 0 else {}
    return [
        task.id.hex, parent, task._state, task.task_spec.name, int(task.triggered), task.last_state_change,
        task.internal_data or 0,
        {key: value for key, value in task.data.items() if key not in inherited or inherited[key] != value} or 0,
        [key for key in inherited if key not in task.data] or 0,
    ]  # fmt: skip


def _grow(workflow: Any, tree: dict[str, Any], top: FeelWorkflow) -> None:
    tasks: list[Any] = []
    for row in tree["rows"]:
        task = _task(row, tasks, workflow)
        tasks.append(task)
        workflow.tasks[task.id] = task
        if task._state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            top.event_manager.add_task(task)
    workflow.task_tree = tasks[0]
    workflow.last_task = tasks[tree["last"]] if tree["last"] >= 0 else None
    workflow.completed = tree["done"]


def _task(row: list[Any], tasks: list[Any], workflow: Any) -> Any:
    id, parent, state, spec, triggered, changed, internal, set_, removed = row
    task = Task.__new__(Task)
    task.id = UUID(id)
    task.workflow = workflow
    task._children = []
    task._state = state
    task.triggered = bool(triggered)
    task.task_spec = workflow.spec.task_specs[spec]
    task.thread_id = Task.thread_id_pool
    task.last_state_change = changed
    task.internal_data = internal or {}
    task._parent = None
    task.data = {}
    if parent >= 0:
        task._parent = tasks[parent].id
        tasks[parent]._children.append(task.id)
        task.data = copied(tasks[parent].data)
    task.data.update(set_ or {})
    for key in removed or ():
        task.data.pop(key, None)
    return task


def copied(data: Mapping[str, Any]) -> dict[str, Any]:
    """Each task owns its data: branches must not share what is nested."""
    return {key: _copy(value) for key, value in data.items()}


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


def _mark(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {DECIMAL: str(value)}
    if type(value) is date:
        return {DATE: value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be a variable of a process")


def _unmark(value: Any) -> Any:
    if isinstance(value, dict):
        if DATE in value:
            return date.fromisoformat(value[DATE])
        return Decimal(value[DECIMAL]) if DECIMAL in value else {key: _unmark(each) for key, each in value.items()}
    return [_unmark(each) for each in value] if isinstance(value, list) else value
