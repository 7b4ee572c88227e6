"""`python -m bench.mutants [--count 10000] [--seed 1] [--corpus DIR]`: real diagrams broken by accident, and played.

Each mutant is reviewed in the process that reads diagrams apart; those that are accepted are played beside the token
game of the tests. Printed: how many raw errors, how many over two seconds, how many of the executor's courses differ
from the drawing's, and the seed of each. Exit status 0 when there is none.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from engine import JalonError, Reviewed, ReviewStopped
from engine.review.reading import Reader
from tests.review.follow import Beyond, Differs, follow, repaired
from tests.review.mutation import mutated

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "files"
ENDINGS = (".bpmn", ".bpmn20.xml", ".xml")


def sources(corpus: Path = CORPUS) -> list[Path]:
    """Our own methods and, where they are, the diagrams of others."""
    own = sorted((ROOT / "workflows").rglob("*.bpmn"))
    return [*own, *sorted(each for each in corpus.rglob("*") if each.name.endswith(ENDINGS))]


class Mutants:
    """Makes, reviews and plays mutants; `counts` and `failures` say what came of them."""

    def __init__(self, found: list[Path], seed: int, reader: Reader) -> None:
        self.sources = found
        self.seed = seed
        self.reader = reader
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.slowest = 0.0  #: seconds by the clock until a verdict

    def one(self, number: int) -> None:
        path = self.sources[number % len(self.sources)]
        name = f"{self.seed}-{number}"
        try:
            content = mutated(path.read_bytes(), name)
        except (ValueError, SyntaxError):
            self.counts["not mutated"] += 1  # not well-formed to begin with
            return
        self.counts["mutants"] += 1
        reviewed = self._reviewed(path, name, content)
        if reviewed is None:
            return
        for process in reviewed.processes:
            self.counts[process.verdict] += 1
        if all(process.verdict == "runs" for process in reviewed.processes):
            for process in reviewed.processes:
                self._play(path, name, content, process.id)

    def _reviewed(self, path: Path, name: str, content: bytes) -> Reviewed | None:
        began = time.perf_counter()
        try:
            return self.reader.review({path.name: content})
        except ReviewStopped as stopped:
            self._failed("over two seconds", path, name, stopped)
        except JalonError as refusal:
            self.counts["unreadable"] += 1
            if refusal.status >= 500:
                self._failed("raw", path, name, refusal)
        finally:
            self.slowest = max(self.slowest, time.perf_counter() - began)
        return None

    def _play(self, path: Path, name: str, content: bytes, process: str) -> None:
        try:
            self.counts["acts"] += follow(repaired(content, path.name), process, f"{name}-{process}")
            self.counts["played as drawn"] += 1
        except Beyond:
            self.counts["beyond the game"] += 1
        except Differs as difference:
            self._failed("differ", path, name, difference, process)
        except Exception as error:
            self._failed("raw", path, name, error, process)

    def _failed(self, what: str, path: Path, name: str, why: Exception, process: str = "") -> None:
        self.counts[what] += 1
        self.failures.append(f"{what}: seed {name} {path} {process}: {type(why).__name__}: {str(why)[:400]}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first, to do one again")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    reader = Reader()
    mutants = Mutants(sources(options.corpus), options.seed, reader)
    reader.review({"ready.bpmn": mutants.sources[0].read_bytes()})  # its start is nobody's time
    try:
        for number in range(options.first, options.first + options.count):
            mutants.one(number)
    finally:
        reader.close()
    print(*mutants.failures, sep="\n")
    print(", ".join(f"{what} {count:,}" for what, count in sorted(mutants.counts.items())))
    wrong = sum(mutants.counts[each] for each in ("raw", "over two seconds", "differ"))
    print(f"seed {options.seed}: {wrong} wrong of {options.count:,}, slowest verdict {mutants.slowest:.2f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
