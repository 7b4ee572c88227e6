"""Long lives and large drawings: what a completion costs the executor alone, at their beginning and at their end.

python -m bench.scale       the table
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import large
from engine import execution
from engine.diagram import Diagram
from engine.normalise import one_instance_each

#: diagrams for side-by-side figures with other engines; left out where the folder is absent
SHARED = Path(__file__).parents[2] / "shared" / "bench"


@dataclass(frozen=True)
class Flat:
    """What completions cost at the beginning and at the end of a long life; executor alone, in milliseconds."""

    completions: int
    first_ms: float  #: median of the first tenth
    last_ms: float
    p95_ms: float
    most_bytes: int


def drawings(quick: bool = False) -> dict[str, Flat]:
    """Long lives and large drawings: none costs more at its end than at its beginning."""
    rounds = 100 if quick else 1000
    said = [{"go": number >= rounds} for number in range(rounds + 1)]
    files = {
        f"{rounds} reworks of a phase of 19": (large.reworked(19), {}, said),
        f"{rounds} loops within a called phase": (large.reworked(1, "within"), {}, said),
        f"{rounds} loops within a sub-process": (large.reworked(1, "embedded one"), {}, said),
        "400 in a row": (large.in_a_row(400), {}, []),
        "400 side by side": (large.side_by_side(400), {}, []),
        "one for each of 200": (large.for_each(), {"items": [f"S{number}" for number in range(200)]}, []),
        "20 parallel blocks in a row": (large.blocks_in_a_row(20), {}, []),
    }
    found = {name: _flat(*each) for name, each in files.items()}
    for path in sorted(SHARED.glob("*.bpmn")):
        if path.stem in ("phases6x10", "phases24x10", "par12", "par60", "seq60", "seq240"):
            found[path.stem] = _flat(path.read_bytes(), {}, [])
    return found


def _flat(file: bytes, given: dict[str, Any], said: list[dict[str, Any]]) -> Flat:
    """`said`: what each gate `g` says, in turn."""
    content = one_instance_each(Diagram(file, "p.bpmn"))
    process = content.processes[0].id
    program = execution.compile({"p.bpmn": content.write()}, frozenset({"items", "go"}))
    run = execution.start(program, process, given)
    waiting, gates, times, sizes = list(run.step.opened), iter(said), [], []
    while waiting:
        work = waiting.pop(0)
        answers = next(gates) if work.element == "g" else {}
        at = time.perf_counter()
        done = execution.complete(program, process, run.state, work.token, answers)
        times.append(time.perf_counter() - at)
        assert done is not None
        run = done
        sizes.append(len(run.state))
        waiting += run.step.opened
    tenth = max(1, len(times) // 10)
    first, last = statistics.median(times[:tenth]), statistics.median(times[-tenth:])
    high = sorted(times)[int(0.95 * len(times))]
    return Flat(len(times), *(round(1000 * each, 3) for each in (first, last, high)), max(sizes))


def main() -> None:
    print(f"{'':34}{'completed':>10}{'first ms':>10}{'last ms':>10}{'p95 ms':>9}{'bytes':>8}")
    for name, each in drawings().items():
        figures = f"{each.first_ms:>10.3f}{each.last_ms:>10.3f}{each.p95_ms:>9.3f}{each.most_bytes:>8}"
        print(f"{name:34}{each.completions:>10}{figures}")


if __name__ == "__main__":
    main()
