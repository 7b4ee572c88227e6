"""Stock SpiffWorkflow with its own serializer: load, complete, run on, save, in memory and without a database."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.diagram import Diagram
from engine.execution.program import ENGINE
from engine.normalise import one_instance_each


def stock(files: Mapping[str, bytes], process: str, variables: dict[str, Any], most: int) -> list[float]:
    """Seconds of each of at most `most` completions of one project, every gate passed.

    FEEL for the conditions, as ours. `variables` are what each task says: stock keeps the answers in its state.
    """
    parser = BpmnParser()
    for name, content in files.items():
        parser.add_bpmn_str(passed_twice(one_instance_each(Diagram(content, name))), name)
    specs = {id: parser.get_spec(id) for id in parser.get_process_ids()}
    specs |= parser.get_subprocess_specs(process)
    serializer = BpmnWorkflowSerializer()
    workflow = BpmnWorkflow(specs[process], specs, script_engine=ENGINE)
    workflow.task_tree.data.update(variables)
    workflow.do_engine_steps()
    state = serializer.serialize_json(workflow)
    found: list[float] = []
    while len(found) < most:
        at = time.perf_counter()
        workflow = serializer.deserialize_json(state)
        workflow.script_engine = ENGINE
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        if task is None:
            break
        task.data.update(variables)
        task.run()
        workflow.do_engine_steps()
        state = serializer.serialize_json(workflow)
        found.append(time.perf_counter() - at)
    return found


def passed_twice(diagram: Diagram) -> bytes:
    """With each collection as its own output: left alone, SpiffWorkflow 3.2.0 fails on the second round of a loop."""
    for loop in diagram.root.all("multiInstanceLoopCharacteristics"):
        collection, item = loop.child("loopDataInputRef"), loop.child("inputDataItem")
        if collection is not None and item is not None:
            loop.add("loopDataOutputRef", collection.body)
            loop.add("outputDataItem", id=item.id, name=item.id)
    return diagram.write()
