"""`python -m bench [--quick] [--json]`: the table of docs/explanation/speed.md, measured again."""

from __future__ import annotations

import argparse
import json
import statistics
from typing import Any

from bench.databases import databases
from bench.floor import floor
from bench.growth import GIVEN, alone, release_of, reworks
from bench.play import METHODS, play, prepared
from bench.stock import stock
from engine.diagram import Diagram
from engine.normalise import one_instance_each


def measured(quick: bool) -> dict[str, Any]:
    """Every figure, in milliseconds unless the key says otherwise."""
    projects = 1 if quick else 5
    found: dict[str, Any] = {"completion": {}, "start": {}, "floor": {}, "stock": {}}
    for method in METHODS:
        release = release_of(method)
        rewritten = {name: one_instance_each(Diagram(data, name)).write() for name, data in release.files.items()}
        given = GIVEN | {"decision": "go", "landing": None}
        found["stock"][method] = {"p50_ms": _median(stock(rewritten, release.method.process, given))}
        found["completion"][method] = {}
        found["start"][method] = {}
    with databases() as urls:
        for name, url in urls.items():
            engine = prepared(url)
            for method in METHODS:
                _one(found, engine, name, method, projects)
            found["floor"][name] = {"p50_ms": _median(floor(engine, 50 if quick else 300))}
            engine.close()
    found["rework"] = reworks(100 if quick else 1000)
    return found


def _one(found: dict[str, Any], engine: Any, database: str, method: str, projects: int) -> None:
    played = play(engine, method.replace("-", "_"), projects)
    took, size = alone(method)
    found["start"][method][database] = {"p50_ms": _median(played.starts)}
    found["completion"][method][database] = {
        "p50_ms": _median(played.completions),
        "p95_ms": _percentile(played.completions, 95),
        "cpu_ms": _median(played.processor),
        "sql": max(played.statements),
        "sql_median": statistics.median(played.statements),
        "commits": max(played.commits),
        "state_bytes": size,
        "engine_ms": round(1000 * took, 3),
    }


def _median(seconds: list[float]) -> float:
    return round(1000 * statistics.median(seconds), 3)


def _percentile(seconds: list[float], percent: int) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 3)


def table(found: dict[str, Any]) -> str:
    lines = ["completing a task            p50 ms   p95 ms  × floor  × stock   SQL  commits  state   executor ms"]
    for method, databases_ in found["completion"].items():
        for database, row in databases_.items():
            against_floor = row["p50_ms"] / found["floor"][database]["p50_ms"]
            against_stock = row["p50_ms"] / found["stock"][method]["p50_ms"]
            lines.append(
                f"{method:<18} {database:<10} {row['p50_ms']:>7.2f} {row['p95_ms']:>8.2f} {against_floor:>8.1f} "
                f"{against_stock:>8.2f} {row['sql']:>5} {row['commits']:>8} {row['state_bytes']:>6} "
                f"{row['engine_ms']:>12.2f}"
            )
    floors = ", ".join(f"{name} {row['p50_ms']:.2f} ms" for name, row in found["floor"].items())
    stocks = ", ".join(f"{name} {row['p50_ms']:.2f} ms" for name, row in found["stock"].items())
    growth = ", ".join(f"{count}: {took:.2f} ms" for count, took in found["rework"].items())
    starts = ", ".join(
        f"{method} {name} {row['p50_ms']:.1f} ms"
        for method, rows in found["start"].items()
        for name, row in rows.items()
    )
    return "\n".join([*lines, f"floor: {floors}", f"stock SpiffWorkflow, no database: {stocks}",
                      f"starting: {starts}", f"after so many reworks, executor alone: {growth}"])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less than fifty seconds")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    options = parser.parse_args()
    found = measured(options.quick)
    print(json.dumps(found, indent=2) if options.json else table(found))


if __name__ == "__main__":
    main()
