"""Every execution of a project that is under way goes on with the specs of another release of its method."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import execution
from engine.errors import StepsStuck
from engine.execution import Stuck
from engine.release import Release
from engine.store.act import Act
from engine.store.known import known
from engine.store.tables import ExecutionRow, ProjectRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Moved:
    """An execution with its state on the other release."""

    row: ExecutionRow
    state: bytes


def rebind(act: Act, project: ProjectRow, after: Release, run: ExecutionRow | None = None) -> None:
    """`run`: one that the act holds already, as it holds it. Raises `StepsStuck`, with nothing changed, where something
    that waits could not go on.
    """
    before = act.release(project.release_id)
    rows = [run] if run is not None else []
    rows += under_way(act.session, project, run)
    moved, stuck = tried(act.session, project, before, after, rows)
    if stuck:
        raise StepsStuck(steps=tuple(said(each, before) for each in stuck))
    for each in moved:
        each.row.state = each.state
    project.release_id = after.id
    act.forget(project)


def under_way(session: Session, project: ProjectRow, but: ExecutionRow | None = None) -> list[ExecutionRow]:
    """The executions of the project that are under way."""
    query = select(ExecutionRow).where(ExecutionRow.project_id == project.id, ExecutionRow.ended_at.is_(None))
    if but is not None:
        query = query.where(ExecutionRow.id != but.id)
    return list(session.execute(query.order_by(ExecutionRow.id)).scalars())


def tried(
    session: Session, project: ProjectRow, before: Release, after: Release, rows: Iterable[ExecutionRow]
) -> tuple[list[Moved], tuple[Stuck, ...]]:
    reads = after.program.reads - before.program.reads
    variables = known(session, project, before.method, reads) if reads else {}
    moved: list[Moved] = []
    stuck: list[Stuck] = []
    for row in rows:
        done = execution.rebind(before.program, after.program, row.process, row.state, variables)
        stuck += done.stuck
        moved.append(Moved(row, done.state))
    return moved, tuple(dict.fromkeys(stuck))


#: why what waits cannot go on
WHY = {
    "gone": Text("« {step} » n’y est plus dessinée", "“{step}” is not drawn in it any more"),
    "changed": Text("« {step} » y est dessinée autrement", "“{step}” is drawn otherwise in it"),
    "starved": Text(
        "« {step} » y attendrait une branche sur laquelle plus rien n’avance",
        "“{step}” would wait in it for a branch on which nothing moves any more",
    ),
}


def said(stuck: Stuck, before: Release) -> Text:
    return WHY[stuck.why].format(step=before.method.name_of(stuck.element))
