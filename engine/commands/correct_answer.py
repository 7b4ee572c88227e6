"""Correct a completed task until its gate is decided; history keeps what it replaces."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from engine.commands.complete_task import answered
from engine.errors import AnswerFrozen, AnswerSteers
from engine.gates import decided_since
from engine.store.act import Act
from engine.store.case import Case, must, must_be_fresh, must_say
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
    steering = [each.label for each in changed if each.key in case.method.reads or model.sets]
    if steering:
        raise AnswerSteers(labels=tuple(steering))
    replaced = {each.key: before.get(each.key) for each in changed}
    task.answers = json.dumps(answers, ensure_ascii=False)
    act.record("answer_corrected", case.project, task, element=task.element, reason=reason, replaced=replaced)


def must_not_be_frozen(act: Act, case: Case) -> None:
    """Raises `AnswerFrozen` when the gate of the task's phase has been decided since it was completed."""
    phase = case.method.phase.get(case.task.phase)
    if phase is None or not phase.gate:
        return
    if decided_since(act.session, case.project.id, phase.gate, case.task.closed_at or case.task.opened_at):
        gate = case.method.gate.get(phase.gate)
        raise AnswerFrozen(task=case.name, gate=gate.name if gate else Text(phase.gate))
