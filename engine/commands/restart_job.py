"""Start a dead job again, from its first try: the administrator may."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.entrust_all import must_administer
from engine.errors import NotFound
from engine.store.act import Act
from engine.store.tables import FailureRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class RestartJob:
    """Start a dead job again, from its first try: the administrator may."""

    job: str  #: key


def handle(act: Act, command: RestartJob) -> None:
    must_administer(act, Text("relancer un travail", "restart a job"))
    query = select(FailureRow).where(FailureRow.key == command.job, FailureRow.dead_at.is_not(None))
    row = act.session.execute(query.with_for_update() if act.locks_rows else query).scalar_one_or_none()
    if row is None:
        raise NotFound
    row.tries, row.dead_at = 0, None
    act.enqueue(row.name, *json.loads(row.arguments), project=row.project_id, key=row.key, run=row.runs)
    act.record("job_restarted", None, None, job=row.key)
