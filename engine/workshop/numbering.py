"""Give a method that is drawn another version number."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagram import drawn_in
from engine.errors import NumberTooSmall
from engine.overlay.difference import must_be_number, numbers_of
from engine.workshop.identity import LONGEST_VERSION, identity


def numbered(files: Mapping[str, bytes], version: str, least: str = "") -> dict[str, bytes]:
    """The same files, the main process with `version`. `least`: the smallest that says what changed; empty: any.

    Raises `NoProcess` where nothing is drawn, `NumberInvalid`, `NumberTooSmall`.
    """
    must_be_number(version[:LONGEST_VERSION])
    if least and (numbers_of(version) or ()) < (numbers_of(least) or ()):
        raise NumberTooSmall(version=version, least=least)
    main = identity(files).processes[0]
    found = dict(files)
    diagram = next(each for each in drawn_in(files) if each.file == main.file)
    process = next(each for each in diagram.processes if each.id == main.id)
    process.set_camunda("versionTag", version)
    found[main.file] = diagram.write()
    return found
