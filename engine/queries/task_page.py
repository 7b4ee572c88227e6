"""One task: its form, its checklist, who may do what, and where it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select

from engine import confidential
from engine.choices import offered
from engine.errors import NotFound
from engine.gates import decided_since
from engine.guests import of_people, why_no_guest
from engine.mandates import theirs
from engine.method import Field, Item
from engine.people import can
from engine.queries.clock import clock_of, requests_of
from engine.queries.drawings import of_phase
from engine.queries.items import item_lines
from engine.queries.lines import (
    ActorLine,
    ChoiceLine,
    ClockLine,
    CommentLine,
    Drawing,
    DueLine,
    EventLine,
    FileLine,
    ItemLine,
    ProofLine,
    RequestLine,
    ReserveLine,
    ServiceLine,
    TaskLine,
)  # fmt: skip
from engine.queries.proofs import offered as proofs_offered
from engine.queries.task_form import asked_of, told_all
from engine.queries.task_remarks import more_time_said, refused_said, silence_said, why_not
from engine.queries.task_values import meeting_of, shown, values_of
from engine.queries.timers import due_in
from engine.queries.view import View, task_columns
from engine.reminders import MARKS
from engine.store.case import Case
from engine.store.tables import NEVER, DecisionRow, EventRow, ProjectRow, TaskRow
from engine.words import Text
from engine.working_time import PARIS, working_days_from


@dataclass(frozen=True, slots=True)
class TaskPageOf:
    task: int


@dataclass(frozen=True, slots=True)
class ReminderLine:
    after: int  #: working days after the due date; before it where negative. The last tells the sponsor
    day: date
    passed: bool  #: it was sent, or the next ones make it needless


@dataclass(frozen=True, slots=True)
class TaskPage:
    task: TaskLine
    revision: int  #: of the task: give it back with SaveDraft and CompleteTask
    help: Text  #: Markdown
    template: str  #: the document that it starts from: an address, or a name; mostly empty
    form: tuple[Field, ...]
    choices: dict[str, tuple[ChoiceLine, ...]]  #: for each enum and multiselect field
    items: dict[str, tuple[Item, ...]]  #: for each checklist field
    lines: dict[str, ItemLine]  #: by `field.item`, the lines of checklists that more than the form decides
    proofs: tuple[ProofLine, ...]  #: what can be cited as evidence in a checklist
    values: dict[str, Any]  #: answers, else draft, else what an earlier round or the project says
    meeting: str  #: kind of meeting that this occurrence is; empty: none
    round: int  #: 1, then one more for each rework
    rework_reason: str  #: why the gate sent the phase back; empty on the first round
    reserves: tuple[ReserveLine, ...]
    #: claim, release, assign, hand_over, more_time, draft, complete, correct, refuse, comment, attach, request, invite
    can: frozenset[str]
    why_not: Text  #: when neither complete nor correct is possible: why
    refused: Text  #: by whom and why, when a colleague refused it; empty
    more_time: Text  #: the request for more time that was made; empty
    comments: tuple[CommentLine, ...]
    files: tuple[FileLine, ...]
    history: tuple[EventLine, ...]
    colleagues: tuple[ActorLine, ...]  #: to whom it may be handed over
    people: tuple[ActorLine, ...]  #: for people pickers
    services: tuple[ServiceLine, ...]
    drawing: Drawing  #: its phase, with states
    due: tuple[DueLine, ...]  #: the timers that stand on it and wait
    clock: ClockLine | None  #: of an opinion that is asked within a time limit
    requests: tuple[RequestLine, ...]  #: for information, before the opinion
    silence: Text  #: what the end of the clock brought; empty
    reminders: tuple[ReminderLine, ...]  #: of an open task that has a due date, in order
    next_task: int | None  #: after a completion: the next one for this actor
    locked: bool
    closed_by: str = ""
    closed_at: datetime | None = None
    hides: frozenset[str] = frozenset()  #: fields that the page leaves out


ON_TASK = (
    "claim", "release", "assign", "hand_over", "more_time", "grant_time", "draft", "complete", "correct", "refuse",
    "comment", "attach", "request",
)  # fmt: skip


def read(view: View, query: TaskPageOf) -> TaskPage:
    case = view.case(query.task)
    if case.task.kind == "gate":
        raise NotFound
    task, model, method = case.task, case.model, case.method
    standing = case.standing
    allowed = frozenset(verb for verb in ON_TASK if can(verb, standing))
    if "correct" in allowed and _frozen(view, case):
        allowed -= {"correct"}
    # an opinion has the clock of the method: nobody moves its end, a request for information suspends it
    allowed -= {"more_time", "grant_time"} if model.silence is not None else {"request"}
    requests = requests_of(view, task.id) if model.silence is not None else ()
    people = () if view.actor.guest else view.directory()
    if view.actor.guest:
        allowed -= {"hand_over"}
    if "assign" in allowed and why_no_guest(method, task) is None:
        allowed |= {"invite"}
    remarks = json.loads(task.remarks)
    steers = standing.lead or standing.sponsor
    closer = view.person(task.closed_by)
    initiated, asked = told_all(view, case), asked_of(view, case)
    form = offered(view.session, case.project, method, asked)
    values = values_of(view, case) if initiated else confidential.without(model.form, values_of(view, case))
    return TaskPage(
        task=view.tasks(task_columns().where(TaskRow.id == task.id))[0],
        revision=task.revision,
        help=model.help,
        template=model.template,
        form=asked,
        choices={
            key: tuple(ChoiceLine(each.value, each.label) for each in found)
            for key, found in form.choices.items()
        },
        items=dict(form.items),
        lines=item_lines(view, case, form.items, values),
        proofs=proofs_offered(view, case.project.id, method) if form.items and not view.actor.guest else (),
        values=shown(case, values),
        meeting=meeting_of(case),
        round=task.round,
        rework_reason=_rework_reason(view, case),
        reserves=view.reserves(case.project.id, method, steers),
        can=allowed,
        why_not=why_not(view, case, allowed),
        refused=refused_said(view, remarks),
        more_time=more_time_said(view, remarks),
        comments=view.comments(task.id),
        files=view.files(
            TaskRow.project_id == task.project_id, TaskRow.element == task.element, TaskRow.instance == task.instance,
            method=method,
        ),
        history=view.events(select(EventRow).where(EventRow.task_id == task.id).order_by(EventRow.id), method),
        colleagues=tuple(each for each in people if not case.barred(each.id) and each.id != view.actor.id),
        people=people,
        services=tuple(view.services.values()),
        drawing=of_phase(view, case.project, case.release, task.phase),
        due=_due(view, case),
        clock=clock_of(view, case, requests),
        requests=requests,
        silence=silence_said(remarks),
        reminders=_reminders(view, case),
        next_task=_next(view, case),
        locked=model.lock == "locked",
        closed_by=closer.name if closer else "",
        closed_at=task.closed_at,
        hides=frozenset(each.key for each in model.form if view.actor.guest and of_people(each)),
    )  # fmt: skip


def _rework_reason(view: View, case: Case) -> str:
    phase = case.method.phase.get(case.task.phase)
    if case.task.round < 2 or phase is None:
        return ""
    return (
        view.session.execute(
            select(DecisionRow.reason)
            .where(
                DecisionRow.project_id == case.project.id, DecisionRow.gate == phase.gate,
                DecisionRow.outcome == "rework",
            )
            .order_by(DecisionRow.id.desc())
            .limit(1)
        ).scalar()
        or ""
    )  # fmt: skip


def _due(view: View, case: Case) -> tuple[DueLine, ...]:
    if case.task.state != "open" or not case.method.timers:
        return ()
    return tuple(each for each in due_in(view, case.project, case.method) if each.on == case.task.element)


def _reminders(view: View, case: Case) -> tuple[ReminderLine, ...]:
    """The mails before, on and after the due date, where mail is configured; then the word to the sponsor."""
    task = case.task
    if task.state != "open" or task.due_at >= NEVER or case.project.status != "running":
        return ()
    due = task.due_at.astimezone(PARIS).date()
    marks = [
        ReminderLine(days, working_days_from(due, days), mark <= task.reminded) for mark, days in enumerate(MARKS, 1)
    ]
    return tuple(marks if view.settings.smtp else marks[-1:])


def _frozen(view: View, case: Case) -> bool:
    phase = case.method.phase.get(case.task.phase)
    if phase is None or case.task.closed_at is None:
        return False
    return decided_since(view.session, case.project.id, phase.gate, case.task.closed_at)


def _next(view: View, case: Case) -> int | None:
    """After a completion: what is next for this actor, in the same project first."""
    if case.task.state == "open":
        return None
    mine = or_(
        TaskRow.assignee_id == view.actor.id,
        and_(TaskRow.assignee_id.is_(None), TaskRow.seat.in_(view.actor.seats)),
        *map(theirs, view.actor.stood),
    )
    query = (
        select(TaskRow.id)
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .where(TaskRow.state == "open", mine, ProjectRow.status == "running")
        .order_by((TaskRow.project_id == case.project.id).desc(), TaskRow.due_at, TaskRow.id)
    )
    return view.session.execute(query.limit(1)).scalar()
