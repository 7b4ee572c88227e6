"""A job that fails is enqueued again after a pause that grows; after the last one it is dead, until it is restarted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete

from engine.errors import Conflict, Invalid, JalonError, NotAllowed, NotFound, StalePage
from engine.jobs.queue import Job
from engine.store.tables import FailureRow
from engine.words import Text

if TYPE_CHECKING:
    from engine.engine import Engine

#: seconds before a job that failed is tried again: after the last one it is dead, a day and a half later
PAUSES = (10.0, 60.0, 300.0, 1_800.0, 7_200.0, 28_800.0, 86_400.0)


def is_final(refusal: JalonError) -> bool:
    """Would trying again be refused again? The task is closed, the project has ended: nothing is left to do."""
    return isinstance(refusal, (NotFound, NotAllowed, Conflict, Invalid)) and not isinstance(refusal, StalePage)


def in_words(error: BaseException) -> Text:
    """What an administrator reads of a failure. Of an error that is none of ours only its kind: it may hold secrets."""
    if isinstance(error, JalonError):
        return error.said
    return unexpected(type(error).__name__)


def unexpected(name: str) -> Text:
    return Text(f"Erreur inattendue ({name}).", f"Unexpected error ({name}).")


def failed(engine: Engine, job: Job, why: Text, pauses: tuple[float, ...] = PAUSES) -> None:
    """Keep the failure and enqueue the job again, or declare it dead. The same failure told twice counts once."""
    now = engine.clock()
    with engine.store.write() as session:
        row = session.get(FailureRow, job.key, with_for_update=engine.store.locks_rows)
        if row is None:
            row = FailureRow(
                key=job.key, name=job.name, arguments=json.dumps(job.arguments), project_id=job.project, runs=0, tries=0
            )
            session.add(row)
        if row.runs > job.run:
            return
        row.runs, row.tries, row.at = job.run + 1, row.tries + 1, now
        row.why = json.dumps({"fr": why.fr, "en": why.en}, ensure_ascii=False)
        if row.tries > len(pauses):
            row.dead_at = now
        else:
            engine.queue.enqueue(
                session, job.name, *job.arguments,
                project=job.project, delay=pauses[row.tries - 1], key=job.key, run=row.runs,
            )  # fmt: skip


def over(engine: Engine, job: Job) -> None:
    """The job is done, or there is nothing left to do: its failures are forgotten."""
    if job.run:
        with engine.store.write() as session:
            session.execute(delete(FailureRow).where(FailureRow.key == job.key, FailureRow.runs <= job.run))
