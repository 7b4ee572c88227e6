"""A project ends when all that closes it holds, and leaves no action behind."""

from __future__ import annotations

from engine.computed import Looked, Pointer, compute
from engine.computed.facts import needs
from engine.computed.looked import look
from engine.errors import ClosingRefused
from engine.method import Method
from engine.store.act import Act
from engine.store.case import Case

#: what holds whenever a project ends, whatever its method says; each reserve is an action
ALWAYS = ("no_open_action", "exceptional_gates_passed")


def must_close(act: Act, case: Case, end: str) -> None:
    """Raises `ClosingRefused` when this act would end the project and something lacks: an open action, an
    item of a checklist of the phase that ends it. An idea that is dismissed has nothing to close.
    """
    if case.method.end.get(end) == "dismissed":
        return
    pointers = missing(look(act.session, case, act.now, steers=False), case)
    if pointers:
        raise ClosingRefused(missing=tuple(each.text for each in pointers), pointers=pointers)


def ends(method: Method, process: str) -> bool:
    """Does the end of this process end the project? The short closure runs by itself after an exceptional stop."""
    short = method.short_closure
    return process == method.process or (short is not None and process == short.process)


def missing(looked: Looked, case: Case) -> tuple[Pointer, ...]:
    """What lacks for the project to end with this task or gate. The task's own checklist is judged with its answers."""
    asked = [*ALWAYS, *(f"checklist_complete({each})" for each in _lists(case))]
    looked.gather({need for each in asked for need in needs(case.method, each)})
    found: dict[tuple[object, ...], Pointer] = {}
    for pointer in (pointer for each in asked for pointer in _culprits(looked, each)):
        # an entry lacks once, even where several items of the list say so
        key = (pointer.place, pointer.id, *((pointer.text,) if pointer.place != "entry" else ()))
        found.setdefault(key, pointer)
    return tuple(found.values())


def _culprits(looked: Looked, computation: str) -> tuple[Pointer, ...]:
    found = compute(looked, computation)
    return () if found.holds else found.pointers


def _lists(case: Case) -> list[str]:
    phase = case.method.phase.get(case.task.phase)
    return [
        f"{task.id}.{field.key}"
        for task in (phase.tasks if phase is not None else ())
        for field in task.form
        if field.type == "checklist" and field.required and task.id != case.task.element
    ]
