"""One instance each: what vendors say of a multi-instance, in BPMN's own words (BPMN 2.0, 13.3.7).

camunda:collection, camunda:elementVariable                             Camunda 7, Flowable, Activiti
zeebe:loopCharacteristics inputCollection, inputElement, output…        Camunda 8
"""

from __future__ import annotations

from engine.diagram import Diagram, Node
from engine.normalise.dialects import ZEEBE
from engine.normalise.rewrite import Rewrite

ITEM = "item"


def instances(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for loop in diagram.root.all("multiInstanceLoopCharacteristics"):
            if loop.child("loopDataInputRef") is None:
                _camunda(loop, rewrite)
                _zeebe(loop, rewrite)


def one_instance_each(diagram: Diagram) -> Diagram:
    """A copy of `diagram` that is executed as drawn. Ids are kept."""
    rewrite = Rewrite([diagram.copy()])
    instances(rewrite)
    return rewrite.diagrams[0]


def _camunda(loop: Node, rewrite: Rewrite) -> None:
    collection = loop.camunda("collection")
    if collection:
        item = loop.camunda("elementVariable") or ITEM
        _one_each(loop, collection, item)
        rewrite.did("instances-read", loop, collection=collection, item=item)


def _zeebe(loop: Node, rewrite: Rewrite) -> None:
    said = loop.extension(ZEEBE, "loopCharacteristics")
    if said is None or not said.get("inputCollection"):
        return
    _one_each(loop, said.get("inputCollection"), said.get("inputElement"))
    if said.get("outputCollection") and said.get("outputElement"):
        loop.add("loopDataOutputRef", said.get("outputCollection"))
        text = said.get("outputElement").removeprefix("=").strip()
        loop.add("outputDataItem", id=text, name=text)
    rewrite.did("instances-read", loop, collection=said.get("inputCollection"), item=said.get("inputElement"))


def _one_each(loop: Node, collection: str, item: str) -> None:
    loop.add("loopDataInputRef", collection)
    if item:
        loop.add("inputDataItem", id=item, name=item)
