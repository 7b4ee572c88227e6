"""Which flows of the diagrams no scenario takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.diagram import Node
from engine.scenarios.program import Prepared
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Missed:
    """A flow that no scenario takes."""

    id: str
    name: Text
    source: Text
    target: Text
    file: str
    line: int

    def in_words(self, language: str) -> str:
        name = f" « {self.name.read(language)} »" if self.name else ""
        way = f"{self.source.read(language)} → {self.target.read(language)}"
        return f"{self.file}:{self.line} {self.id}{name} ({way})"

    def as_row(self, language: str) -> dict[str, Any]:
        return {
            "flow": self.id, "name": self.name.read(language), "source": self.source.read(language),
            "target": self.target.read(language), "file": self.file, "line": self.line,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    flows: int
    missed: tuple[Missed, ...]


def coverage(prepared: Prepared, passed: Iterable[tuple[str, str]]) -> Coverage:
    """`passed`: the flows that tokens took, each with its process or sub-process."""
    taken = frozenset(passed)
    drawn = [flow for diagram in prepared.diagrams for flow in diagram.root.all("sequenceFlow")]
    missed = tuple(_missed(prepared, flow) for flow in drawn if (holder(flow), flow.id) not in taken)
    return Coverage(len(drawn), missed)


def holder(flow: Node) -> str:
    """The process or sub-process in which it is drawn."""
    return str(flow.element.getparent().get("id", ""))


def _missed(prepared: Prepared, flow: Node) -> Missed:
    source, target = prepared.told(flow.get("sourceRef")), prepared.told(flow.get("targetRef"))
    return Missed(flow.id, flow.name, source, target, flow.diagram.file, flow.line)
