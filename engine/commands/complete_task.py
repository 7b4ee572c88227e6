"""Complete a task with its answers, and let the project go on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from engine import execution
from engine.answers import PlanLine
from engine.checklists import settled
from engine.choices import allowed
from engine.closing import ends, must_close
from engine.completion import IMPACTED, accepted, variables
from engine.errors import NotAllowed, StalePage
from engine.feeding import feed
from engine.method import Task
from engine.people import VERBS, WHO
from engine.store.act import Act, Opened
from engine.store.case import Case, must, must_be_fresh, next_for
from engine.store.exceptions import look
from engine.store.projection import go_on, plan_next
from engine.store.refusals import COMPLETED, settle_refusal
from engine.store.silences import end_clock
from engine.store.tables import ExecutionRow, ProjectRow, TimerRow


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Complete a task with its answers, and let the project go on."""

    task: int
    values: dict[str, Any] = field(default_factory=dict)
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    next_task: int | None  #: the next one for this actor


def handle(act: Act, command: CompleteTask) -> Completed:
    case = act.case(command.task)
    if case.task.kind == "gate":
        raise NotAllowed(verb=VERBS["complete"].format(task=case.name), who=WHO["decide"])
    must(act, case, "complete")
    must_be_fresh(case, command.revision)
    opened = carry_on(act, case, command.values)
    feed(act, case)
    return Completed(next_for(act.actor, opened))


def carry_on(act: Act, case: Case, values: dict[str, Any]) -> list[Opened]:
    """The task is done with these answers, and its execution goes on; what that opened."""
    task, model, project = case.task, case.model, case.project
    answers = answered(act, case, values)
    row = case.execution
    run = execution.complete(
        case.release.program, row.process, row.state, task.token, variables(model, answers, case.method.reads)
    )
    if run is None:
        raise StalePage(what=case.name)
    in_whose_name = case.in_whose_name
    if run.step.end and ends(case.method, row.process):
        must_close(act, case, run.step.end)
    task.state, task.closed_at, task.closed_by = "done", act.now, act.by
    task.assignee_id = act.by or task.assignee_id
    task.answers, task.draft = json.dumps(answers, ensure_ascii=False), None
    act.record("task_completed", project, task, element=task.element, instance=task.instance, **in_whose_name)
    note_in_project(project, model, answers)
    settle_refusal(act, task, COMPLETED)
    if model.silence is not None:
        end_clock(act, task.id)
    opened = go_on(act, project, case.release, row, run)
    if case.method.exceptions and project.status == "running":
        opened += look(act, project, case.release, model, answers, task.id)
    _plan_next(act, case, row)
    return opened


def answered(act: Act, case: Case, values: dict[str, Any]) -> dict[str, Any]:
    """The answers in their one form. Raises `FormRefused` for what a field, or a check between fields, refuses."""
    may = allowed(act.link, case.project, case.method, case.model, case.task, values)
    if may.items:
        may = replace(may, settled=settled(act, case, values, may.items))
    return accepted(case.model, values, may, case.name)


def note_in_project(project: ProjectRow, task: Task, answers: dict[str, Any]) -> None:
    """What a form says of the project itself is written on it."""
    for each in task.form:
        value = answers.get(each.key)
        if each.key == IMPACTED and value:
            project.impacted = json.dumps(value)
        elif each.source == "objectives" and value:
            project.objectives = json.dumps(value)
        elif each.source == "themes" and value:
            _carry(project, [str(each) for each in (value if isinstance(value, list) else [value])])


def _carry(project: ProjectRow, themes: list[str]) -> None:
    """What the form chooses; where it chooses one, in place of the first, and the others stay."""
    others = json.loads(project.themes or "[]") if len(themes) == 1 else []
    carried = list(dict.fromkeys([*themes, *(each for each in others if each != project.theme)]))
    project.theme, project.themes = carried[0], json.dumps(carried)


def _plan_next(act: Act, case: Case, row: ExecutionRow) -> None:
    """The next one waits since this occurrence opened, unless that was before Jalon planned it so early."""
    if case.task.kind != "occurrence" or row.ended_at is None:
        return
    recurring = next(each for each in case.method.recurring if each.id == case.task.element)
    if recurring.every == "plan":
        return
    waits = select(TimerRow.id).where(
        TimerRow.project_id == case.project.id, TimerRow.element == recurring.id, TimerRow.fired_at.is_(None)
    )
    if act.session.execute(waits.limit(1)).first() is None:
        plan_next(act, case.project, recurring, PlanLine("", None, recurring.every), case.task.opened_at)
