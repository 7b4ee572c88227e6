"""What a completion costs the executor alone, and whether it grows with the reworks of a project."""

from __future__ import annotations

import statistics
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine import execution
from engine.release import Release, read_method

#: variables under which every path of a method goes on
GIVEN = {"services_impactes": ["DAF", "DRH", "DSI"], "externes": True, "conditions_travail": True,
         "partenaires": ["Ville"], "lots": ["L1", "L2"]}  # fmt: skip


def release_of(method: str) -> Release:
    folder = Path(str(files("workflows"))) / method
    content = {each.name: each.read_bytes() for each in folder.glob("*.bpmn")}
    model, _, _ = read_method(content)
    assert model is not None
    return Release(0, "", model, content)


def alone(method: str) -> tuple[float, int]:
    """Median seconds of load + complete + save without SQL over one project, and the largest state in bytes."""
    times, sizes = [], []
    for took, size in _play(release_of(method), {}):
        times.append(took)
        sizes.append(size)
    return statistics.median(times), max(sizes)


def reworks(count: int) -> dict[str, float]:
    """Median milliseconds of a completion after 1, 10, 100 … reworks of the gate of "Petit projet"."""
    times = [took for took, _ in _play(release_of("petit-projet"), {"SG1": count})]
    marks = [mark for mark in (1, 10, 100, 1000) if mark <= count]
    return {
        str(mark): round(1000 * statistics.median(times[max(0, 2 * mark - 20) : 2 * mark + 2]), 3) for mark in marks
    }


def _play(release: Release, rework: dict[str, int]) -> Any:
    program, method = release.program, release.method
    left = dict(rework)
    run = execution.start(program, method.process, GIVEN)
    waiting = list(run.step.opened)
    while waiting:
        work = waiting.pop(0)
        said: dict[str, Any] = {key: value for key, value in GIVEN.items() if key in method.reads}
        if work.element in method.gate:
            again = left.get(work.element, 0) > 0
            left[work.element] = left.get(work.element, 0) - 1
            said |= (
                {"decision": "rework", "landing": method.gate[work.element].landing} if again else {"decision": "go"}
            )
        at = time.perf_counter()
        done = execution.complete(program, method.process, run.state, work.token, said)
        took = time.perf_counter() - at
        assert done is not None
        run = done
        waiting += run.step.opened
        yield took, len(run.state)
