"""What a timer brings, once its hour has come: the next occurrence of a recurring activity, the review of a hold,
what is drawn after it, what the silence of an asked opinion means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select

from engine import execution, moments
from engine.choices import allowed
from engine.errors import NotFound
from engine.store.act import Act
from engine.store.missed import miss
from engine.store.projection import go_on, line_of, open_occurrence
from engine.store.silences import deemed, fall_silent
from engine.store.steering import ask_of
from engine.store.tables import ExecutionRow, ProjectRow, TaskRow, TimerRow
from engine.store.timers import add
from engine.words import Text


@dataclass(frozen=True, slots=True)
class FireTimer:
    """What a timer brings, once its hour has come; Jalon itself does it, once."""

    timer: int


@dataclass(frozen=True, slots=True)
class Fired:
    fired: bool  #: false: it had fired or been withdrawn, a hold stops it, or its hour is another one now


def handle(act: Act, command: FireTimer) -> Fired:
    project, timer = _locked(act, command.timer)
    if timer.fired_at is not None or timer.stopped_at is not None:
        return Fired(False)
    if timer.due_at > act.now:
        timer.queued_at = None  # it was put off since its job was enqueued: the sweep finds it again
        return Fired(False)
    timer.fired_at = act.now
    KINDS[timer.kind](act, project, timer)
    return Fired(True)


def _locked(act: Act, id: int) -> tuple[ProjectRow, TimerRow]:
    """Whatever changes a timer holds its project: the timer is read once the project is locked."""
    owner = act.session.execute(select(TimerRow.project_id).where(TimerRow.id == id)).scalar_one_or_none()
    if owner is None:
        raise NotFound
    project = act.project(owner)
    return project, act.session.execute(select(TimerRow).where(TimerRow.id == id)).scalar_one()


def _review(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    act.record("review_due", project)


def _session(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    """From now on the second session of a gate may close without quorum, where its method lets it."""
    gate = act.session.execute(select(TaskRow).where(TaskRow.id == timer.task_id)).scalar_one()
    if gate.state == "open":
        act.record("second_session_due", project, gate, element=timer.element)


def _recur(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    """The next occurrence replaces one that nobody did, which history keeps as missed."""
    release = act.release(project.release_id)
    recurring = next((each for each in release.method.recurring if each.id == timer.element), None)
    line = line_of(act, project, recurring, timer.subject) if recurring is not None else None
    if recurring is None or line is None or project.status != "running":
        return
    undone = act.session.execute(
        select(TaskRow).where(
            TaskRow.project_id == project.id,
            TaskRow.element == timer.element,
            TaskRow.instance == timer.subject,
            TaskRow.state == "open",
        )
    ).scalars()
    for task in list(undone):
        miss(act, project, release, task)
    open_occurrence(act, project, release, recurring, line)


def _go_on(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    """What is drawn after it; turns of a repetition that were missed collapse into this one."""
    release = act.release(project.release_id)
    row = act.session.execute(select(ExecutionRow).where(ExecutionRow.id == timer.execution_id)).scalar_one()
    working = release.method.timer[timer.element].working
    skipped, following = moments.missed(timer.subject, timer.due_at, act.now, working)
    run = execution.fire(release.program, row.process, row.state, timer.token, skipped)
    if run is None:
        return  # the act that ended what it stood on won the race
    act.record("timer_fired", project, element=timer.element)
    for each in run.step.armed:
        if each.token == timer.token:
            add(act, project, row, each, following)
    others = tuple(each for each in run.step.armed if each.token != timer.token)
    go_on(act, project, release, row, replace(run, step=replace(run.step, armed=others)))


def _evaluate(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    """Whoever keeps the result says whether it lasts; the sponsor where the method names nobody."""
    method = act.release(project.release_id).method
    _, held = act.held(project)
    keeper = method.result if method.result in held and held[method.result].holders else method.sponsor
    ask_of(act, project, keeper, EVALUATE, HOW, "cold", project.id, due="P20D")


EVALUATE = Text("Évaluation à froid : les résultats tiennent-ils ?", "Cold evaluation: do the results last?")
HOW = Text(
    "Le projet est clos depuis six mois. Sur sa page, dites si ses indicateurs tiennent encore, et ce qui suit.",
    "The project was closed six months ago. On its page, say whether its indicators still hold, and what follows.",
)


def _fall_silent(act: Act, project: ProjectRow, timer: TimerRow) -> None:
    found = act.session.execute(
        select(TaskRow, ExecutionRow)
        .join(ExecutionRow, ExecutionRow.id == TaskRow.execution_id)
        .where(TaskRow.id == timer.task_id)
    ).one()
    task, row = found
    if task.state != "open" or project.status != "running":
        return
    release = act.release(project.release_id)
    model = release.method.tasks[task.element]
    assert model.silence is not None  # only such tasks have a clock
    may = allowed(act.link, project, release.method, model, task, deemed(task, model.silence))
    run = fall_silent(act, project, task, row, may)
    if run is not None:
        go_on(act, project, release, row, run)


#: what each kind of timer brings
KINDS: dict[str, Callable[[Act, ProjectRow, TimerRow], None]] = {
    "review": _review,
    "session": _session,
    "occurrence": _recur,
    "drawn": _go_on,
    "cold": _evaluate,
    "silence": _fall_silent,
}
