"""Say whether a criterion of a gate holds, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.asides import ask, must_be_waivable, said_of, withdraw
from engine.errors import ChoiceUnknown, CriterionComputed, EvidenceMissing, EvidenceRefused
from engine.evidence import Kind, why_not
from engine.method import Criterion
from engine.store.act import Act
from engine.store.case import Case, must, must_say
from engine.store.tables import AssessmentRow


@dataclass(frozen=True, slots=True)
class AssessCriterion:
    """Say whether a criterion of a gate holds, with the evidence.

    Not applicable, where the criterion is locked, waits for another person's approval. What is computed can only be
    declared not applicable, and `unmet` takes that back.
    """

    task: int
    criterion: str  #: its key
    state: Literal["met", "unmet", "not_applicable"]
    evidence: str = ""  #: words, the address of a link, or the reason why it does not apply
    kind: Kind = "text"
    refers_to: int | None = None  #: the file, task or entry that is the evidence


def handle(act: Act, command: AssessCriterion) -> None:
    case = act.case(command.task)
    must(act, case, "assess")
    criterion = next((each for each in case.gate.criteria if each.key == command.criterion), None)
    if criterion is None:
        raise ChoiceUnknown(value=command.criterion, label=case.name)
    row = said_of(act, case.task.id, criterion.key)
    if criterion.computed and not _takes_back(command, row):
        must_be_waivable(criterion)
        if command.state != "not_applicable":
            raise CriterionComputed(criterion=criterion.text)
    evidence = command.evidence.strip()
    if command.state == "not_applicable":
        must_say(evidence, "assess", case.name)
    else:
        _must_be_evidence(act, case, criterion, command, evidence)
    if row is None:
        row = AssessmentRow(task_id=case.task.id, criterion=criterion.key)
    else:
        withdraw(act, row)
    _say(act, case, criterion, command, row, evidence)
    act.record(
        "criterion_assessed", case.project, case.task,
        element=case.task.element, criterion=criterion.key, state=command.state, evidence=evidence,
    )  # fmt: skip


def _takes_back(command: AssessCriterion, row: AssessmentRow | None) -> bool:
    return command.state == "unmet" and row is not None and row.state == "not_applicable"


def _must_be_evidence(act: Act, case: Case, criterion: Criterion, command: AssessCriterion, evidence: str) -> None:
    why = why_not(act.session, case.project.id, command.kind, evidence, command.refers_to)
    if why is not None:
        raise EvidenceRefused(criterion=criterion.text, why=why)
    if command.state == "met" and criterion.evidence and not evidence and command.refers_to is None:
        raise EvidenceMissing(criterion=criterion.text)


def _say(
    act: Act, case: Case, criterion: Criterion, command: AssessCriterion, row: AssessmentRow, evidence: str
) -> None:  # fmt: skip
    if command.state == "not_applicable" and (criterion.locked or criterion.computed):
        ask(act, case, row, criterion.text, evidence)
        return
    row.state, row.evidence, row.actor_id, row.at = command.state, evidence, act.actor.id, act.now
    row.kind, row.refers_to, row.approved_by = command.kind, command.refers_to, None
    act.session.add(row)
