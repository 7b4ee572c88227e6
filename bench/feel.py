"""`python -m bench.feel`: how long an expression takes, compiled and computed, and how much of the test kit passes.

The cases are those of the standard's test kit (`JALON_SHARED`, else ../shared); each is timed on its own, warm, and the
median of the medians is given. Nothing of the kit is kept here.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from engine import feel
from tests.feel.test_tck import names, passes, value

CASES = Path(os.environ.get("JALON_SHARED", Path(__file__).parents[2] / "shared")) / "tck" / "cases.json"
NOW = datetime(2026, 5, 17, 9, 30, tzinfo=UTC)
TIMES = 15


def main() -> None:
    if not CASES.is_file():
        raise SystemExit(f"no test kit at {CASES}: set JALON_SHARED to the folder that holds tck/cases.json")
    cases: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    counts: dict[tuple[int, bool], list[bool]] = defaultdict(list)
    for case in cases:
        counts[case["level"], bool(case["err"])].append(passes(case))
    print("| level | cases | passed | |\n|---|---|---|---|")
    for (level, error), passed in sorted(counts.items()):
        share = f"{100 * sum(passed) / len(passed):.1f} %"
        print(f"| {level} | {'an error' if error else 'a value'} | {sum(passed)} of {len(passed)} | {share} |")
    compiled, computed = measured([case for case in cases if not case["err"]])
    print("\n| microseconds | median | 95th | most |\n|---|---|---|---|")
    for name, taken in (("to compile", compiled), ("to compute, compiled", computed)):
        print(f"| {name} | {median(taken):.0f} | {quantiles(taken, n=20)[-1]:.0f} | {max(taken):.0f} |")


def measured(cases: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """The median time of each case: to compile its text, and to compute it."""
    compiled, computed = [], []
    for case in cases:
        known = frozenset({*names(case["inputs"].values()), *case["inputs"]})
        try:
            expression = feel.compile(case["expr"], names=known)
        except feel.FeelSyntaxError:
            continue  # a type of a model that the case does not carry
        context = {name: value(typed) for name, typed in case["inputs"].items()}
        compiled.append(timed(lambda text=case["expr"], known=known: compile_anew(text, known)))
        computed.append(timed(lambda it=expression, given=context: it.evaluate(given, now=NOW, strict=False)))
    return compiled, computed


def compile_anew(text: str, known: frozenset[str]) -> None:
    feel.expression.compiled.__wrapped__(text, False, known)


def timed(act: Callable[[], object]) -> float:
    """The median, in microseconds, once warm."""
    act()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1e6)
    return median(taken)


if __name__ == "__main__":
    main()
