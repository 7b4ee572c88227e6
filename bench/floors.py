"""The floors to beat: what the figures must hold, each a line that says ok or NOT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: the closest peer, over HTTP on PostgreSQL, on the same diagrams: (milliseconds, SQL statements)
PEER = {"seq5": (71, 77), "seq60": (101, 104), "phases6x10": (118, 92)}
STATEMENTS, COMMITS, ENGINE_MS, FLOOR, REWORK, INBOX = 12, 1, 1.0, 3.0, 1.3, 2.0
WEAVE_MS = 300
PEER_SQL, PEER_WALL, AIM_WALL = 6, 20, 50
TOO_MUCH = ": this disk alone takes more than may be taken"


def lines(found: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    rows = {
        (diagram, database): row
        for diagram, databases in found["completion"].items()
        for database, row in databases.items()
    }
    sql = max(row["sql"] for row in rows.values())
    commits = max(row["commits"] for row in rows.values())
    yield (
        sql <= STATEMENTS and commits <= COMMITS,
        f"at most {STATEMENTS} SQL statements and {COMMITS} commit a completion: {sql} and {commits}",
    )
    if "phases6x10" in found["completion"]:
        took = max(row["engine_ms"] for row in found["completion"]["phases6x10"].values())
        yield took <= ENGINE_MS, f"engine part on 6 phases x 10 at most {ENGINE_MS} ms: {took:.2f} ms"
    for database in ("sqlite", "postgresql"):
        ratios = {name: row["p50_ms"] / row["floor_ms"] for (name, of), row in rows.items() if of == database}
        worst = max(ratios, key=lambda name: ratios[name])
        middle = sorted(ratios.values())[len(ratios) // 2]
        yield (
            ratios[worst] <= FLOOR,
            f"completion at most {FLOOR:g} x the floor on {database}: {middle:.1f} in the middle, "
            f"{ratios[worst]:.1f} at worst ({worst})",
        )
    woven = found["weaving"]["cpu_ms"]
    yield woven <= WEAVE_MS, f"a weave of thirty operations at most {WEAVE_MS} ms: {woven:.0f} ms (processor)"
    yield from _growth(found)
    yield from peer(rows)


def _growth(found: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    # of the processor: the marks are minutes apart, and a machine that is shared slows down and recovers meanwhile
    first, *_, last = found["rework_cpu"]
    growth = found["rework_cpu"][last] / found["rework_cpu"][first]
    yield growth <= REWORK, f"reworks {first} -> {last} within {REWORK}: {growth:.2f} (processor)"
    for database, sizes in found["inboxes"].items():
        few, *_, most = sizes
        ratios = {
            name: took / sizes[few][part][name]
            for part in ("people", "views")
            for name, took in sizes[most][part].items()
        }
        worst = max(ratios, key=lambda name: ratios[name])
        yield (
            ratios[worst] <= INBOX,
            f"inbox on {database}, {few} -> {most} open tasks within {INBOX:g}: {ratios[worst]:.2f} at worst ({worst})",
        )


def peer(rows: dict[tuple[str, str], dict[str, Any]]) -> Iterator[tuple[bool, str]]:
    """What another machine took is compared with this one's disk: where the floor alone takes more than may be taken,
    nothing that saves what it acknowledges could hold the line, which says so.
    """
    for diagram, (wall, sql) in PEER.items():
        mine = {database: row for (name, database), row in rows.items() if name == diagram}
        if not mine:
            continue
        fewer = sql / max(row["sql"] for row in mine.values())
        yield (
            fewer >= PEER_SQL and all(row["p50_ms"] * PEER_WALL <= wall for row in mine.values()),
            f"beside the peer's HTTP figure on {diagram}: {fewer:.1f} times fewer SQL (at least {PEER_SQL}), "
            + ", ".join(
                f"{wall / row['p50_ms']:.0f} times less time on {database} (the floor takes {row['floor_ms']:.1f} "
                f"of its {row['p50_ms']:.1f} ms{TOO_MUCH if row['floor_ms'] * PEER_WALL > wall else ''})"
                for database, row in mine.items()
            )
            + f" (at least {PEER_WALL}, aim {AIM_WALL})",
        )
