"""Compare projects with their baselines, and open the exception of those beyond their tolerances. Jalon does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from engine.history import canonical
from engine.store.act import Act
from engine.store.baselines import drift_of
from engine.store.exceptions import executions, open_exception
from engine.store.tables import BaselineRow, ProjectRow

#: projects of one act
BATCH = 50


@dataclass(frozen=True, slots=True)
class CheckTolerances:
    """Compare projects with their baselines, and open the exception of those beyond their tolerances. Jalon does it."""

    day: date
    after: int = 0  #: the last project that was looked at


@dataclass(frozen=True, slots=True)
class Checked:
    after: int  #: where to go on; 0: nothing is left
    opened: int  #: exceptions


def handle(act: Act, command: CheckTolerances) -> Checked:
    last = (
        select(func.max(BaselineRow.id)).where(BaselineRow.project_id > command.after).group_by(BaselineRow.project_id)
    )
    found = act.session.execute(
        select(BaselineRow.project_id, ProjectRow.release_id)
        .join(ProjectRow, ProjectRow.id == BaselineRow.project_id)
        .where(BaselineRow.id.in_(last), ProjectRow.status == "running")
        .order_by(BaselineRow.project_id)
        .limit(BATCH)
    ).all()
    opened = sum(_check(act, id) for id, release in found if act.release(release).method.by_tolerance is not None)
    return Checked(found[-1][0] if len(found) == BATCH else 0, opened)


def _check(act: Act, id: int) -> bool:
    query = select(ProjectRow).where(ProjectRow.id == id, ProjectRow.status == "running")
    project = act.session.execute(
        query.with_for_update(skip_locked=True) if act.locks_rows else query
    ).scalar_one_or_none()
    if project is None:
        return False  # someone is at it this very moment: tomorrow
    release = act.release(project.release_id)
    exception = release.method.by_tolerance
    assert exception is not None  # only those are looked at
    row = act.session.execute(
        select(BaselineRow).where(BaselineRow.project_id == id).order_by(BaselineRow.id.desc()).limit(1)
    ).scalar_one()
    found = drift_of(act.session, project, release.method, row, act.now)
    before = executions(act, project, exception)
    # one report for each baseline and what exceeds it: what was decided is not asked again every morning
    subject = canonical({"baseline": row.id, "beyond": list(found.beyond)})
    if not found.beyond or any(each.ended_at is None or each.subject == subject for each in before):
        return False
    open_exception(act, project, release, exception, subject, {})
    return True
