"""What is counted and timed of an act."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from engine import Engine


@dataclass
class Count:
    """What the database is asked; the beginning and the end of a transaction are counted as commits, not statements."""

    statements: int = 0
    commits: int = 0

    def watch(self, engine: Engine) -> None:
        event.listen(engine.store.engine, "before_cursor_execute", self._statement)
        event.listen(engine.store.engine, "commit", self._commit)

    def leave(self, engine: Engine) -> None:
        event.remove(engine.store.engine, "before_cursor_execute", self._statement)
        event.remove(engine.store.engine, "commit", self._commit)

    def _statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.statements += not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK"))

    def _commit(self, *_: Any) -> None:
        self.commits += 1


@dataclass
class Timed:
    """Some acts of one kind, in seconds."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)

    def add(self, act: Callable[[], Any], count: Count | None = None) -> Any:
        before = (count.statements, count.commits) if count else (0, 0)
        wall, processor = time.perf_counter(), time.process_time()
        answer = act()
        self.wall.append(time.perf_counter() - wall)
        self.processor.append(time.process_time() - processor)
        if count:
            self.statements.append(count.statements - before[0])
            self.commits.append(count.commits - before[1])
        return answer


def median(seconds: list[float]) -> float:
    """In milliseconds."""
    return round(1000 * statistics.median(seconds), 3)


def percentile(seconds: list[float], percent: int) -> float:
    """In milliseconds."""
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 3)
