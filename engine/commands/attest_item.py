"""Vouch for an item of a checklist that only the administrator can: access removed, data purged."""

from __future__ import annotations

from dataclasses import dataclass

from engine.asides import item_of, said_of, withdraw
from engine.errors import EvidenceMissing, EvidenceRefused, ItemInForm, NotAllowed, TaskClosed
from engine.evidence import Kind, why_not
from engine.people import VERBS, WHO
from engine.store.act import Act
from engine.store.attestations import may_attest, settle
from engine.store.case import TASK_STATES, spoken_day
from engine.store.tables import AssessmentRow


@dataclass(frozen=True, slots=True)
class AttestItem:
    """Vouch for an item of a checklist that only the administrator can, with the evidence."""

    task: int
    item: str  #: `field.item`
    evidence: str
    kind: Kind = "text"
    refers_to: int | None = None


def handle(act: Act, command: AttestItem) -> None:
    case = act.case(command.task)
    case.must_move()
    item = item_of(case, command.item)
    if not may_attest(act.link, case):
        raise NotAllowed(verb=VERBS["attest"].format(task=item.text), who=WHO["administer"])
    if case.task.state != "open":
        by, closed = act.name_of(case.task.closed_by), case.task.closed_at or case.task.opened_at
        raise TaskClosed(task=case.name, state=TASK_STATES[case.task.state], by=by, at=spoken_day(closed))
    if item.proof != "admin":
        raise ItemInForm(criterion=item.text)
    evidence = command.evidence.strip()
    why = why_not(act.session, case.project.id, command.kind, evidence, command.refers_to)
    if why is not None:
        raise EvidenceRefused(criterion=item.text, why=why)
    if not evidence and command.refers_to is None:
        raise EvidenceMissing(criterion=item.text)
    row = said_of(act, case.task.id, command.item)
    if row is None:
        row = AssessmentRow(task_id=case.task.id, criterion=command.item)
    else:
        withdraw(act, row)
    row.state, row.evidence, row.kind, row.refers_to = "met", evidence, command.kind, command.refers_to
    row.actor_id, row.at, row.approved_by = act.actor.id, act.now, None
    act.session.add(row)
    act.record("item_attested", case.project, case.task, element=case.task.element, text=item.text.fr)
    act.session.flush()
    settle(act, case)
