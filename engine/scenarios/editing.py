"""A file of scenarios with one renamed or taken out; every other line, comments too, stays as it was written."""

from __future__ import annotations

from engine import document
from engine.document import Listed, Named, Words
from engine.errors import NotFound, ScenarioNotEdited
from engine.scenarios import keywords
from engine.scenarios.reading import read_book
from engine.scenarios.writing import quoted


def renamed(content: bytes, file: str, name: str, called: str) -> bytes:
    """Raises `ScenarioNotEdited` for a file that is laid out in another way than line by line."""
    said, lines = _found(content, file, name), _lines(content)
    words = next(each for word, each in said.items.items() if keywords.is_said(word, keywords.SCENARIO["scenario"]))
    assert isinstance(words, Words)
    line = lines[words.line - 1]
    lines[words.line - 1] = f"{line[: words.column - 1]}{quoted(called)}\n"
    names = [called if each.name == name else each.name for each in read_book(content, file).scenarios]
    return _must_hold("".join(lines).encode(), file, names)


def without(content: bytes, file: str, name: str) -> bytes | None:
    """None where no scenario is left. Raises `ScenarioNotEdited`."""
    said, lines = _found(content, file, name), _lines(content)
    book = read_book(content, file)
    names = [each.name for each in book.scenarios if each.name != name]
    if not names:
        return None
    following = [each.line for each in book.scenarios if each.line > said.line]
    until = min(following) if following else _after(content, file, said.line, len(lines) + 1)
    while lines[until - 2].lstrip().startswith("#"):  # it speaks of what follows
        until -= 1
    return _must_hold("".join([*lines[: said.line - 1], *lines[until - 1 :]]).encode(), file, names)


def _after(content: bytes, file: str, line: int, last: int) -> int:
    """The line of what follows the list of scenarios, at the top of the file."""
    top = document.read(content, file)
    assert isinstance(top, Named)
    return min((each.line for each in top.keys.values() if each.line > line), default=last)


def _found(content: bytes, file: str, name: str) -> Named:
    top = document.read(content, file)
    assert isinstance(top, Named)
    for word, each in top.items.items():
        if keywords.is_said(word, keywords.FILE["scenarios"]) and isinstance(each, Listed):
            for scenario, known in zip(each.items, read_book(content, file).scenarios, strict=True):
                if known.name == name and isinstance(scenario, Named):
                    return scenario
    raise NotFound


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines(keepends=True)


def _must_hold(content: bytes, file: str, names: list[str]) -> bytes:
    """What was changed by lines is what was meant."""
    try:
        found = [each.name for each in read_book(content, file).scenarios]
    except Exception as error:
        raise ScenarioNotEdited(file=file) from error
    if found != names:
        raise ScenarioNotEdited(file=file)
    return content
