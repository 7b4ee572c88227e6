"""The drawn timers of a project that wait: when nobody has anything to do, they are what it waits for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from engine.method import Method
from engine.queries.reading import day_as_read
from engine.queries.view import View
from engine.store.tables import ProjectRow, TimerRow
from engine.words import Text
from engine.working_time import PARIS


def waiting(view: View, project: ProjectRow, method: Method) -> list[tuple[str, datetime]]:
    """(element, due) of each, the next first. No query for a method without timers."""
    if not method.timers:
        return []
    query = select(TimerRow.element, TimerRow.due_at).where(
        TimerRow.project_id == project.id, TimerRow.kind == "drawn", TimerRow.fired_at.is_(None)
    )
    return [(element, due) for element, due in view.session.execute(query.order_by(TimerRow.due_at, TimerRow.id))]


def awaited(view: View, project: ProjectRow, method: Method) -> list[Text]:
    """Those in the way, as sentences; one on the border of a task keeps nobody waiting."""
    return [
        Text("« {name} » : jusqu’au {day}", "“{name}”: until {day}").format(
            name=method.name_of(element), day=day_as_read(due.astimezone(PARIS).date().isoformat())
        )
        for element, due in waiting(view, project, method)
        if not method.timer[element].on
    ]
