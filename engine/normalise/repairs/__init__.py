"""Repairs: what an import changes in what was drawn, in this order. A second pass finds nothing left to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.diagram import Diagram
from engine.normalise.repairs.conditions import conditions
from engine.normalise.repairs.empty import empty
from engine.normalise.repairs.expressions import expressions
from engine.normalise.repairs.ids import ids
from engine.normalise.repairs.interruptions import interruptions
from engine.normalise.repairs.loops import loops
from engine.normalise.repairs.moments import moments
from engine.normalise.repairs.namesakes import namesakes
from engine.normalise.repairs.people import people
from engine.normalise.repairs.references import references
from engine.normalise.repairs.strays import strays
from engine.normalise.repairs.writing import writing
from engine.normalise.rewrite import Repair, Rewrite, Step

REPAIRS: tuple[Step, ...] = (
    writing, ids, strays, namesakes, references, empty, people, interruptions, conditions, loops, moments, expressions,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repaired:
    diagrams: tuple[Diagram, ...]  #: copies; those given are left as they were
    repairs: tuple[Repair, ...]  #: in the order of files and lines


def repair(diagrams: Iterable[Diagram], dialect: str = "") -> Repaired:
    """`diagrams` as Jalon takes them in. `dialect` overrides what their namespaces tell (`dialect_of`)."""
    rewrite = Rewrite([diagram.copy() for diagram in diagrams], dialect)
    for each in REPAIRS:
        each(rewrite)
    order = {diagram.file: number for number, diagram in enumerate(rewrite.diagrams)}
    done = sorted(rewrite.done, key=lambda each: (order[each.place.file], each.place.line))
    return Repaired(tuple(rewrite.diagrams), tuple(done))
