"""Which method some files draw: the id and the version that they say themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagram import Node, drawn_in
from engine.errors import NoProcess
from engine.words import Text

#: characters of an id and of a version, as tables keep them
LONGEST_ID, LONGEST_VERSION = 80, 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """One process of the files."""

    id: str
    file: str
    kind: str  #: `method.kind`; empty where the drawing does not say
    name: Text


@dataclass(frozen=True, slots=True)
class Identity:
    method: str
    version: str
    name: Text
    processes: tuple[Drawn, ...]  #: the main one first, then in the order of the files


def identity(files: Mapping[str, bytes]) -> Identity:
    """The main process is the one whose kind is `method`; of a drawing made elsewhere, the first one meant to run,
    and sooner one that calls others.

    Raises `NoProcess` where nothing is drawn.
    """
    processes = [each for diagram in drawn_in(files) for each in diagram.processes if each.id]
    if not processes:
        raise NoProcess(file=", ".join(files))
    main = min(processes, key=_rank)
    others = [each for each in processes if each != main]
    return Identity(
        method=main.id[:LONGEST_ID],
        version=main.camunda("versionTag")[:LONGEST_VERSION],
        name=named(main) or Text(main.id),
        processes=tuple(_drawn(each) for each in (main, *others)),
    )


def _rank(process: Node) -> tuple[bool, ...]:
    kind = process.properties.get("method.kind", "")
    calls = any(node.tag == "callActivity" for node in process.nodes)
    return kind != "method", bool(kind), process.get("isExecutable") != "true", not calls


def _drawn(process: Node) -> Drawn:
    kind = process.properties.get("method.kind", "")
    return Drawn(process.id, process.diagram.file, kind, named(process) or Text(process.id))


def named(process: Node) -> Text:
    """A modeler writes the name of a process on its pool."""
    pools = (each for each in process.diagram.root.all("participant") if each.get("processRef") == process.id)
    return next((each.name for each in (process, *pools) if each.name), Text(""))
