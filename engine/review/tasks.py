"""What `review` looks for in tasks and their forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.diagram import Diagram
from engine.dialect import Problem
from engine.method import Field, Method, Place, Task
from engine.review.computations import computation_problems
from engine.review.roles import duration_problems, role_problems
from engine.review.silences import silence_problems
from engine.review.untranslated import untranslated_form, untranslated_name
from engine.words import Text


def task_problems(method: Method) -> Iterator[Problem]:
    main = Place(method.file, 1, method.id)
    ids = Counter(task.id for phase in method.phases for task in phase.tasks)
    ids.update(gate.id for gate in method.gates)
    for exception in method.exceptions:
        ids.update([exception.gate.id, *(task.id for task in exception.phase.tasks)])
    ids.update(each.task.id for each in method.recurring)
    for id, count in ids.items():
        if count > 1:
            yield Problem("duplicate-id", method.tasks[id].place if id in method.tasks else main, {"id": id})
    for task in method.tasks.values():
        yield from _task(task, method)
    for phase in method.phases:
        yield from untranslated_name(phase)


def strays(method: Method, diagrams: Iterable[Diagram]) -> Iterator[Problem]:
    """Tasks that no project would open: of no phase, and no gate; and gates that would open as mere tasks."""
    for node in [node for diagram in diagrams for node in diagram.root.all("userTask")]:
        name = node.name or Text(node.id)
        if node.id not in method.tasks and node.id not in method.gate:
            yield Problem("task-outside-a-phase", node.place, {"name": name})
        elif node.id in method.tasks and node.properties.get("method.kind") == "gate":
            why = Text("elle est dans une phase, et non dans le processus principal.",
                       "it stands in a phase, not in the main process.")  # fmt: skip
            yield Problem("gate-drawn-wrong", node.place, {"name": name, "why": why})


def _task(task: Task, method: Method) -> Iterator[Problem]:
    yield from role_problems(task.role, task.name, task.place, method)
    if task.never:
        yield from role_problems(task.never, task.name, task.place, method)
        if task.never == task.role:
            yield Problem("role-excludes-itself", task.place, {"name": task.name, "role": task.role})
    yield from duration_problems(task.due, task.place)
    yield from silence_problems(task)
    for key, count in Counter(field.key for field in task.form).items():
        if count > 1:
            yield Problem("duplicate-key", task.place, {"name": task.name, "key": key})
    for field in task.form:
        yield from _field(field, task)
        for item in field.items:
            yield from computation_problems(item.computed, task.place, method)
    yield from untranslated_name(task)
    yield from untranslated_form(task)


def _field(field: Field, task: Task) -> Iterator[Problem]:
    facts = {"name": task.name, "key": field.key}
    if not field.label.fr:
        yield Problem("field-without-label", task.place, facts)
    if field.type == "checklist" and not field.items and not field.source:
        yield Problem("empty-checklist", task.place, facts)
    if field.type in ("enum", "multiselect") and not field.options and not field.source:
        yield Problem("no-choice", task.place, facts)
    if field.type == "table" and not field.columns:
        yield Problem("no-columns", task.place, facts)
