"""A loop that says neither how often nor until when is done once; several instances of nobody knows what are one."""

from __future__ import annotations

from engine.normalise.rewrite import Rewrite


def loops(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for loop in list(diagram.root.all("standardLoopCharacteristics")):
            condition = loop.child("loopCondition")
            if not loop.get("loopMaximum").isdigit() and (condition is None or not condition.body):
                rewrite.did("loop-done-once", loop)
                loop.remove()
        for loop in list(diagram.root.all("multiInstanceLoopCharacteristics")):
            said = [child for child in loop.children("loopCardinality", "loopDataInputRef") if child.body]
            if not said and not loop.camunda("collection"):
                rewrite.did("instances-become-one", loop)
                loop.remove()
