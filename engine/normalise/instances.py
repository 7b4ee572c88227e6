"""One instance each: `camunda:collection` -> BPMN's own loopDataInputRef (BPMN 2.0, 13.3.7)."""

from __future__ import annotations

from engine.diagram import Diagram


def one_instance_each(diagram: Diagram) -> Diagram:
    """A copy of `diagram` that SpiffWorkflow executes as drawn. Ids are kept."""
    copy = diagram.copy()
    for loop in copy.root.all("multiInstanceLoopCharacteristics"):
        collection = loop.camunda("collection")
        if collection and loop.child("loopDataInputRef") is None:
            item = loop.camunda("elementVariable") or "item"
            loop.add("loopDataInputRef", collection)
            loop.add("inputDataItem", id=item, name=item)
    return copy
