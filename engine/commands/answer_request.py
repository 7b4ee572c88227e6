"""Give the information that was asked before an opinion: its clock runs again once nothing more is asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.request_information import must_be_short
from engine.errors import NotFound, RequestAnswered
from engine.store.act import Act
from engine.store.case import must, must_say
from engine.store.silences import resume_clock, waiting_requests
from engine.store.tables import RequestRow


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """Give the information that was asked before an opinion: its clock runs again once nothing more is asked."""

    request: int
    answer: str


def handle(act: Act, command: AnswerRequest) -> None:
    row = act.session.execute(select(RequestRow).where(RequestRow.id == command.request)).scalar_one_or_none()
    if row is None:
        raise NotFound
    case = act.case(row.task_id)
    must(act, case, "request")
    act.session.refresh(row)  # the project is locked by now
    if row.answered_at is not None:
        raise RequestAnswered(task=case.name, by=act.name_of(row.answered_by))
    answer = must_say(command.answer, "request", case.name)
    must_be_short(answer)
    row.answer, row.answered_by, row.answered_at = answer, act.actor.id, act.now
    act.session.flush()
    if not waiting_requests(act, case.task.id):
        resume_clock(act, case.task)
    act.record("information_given", case.project, case.task, element=case.task.element, text=answer)
