"""Does the method say already what an operation would make it say?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.overlay import operations as op
from engine.overlay.asking import listed, quorum, threshold
from engine.overlay.loom import Loom


def says_already(operation: op.Operation, loom: Loom) -> bool:
    said = _SAID.get(type(operation))
    return said is not None and loom.element(operation.target) is not None and said(operation, loom)


def _criterion_said(operation: op.AddCriterion, loom: Loom) -> bool:
    said = loom.nodes[operation.element].properties if operation.element in loom.nodes else {}
    return any(each.startswith("method.criterion.") and each.count(".") == 2 and value == operation.text.fr
               for each, value in said.items())  # fmt: skip


def _attribute(name: str, value: str) -> Callable[[Any, Loom], bool]:
    def said(operation: Any, loom: Loom) -> bool:
        node = loom.element(operation.target)
        return node is not None and node.properties.get(name) == str(getattr(operation, value))

    return said


def _voter_said(operation: op.AddVoter, loom: Loom) -> bool:
    return loom.kind(operation.element) == "gate" and operation.role in listed(
        loom.nodes[operation.element], "method.gate.voters"
    )


def _name_said(operation: op.Rename, loom: Loom) -> bool:
    node = loom.element(operation.element)
    return not operation.field and node is not None and node.name == operation.text


def _due_said(operation: op.SetDue, loom: Loom) -> bool:
    return operation.element in loom.nodes and loom.nodes[operation.element].camunda("dueDate") == operation.due


def _quorum_said(operation: op.RaiseQuorum, loom: Loom) -> bool:
    return loom.kind(operation.element) == "gate" and quorum(loom.nodes[operation.element]) == operation.value


def _threshold_said(operation: op.LowerThreshold, loom: Loom) -> bool:
    process = loom.processes.get(operation.element)
    return process is not None and threshold(process) == operation.value


def _field_said(operation: op.AddField, loom: Loom) -> bool:
    found, asked = loom.field(operation.element, operation.field.key), operation.field
    return found is not None and (found.get("type"), found.get("label")) == (asked.type, asked.label.fr)


def _item_said(operation: op.AddItem, loom: Loom) -> bool:
    found = loom.field(operation.element, operation.field)
    return found is not None and operation.text.fr in (
        value for name, value in found.properties.items() if name.startswith("item.") and name.count(".") == 1
    )


def _option_said(operation: op.AddOption, loom: Loom) -> bool:
    found = loom.field(operation.element, operation.field)
    values = found.vendor("value") if found is not None else []
    return any((each.id, each.get("name")) == (operation.value, operation.label.fr) for each in values)


_SAID: Mapping[type[op.Operation], Callable[[Any, Loom], bool]] = {
    op.AddCriterion: _criterion_said, op.AddField: _field_said, op.AddItem: _item_said, op.AddOption: _option_said,
    op.AddVoter: _voter_said, op.RaiseQuorum: _quorum_said,
    op.TightenRule: _attribute("method.gate.rule", "rule"), op.SetDue: _due_said, op.LowerThreshold: _threshold_said,
    op.Rename: _name_said, op.SetTemplate: _attribute("method.template", "template"),
}  # fmt: skip
