"""BPMN from a few lines, so that a test shows the whole drawing that it is about.

    start s -> a
    user a "Avis" -> d
    on t of=a (timer P5D) -> e          an event on the border of `a`; `on!` interrupts nothing
    xor d -> b [x = 1], c [default]
    sub p -> e                          what is indented under it is in it; `sub! p`: an event sub-process
      start ps -> pu
      user pu
    call c calls=q [each items as item] -> e
    process q                           what follows is in a further process

Events: (message M) (signal S) (timer P5D) (condition x > 1) (error E) (escalation X) (terminate) (cancel) (link L).
Loops: [each LIST as ITEM], [each LIST as ITEM in turn], [times N], each with [enough CONDITION]; [while CONDITION].
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
TAGS = {
    "start": "startEvent", "end": "endEvent", "catch": "intermediateCatchEvent", "throw": "intermediateThrowEvent",
    "on": "boundaryEvent", "on!": "boundaryEvent", "user": "userTask", "manual": "manualTask", "task": "task",
    "service": "serviceTask", "send": "sendTask", "receive": "receiveTask", "rule": "businessRuleTask",
    "script": "scriptTask", "call": "callActivity", "sub": "subProcess", "sub!": "subProcess",
    "transaction": "transaction", "adhoc": "adHocSubProcess", "xor": "exclusiveGateway", "and": "parallelGateway",
    "or": "inclusiveGateway", "race": "eventBasedGateway", "complex": "complexGateway", "process": "process",
}  # fmt: skip
ATTRIBUTES = {"calls": "calledElement", "of": "attachedToRef", "interrupts": "isInterrupting", "most": "loopMaximum"}
LINE = re.compile(
    r'(\S+) (\w+)(?: "([^"]*)")?((?: [\w:]+=\S+)*)((?: \([^()]*(?:\(.*?\)[^()]*)*\)| \[[^\]]*\])*)(?: -> (.*))?'
)
MARK = re.compile(r" \(([^()]*(?:\(.*?\)[^()]*)*)\)| \[([^\]]*)\]")
TARGET = re.compile(r'(\w+)(?: "([^"]*)")?(?: \[([^\]]*)\])?')


def sketch(text: str, namespaces: str = "") -> bytes:
    """The file of `text`; its first process is `p`. `namespaces`: more declarations at its root."""
    root = ElementTree.Element("definitions")
    scopes = [_added(root, "process", id="p", isExecutable="true")]
    lines = [line for line in text.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    for line in lines:
        depth = (len(line) - len(line.lstrip()) - margin) // 2
        del scopes[depth + 1 :]
        said = LINE.fullmatch(line.strip())
        assert said is not None, line
        if said[1] == "process":
            scopes = [_added(root, "process", id=said[2], isExecutable="true")]
        else:
            scopes.append(_element(said, scopes[depth], root))
    body = ElementTree.tostring(root, "unicode").removeprefix("<definitions>")
    return f'<definitions xmlns="{BPMN}" xmlns:camunda="{CAMUNDA}" targetNamespace="t" {namespaces}>{body}'.encode()


def _added(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    made = ElementTree.SubElement(parent, tag, attributes)
    made.text = text or None
    return made


def _element(said: re.Match[str], scope: Any, root: Any) -> Any:
    kind, id, name, attributes, marks, targets = said.groups()
    node = _added(scope, TAGS[kind], id=id)
    if name:
        node.set("name", name)
    if kind == "on!":
        node.set("cancelActivity", "false")
    if kind == "sub!":
        node.set("triggeredByEvent", "true")
    for pair in attributes.split():
        key, _, value = pair.partition("=")
        node.set(ATTRIBUTES.get(key, key), value)
    loop = None
    for event, mark in MARK.findall(marks):
        loop = _loop(node, mark, loop) if mark else _event(node, event, root)
    for number, (target, label, condition) in enumerate(TARGET.findall(targets or "")):
        flow = _added(scope, "sequenceFlow", id=f"{id}.{number}", sourceRef=id, targetRef=target)
        if label:
            flow.set("name", label)
        if condition == "default":
            node.set("default", f"{id}.{number}")
        elif condition:
            _added(flow, "conditionExpression", condition)
    return node


def _loop(node: Any, mark: str, loop: Any) -> Any:
    kind, _, said = mark.partition(" ")
    if kind == "while":
        return _added(_added(node, "standardLoopCharacteristics"), "loopCondition", said)
    if kind == "enough":
        _added(loop, "completionCondition", said)
        return loop
    loop = _added(node, "multiInstanceLoopCharacteristics")
    if said.endswith(" in turn"):
        loop.set("isSequential", "true")
        said = said.removesuffix(" in turn")
    if kind == "times":
        _added(loop, "loopCardinality", said)
    else:
        collection, _, item = said.partition(" as ")
        loop.set("camunda:collection", collection)
        loop.set("camunda:elementVariable", item)
    return loop


def _event(node: Any, event: str, root: Any) -> None:
    kind, _, said = event.partition(" ")
    definition = _added(node, f"{'conditional' if kind == 'condition' else kind}EventDefinition")
    if kind == "timer" and said:
        _added(definition, "timeCycle" if said.startswith("R") else "timeDuration", said)
    elif kind == "condition" and said:
        _added(definition, "condition", said)
    elif kind == "link":
        definition.set("name", said)
    elif said:
        definition.set(f"{kind}Ref", said)
        if all(each.get("id") != said for each in root.findall(kind)):
            known = ElementTree.Element(kind, {"id": said, "name": said})
            if kind in ("error", "escalation"):
                known.set(f"{kind}Code", said)
            root.insert(0, known)
