"""What the page of jobs shows when there is something to see: processes, failures, a message, as their rows.

seen(engine, project, asked_by, at)      a process at work, one that is silent, one that stopped; a dead job, one that
                                         is tried again; an unsent message; two batches
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from engine import Engine
from engine.store.tables import BatchRow, FailureRow, MessageRow, WorkerRow

DEAD = "send-41"
MINUTE = timedelta(minutes=1)


def at_work(engine: Engine, at: datetime, name: str = "jalon-1") -> None:
    with engine.store.write() as session:
        session.add(WorkerRow(id=name, started_at=at - timedelta(hours=3), seen_at=at, stopped_at=None))


def seen(engine: Engine, project: int, asked_by: int, at: datetime) -> None:
    at_work(engine, at)
    with engine.store.write() as session:
        session.add_all([
            WorkerRow(id="jalon-2", started_at=at - 60 * MINUTE, seen_at=at - 5 * MINUTE, stopped_at=None),
            WorkerRow(id="jalon-3", started_at=at - 60 * MINUTE, seen_at=at - 9 * MINUTE, stopped_at=at - 9 * MINUTE),
            failure(DEAD, None, 8, at - 7 * MINUTE, dead=True),
            failure("timer-12-20261120T080000000000", project, 2, at - 2 * MINUTE, dead=False),
            MessageRow(key="reminder-1", kind="mail", actor_id=asked_by, project_id=None, address="a@exemple.fr",
                       subject="Jalon : 2 échéance(s), dont 1 dépassée(s)", body="", at=at - MINUTE),
            MessageRow(key="event-1", kind="webhook", actor_id=None, project_id=project, address="",
                       subject="task_completed", body="{}", at=at - MINUTE),
            batch(asked_by, at, done=3, refusals={}),
            batch(asked_by, at, done=8, refusals={"7": {"fr": "« Réaliser » n’est plus à faire.",
                                                        "en": "“Deliver” is no longer to do."}}),
        ])  # fmt: skip


def failure(key: str, project: int | None, tries: int, at: datetime, *, dead: bool) -> FailureRow:
    why = {"fr": "Le serveur de courrier ne répond pas.", "en": "The mail server does not answer."}
    return FailureRow(
        key=key, name="send" if dead else "fire", arguments="[41]", project_id=project, runs=tries, tries=tries,
        why=json.dumps(why), at=at, dead_at=at if dead else None,
    )  # fmt: skip


def batch(asked_by: int, at: datetime, done: int, refusals: dict[str, dict[str, str]]) -> BatchRow:
    asked = {"person": asked_by, "to": asked_by, "reason": "départ à la retraite"}
    return BatchRow(
        kind="entrust", actor_id=asked_by, asked=json.dumps(asked), items=json.dumps(list(range(8))), total=8,
        done=done, refusals=json.dumps(refusals), at=at - 3 * MINUTE, ended_at=at if done == 8 else None,
    )  # fmt: skip
