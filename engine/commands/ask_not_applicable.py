"""Ask that a locked item of a checklist be declared not applicable."""

from __future__ import annotations

from dataclasses import dataclass

from engine.asides import ask, item_of, must_be_waivable, said_of, withdraw
from engine.store.act import Act
from engine.store.case import must, must_say
from engine.store.tables import AssessmentRow


@dataclass(frozen=True, slots=True)
class AskNotApplicable:
    """Ask that a locked item of a checklist be declared not applicable; it does not hold until another approves."""

    task: int
    item: str  #: `field.item`
    reason: str


def handle(act: Act, command: AskNotApplicable) -> None:
    case = act.case(command.task)
    must(act, case, "draft")
    item = item_of(case, command.item)
    must_be_waivable(item)
    reason = must_say(command.reason, "set_aside", item.text)
    row = said_of(act, case.task.id, command.item)
    if row is None:
        row = AssessmentRow(task_id=case.task.id, criterion=command.item)
    else:
        withdraw(act, row)
    ask(act, case, row, item.text, reason)
    act.record(
        "not_applicable_asked", case.project, case.task, element=case.task.element, text=item.text.fr, reason=reason
    )
