"""Moments that are drawn."""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagram import Node
from engine.method import Timer


def timers_of(processes: Iterable[Node]) -> Iterable[Timer]:
    for process in processes:
        for node in process.nodes:
            drawn = timer_of(node)
            if drawn is not None:
                yield Timer(
                    id=node.id,
                    name=node.name,
                    process=process.id,
                    place=node.place,
                    kind=drawn.tag,  # type: ignore[arg-type]
                    text=drawn.body,
                    working=node.properties.get("method.clock") == "working",
                    on=node.get("attachedToRef"),
                    interrupts=node.get("cancelActivity") != "false",
                )


def timer_of(node: Node) -> Node | None:
    """What says when an intermediate or boundary event comes, where that is a moment and nothing else."""
    if node.tag not in ("intermediateCatchEvent", "boundaryEvent"):
        return None
    definitions = [child for child in node.children() if child.tag.endswith("EventDefinition")]
    if [each.tag for each in definitions] != ["timerEventDefinition"]:
        return None
    said = list(definitions[0].children("timeDuration", "timeDate", "timeCycle"))
    return said[0] if len(said) == 1 else None
