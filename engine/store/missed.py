"""An occurrence that nobody did before the next one came: history keeps it, and those who steer hear of it.

Two in a row are an action of the project lead, four one of the sponsor (docs/explanation/rhythm.md).
"""

from __future__ import annotations

from itertools import takewhile

from sqlalchemy import select

from engine.release import Release
from engine.store.act import Act
from engine.store.ending import end_occurrence
from engine.store.steering import ask_of
from engine.store.tables import ProjectRow, TaskRow
from engine.words import Text

#: misses in a row after which the lead is told, then the sponsor
LEAD, SPONSOR = 2, 4


def miss(act: Act, project: ProjectRow, release: Release, task: TaskRow) -> None:
    """`task` is over without having been done; the row where it is one too many becomes an action."""
    task.state, task.closed_at = "missed", act.now
    end_occurrence(act, task)
    act.record("occurrence_missed", project, task, element=task.element, instance=task.instance)
    act.session.flush()
    method = release.method
    told = {LEAD: method.lead, SPONSOR: method.sponsor}.get(_in_a_row(act, task))
    if told is not None:
        count = LEAD if told == method.lead else SPONSOR
        name = method.name_of(task.element)
        ask_of(act, project, told, TITLE.format(task=name, count=count), BODY, "task", task.id)


def _in_a_row(act: Act, task: TaskRow) -> int:
    """How many of the last occurrences were missed, this one included; as many as anybody asks for."""
    last = select(TaskRow.state).where(
        TaskRow.project_id == task.project_id, TaskRow.element == task.element, TaskRow.instance == task.instance,
        TaskRow.state != "open",
    )  # fmt: skip
    states = act.session.execute(last.order_by(TaskRow.id.desc()).limit(SPONSOR + 1)).scalars()
    return len(list(takewhile(lambda state: state == "missed", states)))


TITLE = Text("« {task} » : {count} fois de suite non fait", "“{task}”: missed {count} times in a row")
BODY = Text(
    "L’activité revient et personne ne la fait. Reprenez-la, confiez-la à quelqu’un d’autre, ou suspendez le projet.",
    "The activity recurs and nobody does it. Take it up, entrust it to somebody else, or put the project on hold.",
)
