"""Small edits of a diagram, each of which leaves it a diagram: attributes, fields, steps taken out and put in."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from engine.diagram import BPMN, CAMUNDA, Node
from engine.method import Column, Field, Item, Option
from engine.words import Text

XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: what stands before the way in and out of a node, in BPMN's schema
_FIRST = ("documentation", "extensionElements")


def tag(node: Any, name: str, namespace: str = BPMN, /, **attributes: str) -> Any:
    """A new element of the document of `node`."""
    return node.makeelement(f"{{{namespace}}}{name}", attributes)


def after_first(node: Node) -> int:
    """Where the ways in and out, and what comes after them, begin."""
    return sum(child.tag in {f"{{{BPMN}}}{each}" for each in _FIRST} for child in node.element)


def extensions(node: Node) -> Any:
    """The `extensionElements` of a BPMN element, made where there are none; those of a field are the field itself."""
    element = node.element
    if not str(element.tag).startswith(f"{{{BPMN}}}"):
        return element
    found = element.find(f"{{{BPMN}}}extensionElements")
    if found is None:
        found = tag(element, "extensionElements")
        element.insert(after_first(node), found)
    return found


def inside(node: Node, name: str) -> Any:
    """The Camunda element `name` (`properties`, `formData`) of a node or a field."""
    holder = extensions(node)
    found = holder.find(f"{{{CAMUNDA}}}{name}")
    if found is None:
        found = tag(holder, name, CAMUNDA)
        holder.insert(0 if name == "formData" else len(holder), found)
    return found


def say(node: Node, name: str, value: str) -> None:
    """Sets a property (`method.lock`); an empty value takes it away."""
    properties = inside(node, "properties")
    for each in properties:
        if name in (each.get("name"), each.get("id")):
            if value:
                each.set("value", value)
            else:
                properties.remove(each)
            return
    if value:
        properties.append(tag(properties, "property", CAMUNDA, name=name, value=value))


def say_text(node: Node, name: str, text: Text) -> None:
    say(node, name, text.fr)
    say(node, f"{name}.en", text.en)


def rename(node: Node, text: Text) -> None:
    node.set("name", text.fr)
    say(node, "name.en", text.en)


def repeat(node: Node, collection: str, variable: str) -> None:
    """One instance of a task for each value of a collection, side by side; an empty one: a single instance."""
    for old in list(node.children("multiInstanceLoopCharacteristics")):
        old.remove()
    if collection:
        said = {f"{{{CAMUNDA}}}collection": collection, f"{{{CAMUNDA}}}elementVariable": variable}
        node.element.append(tag(node.element, "multiInstanceLoopCharacteristics", BPMN, **said))


def say_again(made: Node, said: Any) -> None:
    """All that an element of another place says, but its ways in and out."""
    for name, value in said.attrib.items():
        made.element.set(name, value)
    children = [each for each in said if not str(each.tag).endswith(("}incoming", "}outgoing"))]
    for place, child in enumerate(children):
        made.element.insert(place, deepcopy(child))


def document(node: Node, text: Text) -> None:
    """Its documentation in both languages, in the place of what it had."""
    for old in list(node.children("documentation")):
        old.remove()
    for language, said in (("text/x-en", text.en), ("", text.fr)):
        if said:
            made = tag(node.element, "documentation")
            made.text = said
            if language:
                made.set("textFormat", language)
            node.element.insert(0, made)


# --- the ways in and out of nodes ---


def link(process: Node, id: str) -> None:
    """`incoming` and `outgoing` of a node as the flows say, where its drawing writes them."""
    node = next(each for each in process.nodes if each.id == id)
    for old in [*node.children("incoming"), *node.children("outgoing")]:
        old.remove()
    at = after_first(node)
    ways = [("incoming", flow.id) for flow in process.flows if flow.get("targetRef") == id]
    ways += [("outgoing", flow.id) for flow in process.flows if flow.get("sourceRef") == id]
    for place, (name, flow) in enumerate(ways, at):
        made = tag(node.element, name)
        made.text = flow
        node.element.insert(place, made)


def flow(process: Node, source: str, target: str, when: str = "") -> Node:
    """A new flow, after the last one."""
    made = tag(process.element, "sequenceFlow", id=f"{source}_to_{target}", sourceRef=source, targetRef=target)
    if when:
        said = tag(made, "conditionExpression", **{f"{{{XSI}}}type": "bpmn:tFormalExpression"})
        said.text = when
        made.append(said)
    process.element.insert(_after_last(process, "sequenceFlow", "endEvent", "userTask"), made)
    return Node(made, process.diagram)


def node(process: Node, name: str, id: str, /, **attributes: str) -> Node:
    """A new flow node, before the flows."""
    made = tag(process.element, name, id=id, **attributes)
    first = next((process.element.index(each.element) for each in process.flows), len(process.element))
    process.element.insert(first, made)
    return Node(made, process.diagram)


def _after_last(process: Node, *tags: str) -> int:
    for each in tags:
        found = list(process.children(each))
        if found:
            return int(process.element.index(found[-1].element)) + 1
    return len(process.element)


# --- forms ---


def add_field(task: Node, field: Field) -> None:
    form = inside(task, "formData")
    made = tag(form, "formField", CAMUNDA, id=field.key, label=field.label.fr, type=field.type)
    form.append(made)
    it = Node(made, task.diagram)
    say(it, "label.en", field.label.en)
    if field.help:
        say_text(it, "help", field.help)
    say(it, "source", field.source)
    say(it, "columns", ",".join(column.key for column in field.columns))
    for column in field.columns:
        _add_column(it, column)
    for item in field.items:
        add_item(it, item)
    for option in field.options:
        add_option(it, option)
    _constraints(it, field)


def _add_column(field: Node, column: Column) -> None:
    name = f"column.{column.key}"
    say_text(field, name, column.label)
    say(field, f"{name}.type", "" if column.type == "text" else column.type)
    say(field, f"{name}.required", "true" if column.required else "")
    options = "; ".join(f"{each.value}={each.label.fr}|{each.label.en}" for each in column.options)
    say(field, f"{name}.options", options)


def add_item(field: Node, item: Item) -> None:
    name = f"item.{item.key}"
    say_text(field, name, item.text)
    said: Mapping[str, str] = {
        "computed": item.computed, "proof": "" if item.proof == "person" else item.proof,
        "evidence": "required" if item.evidence else "", "lock": "locked" if item.locked else "",
    }  # fmt: skip
    for key, value in said.items():
        say(field, f"{name}.{key}", value)


def add_option(field: Node, option: Option) -> None:
    values = [each for each in field.element if each.tag == f"{{{CAMUNDA}}}value"]
    made = tag(field.element, "value", CAMUNDA, id=option.value, name=option.label.fr)
    place = int(field.element.index(values[-1])) + 1 if values else 0
    field.element.insert(place, made)
    say(field, f"option.{option.value}.en", option.label.en)


def _constraints(field: Node, said: Field) -> None:
    limits = {
        "required": "true" if said.required else "", "min": str(said.minimum) if said.minimum is not None else "",
        "max": str(said.maximum) if said.maximum is not None else "",
        "minrows": str(said.fewest_rows) if said.fewest_rows else "",
    }  # fmt: skip
    for name, value in limits.items():
        if value:
            limit(field, name, value)


def limit(field: Node, name: str, value: str) -> None:
    """One more constraint of a field."""
    validation = field.element.find(f"{{{CAMUNDA}}}validation")
    if validation is None:
        validation = tag(field.element, "validation", CAMUNDA)
        field.element.append(validation)
    validation.append(tag(validation, "constraint", CAMUNDA, name=name, config=value))
