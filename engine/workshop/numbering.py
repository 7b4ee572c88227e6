"""Give a method that is drawn another version number."""

from __future__ import annotations

from collections.abc import Mapping

from engine import dmn
from engine.diagram import Diagram
from engine.workshop.identity import identity


def numbered(files: Mapping[str, bytes], version: str) -> dict[str, bytes]:
    """The same files, the main process with `version`. Raises `NoProcess` where nothing is drawn."""
    main = identity(files).processes[0]
    found = dict(files)
    diagram = Diagram(dmn.apart(files)[0][main.file], main.file)
    process = next(each for each in diagram.processes if each.id == main.id)
    process.set_camunda("versionTag", version)
    found[main.file] = diagram.write()
    return found
