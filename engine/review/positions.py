"""Line and column of each element: where its opening tag starts, as an editor counts."""

from __future__ import annotations

from xml.parsers import expat

from engine.diagram import Diagram
from engine.method import Place


class Positions:
    """Of the elements of one file that was read already (so it is small, plain and well-formed)."""

    def __init__(self, diagram: Diagram) -> None:
        self.by_id: dict[str, tuple[int, int]] = {}
        self.by_line: dict[int, tuple[int, int]] = {}
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.StartElementHandler = self._start
        self.parser.Parse(diagram.content, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        here = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        if "id" in attributes:
            self.by_id.setdefault(attributes["id"], here)
        self.by_line.setdefault(here[0], here)

    def of(self, place: Place) -> Place:
        line, column = self.by_id.get(place.element) or self.by_line.get(place.line) or (place.line, 1)
        return Place(place.file, line, place.element, column)
