"""Attributes that BPMN has, that hardly any modeler offers, and that are not run: what may stand there, and instead."""

from __future__ import annotations

from engine.diagram import Node
from engine.execution.notrun import NotRun
from engine.words import Text

_EVENT = Text("un événement d’envoi après l’activité", "a throwing event after the activity")
_ATTRIBUTES = {
    "startQuantity": (
        ("", "0", "1"),
        Text("une passerelle parallèle qui attend ce qu’il faut", "a parallel gateway that waits for what is needed"),
    ),
    "completionQuantity": (
        ("", "0", "1"),
        Text("une passerelle parallèle après l’activité", "a parallel gateway after the activity"),
    ),
    "eventGatewayType": (
        ("", "Exclusive"),
        Text("une passerelle parallèle suivie des événements", "a parallel gateway followed by the events"),
    ),
}


def refuse_unusual(node: Node) -> None:
    """Raises `NotRun`."""
    for attribute, (may_be, instead) in _ATTRIBUTES.items():
        if node.get(attribute) not in may_be:
            raise NotRun("attribute-not-run", node, attribute=attribute, value=node.get(attribute), instead=instead)
    many = node.child("multiInstanceLoopCharacteristics")
    for event in ("noneBehaviorEventRef", "oneBehaviorEventRef"):
        if many is not None and many.get(event):
            raise NotRun("attribute-not-run", node, attribute=event, value=many.get(event), instead=_EVENT)
