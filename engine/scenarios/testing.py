"""Files of scenarios -> verdicts, and the coverage of the diagrams that they run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.beside import SCENARIOS
from engine.drawing import Mark
from engine.errors import FileMissing, JalonError, Unreadable
from engine.scenarios.coverage import Coverage, coverage
from engine.scenarios.marks import marks_of
from engine.scenarios.play import RUNS, Played, play, unexpected
from engine.scenarios.program import Prepared, prepare
from engine.scenarios.reading import read_book
from engine.scenarios.scenario import Book, Scenario
from engine.scenarios.verdict import Failed, Verdict, failed
from engine.words import Text


@dataclass(frozen=True)
class Tested:
    """The scenarios of one set of diagrams, whichever files tell them."""

    diagrams: tuple[Path, ...]
    verdicts: tuple[Verdict, ...]
    coverage: Coverage


def run_scenarios(paths: Iterable[Path], dialect: str = "") -> tuple[Tested, ...]:
    """Play every scenario of `paths` (files, or folders and what they hold).

    Raises `FileMissing`, `ScenariosUnreadable`, and `DiagramRefused` for diagrams that cannot be read or run.
    """
    told: dict[tuple[tuple[Path, ...], str], list[tuple[Path, Book]]] = {}
    for path in _files(paths):
        book = read_book(_bytes(path), path.name)
        told.setdefault((_diagrams(path, book), dialect or book.dialect), []).append((path, book))
    return tuple(_test(diagrams, books, dialect) for (diagrams, dialect), books in told.items())


def marks_after(path: Path, name: str = "") -> dict[str, Mark]:
    """Where the elements of the diagrams stand once a scenario is played: the one of that name, or the first."""
    book = read_book(_bytes(path), path.name)
    scenario = next((each for each in book.scenarios if not name or each.name == name), None)
    if scenario is None:
        raise FileMissing(file=path, why=Text(f"aucun scénario « {name} »", f"no scenario “{name}”"))
    prepared = _prepared(_diagrams(path, book), book.dialect)
    played = play(prepared, _process(prepared, path, book), scenario, scenario.name)
    return marks_of(played.course) if played.course is not None else {}


def _test(diagrams: tuple[Path, ...], books: Sequence[tuple[Path, Book]], dialect: str) -> Tested:
    try:
        prepared = _prepared(diagrams, dialect)
    except (Unreadable, FileMissing):
        raise
    except Exception as error:
        why = Failed(RUNS, error.said if isinstance(error, JalonError) else unexpected(error))
        ids = [_id(path, each) for path, book in books for each in book.scenarios]
        return Tested(diagrams, tuple(failed(id, None, 0, why) for id in ids), Coverage(0, ()))
    played: list[Played] = []
    for path, book in books:
        process = _process(prepared, path, book)
        played += [play(prepared, process, each, _id(path, each)) for each in book.scenarios]
    passed = {each for one in played if one.course is not None for each in one.course.passed}
    return Tested(diagrams, tuple(each.verdict for each in played), coverage(prepared, passed))


def _id(path: Path, scenario: Scenario) -> str:
    return f"{path.name}: {scenario.name}"


def _prepared(diagrams: tuple[Path, ...], dialect: str) -> Prepared:
    return prepare({each.name: _bytes(each) for each in diagrams}, dialect)


def _process(prepared: Prepared, path: Path, book: Book) -> str:
    process = prepared.main(book.process)
    if not process:
        names = ", ".join(each.id for each in prepared.processes())
        why = Text(f"il doit dire « processus : », l’un de {names}", f"it must say “process:”, one of {names}")
        raise FileMissing(file=path, why=why)
    return process


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob(f"*{SCENARIOS}")) if path.is_dir() else [path]
        if not inside:
            why = Text(f"le dossier ne contient aucun fichier *{SCENARIOS}", f"it holds no *{SCENARIOS} file")
            raise FileMissing(file=path, why=why)
        found += inside
    return found


def _diagrams(path: Path, book: Book) -> tuple[Path, ...]:
    beside = sorted(each for end in ("bpmn", "dmn", "form") for each in path.parent.glob(f"*.{end}"))
    drawn = [path.parent / each for each in book.diagrams] or beside
    if not drawn:
        raise FileMissing(file=path, why=Text("aucun .bpmn n’est à côté de lui", "no .bpmn is beside it"))
    return tuple(each.resolve() for each in drawn)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(file=path, why=error) from error
