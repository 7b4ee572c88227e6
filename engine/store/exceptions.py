"""Exceptional gates as rows: when one opens beside the main execution, when it is withdrawn, what its stop does.

A condition is looked at when a form answers, or corrects, something that it reads; releases without such a form ask the
database nothing. What it read stands with the execution, so that the same figures are decided once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, case, literal_column, select, union_all, update

from engine import execution
from engine.completion import said_by
from engine.execution.program import evaluate
from engine.history import canonical
from engine.method import Exceptional, Task
from engine.release import Release
from engine.store.act import Act, Opened
from engine.store.ending import close_without_answer, end_project
from engine.store.known import known_from, telling
from engine.store.projection import begin, end_recurring_all
from engine.store.saving import catch_up
from engine.store.statements import ask
from engine.store.tables import ExecutionRow, ProjectRow, StageRow, TaskRow, TimerRow


def look(
    act: Act, project: ProjectRow, release: Release, model: Task, answers: Mapping[str, Any], task: int
) -> list[Opened]:  # fmt: skip
    """After `model` answered (in the row `task`): open what its answers call for, withdraw what they no longer do."""
    said = said_by(model)
    concerned = [each for each in release.method.exceptions if not said.isdisjoint(each.reads)]
    if not concerned:
        return []
    if model.phase in release.method.exception:
        catch_up(act.session)  # the exception itself may have just ended
    reads = frozenset[str]().union(*(each.reads for each in concerned))
    steps = list(telling(release.method, reads))
    asked = {"project": project.id, "task": task, "steps": steps, "processes": [each.id for each in concerned]}
    rows = sorted(ask(act.link, _LOOK, asked), key=attrgetter("id"))
    told = [(row.id, row.name, json.loads(row.words or "{}")) for row in rows if not row.run]
    opened: list[Opened] = []
    for each in concerned:
        found = known_from(project, release.method, each.reads, [*told, (task, model.id, answers)])
        subject = canonical({name: _plain(found.get(name)) for name in sorted(each.reads)})
        runs = [row for row in rows if row.run and row.name == each.id]
        holds = evaluate(each.when, found) is True
        if any(row.run == _OPEN for row in runs):
            if not holds:
                open_ = next(row for row in executions(act, project, each) if row.ended_at is None)
                withdraw(act, project, open_, each)
        elif holds and all(row.words != subject for row in runs[-1:]):
            opened += open_exception(act, project, release, each, subject, found)
    return opened


_OPEN, _ENDED = 1, 2
#: what other completed tasks said (0), and the executions of exceptional processes
_LOOK = union_all(
    select(
        TaskRow.id, TaskRow.element.label("name"), TaskRow.answers.label("words"), literal_column("0").label("run")
    ).where(
        TaskRow.project_id == bindparam("project"), TaskRow.element.in_(bindparam("steps", expanding=True)),
        TaskRow.state == "done", TaskRow.id != bindparam("task"),
    ),
    select(
        ExecutionRow.id, ExecutionRow.process, ExecutionRow.subject,
        case((ExecutionRow.ended_at.is_(None), literal_column(str(_OPEN))), else_=literal_column(str(_ENDED))),
    ).where(
        ExecutionRow.project_id == bindparam("project"),
        ExecutionRow.process.in_(bindparam("processes", expanding=True)),
    ),
)  # fmt: skip


def open_exception(
    act: Act, project: ProjectRow, release: Release, exception: Exceptional, subject: str, said: Mapping[str, Any]
) -> list[Opened]:  # fmt: skip
    act.record("exception_opened", project, element=exception.gate.id)
    reads = release.method.reads
    run = execution.start(release.program, exception.id, {name: said[name] for name in said if name in reads})
    return begin(act, project, release, exception.id, run, subject)


def executions(act: Act, project: ProjectRow, exception: Exceptional) -> list[ExecutionRow]:
    query = select(ExecutionRow).where(ExecutionRow.project_id == project.id, ExecutionRow.process == exception.id)
    return list(act.session.execute(query.order_by(ExecutionRow.id)).scalars())


def withdraw(act: Act, project: ProjectRow, row: ExecutionRow, exception: Exceptional) -> None:
    """What opened it was corrected: nothing is left to decide."""
    row.ended_at = act.now
    _close(act, project, TaskRow.execution_id == row.id)
    act.record("exception_withdrawn", project, element=exception.gate.id)


def stop(act: Act, project: ProjectRow, release: Release) -> list[Opened]:
    """The stop decided beside the main execution: all that goes on ends, and the short closure begins.

    Where the method draws none, the project ends with the decision as its record.
    """
    interrupted = close_all(act, project, release)
    short = release.method.short_closure
    if short is None:
        end_project(act, project, "stopped")
        return []
    run = execution.start(release.program, short.process, {})
    step = replace(run.step, entered=(short.id, *run.step.entered), left=interrupted)
    return begin(act, project, release, short.process, replace(run, step=step))


def close_all(act: Act, project: ProjectRow, release: Release) -> tuple[str, ...]:
    """Everything that goes on ends, and every clock; the phases that this interrupts."""
    end_recurring_all(act, project, release)
    _close(act, project, TaskRow.project_id == project.id)
    act.session.execute(
        update(TimerRow)
        .where(TimerRow.project_id == project.id, TimerRow.fired_at.is_(None))
        .values(fired_at=act.now)
        .execution_options(synchronize_session=False)
    )
    query = select(ExecutionRow).where(ExecutionRow.project_id == project.id, ExecutionRow.ended_at.is_(None))
    for row in act.session.execute(query).scalars():
        row.ended_at = act.now
    return _entered(act, project)


def _entered(act: Act, project: ProjectRow) -> tuple[str, ...]:
    """The phases that go on; none while a gate is open."""
    query = select(StageRow.phase).where(StageRow.project_id == project.id, StageRow.left_at.is_(None))
    return tuple(act.session.execute(query).scalars())


def _close(act: Act, project: ProjectRow, *where: Any) -> None:
    for task in act.session.execute(select(TaskRow).where(TaskRow.state == "open", *where)).scalars():
        close_without_answer(act, project, task)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | str) else str(value)
