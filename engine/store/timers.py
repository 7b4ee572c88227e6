"""Drawn timers: what a step armed and disarmed becomes rows. `FireTimer` says what one that is due sets off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from engine import moments
from engine.errors import Incident
from engine.execution import Armed, Step
from engine.release import Release
from engine.store.act import Act
from engine.store.tables import ExecutionRow, ProjectRow, TimerRow
from engine.words import Text

NO_MOMENT = Text("le minuteur « {name} » ne dit pas quand.", "the timer “{name}” does not say when.")


def keep_timers(act: Act, project: ProjectRow, release: Release, row: ExecutionRow, step: Step) -> None:
    """A moment that is past when the timer is armed is due now. Raises `Incident` for one that says no moment."""
    for each in step.armed:
        timer = release.method.timer.get(each.element)
        if timer is None or not each.when:
            name = timer.name if timer is not None and timer.name else Text(each.element)
            raise Incident(why=NO_MOMENT.format(name=name))
        due = moments.due(each.when, act.now, timer.working)
        add(act, project, row, each, max(due, act.now))
    if step.disarmed:
        act.session.execute(
            update(TimerRow)
            .where(
                TimerRow.project_id == project.id, TimerRow.execution_id == row.id,
                TimerRow.token.in_(step.disarmed), TimerRow.fired_at.is_(None),
            )
            .values(fired_at=act.now)
            .execution_options(synchronize_session=False)
        )  # fmt: skip


def add(act: Act, project: ProjectRow, row: ExecutionRow, armed: Armed, due: datetime) -> None:
    """`subject` keeps what was drawn, so that a repetition knows how far its turns lie apart."""
    act.session.add(
        TimerRow(
            project_id=project.id, kind="drawn", element=armed.element, subject=armed.when, due_at=due,
            execution_id=row.id, token=armed.token,
        )
    )  # fmt: skip
