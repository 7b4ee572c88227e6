"""Which flows of the diagrams no scenario takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def coverage(prepared: Prepared, passed: Iterable[tuple[str, str, str]]) -> Coverage:
    """`passed`: (process, from, to) of each token that went on."""
    taken = _taken(prepared, frozenset(passed))
    drawn = [flow for diagram in prepared.diagrams for flow in diagram.root.all("sequenceFlow")]
    missed = tuple(_missed(prepared, flow) for flow in drawn if (_holder(flow), flow.id) not in taken)
    return Coverage(len(drawn), missed)


def _taken(prepared: Prepared, passed: frozenset[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """(process, flow) of what the executor reads: a flow keeps its id there, its ends may be others."""
    return set(_flows(prepared, passed))


def _flows(prepared: Prepared, passed: frozenset[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    for diagram in prepared.compiled:
        for flow in diagram.root.all("sequenceFlow"):
            if (_holder(flow), flow.get("sourceRef"), flow.get("targetRef")) in passed:
                yield _holder(flow), flow.id


def _holder(flow: Node) -> str:
    return str(flow.element.getparent().get("id", ""))


def _missed(prepared: Prepared, flow: Node) -> Missed:
    source, target = prepared.called(flow.get("sourceRef")), prepared.called(flow.get("targetRef"))
    return Missed(flow.id, flow.name, source, target, flow.diagram.file, flow.line)
