"""Give a method that is drawn another version number."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagram import drawn_in
from engine.workshop.identity import identity


def numbered(files: Mapping[str, bytes], version: str) -> dict[str, bytes]:
    """The same files, the main process with `version`. Raises `NoProcess` where nothing is drawn."""
    main = identity(files).processes[0]
    found = dict(files)
    diagram = next(each for each in drawn_in(files) if each.file == main.file)
    process = next(each for each in diagram.processes if each.id == main.id)
    process.set_camunda("versionTag", version)
    found[main.file] = diagram.write()
    return found
