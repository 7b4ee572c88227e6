"""What is drawn and not run."""

from __future__ import annotations

from engine.diagram import Node


class NotRun(ValueError):
    """An element that is not run as it is drawn. `rule` is the review's rule id, `facts` what its sentence says."""

    def __init__(self, rule: str, node: Node, **facts: str) -> None:
        super().__init__(f"{node.diagram.file}:{node.line}: {node.id or node.tag}: {rule} {facts or ''}".rstrip())
        self.rule = rule
        self.node = node
        self.facts = facts
