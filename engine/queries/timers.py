"""What a project waits for by itself: drawn timers, the next occurrences, the review of a hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from engine.method import Method
from engine.queries.lines import DueLine
from engine.queries.reading import day_as_read
from engine.queries.view import View
from engine.store.tables import ProjectRow, TimerRow
from engine.words import Text
from engine.working_time import PARIS

#: a project's page and its diagrams show the next ones
MOST_SHOWN = 100

SECOND = Text("Seconde séance de « {gate} »", "Second session of “{gate}”")
REVIEW = Text("Revue de la suspension", "Review of the hold")


def due_in(view: View, project: ProjectRow, method: Method) -> tuple[DueLine, ...]:
    """The timers that have not fired, soonest first; those that a hold stops among them."""
    rows = view.session.execute(
        select(TimerRow.kind, TimerRow.element, TimerRow.due_at, TimerRow.stopped_at)
        .where(TimerRow.project_id == project.id, TimerRow.fired_at.is_(None))
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(MOST_SHOWN)
    )
    return tuple(_line(method, *row) for row in rows)


def _line(method: Method, kind: str, element: str, due_at: datetime, stopped_at: datetime | None) -> DueLine:
    drawn = method.timer.get(element)
    on = drawn.on if drawn else ""
    return DueLine(
        kind=kind,  # type: ignore[arg-type]
        element=element,
        name=SECOND.format(gate=method.name_of(element))
        if kind == "session"
        else method.name_of(element)
        if element
        else REVIEW,
        due_at=due_at,
        stopped_at=stopped_at,
        on=on,
        on_name=method.name_of(on) if on else Text(""),
        interrupts=drawn.interrupts if drawn else False,
        process=drawn.process if drawn else "",
    )


def waiting(view: View, project: ProjectRow, method: Method) -> list[tuple[str, datetime]]:
    """(element, due) of each drawn timer, the next first. No query for a method without timers."""
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
