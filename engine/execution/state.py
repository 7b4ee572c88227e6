"""The live part of a project's execution <-> bytes.

One row a task that is unfinished or leads to one that is, parents first, without specs. Called processes that are over,
loop bodies, finished instances and finished branches are left out (history has them), so that nothing grows.

    byte 0      version of this codec, 2 (1 is still read: state1)
    byte 1      0: as it is; 1: zlib
    then        JSON: [is it over, tree, …]; the main process first, callers before the called
    a tree      [place of the calling task, row, …]; the place is [number of its tree, number of its row], the main's 0
    a row       [state, spec name, parent's number, token, rank, internal data, data set, data removed]
                zeros at its end are left out; `state` is SpiffWorkflow's, plus 1024 for a task that was triggered;
                only what waits has a token, and a rank that gives the order in which it began to wait

Specs are named, not numbered: a state must mean the same whichever version of the parser compiled the release again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from operator import is_
from typing import Any

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.execution import state1
from engine.execution.program import Program
from engine.execution.task import LeanTask
from engine.execution.values import plain, restored, same
from engine.execution.workflow import Called, FeelWorkflow

VERSION = 2
TRIGGERED = 1024
#: below, compressing costs more than it saves
WORTH_COMPRESSING = 1_000
ROOT = -1
#: the zeros at the end of a row
LEFT_OUT: list[Any] = [0] * 8
#: specs of before that decided nothing: their tasks are passed over
NO_LONGER = ".BoundaryEventJoin"


def dump(workflow: FeelWorkflow) -> bytes:
    """`workflow` as bytes; it must not be used afterwards (its finished part is cut off)."""
    workflow.tidy()
    places: dict[Any, list[int]] = {}
    trees = []
    ranks = _ranks(workflow)
    for number, each in enumerate(workflow.trees()):
        owner = places[each.parent_task_id] if number else 0
        tasks = list(each.parents_first())
        places |= {task.id: [number, index] for index, task in enumerate(tasks)}
        trees.append([owner, *(_row(task, places, each.tasks, ranks) for task in tasks)])
    raw = orjson.dumps([int(workflow.completed), *trees])
    if len(raw) < WORTH_COMPRESSING:
        return bytes([VERSION, 0]) + raw
    return bytes([VERSION, 1]) + zlib.compress(raw, 1)


def load(state: bytes, program: Program, process: str) -> FeelWorkflow:
    """The workflow that `dump` wrote, on the specs of `program`."""
    if state[0] not in (VERSION, state1.VERSION):
        raise ValueError(f"state of codec {state[0]}, expected {VERSION}")
    done, *trees = _document(state) if state[0] == VERSION else state1.upgraded(state)
    workflow = FeelWorkflow(program, process, deserializing=True)
    workflow.completed = bool(done)
    grown = [_grow(workflow, trees[0])]
    for tree in trees[1:]:
        owner, index = tree[0]
        grown.append(_grow(_called(workflow, grown[owner][index]), tree))
    # they wait already
    workflow.armed.clear()
    return workflow


def _document(state: bytes) -> list[Any]:
    raw = zlib.decompress(state[2:]) if state[1] else memoryview(state)[2:]
    found: list[Any] = orjson.loads(raw)
    return found


def _called(workflow: FeelWorkflow, task: Any) -> Called:
    """The process that `task` called, still without tasks."""
    sub = Called(workflow.subprocess_specs[task.task_spec.called(task)], task.id, workflow, deserializing=True)
    workflow.subprocesses[task.id] = sub
    return sub


def has_token(task: Any) -> bool:
    """Does it wait for something from outside: someone, a moment, an event?"""
    state = task._state
    if state == TaskState.READY:
        return bool(task.task_spec.manual)
    return bool(state == TaskState.WAITING and task.task_spec.waits)


def _ranks(workflow: FeelWorkflow) -> dict[Any, int]:
    waiting = [task for each in workflow.trees() for task in each.tasks.values() if has_token(task)]
    waiting.sort(key=lambda task: task.last_state_change)
    return {task.id: rank for rank, task in enumerate(waiting, 1)}


def _row(task: Any, places: dict[Any, list[int]], tasks: dict[Any, Any], ranks: dict[Any, int]) -> list[Any]:
    parent = tasks.get(task._parent) if task._parent else None
    rank = ranks.get(task.id, 0)
    row = [
        task._state | TRIGGERED if task.triggered else task._state,
        task.task_spec.name,
        places[parent.id][1] if parent is not None else ROOT,
        task.id if rank else 0,
        rank,
    ]
    inherited = parent.data if parent is not None else {}
    if task.internal_data or not _untouched(task.data, inherited):
        internal = {key: plain(value) for key, value in task.internal_data.items()}
        row += [internal or 0, *_data(task.data, inherited)]
    while row[-1] == 0:
        row.pop()
    return row


def _untouched(data: dict[str, Any], inherited: dict[str, Any]) -> bool:
    """Is it still the copy of what the parent has?"""
    return list(data) == list(inherited) and all(map(is_, data.values(), inherited.values()))


def _data(data: dict[str, Any], inherited: dict[str, Any]) -> tuple[Any, Any]:
    """What is not as in the parent: (set, removed)."""
    set_ = {key: plain(value) for key, value in data.items() if key not in inherited or not same(value, inherited[key])}
    return set_ or 0, [key for key in inherited if key not in data] or 0


def _grow(workflow: Any, tree: list[Any]) -> list[Any]:
    """The tasks of `tree`, in its order."""
    tasks: list[Any] = []
    waiting: list[Any] = []
    specs, names, grown = workflow.spec.task_specs, workflow.top_workflow.names, workflow.tasks
    for row in tree[1:]:
        if row[1] not in specs and row[1].endswith(NO_LONGER):
            tasks.append(None)
            continue
        task = _task(row, tasks, workflow, names)
        tasks.append(task)
        grown[task.id] = task
        if task._state == TaskState.WAITING:
            waiting.append(task)
    for task in waiting:
        workflow.wait(task)
    workflow.task_tree = tasks[0]
    return tasks


def _task(row: list[Any], tasks: list[Any], workflow: Any, names: Iterator[int]) -> Any:
    state, spec, parent, token, rank, internal, set_, removed = row + LEFT_OUT[len(row) :]
    task = LeanTask.__new__(LeanTask)
    # who waits for nobody needs a name for the time of one act only
    task.id = token or next(names)
    task.workflow = workflow
    task._children = []
    task._state = state & ~TRIGGERED
    task.triggered = state >= TRIGGERED
    task.task_spec = workflow.spec.task_specs[spec]
    task.thread_id = 0
    task.last_state_change = rank
    task.internal_data = {key: restored(value) for key, value in internal.items()} if internal else {}
    task._parent = None
    task.data = {}
    if parent != ROOT:
        above = tasks[parent]
        task._parent = above.id
        above._children.append(task.id)
        task.data = dict(above.data)
    if set_:
        task.data.update((key, restored(value)) for key, value in set_.items())
    for key in removed or ():
        task.data.pop(key, None)
    return task
