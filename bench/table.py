"""The figures as a table that a person reads; the same in docs/explanation/speed.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench import floors, weaving


def table(found: dict[str, Any]) -> str:
    parts = [_completions(found), _starts(found), _growth(found), _inbox(found), _load(found), _rest(found)]
    verdict = [f"{'ok ' if ok else 'NOT'}  {line}" for ok, line in floors.lines(found)]
    said = [found["machine"], *(f"skipped: {each}" for each in found["skipped"])]
    return "\n\n".join("\n".join(part) for part in (*parts, verdict, said) if part)


def _completions(found: dict[str, Any]) -> list[str]:
    head = "completing a task                p50    p95    cpu  floor  x floor  x stock  SQL  commits  state B   engine"
    rows = [head]
    for diagram, databases in found["completion"].items():
        stock = found["stock"][diagram]["p50_ms"]
        for database, row in databases.items():
            rows.append(
                f"{diagram:<18} {database:<10} {row['p50_ms']:>7.2f} {row['p95_ms']:>6.2f} {row['cpu_ms']:>6.2f} "
                f"{row['floor_ms']:>6.2f} {row['p50_ms'] / row['floor_ms']:>8.1f} {row['p50_ms'] / stock:>8.2f} "
                f"{row['sql']:>4} {row['commits']:>8} {row['state_bytes']:>8} {row['engine_ms']:>7.2f}"
            )
    return rows


def _starts(found: dict[str, Any]) -> list[str]:
    stock = ", ".join(f"{name} {row['p50_ms']:.1f}" for name, row in found["stock"].items())
    rows = [f"stock SpiffWorkflow, in memory, without a database, ms: {stock}"]
    for database, row in found["floor"].items():
        starts = ", ".join(f"{name} {each[database]['p50_ms']:.1f}" for name, each in found["start"].items())
        rows.append(f"{database}: floor {row['p50_ms']:.2f} ms; starting a project, ms: {starts}")
    return rows


def _growth(found: dict[str, Any]) -> list[str]:
    return [
        f"after so many reworks of a gate, {name}: " + ", ".join(f"{mark}: {took:.2f}" for mark, took in row.items())
        for name, row in (
            ("ms", found["rework"]),
            ("ms of processor", found["rework_cpu"]),
            ("executor alone, ms", found["rework_executor"]),
        )
    ]


def _inbox(found: dict[str, Any]) -> list[str]:
    rows = ["inbox, page of 25, ms       open tasks    many     few    none   slowest other view"]
    for database, sizes in found["inboxes"].items():
        for size, row in sizes.items():
            slowest = max(row["views"], key=lambda name: row["views"][name])
            people = " ".join(f"{took:>7.2f}" for took in row["people"].values())
            rows.append(f"{database:<24} {int(size):>13,} {people}   {slowest}: {row['views'][slowest]:.2f}")
    return rows


def _load(found: dict[str, Any]) -> list[str]:
    rows = ["over HTTP                                completions/s     p50     p95  errors"]
    for name, row in found["http"].items():
        rows.append(
            f"{name:<40} {row['per_second']:>13.1f} {row['p50_ms']:>7.1f} {row['p95_ms']:>7.1f} {row['errors']:>7}"
        )
    return rows


def _rest(found: dict[str, Any]) -> Iterator[str]:
    yield weaving.line(found["weaving"])
    for database, row in found["idle"].items():
        yield (
            f"idle, {row['waiting']:,} projects waiting, {database}: {row['sql']} SQL statement a tick, "
            f"{row['ms']:.2f} ms; a completion among them {row['completion_ms']:.2f} ms"
        )
    for name, row in found["memory"].items():
        yield f"memory, {name}: release {row['release_bytes']:,} B, a project loaded {row['project_bytes']:,} B"
