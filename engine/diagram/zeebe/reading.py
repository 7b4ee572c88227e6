"""What Camunda 8 says of elements, put beside it in the words of Camunda 7.

zeebe:properties/zeebe:property             camunda:properties/camunda:property (renamed, and renamed back)
zeebe:assignmentDefinition                  camunda:assignee, candidateGroups, candidateUsers
zeebe:taskSchedule, zeebe:priorityDefinition   camunda:dueDate, followUpDate, camunda:priority
zeebe:formDefinition                        camunda:formData (`forms`)
zeebe:calledElement, zeebe:versionTag       calledElement, camunda:versionTag
zeebe:loopCharacteristics                   camunda:collection, elementVariable
`=` before a condition or a moment          none
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.diagram.zeebe.chosen import extensions
from engine.diagram.zeebe.forms import Forms
from engine.diagram.zeebe.marks import (
    OWN,
    RAW,
    READ,
    STATE,
    Unread,
    bpmn,
    camunda,
    elements,
    extension,
    local,
    put,
    zeebe,
)
from engine.diagram.zeebe.values import bare, collection, lasting, plain, property_value
from engine.diagram.zeebe.without import without_equivalent

EXPRESSIONS = tuple(
    bpmn(each)
    for each in (
        "conditionExpression", "condition", "loopCondition", "loopCardinality", "completionCondition",
        "timeDuration", "timeDate", "timeCycle",
    )
)  # fmt: skip
#: of a user task: extension element, its attribute, the attribute in Camunda 7's words, how its text is read
PEOPLE: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("assignmentDefinition", "assignee", "assignee", plain),
    ("assignmentDefinition", "candidateGroups", "candidateGroups", plain),
    ("assignmentDefinition", "candidateUsers", "candidateUsers", plain),
    ("taskSchedule", "dueDate", "dueDate", lasting),
    ("taskSchedule", "followUpDate", "followUpDate", lasting),
    ("priorityDefinition", "priority", "priority", bare),
)
LOOP = (("inputCollection", "collection", collection), ("inputElement", "elementVariable", str))


def read(root: Any, forms: Mapping[str, bytes]) -> tuple[Unread, ...]:
    """Changes `root` in place; gives what of it has no equivalent. `forms`: the .form files of its folder, by name."""
    unread = list(without_equivalent(extensions(root)))
    if root.get(STATE):
        return (*unread, *Forms(root, forms).read())
    _properties(root)
    for node in root.iter(bpmn("userTask")):
        for tag, said, word, value in PEOPLE:
            put(node, camunda(word), value(_said(node, tag, said)))
    for node in root.iter(bpmn("callActivity")):
        put(node, "calledElement", called(node))
    for node in root.iter(bpmn("process")):
        put(node, camunda("versionTag"), _said(node, "versionTag", "value"))
    for node in root.iter(bpmn("multiInstanceLoopCharacteristics")):
        for said, word, read_as in LOOP:
            put(node, camunda(word), read_as(_said(node, "loopCharacteristics", said)))
    for node in root.iter(*EXPRESSIONS):
        _expression(node)
    return (*unread, *Forms(root, forms).read())


def called(call: Any) -> str:
    """The process that a call activity calls, or `=` and the expression that computes it."""
    found = _said(call, "calledElement", "processId") or _said(call, "calledElement", "processIdExpression")
    return plain(found)


def _said(element: Any, tag: str, attribute: str) -> str:
    found = extension(element, tag)
    return str(found.get(attribute, "")).strip() if found is not None else ""


def _properties(root: Any) -> None:
    for holder in list(root.iter(zeebe("properties"))):
        holder.tag = camunda("properties")
        holder.set(OWN, "properties")
        for each in _lines(holder):
            each.tag = camunda("property")
            said = each.get("value", "")
            value = property_value(each.get("name", ""), said)
            if value != said:
                each.set(RAW, said)
                each.set(READ, value)
                each.set("value", value)


def _lines(holder: Any) -> Iterator[Any]:
    return (each for each in elements(holder) if each.tag == zeebe("property"))


def _expression(node: Any) -> None:
    text = (node.text or "").strip()
    if text:
        said = plain(text) if local(node).startswith("time") else text
        node.set(RAW, node.text)
        node.set(READ, bare(said))
        node.text = bare(said)
