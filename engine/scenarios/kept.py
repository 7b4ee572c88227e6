"""The scenarios that a draft keeps in its files: which they are, and what comes of playing them on its diagrams.

A pure function of the files: what was played once is known until a file changes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from engine.beside import scenarios_among
from engine.errors import FileMissing, JalonError, ScenariosUnreadable
from engine.release import digest_of
from engine.scenarios.advice import advice
from engine.scenarios.allowance import Allowance
from engine.scenarios.play import RUNS, Played, play, unexpected
from engine.scenarios.program import Prepared, prepare
from engine.scenarios.reading import read_book
from engine.scenarios.scenario import Book, Scenario
from engine.scenarios.taken import TakenLine, Went, lines
from engine.scenarios.verdict import Failed, Verdict, failed
from engine.words import Text

#: runs that this process remembers
MOST_KNOWN = 32
#: files of scenarios that it remembers as read
MOST_BOOKS = 128


@dataclass(frozen=True, slots=True)
class Kept:
    """A scenario of a draft."""

    file: str
    name: str
    line: int  #: in the file
    steps: int


@dataclass(frozen=True, slots=True)
class Ran:
    """A scenario that was played. `steps`: those that were done before what went otherwise."""

    file: str
    name: str
    verdict: Verdict
    advice: Text  #: what to do; empty where it passed
    steps: int


@dataclass(frozen=True, slots=True)
class Run:
    """What came of playing scenarios."""

    ran: tuple[Ran, ...]
    lines: tuple[TakenLine, ...]  #: where they went
    spent: bool  #: there were too many to be played at once

    @property
    def failing(self) -> tuple[Ran, ...]:
        return tuple(each for each in self.ran if not each.verdict.passed)


def books(files: Mapping[str, bytes]) -> tuple[tuple[Book, ...], tuple[ScenariosUnreadable, ...]]:
    """What the scenario files hold, by name; and why some cannot be read."""
    read, unread = [], []
    for name, content in sorted(scenarios_among(files).items()):
        try:
            read.append(_book(content, name))
        except ScenariosUnreadable as refusal:
            unread.append(refusal)
    return tuple(read), tuple(unread)


@lru_cache(maxsize=MOST_BOOKS)
def _book(content: bytes, file: str) -> Book:
    return read_book(content, file)


def kept(found: Iterable[Book]) -> tuple[Kept, ...]:
    return tuple(Kept(book.file, each.name, each.line, len(each.steps)) for book in found for each in book.scenarios)


def run(files: Mapping[str, bytes], only: tuple[str, str] | None = None, allowance: Allowance | None = None) -> Run:
    """Play all that `files` hold, or `only` one (file, name), within `allowance`, or what one request is given.

    Raises `DiagramRefused` for diagrams that do not run.
    """
    found = known(files, only)
    if found is not None:
        return found
    found = _run(files, only, allowance or Allowance())
    if allowance is None or not found.spent:  # what did not fit may fit another time
        with _LOCK:
            _KNOWN[_key(files, only)] = found
            while len(_KNOWN) > MOST_KNOWN:
                _KNOWN.popitem(last=False)
    return found


def known(files: Mapping[str, bytes], only: tuple[str, str] | None = None) -> Run | None:
    """What came of it where this process played exactly that; None where it did not."""
    key = _key(files, only)
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
        return _KNOWN.get(key)


_KNOWN: OrderedDict[str, Run] = OrderedDict()
_LOCK = Lock()


def _key(files: Mapping[str, bytes], only: tuple[str, str] | None) -> str:
    sum = hashlib.sha256(digest_of(files).encode())
    for name, content in sorted(scenarios_among(files).items()):
        sum.update(name.encode() + b"\x00" + str(len(content)).encode() + b"\x00" + content)
    return sum.hexdigest() + repr(only or "")


def _run(files: Mapping[str, bytes], only: tuple[str, str] | None, allowance: Allowance) -> Run:
    whole = prepare(files)
    ran: list[Ran] = []
    went: dict[str, Went] = {}
    for book in books(files)[0]:
        wanted = [each for each in book.scenarios if only is None or only == (book.file, each.name)]
        for scenario in wanted:
            one = _one(files, whole, book, scenario, allowance)
            ran.append(_ran(whole, book, scenario, one))
            if one.course is not None:
                where = Went(frozenset(one.course.passed), frozenset(one.course.decided))
                went[scenario.name if scenario.name not in went else f"{book.file} : {scenario.name}"] = where
    return Run(tuple(ran), lines(whole, went), allowance.spent)


def _one(files: Mapping[str, bytes], whole: Prepared, book: Book, scenario: Scenario, allowance: Allowance) -> Played:
    try:
        prepared = prepare(_named(files, book), book.dialect) if book.diagrams or book.dialect else whole
        process = prepared.main(book.process)
        if not process:
            names = ", ".join(each.id for each in prepared.processes())
            why = Text(f"il doit dire « processus : », l’un de {names}", f"it must say “process:”, one of {names}")
            raise FileMissing(file=book.file, why=why)
    except JalonError as refusal:
        return Played(failed(scenario.name, None, scenario.line, Failed(RUNS, refusal.said)), None)
    except Exception as error:
        return Played(failed(scenario.name, None, scenario.line, Failed(RUNS, unexpected(error))), None)
    return play(prepared, process, scenario, scenario.name, allowance)


def _named(files: Mapping[str, bytes], book: Book) -> dict[str, bytes]:
    """The diagrams that the file names, else all."""
    if not book.diagrams:
        return dict(files)
    missing = [each for each in book.diagrams if each not in files]
    if missing:
        raise FileMissing(file=missing[0], why=Text("il n’est pas dans le brouillon", "it is not in the draft"))
    return {each: files[each] for each in book.diagrams}


def _ran(whole: Prepared, book: Book, scenario: Scenario, one: Played) -> Ran:
    verdict = one.verdict
    done = len(scenario.steps) if verdict.passed else max((verdict.step or 1) - 1, 0)
    return Ran(book.file, scenario.name, verdict, advice(whole, scenario, verdict), done)
