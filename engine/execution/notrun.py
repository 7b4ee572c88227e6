"""What is drawn and not run, or run only when someone says so, since the drawing does not say enough."""

from __future__ import annotations

from engine.diagram import Node


class NotRun(ValueError):
    """An element that is not run as it is drawn. `rule` is the review's rule id, `facts` what its sentence says.

    `by_hand`: it is run, and waits for someone to say what the drawing leaves open.
    """

    def __init__(self, rule: str, node: Node, *, by_hand: bool = False, **facts: str) -> None:
        super().__init__(f"{node.diagram.file}:{node.line}: {node.id or node.tag}: {rule} {facts or ''}".rstrip())
        self.rule = rule
        self.node = node
        self.facts = facts
        self.by_hand = by_hand
