"""Compilation: the form that the executor reads, in this order. Ids and meaning are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.diagram import Diagram
from engine.normalise.compilation.instances import instances
from engine.normalise.compilation.links import links
from engine.normalise.compilation.together import together
from engine.normalise.rewrite import Repair, Rewrite, Step

COMPILATION: tuple[Step, ...] = (links, together, instances)


@dataclass(frozen=True, slots=True)
class Compiled:
    diagrams: tuple[Diagram, ...]
    explained: tuple[Repair, ...]  #: what the form of the executor is where it is not that of the drawing

    @property
    def files(self) -> Mapping[str, bytes]:
        return {diagram.file: diagram.write() for diagram in self.diagrams}


def compiled(diagrams: Iterable[Diagram]) -> Compiled:
    rewrite = Rewrite([diagram.copy() for diagram in diagrams])
    for each in COMPILATION:
        each(rewrite)
    return Compiled(tuple(rewrite.diagrams), tuple(rewrite.done))
