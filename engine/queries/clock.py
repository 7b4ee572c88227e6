"""The clock of an asked opinion, and the requests that suspended it, as a task's page shows them."""

from __future__ import annotations

import json

from sqlalchemy import select

from engine.clocks import Interval, divided
from engine.queries.lines import ClockLine, RequestLine
from engine.queries.view import View
from engine.store.case import Case
from engine.store.tables import EventRow, RequestRow, TimerRow
from engine.words import Text

MEANS = {
    "favourable": Text(
        "Sans avis dans le délai, il est réputé favorable.", "Without an opinion in time, it is deemed favourable."
    ),
    "deemed_unfavourable_continue": Text(
        "Sans avis dans le délai, il est réputé négatif et le projet continue.",
        "Without an opinion in time, it is deemed negative and the project goes on.",
    ),
    "escalate": Text(
        "Sans avis dans le délai, la tâche revient au commanditaire.",
        "Without an opinion in time, the task goes to the sponsor.",
    ),
    "block": Text("Sans avis, le projet attend.", "Without an opinion, the project waits."),
}  # fmt: skip


def requests_of(view: View, task: int) -> tuple[RequestLine, ...]:
    rows = list(
        view.session.execute(select(RequestRow).where(RequestRow.task_id == task).order_by(RequestRow.id)).scalars()
    )
    people = view.people([each for row in rows for each in (row.asked_by, row.answered_by)])
    return tuple(
        RequestLine(
            id=row.id, body=row.body, by=people[row.asked_by], at=row.asked_at, answer=row.answer,
            answered_by=people.get(row.answered_by or 0), answered_at=row.answered_at,
        )
        for row in rows
    )  # fmt: skip


def clock_of(view: View, case: Case, requests: tuple[RequestLine, ...]) -> ClockLine | None:
    """Until now, or until the opinion was given. None for a task that asks no opinion within a time limit."""
    task, silence = case.task, case.model.silence
    if silence is None:
        return None
    timer = view.session.execute(
        select(TimerRow).where(TimerRow.task_id == task.id, TimerRow.kind == "silence")
    ).scalar_one_or_none()
    if timer is None:
        return None
    is_open = task.state == "open"
    stopped = "" if timer.stopped_at is None or not is_open else "request"
    if stopped and all(each.answered_at for each in requests):
        stopped = "hold"
    time = divided(
        task.opened_at,
        view.now if is_open else task.closed_at or view.now,
        [(each.at, each.answered_at) for each in requests],
        _holds(view, case),
    )
    return ClockLine(
        means=MEANS[silence.effect],
        source=silence.source,
        term=timer.subject,
        began_at=task.opened_at,
        ends_at=timer.due_at if is_open and not stopped else None,
        stopped=stopped,  # type: ignore[arg-type]
        stopped_at=timer.stopped_at if stopped else None,
        elapsed=time.elapsed,
        running=time.running,
        suspended=time.suspended,
        held=time.held,
        deemed=task.state == "done" and "silence" in json.loads(task.remarks) and silence.deems,
    )


def _holds(view: View, case: Case) -> list[Interval]:
    """When the project was held, after its history."""
    query = (
        select(EventRow.kind, EventRow.at)
        .where(EventRow.stream == case.project.id, EventRow.kind.in_(("project_held", "project_resumed")))
        .order_by(EventRow.number)
    )
    found: list[Interval] = []
    for kind, at in view.session.execute(query):
        if kind == "project_held":
            found.append((at, None))
        elif found:
            found[-1] = (found[-1][0], at)
    return found
