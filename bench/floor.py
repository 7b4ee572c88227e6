"""The floor: the rows that a completion changes, written by bare SQL in one durable transaction, and nothing else."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from engine import Engine

ROWS = """
update jalon_tasks set state = 'done', closed_at = :at, answers = :answers, revision = revision + 1
  where id = (select max(id) from jalon_tasks);
insert into jalon_tasks (project_id, execution_id, token, element, kind, phase, round, role, seat, instance, state,
  opened_at, due_at, revision, remarks) select project_id, execution_id, token, element, kind, phase, round, role, seat,
  instance, 'done', :at, due_at, 1, '{}' from jalon_tasks where id = (select max(id) from jalon_tasks);
update jalon_executions set state = :state, revision = revision + 1 where id = (select max(id) from jalon_executions);
update jalon_projects set moved_at = :at, revision = revision + 1 where id = (select max(id) from jalon_projects);
insert into jalon_events (stream, number, at, kind, facts, digest)
  values (-1, :number, :at, 'floor', '{}', :digest);
insert into jalon_events (stream, number, at, kind, facts, digest)
  values (-2, :number, :at, 'floor', '{}', :digest)
"""


def floor(engine: Engine, times: int) -> list[float]:
    """Seconds of each transaction."""
    from sqlalchemy import text

    statements = [text(each) for each in ROWS.split(";")]
    found = []
    for number in range(times):
        values = {
            "at": datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" "), "answers": "x" * 600, "state": b"x" * 2000,
            "number": number + 1, "digest": "0" * 64,
        }  # fmt: skip
        at = time.perf_counter()
        with engine.store.engine.begin() as connection:
            for each in statements:
                asked = {key: value for key, value in values.items() if f":{key}" in each.text}
                connection.execute(each, asked)
        found.append(time.perf_counter() - at)
    return found
