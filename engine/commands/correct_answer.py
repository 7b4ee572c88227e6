"""Correct a completed task until its gate is decided; history keeps what it replaces.

What the correction changes must not have steered the project yet: a variable that only phases still to come read is
told anew to the executor, and exceptional gates are looked at again (docs/decisions/0008-corrections.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine import execution
from engine.commands.complete_task import answered, note_in_project
from engine.completion import variables
from engine.confidential import without
from engine.errors import AnswerFrozen, AnswerSteers
from engine.feeding import feed
from engine.gates import decided_since
from engine.method import Method
from engine.store.act import Act
from engine.store.case import Case, must, must_be_fresh, must_say
from engine.store.exceptions import look
from engine.store.tables import ExecutionRow, StageRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """Correct a completed task until its gate is decided; history keeps what it replaces."""

    task: int
    values: dict[str, Any]
    reason: str
    revision: int | None = None


def handle(act: Act, command: CorrectAnswer) -> None:
    case = act.case(command.task)
    must(act, case, "correct")
    must_be_fresh(case, command.revision)
    reason = must_say(command.reason, "correct", case.name)
    must_not_be_frozen(act, case)
    task, model = case.task, case.model
    answers = answered(act, case, command.values)
    before = json.loads(task.answers or "{}")
    changed = [each for each in model.form if before.get(each.key) != answers.get(each.key)]
    told = _changed(case, before, answers)
    steering = _steering(act, case, told)
    if steering:
        own = [each.label for each in changed if each.key in steering]
        raise AnswerSteers(labels=tuple(own or (each.label for each in changed)))
    replaced = {each.key: before.get(each.key) for each in changed}
    task.answers = json.dumps(answers, ensure_ascii=False)
    told_all = without(model.form, replaced)
    act.record("answer_corrected", case.project, task, element=task.element, reason=reason, replaced=told_all)
    if told_all != replaced:
        act.record_apart("answer_corrected", case.project, task=task.id, element=task.element, replaced=replaced)
    feed(act, case, before)
    note_in_project(case.project, model, {each.key: answers.get(each.key) for each in changed})
    if told:
        _tell(act, case, told)
    if changed and case.method.exceptions:
        look(act, case.project, case.release, model, answers, task.id)


def _changed(case: Case, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The variables of the executor that the correction changes, as they are to be."""
    old, new = (variables(case.model, dict(said), case.method.reads) for said in (before, after))
    return {name: value for name, value in new.items() if old.get(name) != value and name in case.method.reads}


def _steering(act: Act, case: Case, told: Mapping[str, Any]) -> frozenset[str]:
    """Those that something may have read already: the phase that reads them was entered, or no phase tells when."""
    if not told:
        return frozenset()
    entered = set(act.session.execute(select(StageRow.phase).where(StageRow.project_id == case.project.id)).scalars())
    return frozenset(name for name in told if not _places(case.method, name).isdisjoint(entered | {""}))


def _places(method: Method, name: str) -> frozenset[str]:
    return frozenset[str]().union(*(places for read, places in method.readers if read == name))


def _tell(act: Act, case: Case, told: Mapping[str, Any]) -> None:
    """The main execution, whose phases are to read them."""
    row: ExecutionRow | None = case.execution
    if case.execution.process != case.method.process:
        main = ExecutionRow.project_id == case.project.id, ExecutionRow.process == case.method.process
        row = act.session.execute(select(ExecutionRow).where(*main)).scalar_one_or_none()
    if row is not None and row.ended_at is None:
        row.state = execution.know(case.release.program, row.process, row.state, told)


def must_not_be_frozen(act: Act, case: Case) -> None:
    """Raises `AnswerFrozen` when the gate of the task's phase has been decided since it was completed."""
    phase = case.method.phase.get(case.task.phase)
    if phase is None or not phase.gate:
        return
    if decided_since(act.session, case.project.id, phase.gate, case.task.closed_at or case.task.opened_at):
        gate = case.method.gate.get(phase.gate)
        raise AnswerFrozen(task=case.name, gate=gate.name if gate else Text(phase.gate))
