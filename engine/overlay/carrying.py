"""What each operation comes down to on the drawing. It was judged before: nothing is refused here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from engine.diagram import Node
from engine.method import Item, Option
from engine.overlay import edit
from engine.overlay import operations as op
from engine.overlay.already import says_already
from engine.overlay.asking import listed
from engine.overlay.contracts import steps_in_a_row
from engine.overlay.hooks import anchor, lock_at
from engine.overlay.loom import Loom, Origin


def carry(operation: op.Operation, loom: Loom, origin: Origin) -> None:
    if not says_already(operation, loom):
        _CARRY[type(operation)](operation, loom, origin)


def _hide(operation: op.Hide, loom: Loom, origin: Origin) -> None:
    process = loom.holder[operation.element]
    if process.properties.get("method.kind") == "recurring":
        loom.drop(process.id, origin)
    else:
        loom.take_out(operation.element, origin)


def _condition(operation: op.MakeConditional, loom: Loom, origin: Origin) -> None:
    loom.wrap(operation.element, operation.when, origin)
    edit.say(loom.nodes[operation.element], "method.lock", "conditional")
    edit.say(loom.nodes[operation.element], "method.tailor", "")


def _replace(operation: op.Replace, loom: Loom, origin: Origin) -> None:
    call = loom.nodes[operation.element]
    base, variant = call.get("calledElement"), loom.processes[operation.by]
    call.set("calledElement", operation.by)
    edit.say(variant, "method.kind", "phase")
    loom.touch(call)
    loom.touch(variant)
    loom.drop(base, origin)
    for node in [variant, *variant.nodes, *variant.flows]:
        loom.gone.pop(node.id, None)
        loom.note(node.id, origin)
    loom.note(operation.element, origin)


def _insert(operation: op.Insert, loom: Loom, origin: Origin) -> None:
    put_step(operation.step, operation.hook, loom, origin)


def put_step(step: op.Local, hook: str, loom: Loom, origin: Origin) -> Node:
    flow, lock = anchor(hook, loom), lock_at(hook, loom)
    assert isinstance(flow, str), hook
    made = loom.put_in(flow, step.id, "userTask", step.role, origin, name=step.name)
    made.set_camunda("candidateGroups", step.role)
    if step.due:
        made.set_camunda("dueDate", step.due)
    edit.document(made, step.help)
    edit.say(made, "method.lock", lock)
    edit.say(made, "method.never", step.never)
    for field in step.form:
        edit.add_field(made, field)
    return made


def _insert_process(operation: op.InsertProcess, loom: Loom, origin: Origin) -> None:
    lock = lock_at(operation.hook, loom)
    for step in steps_in_a_row(loom.processes[operation.process]):
        flow = anchor(operation.hook, loom)
        assert isinstance(flow, str), operation.hook
        del loom.nodes[step.id], loom.holder[step.id]
        made = loom.put_in(flow, step.id, "userTask", step.camunda("candidateGroups"), origin)
        edit.say_again(made, step.element)
        if lock != "locked":
            edit.say(made, "method.lock", lock)
        edit.link(loom.holder[step.id], step.id)
    fragment = loom.processes[operation.process].diagram
    loom.diagrams = [each for each in loom.diagrams if each is not fragment]


def _criterion(operation: op.AddCriterion, loom: Loom, origin: Origin) -> None:
    gate, name = loom.nodes[operation.element], f"method.criterion.{operation.key}"
    edit.say_text(gate, name, operation.text)
    edit.say(gate, f"{name}.computed", operation.computed)
    edit.say(gate, f"{name}.evidence", "required" if operation.evidence else "")
    _noted(loom, gate, f"criterion.{operation.key}", origin)


def _item(operation: op.AddItem, loom: Loom, origin: Origin) -> None:
    field = loom.field(operation.element, operation.field)
    assert field is not None, operation
    computed = operation.computed
    item = Item(operation.key, operation.text, computed=computed, evidence=operation.evidence, locked=bool(computed))
    edit.add_item(field, item)
    _noted(loom, loom.nodes[operation.element], f"{operation.field}.item.{operation.key}", origin)


def _field(operation: op.AddField, loom: Loom, origin: Origin) -> None:
    edit.add_field(loom.nodes[operation.element], operation.field)
    _noted(loom, loom.nodes[operation.element], f"field.{operation.field.key}", origin)


def _option(operation: op.AddOption, loom: Loom, origin: Origin) -> None:
    field = loom.field(operation.element, operation.field)
    assert field is not None, operation
    edit.add_option(field, Option(operation.value, operation.label))
    _noted(loom, loom.nodes[operation.element], f"{operation.field}.option.{operation.value}", origin)


def _voter(operation: op.AddVoter, loom: Loom, origin: Origin) -> None:
    gate = loom.nodes[operation.element]
    edit.say(gate, "method.gate.voters", ",".join([*listed(gate, "method.gate.voters"), operation.role]))
    _noted(loom, gate, f"voter.{operation.role}", origin)


def _quorum(operation: op.RaiseQuorum, loom: Loom, origin: Origin) -> None:
    _said(loom, operation.element, "method.gate.quorum", plain(operation.value), "quorum", origin)


def _rule(operation: op.TightenRule, loom: Loom, origin: Origin) -> None:
    _said(loom, operation.element, "method.gate.rule", operation.rule, "rule", origin)


def _threshold(operation: op.LowerThreshold, loom: Loom, origin: Origin) -> None:
    _said(loom, operation.element, "method.threshold", plain(operation.value), "threshold", origin)


def _template(operation: op.SetTemplate, loom: Loom, origin: Origin) -> None:
    _said(loom, operation.element, "method.template", operation.template, "template", origin)


def _due(operation: op.SetDue, loom: Loom, origin: Origin) -> None:
    loom.nodes[operation.element].set_camunda("dueDate", operation.due)
    _noted(loom, loom.nodes[operation.element], "due", origin)


def _rename(operation: op.Rename, loom: Loom, origin: Origin) -> None:
    node = loom.element(operation.element)
    assert node is not None, operation
    if operation.field:
        field = loom.field(operation.element, operation.field)
        assert field is not None, operation
        field.set("label", operation.text.fr)
        edit.say(field, "label.en", operation.text.en)
        _noted(loom, node, f"{operation.field}.label", origin)
    else:
        edit.rename(node, operation.text)
        _noted(loom, node, "label", origin)


def _said(loom: Loom, element: str, name: str, value: str, what: str, origin: Origin) -> None:
    node = loom.element(element)
    assert node is not None, element
    edit.say(node, name, value)
    _noted(loom, node, what, origin)


def _noted(loom: Loom, node: Node, what: str, origin: Origin) -> None:
    """`C3/due`, and the element itself."""
    loom.touch(node)
    loom.note(f"{node.id}/{what}", origin)
    loom.note(node.id, origin)


def plain(value: Decimal) -> str:
    """0.75, not 0.750 nor 7.5E-1."""
    return format(value.normalize(), "f")


_CARRY: Mapping[type[op.Operation], Callable[[Any, Loom, Origin], None]] = {
    op.Hide: _hide, op.MakeConditional: _condition, op.Replace: _replace, op.Insert: _insert,
    op.InsertProcess: _insert_process, op.AddCriterion: _criterion, op.AddItem: _item, op.AddField: _field,
    op.AddOption: _option, op.AddVoter: _voter, op.RaiseQuorum: _quorum, op.TightenRule: _rule, op.SetDue: _due,
    op.LowerThreshold: _threshold, op.Rename: _rename, op.SetTemplate: _template,
}  # fmt: skip
