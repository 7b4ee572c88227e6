"""What a task asks: enough to read what was typed in its form, and to name it. Its page says the rest."""

from __future__ import annotations

from dataclasses import dataclass

from engine import confidential
from engine.choices import offered
from engine.errors import NotFound
from engine.method import Field, Item
from engine.queries.lines import TaskLine
from engine.queries.view import View, task_columns
from engine.store.case import Case
from engine.store.tables import TaskRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class TaskFormOf:
    task: int


@dataclass(frozen=True, slots=True)
class TaskForm:
    task: int
    name: Text
    form: tuple[Field, ...]
    items: dict[str, tuple[Item, ...]]  #: for each checklist field


@dataclass(frozen=True, slots=True)
class TaskLineOf:
    """A task or a gate, as lists show it."""

    task: int


def read_form(view: View, query: TaskFormOf) -> TaskForm:
    case = view.case(query.task)
    if case.task.kind == "gate":
        raise NotFound
    asked = asked_of(view, case)
    checklists = tuple(field for field in asked if field.type == "checklist")
    return TaskForm(
        case.task.id, case.name, asked, dict(offered(view.session, case.project, case.method, checklists).items)
    )


def read_line(view: View, query: TaskLineOf) -> TaskLine:
    case = view.case(query.task)
    return view.tasks(task_columns().where(TaskRow.id == case.task.id))[0]


def told_all(view: View, case: Case) -> bool:
    """Is nothing that the form holds confidential to the reader?"""
    return not view.actor.id or not confidential.holds(case.model.form) or confidential.reads(case.standing)


def asked_of(view: View, case: Case) -> tuple[Field, ...]:
    """The fields that the reader may see."""
    return case.model.form if told_all(view, case) else confidential.open_part(case.model.form)
