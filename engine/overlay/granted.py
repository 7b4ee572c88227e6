"""What a service may change of a release, element by element, and within which bounds.

    granted(release)["G2"]      (Grant("quorum", now="0.5", least="0.5", most="1"), Grant("criterion"), …)

The judges say what is allowed: what is offered here is what they would accept.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.method import Field, Gate, Method, Task
from engine.overlay import operations as op
from engine.overlay.asking import quorum, threshold
from engine.overlay.difference import loom_of
from engine.overlay.judging import judged
from engine.overlay.lattice import OFF, RULES, stronger
from engine.overlay.loom import Loom
from engine.release import Release
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing that may be changed. A share, a threshold: as a decimal; a deadline: ISO 8601."""

    kind: str  #: of the operation: hide, quorum, rule, voter, criterion, item, due, threshold, label
    now: str = ""  #: what the method says; empty: nothing
    least: str = ""  #: of what may be set; empty: no bound
    most: str = ""
    choices: tuple[str, ...] = ()  #: what may be set, where it is one of these: rules, roles
    field: str = ""  #: of an item: the checklist
    label: Text = Text("")  #: of that checklist


def granted(release: Release) -> dict[str, tuple[Grant, ...]]:
    """By id: of a task, of a gate, of the process of an exceptional gate."""
    loom, method = loom_of(release), release.method
    found = {task.id: _of_task(task, loom) for task in method.tasks.values()}
    found |= {gate.id: _of_gate(gate, method, loom) for gate in method.gate.values()}
    found |= {each.id: _of_exception(each.id, loom) for each in method.exceptions}
    return {id: tuple(each) for id, each in found.items()}


def _of_task(task: Task, loom: Loom) -> list[Grant]:
    grants = [Grant("hide")] if judged(op.Hide(task.id), loom) is None else []
    grants += [_item(each) for each in task.form if each.type == "checklist"]
    return grants + _due(task.id, loom) + _label(task.id, loom)


def _item(field: Field) -> Grant:
    return Grant("item", field=field.key, label=field.label)


def _of_gate(gate: Gate, method: Method, loom: Loom) -> list[Grant]:
    if gate.id not in loom.nodes:
        return []
    share = quorum(loom.nodes[gate.id])
    grants = [Grant("quorum", str(share), str(share), "1")] if share < 1 else []
    stricter = tuple(each for each in RULES if each != gate.rule and stronger("rule", each, gate.rule))
    grants += [Grant("rule", gate.rule, choices=stricter)] if stricter else []
    voters = tuple(each.id for each in method.roles if _may_vote(gate, each.id, loom))
    grants += [Grant("voter", choices=voters)] if voters else []
    return [*grants, Grant("criterion"), *_due(gate.id, loom), *_label(gate.id, loom)]


def _may_vote(gate: Gate, role: str, loom: Loom) -> bool:
    return role not in gate.voters and judged(op.AddVoter(gate.id, role), loom) is None


def _due(id: str, loom: Loom) -> list[Grant]:
    node = loom.nodes.get(id)
    if node is None or "method.silence" in node.properties:
        return []
    now, said = node.camunda("dueDate"), node.properties
    return [Grant("due", now, said.get("method.due.min", ""), said.get("method.due.max", now))]


def _label(id: str, loom: Loom) -> list[Grant]:
    return [Grant("label")] if judged(op.Rename(id, Text("Nom", "Name")), loom) is None else []


def _of_exception(id: str, loom: Loom) -> list[Grant]:
    process = loom.processes.get(id)
    base = threshold(process) if process is not None else None
    if process is None or base is None:
        return []
    off = base == OFF
    most = process.properties.get("method.threshold.max", "") if off else str(base)
    return [Grant("threshold", "" if off else str(base), most=most)]
