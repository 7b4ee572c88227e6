"""Line and column of each element: where its opening tag starts, as an editor counts.

The parser that reads diagrams keeps the line where an opening tag ends. A second reading tells where it began.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from engine.diagram import Diagram
from engine.method import Place

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


class Positions:
    """Of the elements of one file that was read already (so it is small, plain and well-formed)."""

    def __init__(self, diagram: Diagram) -> None:
        self.content = diagram.content
        #: line and column, by the line where a tag ends, and its id; by the line alone, of the first there
        self.begun: dict[tuple[int, str], tuple[int, int]] = {}
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.StartElementHandler = self._start
        self.parser.Parse(self.content, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        opened = _TAG.match(self.content, self.parser.CurrentByteIndex)
        ends = line + (opened[0].count(b"\n") if opened else 0)
        for id in {attributes.get("id", ""), ""}:
            self.begun.setdefault((ends, id), (line, column))

    def of(self, place: Place) -> Place:
        """`place` with the line and column where its element begins."""
        known = self.begun.get((place.line, place.element)) or self.begun.get((place.line, ""))
        line, column = known or (place.line, 1)
        return Place(place.file, line, place.element, column)
