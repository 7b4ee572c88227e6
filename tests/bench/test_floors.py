"""What the bench says of its figures."""

from __future__ import annotations

import pytest

from bench.floors import peer


@pytest.mark.parametrize(
    ("sqlite", "postgresql", "holds", "unjudged"),
    [
        ((1.0, 2.0), (2.0, 3.5), True, 0),
        ((1.0, 2.0), (2.0, 3.6), False, 0),
        ((1.0, 2.0), (3.6, 5.0), True, 1),
        ((1.0, 3.6), (3.6, 5.0), False, 1),
    ],
    ids=["holds", "too slow", "the disk alone is too slow", "the disk is, and the other is too slow by itself"],
)
def test_beside_the_peer_a_disk_that_alone_takes_too_long_is_not_judged_and_the_line_says_so(
    sqlite: tuple[float, float], postgresql: tuple[float, float], holds: bool, unjudged: int
) -> None:
    rows = {
        ("seq5", database): {"sql": 12, "floor_ms": floor, "p50_ms": took}
        for database, (floor, took) in (("sqlite", sqlite), ("postgresql", postgresql))
    }
    [(held, line)] = peer(rows)
    assert (held, line.count("too much on this disk to be judged")) == (holds, unjudged)
