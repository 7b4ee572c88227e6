"""Answer a request that a criterion or an item be declared not applicable."""

from __future__ import annotations

from dataclasses import dataclass

from engine.asides import deviation_of, item_of, may_approve, said_of
from engine.errors import ChoiceUnknown, NotAllowed, NothingAsked, OwnRequest
from engine.people import VERBS, WHO
from engine.store.act import Act
from engine.store.case import Case, must_say
from engine.store.entries import close_entry
from engine.words import Text

GRANTED = "Accord donné."


@dataclass(frozen=True, slots=True)
class ApproveNotApplicable:
    """Answer a request that a criterion or an item be declared not applicable: the sponsor or the gate's chair does,
    never who asked. The answer closes the deviation.
    """

    task: int
    subject: str  #: the criterion's key, or `field.item`
    approved: bool = True
    reason: str = ""  #: needed to refuse


def handle(act: Act, command: ApproveNotApplicable) -> None:
    case = act.case(command.task)
    case.must_move()
    text = _text(case, command.subject)
    row = said_of(act, case.task.id, command.subject)
    entry = deviation_of(act, row) if row is not None else None
    if row is None or entry is None:
        raise NothingAsked(criterion=text)
    if not may_approve(case, row.actor_id):
        if row.actor_id == act.actor.id:
            raise OwnRequest(criterion=text, who=WHO["approve"])
        raise NotAllowed(verb=VERBS["approve"].format(task=text), who=WHO["approve"])
    reason = command.reason.strip() if command.approved else must_say(command.reason, "approve", text)
    close_entry(act, entry, "approved" if command.approved else "refused", reason or GRANTED)
    kind = "not_applicable_approved" if command.approved else "not_applicable_refused"
    act.record(kind, case.project, case.task, element=case.task.element, text=text.fr, reason=reason)
    if command.approved:
        row.approved_by = act.actor.id
    else:
        act.session.delete(row)


def _text(case: Case, subject: str) -> Text:
    if case.task.kind != "gate":
        return item_of(case, subject).text
    found = next((each.text for each in case.gate.criteria if each.key == subject), None)
    if found is None:
        raise ChoiceUnknown(value=subject, label=case.name)
    return found
