"""What a completion costs the executor alone (load, complete, save, without SQL), and whether it grows with reworks."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from typing import Any

from engine import execution
from engine.execution.state import load
from engine.release import Release, digest_of, read_method

#: variables under which every path of a method goes on
GIVEN = {"services_impactes": ["DAF", "DRH", "DSI"], "externes": True, "conditions_travail": True,
         "partenaires": ["Ville"], "lots": ["L1", "L2"], "stop": 0}  # fmt: skip

#: projects held at once, to say what one takes
LOADED = 100


def release_of(files: Mapping[str, bytes]) -> Release:
    model, _, _ = read_method(files)
    assert model is not None
    return Release(0, digest_of(files), model, files)


def alone(release: Release, most: int) -> tuple[float, int]:
    """Median seconds of load + complete + save over at most `most` completions, and the largest state in bytes."""
    found = [(took, len(state)) for took, state in _play(release, {}, most)]
    return statistics.median(took for took, _ in found), max(size for _, size in found)


def reworks(release: Release, gate: str, marks: list[int]) -> dict[str, float]:
    """Median milliseconds of a completion around so many reworks of `gate`."""
    times = [took for took, _ in _play(release, {gate: max(marks)}, 10 * max(marks))]
    a_rework = 2  # a task, then the gate
    return {
        str(mark): round(1000 * statistics.median(times[max(0, a_rework * mark - 20) : a_rework * mark + 2]), 3)
        for mark in marks
    }


def memory(release: Release) -> dict[str, int]:
    """Bytes that Python allocates for a release that is read and compiled, and for one project of it loaded."""
    run = execution.start(release.program, release.method.process, GIVEN)
    load(run.state, release.program, release.method.process)  # what is imported at first use
    tracemalloc.start()
    held: list[Any] = [release_of(release.files)]
    held.append(held[0].program)
    of_release, _ = tracemalloc.get_traced_memory()
    held += [load(run.state, release.program, release.method.process) for _ in range(LOADED)]
    all_of_them, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"release_bytes": of_release, "project_bytes": (all_of_them - of_release) // LOADED}


def _play(release: Release, rework: dict[str, int], most: int) -> Iterator[tuple[float, bytes]]:
    program, method = release.program, release.method
    left = dict(rework)
    run = execution.start(program, method.process, GIVEN)
    waiting = list(run.step.opened)
    while waiting and most:
        most -= 1
        work = waiting.pop(0)
        said: dict[str, Any] = {key: value for key, value in GIVEN.items() if key in method.reads}
        if work.element in method.gate:
            again = left.get(work.element, 0) > 0
            left[work.element] = left.get(work.element, 0) - 1
            landing = method.gate[work.element].landing
            said |= {"decision": "rework", "landing": landing} if again else {"decision": "go"}
        at = time.perf_counter()
        done = execution.complete(program, method.process, run.state, work.token, said)
        took = time.perf_counter() - at
        assert done is not None
        run = done
        waiting += run.step.opened
        yield took, run.state
