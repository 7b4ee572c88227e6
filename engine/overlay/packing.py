"""What a theme adds to a method, put into its diagrams: its roles, steps before the gate, criteria, and what it locks.

A pack serves several methods: of the phases, gates and steps that it names, the first that the method has is meant. A
role that neither the method nor the pack describes is the sponsor's where it is so named, else the lead's.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.overlay import edit
from engine.overlay.loom import Loom, Origin
from engine.overlay.operations import Local
from engine.packs import Pack, PackTask

#: as packs name who sponsors a project, whatever a method calls them
SPONSOR = "COM"


def pack_in(pack: Pack, loom: Loom) -> None:
    origin = Origin("pack", pack.theme, kind="pack", reason=pack.name.fr)
    for role in pack.roles:
        name = f"method.role.{role.id}"
        if name not in loom.main.properties:
            edit.say_text(loom.main, name, role.name)
            edit.say(loom.main, f"{name}.held", "" if role.held == "project" else role.held)
            loom.touch(loom.main)
            loom.note(f"{loom.main.id}/role.{role.id}", origin)
    for task in pack.tasks:
        _step(task, loom, origin)
    for criterion in pack.criteria:
        gate = _first(criterion.gates, loom)
        if gate:
            edit.say_text(loom.nodes[gate], f"method.criterion.{criterion.key}", criterion.text)
            loom.touch(loom.nodes[gate])
            loom.note(f"{gate}/criterion.{criterion.key}", origin)
            loom.note(gate, origin)
    for lock in pack.locks:
        step = _first(lock.steps, loom)
        if step:
            _lock(step, loom, Origin("pack", pack.theme, kind="pack", reason=lock.why.fr))


def _first(ids: Iterable[str], loom: Loom) -> str:
    return next((each for each in ids if each in loom.nodes), "")


def _step(task: PackTask, loom: Loom, origin: Origin) -> None:
    phase = _first(task.phases, loom)
    process = loom.called(phase) if phase else None
    end = next((each.id for each in process.nodes if each.tag == "endEvent"), "") if process is not None else ""
    ways = loom.into(end) if end else []
    if len(ways) != 1:
        return
    step = Local(task.id, task.name, _role(task.role, loom), task.help, task.due, form=task.form)
    made = loom.put_in(ways[0].id, step.id, "userTask", step.role, origin, name=step.name)
    made.set_camunda("candidateGroups", step.role)
    if step.due:
        made.set_camunda("dueDate", step.due)
    edit.document(made, step.help)
    # a condition that the pack does not write: the step is optional, and the project may leave it out
    optional = task.lock != "locked"
    edit.say(made, "method.lock", "optional" if optional else "locked")
    edit.say(made, "method.tailor", "hide" if optional else "")
    for field in step.form:
        edit.add_field(made, field)


def _role(role: str, loom: Loom) -> str:
    said = loom.main.properties
    if f"method.role.{role}" in said:
        return role
    return said.get("method.sponsor" if role == SPONSOR else "method.lead", role)


def _lock(step: str, loom: Loom, origin: Origin) -> None:
    node = loom.nodes[step]
    lock = node.properties.get("method.lock", "locked")
    if lock == "conditional":
        loom.unwrap(step, origin)
    edit.say(node, "method.lock", "locked")
    edit.say(node, "method.tailor", "")
    loom.touch(node)
    loom.note(f"{step}/lock", origin)
    loom.note(step, origin)
