"""What ends without an answer: a task that is withdrawn, an occurrence that nobody did, what a project leaves open."""

from __future__ import annotations

from operator import attrgetter

from sqlalchemy import Text as Words
from sqlalchemy import bindparam, cast, delete, insert, null, select, union_all, update

from engine.errors import ActionsOpen
from engine.execution import Step
from engine.release import Release
from engine.store.act import Act
from engine.store.saving import catch_up
from engine.store.silences import end_clock
from engine.store.statements import ask
from engine.store.tables import (
    CallRow,
    EntryRow,
    ExecutionRow,
    Moment,
    ProjectRow,
    TaskRow,
    TimerRow,
)  # fmt: skip
from engine.working_time import next_occurrence

_UNCALL = delete(CallRow.__table__).where(CallRow.task_id == bindparam("gate"))  # type: ignore[arg-type]


def uncall(act: Act, gate: TaskRow) -> None:
    """The gate is closed, and calls nobody any more: what a seat is called to stays as little as what is open."""
    act.write(_UNCALL, {"gate": gate.id})


def withdraw(act: Act, project: ProjectRow, row: ExecutionRow, step: Step) -> None:
    """The open tasks that the step cancelled."""
    if not step.cancelled:
        return
    gone = act.session.execute(
        select(TaskRow).where(
            TaskRow.execution_id == row.id, TaskRow.token.in_(step.cancelled), TaskRow.state == "open"
        )
    ).scalars()
    for task in gone:
        close_without_answer(act, project, task)


def close_without_answer(act: Act, project: ProjectRow, task: TaskRow) -> None:
    task.state = "cancelled"
    task.closed_at = act.now
    if task.kind == "gate":
        uncall(act, task)
    elif act.release(project.release_id).method.tasks[task.element].silence is not None:
        end_clock(act, task.id)
    act.record("task_cancelled", project, task, element=task.element, instance=task.instance)


def end_occurrence(act: Act, task: TaskRow) -> None:
    """Nothing goes on in the execution of an occurrence that nobody did."""
    act.session.execute(
        update(ExecutionRow)
        .where(ExecutionRow.id == task.execution_id)
        .values(ended_at=act.now, revision=ExecutionRow.revision + 1)
        .execution_options(synchronize_session=False)
    )


#: how long after its closing a project is evaluated once more
COLD = "P6M"


def end_with(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, end: str) -> None:
    short = release.method.short_closure
    if short is not None and row.process == short.process:
        status = "stopped"
    elif row.process == release.method.process:
        status = release.method.end[end]
    else:
        return  # an occurrence or an exception is over, the project goes on
    end_project(act, project, status)


def end_project(act: Act, project: ProjectRow, status: str) -> None:
    """One of the three ends; whatever is open goes. Raises `ActionsOpen` where somebody would be left with an action of
    a project that is no more.
    """
    catch_up(act.session)
    left = sorted(ask(act.link, _LEFT, {"project": project.id}), key=attrgetter("id"))
    titles = [each.title for each in left if each.title is not None]
    if titles:
        raise ActionsOpen(project=project.title, count=len(titles), actions=tuple(f"« {each} »" for each in titles[:3]))
    if left:
        query = select(TaskRow).where(TaskRow.id.in_([each.id for each in left]))
        for task in act.session.execute(query.order_by(TaskRow.id)).scalars():
            close_without_answer(act, project, task)
    act.write(_STILL, {"project": project.id, "now": act.now})
    if status == "closed":
        act.write(_COLD, {"project_id": project.id, "due_at": next_occurrence(act.now, COLD)})
    project.status, project.ended_at = status, act.now
    act.record("project_ended", project, status=status)


#: the tasks of a project that are open, and its open actions
_LEFT = union_all(
    select(TaskRow.id, cast(null(), Words).label("title")).where(
        TaskRow.project_id == bindparam("project"), TaskRow.state == "open"
    ),
    select(EntryRow.id, EntryRow.title).where(
        EntryRow.project_id == bindparam("project"), EntryRow.register == "action", EntryRow.closed_at.is_(None)
    ),
)
_STILL = (
    update(TimerRow.__table__)  # type: ignore[arg-type]
    .where(TimerRow.project_id == bindparam("project"), TimerRow.fired_at.is_(None))
    .values(fired_at=bindparam("now", type_=Moment()))
)
_COLD = insert(TimerRow.__table__).values(kind="cold", element="", subject="", token="")  # type: ignore[arg-type]
