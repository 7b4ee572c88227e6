"""Uploads, or a zip -> the files of a method, each read safely. Whoever sent them may have sent anything."""

from __future__ import annotations

import io
import json
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine import dmn
from engine.beside import is_decision, is_form, is_scenarios, running, scenarios_among
from engine.diagram import LARGEST, Diagram, drawn_back
from engine.drawing import has_layout, place
from engine.errors import ArchiveUnreadable, DiagramNotDrawn, FileNamedTwice, NoDiagram, ScriptInside, TooLarge
from engine.scenarios.reading import read_book
from engine.words import Text, megabytes
from engine.workshop.archive import MANIFEST
from engine.workshop.identity import identity

LARGEST_ARCHIVE = 20_000_000  #: bytes of what a zip holds, unpacked
MOST_FILES = 100  #: in one method
LARGEST_SCENARIOS = 500_000  #: bytes of all the scenarios of one method
LONGEST_NAME = 120  #: characters of a file's name
NOTHING: Mapping[str, bytes] = {}
DIAGRAMS = (".bpmn", ".bpmn20.xml", ".bpmn.xml", ".bpmn2", ".dmn", ".form")


@dataclass(frozen=True, slots=True)
class Brought:
    files: dict[str, bytes]  #: by name, without folders, in UTF-8
    revision: int | None  #: that an exported zip says it is of
    ignored: tuple[str, ...]  #: what is neither a diagram nor scenarios: names, in order
    stayed: tuple[str, ...]  #: what was there and was not sent: names, in order


def brought(uploads: Mapping[str, bytes], kept: Mapping[str, bytes] = NOTHING) -> Brought:
    """What was sent, zips opened, beside what is `kept`: files of the same name take its place.

    Raises `ArchiveUnreadable`, `TooLarge`, `FileNamedTwice`, `NoDiagram`, `ScriptInside`, `ScenariosUnreadable`,
    `Unreadable` for what is no BPMN, and beside others `NoProcess`.
    """
    files: dict[str, bytes] = {}
    ignored: list[str] = []
    revision: int | None = None
    for name, content in _members(uploads):
        short = posixpath.basename(name.replace("\\", "/"))[-LONGEST_NAME:]
        if short == MANIFEST:
            revision = _revision(content)
        elif not (short.lower().endswith(DIAGRAMS) or is_scenarios(short)):
            ignored.append(short)
        elif short in files:
            raise FileNamedTwice(file=short)
        else:
            files[short] = _read(short, content)
    if not files or not running({**kept, **files}):
        raise NoDiagram(found=", ".join([*files, *ignored][:5]) or Text("rien", "nothing"))
    must_fit(files)
    if kept and any(not (is_form(name) or is_decision(name)) for name in running(files)):
        identity(files)  # raises where none of them draws anything
    stayed = sorted(kept.keys() - files.keys())
    files = {**kept, **files}
    must_fit(files)
    return Brought(dict(sorted(drawn_back(files).items())), revision, tuple(sorted(ignored)), tuple(stayed))


def method_of(uploads: Mapping[str, bytes]) -> str:
    """The id of the method that they draw. Raises what `brought` does, and `NoProcess`."""
    return identity(brought(uploads).files).method


def _members(uploads: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """An office document is a zip too: only what is named so is opened."""
    for name, content in uploads.items():
        if name.lower().endswith(".zip"):
            yield from _unpacked(name, content)
        else:
            yield name, content


def _unpacked(file: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The size that a zip says of its members is not believed: reading stops at the limit."""
    left = LARGEST_ARCHIVE
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [each for each in packed.infolist() if not each.is_dir() and _is_ours(each.filename)]
            if len(members) > 2 * MOST_FILES:
                raise _too_many(len(members))
            for each in members:
                with packed.open(each) as opened:
                    read = opened.read(left + 1)
                left -= len(read)
                if left < 0:
                    limit = megabytes(LARGEST_ARCHIVE)
                    raise TooLarge(name=file, size=Text(f"> {limit.fr}", f"> {limit.en}"), limit=limit)
                yield each.filename, read
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ArchiveUnreadable(file=file) from error


def _is_ours(name: str) -> bool:
    """Not what a machine puts beside the files (`__MACOSX/`, `.git/`, `.camunda/`)."""
    return not any(part.startswith((".", "__")) for part in name.split("/") if part not in (".", ".."))


def _read(name: str, content: bytes) -> bytes:
    if is_scenarios(name):
        read_book(content, name)
        return content
    if is_form(name):  # what is wrong in it, the review says at the tasks that it is of
        if len(content) > LARGEST:
            raise TooLarge(name=name, size=megabytes(len(content), 1), limit=megabytes(LARGEST))
        return content
    if is_decision(name):
        dmn.read(content, name)
        return content
    diagram = Diagram(content, name)
    for element in diagram.root.element.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in ("script", "scriptTask"):
            raise ScriptInside(file=name, line=element.sourceline or 1)
    return placed(diagram.content)


def placed(content: bytes) -> bytes:
    """With a layout, where a diagram has none; otherwise byte for byte as it is."""
    try:
        return content if has_layout(content) else place(content)
    except DiagramNotDrawn:
        return content


def _revision(content: bytes) -> int | None:
    try:
        said = json.loads(content)
        return int(said["revision"])
    except (ValueError, TypeError, KeyError):
        return None


def must_fit(files: Mapping[str, bytes]) -> None:
    """Raises `TooLarge` for more than a draft holds."""
    if len(files) > MOST_FILES:
        raise _too_many(len(files))
    scenarios_must_fit(files)


def scenarios_must_fit(files: Mapping[str, bytes]) -> None:
    """Raises `TooLarge`: a page reads them all."""
    size = sum(map(len, scenarios_among(files).values()))
    if size > LARGEST_SCENARIOS:
        raise TooLarge(
            name=Text("Les scénarios réunis", "The scenarios together"), size=f"{size / 1e3:.0f} ko",
            limit=f"{LARGEST_SCENARIOS / 1e3:.0f} ko",
        )  # fmt: skip


def _too_many(count: int) -> TooLarge:
    return TooLarge(
        name=Text("L’envoi", "What was sent"), size=Text(f"{count} fichiers", f"{count} files"),
        limit=Text(f"{MOST_FILES} fichiers", f"{MOST_FILES} files"),
    )  # fmt: skip
