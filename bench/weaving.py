"""`python -m bench.weaving`: how long it takes to weave the default method with thirty operations, and to prove it."""

from __future__ import annotations

from typing import Any

from bench.count import Timed, median
from bench.organisation import method_files
from engine import certify, release_of, weave_method
from tests.overlay.granted import thirty
from tests.overlay.samples import overlay

METHOD = "projet-transversal"
TIMES = 15


def weaving(times: int = TIMES) -> dict[str, Any]:
    """Milliseconds of a weave, warm, and seconds of a certificate."""
    release, tailoring = release_of(method_files(METHOD)), overlay(*thirty())
    weave_method(release, [], tailoring)
    timed = Timed()
    for _ in range(times):
        timed.add(lambda: weave_method(release, [], tailoring))
    proven = certify(release)
    return {
        "operations": len(tailoring.operations), "p50_ms": median(timed.wall), "cpu_ms": median(timed.processor),
        "combinations": proven.combinations, "certificate_s": round(proven.seconds, 2),
    }  # fmt: skip


def line(found: dict[str, Any]) -> str:
    return (
        f"weaving {METHOD} with {found['operations']} operations: {found['p50_ms']:.0f} ms, "
        f"{found['cpu_ms']:.0f} ms of processor; its certificate, {found['combinations']:,} combinations: "
        f"{found['certificate_s']:.1f} s"
    )


if __name__ == "__main__":
    print(line(weaving()))
