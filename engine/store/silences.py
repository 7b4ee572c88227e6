"""The clock of an asked opinion as rows: one timer a task, which requests stop, and what its end brings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from engine import execution
from engine.answers import Allowed, sound
from engine.clocks import term
from engine.completion import variables
from engine.method import Silence, Task
from engine.store.act import Act, Opened
from engine.store.case import Case
from engine.store.refusals import DEEMED, settle_refusal
from engine.store.tables import NEVER, ExecutionRow, ProjectRow, RequestRow, TaskRow, TimerRow
from engine.working_time import PARIS, due_after

KIND = "silence"


def start_clock(act: Act, project: ProjectRow, task: Opened, model: Task, due: datetime) -> None:
    """`due`: as the task has it. `subject` keeps the term, so that another one moves the end by the difference."""
    if model.silence is None:
        return
    act.session.add(
        TimerRow(
            project_id=project.id, kind=KIND, element=task.element, subject=term(model, {}), due_at=due, task_id=task.id
        )
    )


def clock_of(act: Act, task: int) -> TimerRow | None:
    """The clock of an open task that has one."""
    query = select(TimerRow).where(TimerRow.task_id == task, TimerRow.kind == KIND, TimerRow.fired_at.is_(None))
    return act.session.execute(query).scalar_one_or_none()


def end_clock(act: Act, task: int) -> None:
    """The opinion was given, or is asked no more."""
    act.session.execute(
        update(TimerRow)
        .where(TimerRow.task_id == task, TimerRow.kind == KIND, TimerRow.fired_at.is_(None))
        .values(fired_at=act.now)
        .execution_options(synchronize_session=False)
    )


def set_term(act: Act, case: Case, typed: Mapping[str, Any]) -> None:
    """What is typed may give the opinion another term: its end moves, what stopped the clock stays counted."""
    said = term(case.model, typed)
    clock = clock_of(act, case.task.id) if said else None
    if clock is None or clock.subject == said:
        return
    stopped = clock.due_at - due_after(case.task.opened_at, clock.subject)
    clock.due_at, clock.subject, clock.queued_at = due_after(case.task.opened_at, said) + stopped, said, None
    if case.task.due_at < NEVER:
        case.task.due_at, case.task.reminded = clock.due_at, 0
    act.record("term_set", case.project, case.task, element=case.task.element, until=_day(clock.due_at))


def waiting_requests(act: Act, task: int) -> int:
    query = select(func.count()).where(RequestRow.task_id == task, RequestRow.answered_at.is_(None))
    return act.session.execute(query).scalar_one()


def stop_clock(act: Act, task: TaskRow) -> None:
    """While it stands still the task has no due date: nobody is reminded of what they cannot do."""
    clock = clock_of(act, task.id)
    if clock is not None and clock.stopped_at is None:
        clock.stopped_at, task.due_at = act.now, NEVER


def resume_clock(act: Act, task: TaskRow) -> None:
    """A hold in between is part of the time for which the clock stood still."""
    clock = clock_of(act, task.id)
    if clock is None or clock.stopped_at is None:
        return
    clock.due_at, clock.stopped_at, clock.queued_at = clock.due_at + (act.now - clock.stopped_at), None, None
    task.due_at, task.reminded = clock.due_at, 0


# --- its end -----------------------------------------------------------------------------------------------


def deemed(task: TaskRow, silence: Silence) -> dict[str, Any]:
    """What is typed so far, with the answer that silence stands for."""
    return {**json.loads(task.draft or "{}"), **dict(silence.answers)}


def fall_silent(
    act: Act, project: ProjectRow, task: TaskRow, row: ExecutionRow, may: Allowed
) -> execution.Run | None:  # fmt: skip
    """What the method says of silence. Answers where the execution goes on to, when an answer is deemed given.

    `may`: what `deemed` may choose from.
    """
    release = act.release(project.release_id)
    model = release.method.tasks[task.element]
    silence = model.silence
    assert silence is not None  # only such tasks have a clock
    said = {"effect": silence.effect, "source": silence.source, "at": act.now.isoformat()}
    task.remarks = json.dumps(json.loads(task.remarks) | {"silence": said}, ensure_ascii=False)
    if not silence.deems:
        _report(act, project, task, silence)
        return None
    answers = {each.key: None for each in model.form} | sound(model.form, deemed(task, silence), may)
    run = execution.complete(
        release.program, row.process, row.state, task.token, variables(model, answers, release.method.reads)
    )
    if run is None:
        return None
    task.state, task.closed_at, task.closed_by = "done", act.now, None
    task.answers, task.draft = json.dumps(answers, ensure_ascii=False), None
    act.record(f"silence_{_MEANS[silence.effect]}", project, task, element=task.element, source=silence.source)
    settle_refusal(act, task, DEEMED)
    return run


def _report(act: Act, project: ProjectRow, task: TaskRow, silence: Silence) -> None:
    """Escalated: the task waits before the sponsor. Blocking: it waits where it is, and says so."""
    if silence.effect == "escalate":
        _, held = act.held(project)
        sponsor = held[act.release(project.release_id).method.sponsor]
        task.seat = sponsor.seat
        task.assignee_id = sponsor.holders[0].actor if len(sponsor.holders) == 1 else None
    act.record(f"silence_{_MEANS[silence.effect]}", project, task, element=task.element)


_MEANS = {
    "favourable": "favourable", "deemed_unfavourable_continue": "unfavourable", "escalate": "escalated",
    "block": "blocks",
}  # fmt: skip


def _day(moment: datetime) -> str:
    return moment.astimezone(PARIS).date().isoformat()
