"""One instance each: what vendors say of a multi-instance, in BPMN's own words (BPMN 2.0, 13.3.7).

camunda:collection, camunda:elementVariable                             Camunda 7, Flowable, Activiti
zeebe:loopCharacteristics inputCollection, inputElement, output…        Camunda 8
"""

from __future__ import annotations

from engine.diagram import ZEEBE, Diagram, Node
from engine.normalise.rewrite import Rewrite

ITEM = "item"


def instances(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for loop in diagram.root.all("multiInstanceLoopCharacteristics"):
            if loop.child("loopDataInputRef") is None:
                _vendors(loop, rewrite)


def one_instance_each(diagram: Diagram) -> Diagram:
    """A copy of `diagram` that is executed as drawn. Ids are kept."""
    rewrite = Rewrite([diagram.copy()])
    instances(rewrite)
    return rewrite.diagrams[0]


def _vendors(loop: Node, rewrite: Rewrite) -> None:
    """What Camunda 8 says of it is read in the words of Camunda 7 (`engine.diagram.zeebe`), but for its results."""
    collection = loop.camunda("collection")
    if not collection:
        return
    item = loop.camunda("elementVariable") or ITEM
    _one_each(loop, collection, item)
    said = loop.extension(ZEEBE, "loopCharacteristics")
    if said is not None and said.get("outputCollection") and said.get("outputElement"):
        loop.add("loopDataOutputRef", said.get("outputCollection"))
        text = said.get("outputElement").removeprefix("=").strip()
        loop.add("outputDataItem", id=text, name=text)
    rewrite.did("instances-read", loop, collection=collection, item=item)


def _one_each(loop: Node, collection: str, item: str) -> None:
    loop.add("loopDataInputRef", collection)
    if item:
        loop.add("inputDataItem", id=item, name=item)
