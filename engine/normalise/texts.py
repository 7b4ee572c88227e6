"""Where expressions stand in a diagram."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagram import Diagram, Node
from engine.moments import is_written_out

BODIES = (
    "conditionExpression", "condition", "loopCondition", "loopCardinality", "completionCondition",
    "timeDuration", "timeDate", "timeCycle",
)  # fmt: skip
TIMES = ("timeDuration", "timeDate", "timeCycle")


@dataclass(frozen=True, slots=True)
class Site:
    """An expression as it stands: the text of an element, or an attribute of it (a Camunda one: `vendor`)."""

    node: Node
    attribute: str = ""
    vendor: bool = False

    @property
    def text(self) -> str:
        if not self.attribute:
            return self.node.body
        return self.node.camunda(self.attribute) if self.vendor else self.node.get(self.attribute)

    def write(self, text: str) -> None:
        if not self.attribute:
            self.node.say(text)
        elif self.vendor:
            self.node.set_camunda(self.attribute, text)
        else:
            self.node.set(self.attribute, text)

    @property
    def language(self) -> str:
        return self.node.get("language").lower()


def sites(diagram: Diagram) -> Iterator[Site]:
    """Every expression that is computed, in the order of the file. Moments that are written out are none."""
    for node in diagram.root.all(*BODIES, "multiInstanceLoopCharacteristics", "callActivity"):
        if node.tag in BODIES:
            if node.body and not (node.tag in TIMES and is_written_out(node.body)):
                yield Site(node)
        elif node.tag == "callActivity":
            if node.get("calledElement")[:2] in ("${", "#{"):
                yield Site(node, "calledElement")
            for way in ("in", "out"):
                for each in node.vendor(way):
                    if each.get("sourceExpression"):
                        yield Site(each, "sourceExpression")
        elif node.camunda("collection"):
            yield Site(node, "collection", vendor=True)
