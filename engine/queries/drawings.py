"""Which diagrams a page shows, and the state of each element on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, func, select

from engine.drawing import Mark
from engine.method import Method
from engine.queries.lines import Drawing
from engine.queries.timers import waiting
from engine.queries.view import View
from engine.release import Release
from engine.store.tables import NEVER, ProjectRow, StageRow, TaskRow


def of_phase(view: View, project: ProjectRow, release: Release, phase: str) -> Drawing:
    """The diagram of one phase, each task marked with how far it is in the present round."""
    found = release.method.phase.get(phase)
    if found is None:
        return of_method(view, project, release)
    marks = {
        element: _mark(view.now, rows, project.status == "held")
        for element, rows in _by_element(view, project, found.id).items()
    }
    marks |= _timers(view, project, release, found.process)
    return Drawing(release.files[found.file], found.process, found.name, marks)


def of_method(view: View, project: ProjectRow, release: Release) -> Drawing:
    """The main diagram: phases and gates with their state."""
    method = release.method
    rows = view.session.execute(
        select(StageRow.phase, StageRow.left_at).where(StageRow.project_id == project.id).order_by(StageRow.id)
    ).all()
    marks: dict[str, Mark] = {}
    times = Counter(each.phase for each in rows)
    for phase, left in rows:
        badge = f"×{times[phase]}" if times[phase] > 1 else ""
        marks[phase] = Mark(state="done" if left else "current", badge=badge)
    for element, tasks in _by_element(view, project, None).items():
        marks[element] = _mark(view.now, tasks, project.status == "held")
    marks |= _timers(view, project, release, method.process)
    return Drawing(release.files[method.file], method.process, method.name, marks)


def plain(release: Release) -> dict[str, Drawing]:
    """Every diagram of a method without a project: by phase id, the recurring ones by task id, `""` the whole."""
    method = release.method
    found = {"": Drawing(release.files[method.file], method.process, method.name, {})}
    for phase in method.phases:
        found[phase.id] = Drawing(release.files[phase.file], phase.process, phase.name, {})
    for exception in method.exceptions:
        found[exception.id] = Drawing(release.files[exception.phase.file], exception.id, exception.phase.name, {})
    for each in method.recurring:
        found[each.id] = Drawing(release.files[each.file], each.process, each.name, {})
    return found


def where(method: Method, element: str) -> str | None:
    """The id of the diagram on which an element stands, as `plain` names it; None where it stands on none."""
    if element in method.tasks:
        return method.tasks[element].phase or element
    if element in method.gate:
        return next((each.id for each in method.exceptions if each.gate.id == element), "")
    if element in method.phase:
        return ""
    return element if any(each.id == element for each in method.exceptions) else None


def around(release: Release, element: str, mark: Mark) -> Drawing | None:
    """The diagram around an element, with its mark; of an exceptional gate's process, around the gate."""
    found = where(release.method, element)
    if found is None:
        return None
    near = next((each.gate.id for each in release.method.exceptions if each.id == element), element)
    drawing = plain(release).get(found)
    return replace(drawing, marks={near: mark}, near=near) if drawing is not None else None


def _by_element(view: View, project: ProjectRow, phase: str | None) -> dict[str, list[TaskRow]]:
    """The tasks of the last round of each element: those of a phase, or the gates."""
    mine = [TaskRow.project_id == project.id]
    mine += [TaskRow.phase == phase, TaskRow.kind == "task"] if phase is not None else [TaskRow.kind == "gate"]
    last = select(TaskRow.element, func.max(TaskRow.round).label("round")).where(*mine).group_by(TaskRow.element)
    rounds = last.subquery()
    query = (
        select(TaskRow.id, TaskRow.element, TaskRow.state, TaskRow.due_at)
        .join(rounds, and_(rounds.c.element == TaskRow.element, rounds.c.round == TaskRow.round))
        .where(*mine)
        .order_by(TaskRow.id)
    )
    found: dict[str, list[TaskRow]] = {}
    for row in view.session.execute(query).all():
        found.setdefault(row.element, []).append(row)  # type: ignore[arg-type]
    return found


def _timers(view: View, project: ProjectRow, release: Release, process: str) -> dict[str, Mark]:
    """The timers of one diagram that wait; a sign only, for a day beside it would hide what they stand on."""
    mark = Mark("held" if project.status == "held" else "waiting")
    drawn = release.method.timer
    return {element: mark for element, _ in waiting(view, project, release.method) if drawn[element].process == process}


def _mark(now: datetime, rows: Iterable[TaskRow], held: bool) -> Mark:
    rows = list(rows)
    waiting = [row for row in rows if row.state == "open"]
    done = sum(row.state == "done" for row in rows)
    link = f"/taches/{(waiting or rows)[0].id}"
    badge = f"{done}/{len(rows)}" if len(rows) > 1 else ""
    if not waiting:
        return Mark(state="done" if done else "skipped", badge=badge, link=link)
    late = any(row.due_at < now and row.due_at < NEVER for row in waiting)
    return Mark(state="held" if held else "late" if late else "current", badge=badge, link=link)
