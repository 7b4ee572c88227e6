"""What completing a task comes to, wherever it is completed: answers accepted, variables told to the executor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.answers import Allowed, check, for_expressions
from engine.errors import FormRefused
from engine.execution.program import evaluate
from engine.method import Task
from engine.words import Text

#: the form key that says which services a project concerns (docs/reference/dialect.md)
IMPACTED = "services_impactes"


def accepted(task: Task, values: Mapping[str, Any], allowed: Allowed, name: Text) -> dict[str, Any]:
    """The answers in their one form. Raises `FormRefused` for what a field, or a check between fields, refuses."""
    answers = check(task.form, values, allowed, name)
    said = for_expressions(task.form, answers)
    wrong = {each.field: each.message for each in task.checks if evaluate(each.rule, said) is not True}
    if wrong:
        labels = tuple(field.label for field in task.form if field.key in wrong)
        raise FormRefused(task=name, fields=wrong, labels=labels)
    return answers


def said_by(task: Task) -> frozenset[str]:
    """The variables that a task makes known. One instance each: none, they would overwrite one another."""
    if task.each:
        return frozenset()
    return frozenset({field.key for field in task.form} | {name for name, _ in task.sets})


def variables(task: Task, answers: dict[str, Any], reads: frozenset[str]) -> dict[str, Any]:
    """What the executor learns: the answers that some expression reads, and what `method.set.*` computes from them.

    Nothing from a one-instance-each task: its instances would overwrite one another.
    """
    if task.each:
        return {}
    said = for_expressions(task.form, answers)
    computed = {name: evaluate(text, said) for name, text in task.sets}
    return {key: value for key, value in said.items() if key in reads} | computed
