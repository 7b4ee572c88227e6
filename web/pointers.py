"""Where a pointer of the engine leads: the page on which what stands in the way is mended."""

from __future__ import annotations

import re

from flask import Flask, g, url_for

from engine import Pointer

#: places of a project's own page, by their anchor
ANCHORS = {"reserves": "reserves", "people": "people", "services": "services", "files": "files", "project": ""}
_REFERS = re.compile(r"(file|task|entry):(\d{1,18})")


def install(app: Flask) -> None:
    app.jinja_env.globals.update(pointer_address=address, evidence_address=evidence_address, file_address=file_address)


def address(pointer: Pointer) -> str:
    if pointer.place == "task":
        return url_for("task.show", task=pointer.id)
    if pointer.place == "gate":
        return url_for("gates.page", task=pointer.id)
    if pointer.place == "entry":
        return entry_address(pointer.id)
    if pointer.place == "guests":
        return url_for("guests.index", project=pointer.id)
    return url_for("projects.page", project=pointer.id, _anchor=ANCHORS[pointer.place] or None)


def file_address(file: int) -> str:
    """Of an attached file; a guest gets it through their link."""
    if g.get("link"):
        return url_for("guests.file", secret=g.link, file=file)
    return url_for("files.download", file=file)


def entry_address(entry: int) -> str:
    """Of an entry of a register."""
    return url_for("entries.page", entry=entry)


def evidence_address(refers: str) -> str:
    """`file:12`, `task:5` or `entry:7`; empty where it is nothing of the kind."""
    found = _REFERS.fullmatch(refers)
    if found is None:
        return ""
    kind, id = found[1], int(found[2])
    if kind == "file":
        return url_for("files.download", file=id)
    return url_for("task.show", task=id) if kind == "task" else entry_address(id)


def split(refers: str) -> tuple[str, int | None]:
    """What a page posted -> the kind of the evidence and what it refers to."""
    found = _REFERS.fullmatch(refers)
    return (found[1], int(found[2])) if found else ("text", None)


def kind_of(words: str, refers: str) -> tuple[str, int | None]:
    """The same, where words that are an address of the web are a link."""
    kind, id = split(refers)
    link = id is None and re.match(r"https?://\S+$", words.strip())
    return ("link", None) if link else (kind, id)
