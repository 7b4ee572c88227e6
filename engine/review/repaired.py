"""A diagram as an import takes it in: repaired, with a place for everything, for its owner to see, accept and own."""

from __future__ import annotations

from dataclasses import dataclass

from engine.diagram import Diagram
from engine.drawing import has_layout, place
from engine.normalise import repair
from engine.review import review
from engine.review.findings import Finding
from engine.rules.repaired import REPAIRS


@dataclass(frozen=True, slots=True)
class Mended:
    """`content` is that of the file where nothing had to be repaired or placed, to the byte."""

    content: bytes
    repairs: tuple[Finding, ...]  #: notes, in the order of the file
    placed: bool = False  #: the file had no layout


def mended(content: bytes, file: str, dialect: str = "") -> Mended:
    """Raises `DiagramRefused` and `TooLarge` for a file that cannot be read."""
    done = repair([Diagram(content, file)], dialect)
    placed = not has_layout(content)
    if not done.repairs and not placed:
        return Mended(content, ())
    renamed = [(each.facts["old"], each.facts["new"]) for each in done.repairs if each.rule == "id-renamed"]
    told = review({file: content}, dialect).findings
    written = place(done.diagrams[0].write(), renamed)
    return Mended(written, tuple(each for each in told if each.rule in REPAIRS), placed and has_layout(written))
