"""`python -m bench [--quick] [--json | --markdown] [--diagrams DIR]`: the table of docs/explanation/speed.md, again."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import diagrams, executor, reworks
from bench.count import median
from bench.databases import Place, places
from bench.inbox import inboxes
from bench.load import loads
from bench.organisation import METHODS, actors, method_files
from bench.play import Player, entry
from bench.stock import stock
from bench.table import table
from bench.weaving import weaving
from engine import Engine, settle

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "speed.md"


@dataclass(frozen=True)
class Effort:
    """How much of each is measured."""

    completions: int  #: of each method and diagram, on each database
    stock: int
    reworks: tuple[int, ...]
    inbox: tuple[int, ...]
    readings: int
    load: tuple[tuple[int, int], ...]  #: clients and workers
    seconds: float  #: of each load


FULL = Effort(
    completions=240, stock=60, reworks=(1, 10, 100, 1_000), inbox=(1_000, 100_000, 1_000_000), readings=24,
    load=tuple((clients, workers) for workers in (1, 2, 4) for clients in (1, 4, 8)), seconds=4.0,
)  # fmt: skip
QUICK = Effort(
    completions=20, stock=10, reworks=(1, 10, 100), inbox=(1_000, 100_000), readings=8,
    load=((1, 1), (4, 1), (8, 1), (8, 2), (8, 4)), seconds=0.6,
)  # fmt: skip
#: whose memory is looked at
HELD = ("phases6x10", "phases24x10", *METHODS)


@dataclass(frozen=True)
class Subject:
    """What is played: a method of ours, or a diagram that was drawn for side-by-side figures."""

    name: str
    files: dict[str, bytes]  #: as a method
    original: dict[str, bytes]  #: for stock
    process: str
    method: str
    answers: Callable[[int], dict[str, Any]] | None  #: None: what the form asks


def measured(effort: Effort, folder: Path) -> dict[str, Any]:
    """Every figure, in milliseconds unless the key says otherwise."""
    settle()  # as `jalon serve` does
    found: dict[str, Any] = {"completion": {}, "start": {}, "floor": {}, "stock": {}, "memory": {}, "skipped": []}
    drawn = diagrams.found(folder)
    if not drawn:
        found["skipped"].append(f"the diagrams of {folder}: the folder is absent or empty (--diagrams)")
    subjects = list(_subjects(drawn))
    alone = {each.name: _alone(found, each, effort) for each in subjects}
    with places() as where:
        for database, place in where.items():
            with place.fresh("play") as url, closing(Engine(url)) as engine:
                _play(found, database, engine, drawn, subjects, alone, effort)
        _grown(found, where, effort)
        found["http"] = loads(where, list(effort.load), effort.seconds)
    found["weaving"] = weaving()
    found["machine"] = (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}; "
        f"waiting for a core while it was measured: {os.getloadavg()[1]:.1f} on average"
    )
    return found


def _play(
    found: dict[str, Any], database: str, engine: Engine, drawn: list[diagrams.Drawn], subjects: list[Subject],
    alone: dict[str, tuple[float, int]], effort: Effort,
) -> None:  # fmt: skip
    """Every subject on one database."""
    for each in drawn:
        diagrams.published(engine, each)
    people = actors(engine)
    floors = []
    for subject in subjects:
        played = Player(engine, people, subject.method).play(subject.answers, effort.completions)
        row = entry(played, *alone[subject.name])
        found["completion"][subject.name][database] = row
        found["start"][subject.name][database] = {"p50_ms": median(played.starts.wall)}
        floors.append(row["floor_ms"])
    found["floor"][database] = {"p50_ms": round(statistics.median(floors), 3)}


def _subjects(drawn: list[diagrams.Drawn]) -> Iterator[Subject]:
    for each in drawn:
        process = re.search(rb'<bpmn:process id="([^"]+)"', each.original)
        assert process is not None, each.name
        original = {f"{each.name}.bpmn": each.original}
        yield Subject(each.name, each.files, original, process[1].decode(), each.method, lambda _: diagrams.answers())
    for name in METHODS:
        files, method = method_files(name), name.replace("-", "_")
        yield Subject(name, files, files, method, method, None)


def _alone(found: dict[str, Any], subject: Subject, effort: Effort) -> tuple[float, int]:
    """Milliseconds of the executor, and the largest state; what stock takes, and what memory holds."""
    release = executor.release_of(subject.files)
    took, size = executor.alone(release, effort.completions)
    said = executor.GIVEN | (
        subject.answers(0) | {"stop": 0} if subject.answers else {"decision": "go", "landing": None}
    )
    found["stock"][subject.name] = {"p50_ms": median(stock(subject.original, subject.process, said, effort.stock))}
    if subject.name in HELD:
        found["memory"][subject.name] = executor.memory(release)
    found["completion"][subject.name], found["start"][subject.name] = {}, {}
    return round(1000 * took, 3), size


def _grown(found: dict[str, Any], where: dict[str, Place], effort: Effort) -> None:
    """What must not grow: with the reworks of a project, with the number of open tasks, of projects that wait."""
    with where["sqlite"].fresh("reworks") as url:
        found["rework"], found["rework_cpu"] = reworks.reworks(url, list(effort.reworks))
    sent_back = executor.release_of(reworks.files())
    found["rework_executor"] = executor.reworks(sent_back, reworks.GATE, list(FULL.reworks))
    found["inboxes"] = inboxes(where, list(effort.inbox), effort.readings)
    found["inbox"] = {size: row["people"]["many"] for size, row in found["inboxes"]["sqlite"].items()}
    most = str(max(effort.inbox))
    found["idle"] = {
        database: sizes[most]["tick"] | {"completion_ms": sizes[most]["completion_ms"]}
        for database, sizes in found["inboxes"].items()
    }
    found["skipped"] += [f"reworks: {each:,} (python -m bench)" for each in FULL.reworks if each not in effort.reworks]
    found["skipped"] += [
        f"inbox: {each:,} open tasks (python -m bench)" for each in FULL.inbox if each not in effort.inbox
    ]


def _keep(text: str) -> None:
    """The table in the page, in place of the one before."""
    before, fence, rest = PAGE.read_text().partition("```\n")
    _, _, after = rest.partition("```\n")
    PAGE.write_text(f"{before}{fence}{text}\n```\n{after}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less than fifty seconds, on two cores")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    parser.add_argument("--markdown", action="store_true", help="put the table in docs/explanation/speed.md too")
    parser.add_argument("--diagrams", type=Path, default=diagrams.SHARED, metavar="DIR", help="default: %(default)s")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    found = measured(QUICK if options.quick else FULL, options.diagrams)
    print(json.dumps(found, indent=2) if options.json else table(found))
    if options.markdown:
        _keep(table(found))


if __name__ == "__main__":
    main()
