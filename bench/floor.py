"""The floor: the rows that a completion writes, written by bare SQL in one durable transaction, and nothing else.

Of the size that the completions beside it have: the answers, the state, how many tasks open, how many events are kept.
Nothing is read, checked, executed or chained. The same driver, with the same settings of the database.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from bench.bulk import copies
from engine import Engine

DONE = text(
    "UPDATE jalon_tasks SET state = 'done', closed_at = :at, closed_by = :actor, assignee_id = :actor, "
    "answers = :answers, draft = NULL, revision = revision + 1 WHERE id = :task"
)
OPEN = text(
    "INSERT INTO jalon_tasks (project_id, execution_id, token, element, kind, phase, round, role, seat, instance, "
    "assignee_id, state, opened_at, due_at, revision, remarks) VALUES (:project, :execution, :token, :element, 'task', "
    ":element, 1, 'CP', :seat, '', :actor, 'open', :at, :never, 1, '{}') RETURNING id"
)
STATE = text("UPDATE jalon_executions SET state = :state, revision = revision + 1 WHERE id = :execution")
PROJECT = text(
    "UPDATE jalon_projects SET moved_at = :at, events = :number, digest = :digest, revision = revision + 1 "
    "WHERE id = :project"
)
EVENTS = text(
    "INSERT INTO jalon_events (stream, number, at, actor_id, kind, task_id, facts, digest) "
    "VALUES (:project, :number, :at, :actor, 'task_opened', :task, :facts, :digest)"
)
ACT = text(
    "INSERT INTO jalon_acts (key, actor_id, command, request, answer, at) "
    "VALUES (:key, :actor, 'CompleteTask', :digest, :answer, :at)"
)


@dataclass(frozen=True, slots=True)
class Size:
    """What one completion writes."""

    answers: int  #: characters
    state: int  #: bytes
    opened: int  #: tasks
    events: int


class Floor:
    """One project's rows, written over and over."""

    def __init__(self, engine: Engine, project: int, actor: int, size: Size) -> None:
        """`project`: one with a single open task, to be copied."""
        self.engine, self.size = engine, size
        [self.task] = copies(engine, project, 1)
        with engine.store.engine.connect() as connection:
            row = connection.execute(
                text("SELECT project_id, execution_id FROM jalon_tasks WHERE id = :task"), {"task": self.task}
            ).one()
        postgresql = engine.store.locks_rows
        never = datetime(9999, 1, 1, tzinfo=UTC)
        self.number = 1_000_000
        self.said: dict[str, Any] = {
            "project": row.project_id, "execution": row.execution_id, "actor": actor, "token": "0" * 32,
            "element": "p1_t001", "seat": f"p{row.project_id}:CP", "answers": "x" * size.answers,
            "state": b"x" * size.state, "digest": "0" * 64, "facts": '{"element":"p1_t001","instance":""}',
            "never": never if postgresql else "9999-01-01 00:00:00.000000", "answer": '{"next_task": 1000000}',
        }  # fmt: skip

    def once(self) -> None:
        said = self.said | {"at": self._now(), "task": self.task}
        events = [said | {"number": self.number + each} for each in range(self.size.events)]
        self.number += self.size.events
        said |= {"number": self.number, "key": f"floor-{said['project']}-{self.number}"}
        with self.engine.store.engine.begin() as connection:
            connection.execute(DONE, said)
            for _ in range(self.size.opened):
                self.task = connection.execute(OPEN, said).scalar_one()
            connection.execute(STATE, said)
            connection.execute(PROJECT, said)
            connection.execute(EVENTS, events)
            connection.execute(ACT, said)

    def timed(self) -> float:
        """Seconds of one transaction."""
        at = time.perf_counter()
        self.once()
        return time.perf_counter() - at

    def _now(self) -> Any:
        now = datetime.now(UTC)
        return now if self.engine.store.locks_rows else now.replace(tzinfo=None).isoformat(sep=" ")
