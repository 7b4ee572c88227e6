"""Projects: their history, their live states against their open tasks, their ends, and the releases they run on."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, undefer

from engine import execution
from engine.doctor.database import RESTORE
from engine.doctor.examination import Examined, Few, ill, well
from engine.engine import Engine
from engine.release import digest_of, unpack
from engine.store.chain import breaks
from engine.store.tables import ExecutionRow, ProjectRow, ReleaseRow, TaskRow, TimerRow
from engine.words import Text

#: states held at once
BATCH = 100
LIVE = ("running", "held")


def releases(engine: Engine, session: Session) -> Examined:
    bad = Few(_altered(session))
    if not bad:
        return well("Chaque version de méthode a encore son contenu.", "Every release still has its contents.")
    said = Text("Le contenu de versions publiées a changé : {what}.", "The contents of releases changed: {what}.")
    return ill(said, RESTORE, what=bad.text)


def _altered(session: Session) -> Iterator[str]:
    query = select(ReleaseRow).options(undefer(ReleaseRow.files)).order_by(ReleaseRow.id)
    for row in session.execute(query.execution_options(yield_per=1)).scalars():
        try:
            whole = digest_of(unpack(row.files)) == row.digest
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            whole = False
        if not whole:
            yield f"{row.method}@{row.version}"


def history(engine: Engine, session: Session) -> Examined:
    broken = Few(
        Text(f"projet {each.stream}, événement {each.number}", f"project {each.stream}, event {each.number}")
        if each.stream
        else Text(f"organisme, événement {each.number}", f"organisation, event {each.number}")
        for each in breaks(session)
    )
    if not broken:
        return well("Chaque événement de l’historique suit du précédent.",
                    "Every event of history follows from the one before.")  # fmt: skip
    said = Text("La chaîne de l’historique est rompue : {what}.", "History’s chain is broken: {what}.")
    remedy = Text(
        "Un événement a été changé ou retiré hors de Jalon. "
        "Comparez avec une sauvegarde antérieure, et gardez les deux.",
        "An event was changed or removed outside Jalon. Compare with an earlier backup, and keep both.",
    )
    return ill(said, remedy, what=broken.text)


# --- states ------------------------------------------------------------------------------------------------


def states(engine: Engine, session: Session) -> Examined:
    """Every live state loads, and what waits in it is what is open in the rows."""
    wrong = Few(_wrong(engine, session))
    if not wrong:
        return well("Chaque projet en cours se charge, et ce qui y attend est ce qui est ouvert.",
                    "Every live project loads, and what waits in it is what is open.")  # fmt: skip
    said = Text("L’état de projets ne va pas avec leurs tâches et échéances : {what}.",
                "The state of projects does not go with their tasks and timers: {what}.")  # fmt: skip
    return ill(said, RESTORE, what=wrong.text)


def _wrong(engine: Engine, session: Session) -> Iterator[Text]:
    unstarted = select(ProjectRow.id).where(
        ProjectRow.status.in_(LIVE),
        ~exists().where(ExecutionRow.project_id == ProjectRow.id, ExecutionRow.ended_at.is_(None)),
    )
    for project in session.execute(unstarted.order_by(ProjectRow.id)).scalars():
        yield Text(f"projet {project} (rien ne l’exécute)", f"project {project} (nothing executes it)")
    stray = (
        select(TaskRow.project_id, TaskRow.id)
        .join(ExecutionRow, ExecutionRow.id == TaskRow.execution_id)
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .where(TaskRow.state == "open", ExecutionRow.ended_at.is_not(None), ProjectRow.status.in_(LIVE))
    )
    for project, task in session.execute(stray.order_by(TaskRow.id)):
        yield _differ(project, [TASK.format(id=task)])
    live = (
        select(
            ExecutionRow.id, ExecutionRow.project_id, ExecutionRow.process, ExecutionRow.state, ProjectRow.release_id
        )
        .join(ProjectRow, ProjectRow.id == ExecutionRow.project_id)
        .where(ExecutionRow.ended_at.is_(None), ProjectRow.status.in_(LIVE))
        .order_by(ExecutionRow.id)
    )  # fmt: skip
    for rows in session.execute(live.execution_options(yield_per=BATCH)).partitions():
        kept = _in_rows(session, [row.id for row in rows])
        for row in rows:
            yield from _compared(engine, session, row, kept.get(row.id, {}))


TASK, TIMER = Text("tâche {id}", "task {id}"), Text("échéance {id}", "timer {id}")


def _in_rows(session: Session, executions: list[int]) -> dict[int, dict[str, Text]]:
    """The open tasks and drawn timers of each execution: token -> what it is."""
    found: dict[int, dict[str, Text]] = {}
    tasks = select(TaskRow.execution_id, TaskRow.token, TaskRow.id)
    for id, token, task in session.execute(tasks.where(TaskRow.execution_id.in_(executions), TaskRow.state == "open")):
        found.setdefault(id, {})[token] = TASK.format(id=task)
    timers = select(TimerRow.execution_id, TimerRow.token, TimerRow.id)
    drawn = (TimerRow.execution_id.in_(executions), TimerRow.kind == "drawn", TimerRow.fired_at.is_(None))
    for row in session.execute(timers.where(*drawn)):
        found.setdefault(row.execution_id, {})[row.token] = TIMER.format(id=row.id)
    return found


def _compared(engine: Engine, session: Session, row: Any, kept: dict[str, Text]) -> Iterator[Text]:
    try:
        program = engine.release(session, row.release_id).program
        waits = execution.waiting(program, row.process, row.state).tokens()
    except Exception as error:
        name = type(error).__name__
        yield Text(f"projet {row.project_id} (illisible : {name})", f"project {row.project_id} (unreadable: {name})")
        return
    if waits.keys() != kept.keys():
        unknown = [kept[token] for token in kept.keys() - waits.keys()]
        lost = [Text(waits[token]) for token in waits.keys() - kept.keys()]
        yield _differ(row.project_id, [*unknown, *lost])


def _differ(project: int, what: list[Text]) -> Text:
    said = sorted(what, key=lambda each: each.fr)
    return Text("projet {id} ({said})", "project {id} ({said})").format(id=project, said=said)


# --- ends --------------------------------------------------------------------------------------------------


def ended(engine: Engine, session: Session) -> Examined:
    """Nothing is open, and nothing will become due, in a project that has ended."""
    over = ProjectRow.status.not_in(LIVE)
    tasks = select(TaskRow.project_id).join(ProjectRow, ProjectRow.id == TaskRow.project_id)
    timers = select(TimerRow.project_id).join(ProjectRow, ProjectRow.id == TimerRow.project_id)
    left = tasks.where(over, TaskRow.state == "open").union(
        timers.where(over, TimerRow.fired_at.is_(None), TimerRow.kind != "cold")
    )
    found = Few(sorted(session.execute(left).scalars()))
    if not found:
        return well("Rien n’est ouvert dans un projet terminé.", "Nothing is open in a project that has ended.")
    said = Text("Des projets terminés ont encore des tâches ou des échéances : projet {what}.",
                "Projects that have ended still have tasks or timers: project {what}.")  # fmt: skip
    return ill(said, RESTORE, what=found.text)
