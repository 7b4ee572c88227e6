"""What the bench says of its figures."""

from __future__ import annotations

import pytest

from bench.floors import TOO_MUCH, peer


@pytest.mark.parametrize(
    ("sqlite", "postgresql", "holds", "disks"),
    [
        ((1.0, 2.0), (2.0, 3.5), True, 0),
        ((1.0, 2.0), (2.0, 3.6), False, 0),
        ((1.0, 2.0), (3.6, 5.0), False, 1),
    ],
    ids=["holds", "too slow", "the disk alone is too slow"],
)
def test_beside_the_peer_the_line_says_where_the_disk_alone_takes_too_long(
    sqlite: tuple[float, float], postgresql: tuple[float, float], holds: bool, disks: int
) -> None:
    rows = {
        ("seq5", database): {"sql": 12, "floor_ms": floor, "p50_ms": took}
        for database, (floor, took) in (("sqlite", sqlite), ("postgresql", postgresql))
    }
    [(held, line)] = peer(rows)
    assert (held, line.count(TOO_MUCH)) == (holds, disks)
