"""What is drawn and not run, or run only when someone says so, since the drawing does not say enough."""

from __future__ import annotations

from engine.diagram import Node
from engine.rules import RULES
from engine.words import Text


class NotRun(ValueError):
    """An element that is not run as it is drawn. `rule` is the review's rule id, `facts` what its sentence says.

    `by_hand`: it is run, and waits for someone to say what the drawing leaves open.
    """

    def __init__(self, rule: str, node: Node, *, by_hand: bool = False, **facts: str | Text) -> None:
        super().__init__(f"{node.diagram.file}:{node.line}: {node.id or node.tag}: {rule} {facts or ''}".rstrip())
        self.rule = rule
        self.node = node
        self.facts = facts
        self.by_hand = by_hand

    @property
    def process(self) -> str:
        """Id of the process in which it is drawn."""
        node = self.node
        while node.tag != "process" and node.parent != node:
            node = node.parent
        return node.id

    @property
    def said(self) -> Text:
        """Where it is, what is wrong, the remedy: as the review says it."""
        rule, place = RULES[self.rule], self.node.place
        facts = {"name": self.node.name or Text(place.element), **self.facts}
        told = Text("ligne {line}, « {element} » : {what} {remedy}", "line {line}, “{element}”: {what} {remedy}")
        return told.format(
            line=place.line, element=place.element,
            what=rule.sentence.format(**facts), remedy=rule.remedy.format(**facts),
        )  # fmt: skip
