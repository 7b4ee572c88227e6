"""Say whether a criterion of a gate holds, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from engine.errors import ChoiceUnknown, CriterionComputed
from engine.store.act import Act
from engine.store.case import must, must_say
from engine.store.tables import AssessmentRow


@dataclass(frozen=True, slots=True)
class AssessCriterion:
    """Say whether a criterion of a gate holds, with the evidence."""

    task: int
    criterion: str  #: its key
    state: Literal["met", "unmet", "not_applicable"]
    evidence: str = ""  #: or the reason why it does not apply


def handle(act: Act, command: AssessCriterion) -> None:
    case = act.case(command.task)
    must(act, case, "assess")
    criterion = next((each for each in case.gate.criteria if each.key == command.criterion), None)
    if criterion is None:
        raise ChoiceUnknown(value=command.criterion, label=case.name)
    if criterion.computed:
        raise CriterionComputed(criterion=criterion.text)
    evidence = command.evidence.strip()
    if command.state == "not_applicable":
        must_say(evidence, "assess", case.name)
    row = act.session.execute(
        select(AssessmentRow).where(AssessmentRow.task_id == case.task.id, AssessmentRow.criterion == criterion.key)
    ).scalar_one_or_none()
    if row is None:
        row = AssessmentRow(task_id=case.task.id, criterion=criterion.key)
        act.session.add(row)
    row.state, row.evidence, row.actor_id, row.at = command.state, evidence, act.actor.id, act.now
    act.record(
        "criterion_assessed", case.project, case.task,
        element=case.task.element, criterion=criterion.key, state=command.state, evidence=evidence,
    )  # fmt: skip
