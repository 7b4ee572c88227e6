"""A process that works jobs, for the tests: faster than life, at the test's hour, and it may be made to die.

    python -m tests.jobs.worker URL NAME HOUR [DIE-AT]

HOUR: what time it is, in UTC, all along. DIE-AT: the beginning of an SQL statement after which it kills itself; with
`; commit` behind it, once the transaction of that statement is committed.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from typing import Any

from sqlalchemy import event

from engine import Engine, Pace, Runner

PACE = Pace(sweep=0.2, poll=0.2, beat=0.3, dead=2.0, care=0.5, pauses=(0.2, 0.2))


def main(url: str, name: str, hour: str, die_at: str = "") -> None:
    now = datetime.fromisoformat(hour)
    engine = Engine(url, clock=lambda: now)
    runner = Runner(engine, name, PACE)
    signal.signal(signal.SIGTERM, lambda *_: runner.stop())
    if die_at:
        dies(engine, die_at)
    print("ready", flush=True)
    runner.run()
    engine.close()


def dies(engine: Engine, where: str) -> None:
    """`INSERT INTO x` dies at that statement; `INSERT INTO x; commit` once its transaction is committed."""
    statement, _, then = where.partition("; ")
    seen: list[bool] = []

    @event.listens_for(engine.store.engine, "after_cursor_execute")
    def executed(connection: Any, cursor: Any, text: str, *_: Any) -> None:
        if text.startswith(statement):
            seen.append(True)
            if not then:
                os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(engine.store.engine.pool, "checkin")
    def given_back(*_: Any) -> None:
        if seen:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
