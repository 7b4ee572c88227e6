"""States as the first release wrote them -> what `state` reads today.

    byte 0      1
    then        zlib of JSON: {"main": tree, "called": [[parent task, tree], …]}
    a tree      {"rows": [row, …], "last": index of the last completed task, or -1, "done": bool}
    a row       [id, parent's index or -1, state, spec name, triggered, changed at, internal data, set, removed]

They hold what was foreseen too, which is dropped, and for each branch that reached a parallel join a cancelled task of
that join, which becomes a name among those that arrived.
"""

from __future__ import annotations

import zlib
from typing import Any

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.execution.gateways import ARRIVED

VERSION = 1
TRIGGERED = 1024
_ID, _PARENT, _STATE, _SPEC, _TRIGGERED, _CHANGED, _INTERNAL, _SET, _REMOVED = range(9)


def upgraded(state: bytes) -> list[Any]:
    """The document of a version 1 state, in the form of version 2."""
    document = orjson.loads(zlib.decompress(state[1:]))
    places: dict[str, list[int]] = {}
    trees = []
    for number, (owner, tree) in enumerate([["", document["main"]], *document["called"]]):
        trees.append([places.get(owner, 0), *_rows(tree["rows"], places, number)])
    return [int(document["main"]["done"]), *trees]


def _rows(rows: list[list[Any]], places: dict[str, list[int]], number: int) -> list[list[Any]]:
    new: dict[int, int] = {}
    found: list[list[Any]] = []
    for index, row in enumerate(rows):
        if row[_STATE] & TaskState.FUTURE or row[_STATE] & TaskState.PREDICTED_MASK:
            continue
        new[index] = len(found)
        places[row[_ID]] = [number, len(found)]
        waits = row[_STATE] in (TaskState.READY, TaskState.WAITING)
        internal = dict(row[_INTERNAL] or {})
        if row[_STATE] == TaskState.WAITING:
            internal[ARRIVED] = _arrived(rows, index)
        found.append([
            row[_STATE] | TRIGGERED if row[_TRIGGERED] else row[_STATE], row[_SPEC], new.get(row[_PARENT], -1),
            row[_ID] if waits else 0, row[_CHANGED] if waits else 0, internal, row[_SET], row[_REMOVED],
        ])  # fmt: skip
    return found


def _arrived(rows: list[list[Any]], index: int) -> list[str]:
    """From where branches reached the join that waits at `index`, in this round: since it was last passed."""
    spec = rows[index][_SPEC]
    ancestors = _above(rows, index)
    passed = next((each for each in ancestors if rows[each][_SPEC] == spec and _completed(rows[each])), None)
    names = {
        rows[row[_PARENT]][_SPEC]
        for at, row in enumerate(rows)
        if row[_SPEC] == spec and row[_STATE] == TaskState.CANCELLED
        and (passed is None or passed in _above(rows, at))
    }  # fmt: skip
    return sorted(names)


def _above(rows: list[list[Any]], index: int) -> list[int]:
    """The ancestors of a row, the nearest first."""
    found = []
    while (index := rows[index][_PARENT]) >= 0:
        found.append(index)
    return found


def _completed(row: list[Any]) -> bool:
    return bool(row[_STATE] == TaskState.COMPLETED)
