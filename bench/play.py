"""Projects played by their actors; each completion is counted and timed, and the floor beside it, in turns."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import text

from bench.answers import filled
from bench.count import Count, Timed, median, percentile
from bench.floor import Floor, Size
from engine import (
    AssessCriterion,
    AssignTask,
    AttachFile,
    AttestItem,
    CastVote,
    CloseVote,
    CompleteTask,
    DecideGate,
    Engine,
    GatePageOf,
    StartProject,
    TaskPageOf,
)  # fmt: skip

#: of the three methods: these lists hold once all that they list is done
CLOSING_LISTS = ("K2", "KC2", "Z3", "ZC3", "S22")
#: completions before any is timed
WARM_UP = 10


@dataclass
class Played:
    starts: Timed = field(default_factory=Timed)
    completions: Timed = field(default_factory=Timed)
    floors: list[float] = field(default_factory=list)  #: seconds


class Player:
    """Plays projects of one method on one engine."""

    def __init__(self, engine: Engine, people: dict[str, int], method: str) -> None:
        self.engine, self.people, self.method = engine, people, method
        self.count = Count()
        self.played = Played()
        self.floor: Floor | None = None

    def play(self, answers: Callable[[int], dict[str, Any]] | None, acts: int) -> Played:
        """So many completions, in as many projects as they take. `answers`: by number of the completion in its project;
        None: what its form asks.

        What is played first is not timed: it builds the specs, fills the caches and says how large the floor is.
        """
        self._project(answers, WARM_UP)
        self.floor = Floor(self.engine, self.start(), self.people["lead"], self._sized())
        self.played = Played()
        self.count.watch(self.engine)
        try:
            while (left := acts - len(self.played.completions.wall)) > 0:
                self._project(answers, left)
        finally:
            self.count.leave(self.engine)
        return self.played

    def whole(self, answers: Callable[[int], dict[str, Any]] | None) -> int:
        """One project, to its end; how many completions that took."""
        self._project(answers, sys.maxsize)
        return len(self.played.completions.wall)

    def _project(self, answers: Callable[[int], dict[str, Any]] | None, most: int) -> None:
        self.project = self.played.starts.add(self.start)
        done = self.played.completions
        for number, task in enumerate(self._tasks(most)):
            who, values = self._ready(task, answers(number) if answers else None)
            done.add(partial(self._complete, CompleteTask(task, values), who), self.count)
            if self.floor is not None:  # one beside each: what the processor and the disk remember is the same for both
                self.played.floors.append(self.floor.timed())

    def _complete(self, act: CompleteTask, who: int) -> None:
        self.engine.execute(act, who, key=f"bench-{act.task}")

    def start(self) -> int:
        command = StartProject(
            "Projet", self.method, "ORG", ("O1",), "T1", ("DAF", "DRH"),
            {role: (self.people["lead"],) for role in ("CP", "PM")},
        )  # fmt: skip
        return int(self.engine.execute(command, self.people["lead"]).project)

    def _tasks(self, most: int) -> Iterator[int]:
        """The tasks to complete, one after the other; a gate that is met is decided."""
        while most:
            found = self._ask(
                "SELECT id, kind FROM jalon_tasks WHERE project_id = :project AND state = 'open' "
                f"AND kind <> 'occurrence' ORDER BY element IN {CLOSING_LISTS}, id LIMIT 1"
            )
            if not found:
                return
            [(task, kind)] = found
            if kind == "gate":
                self._decide(task)
            else:
                yield task
                most -= 1

    def _ready(self, task: int, values: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        """Who completes the task, and with what."""
        [(assignee,)] = self._ask("SELECT assignee_id FROM jalon_tasks WHERE id = :task", task=task)
        if values is not None:
            return assignee or self.people["member0"], values
        who = assignee or self.people["all"]
        if assignee is None:
            self.engine.execute(AssignTask(task, who), self.people["lead"])
        page = self.engine.read(TaskPageOf(task), who)
        for each in page.form:
            if each.type == "file":
                self.engine.execute(AttachFile(task, "note.txt", b"note", each.key), who)
        for line in page.lines.values():
            if line.admin and not line.holds:
                self.engine.execute(AttestItem(task, line.key, "fait"), self.people["all"])
        return who, filled(page)

    def _decide(self, task: int) -> None:
        chair = self.people["all"]
        page = self.engine.read(GatePageOf(task), chair)
        for each in page.criteria:
            if not each.computed:
                self.engine.execute(AssessCriterion(task, each.key, "met", "vu"), chair)
        if page.rule != "chair":
            self.engine.execute(CastVote(task, "favourable"), chair)
            self.engine.execute(CloseVote(task), chair)
        self.engine.execute(DecideGate(task, "go", "Tout y est."), chair)

    def _sized(self) -> Size:
        """What a completion of the project that was just played wrote."""
        done = self._ask("SELECT answers FROM jalon_tasks WHERE project_id = :project AND answers IS NOT NULL")
        states = self._ask("SELECT state FROM jalon_executions WHERE project_id = :project")
        events = self._ask(
            "SELECT kind FROM jalon_events WHERE stream = :project AND kind IN ('task_opened', 'task_completed') "
            "ORDER BY number"
        )
        opened = [0]
        for (kind,) in events[events.index(("task_completed",)) :] if ("task_completed",) in events else []:
            opened = [*opened, 0] if kind == "task_completed" else [*opened[:-1], opened[-1] + 1]
        opens = round(statistics.median(opened[1:] or [1]))
        answers = statistics.median(len(each or "") for (each,) in done)
        return Size(int(answers), max(len(state) for (state,) in states), opens, 1 + opens)

    def _ask(self, statement: str, **said: Any) -> list[Any]:
        with self.engine.store.read() as session:
            rows = session.execute(text(statement), {"project": getattr(self, "project", 0)} | said).all()
        return [tuple(row) for row in rows]


def entry(played: Played, engine_ms: float, state_bytes: int) -> dict[str, Any]:
    """One row of the table."""
    done = played.completions
    return {
        "p50_ms": median(done.wall), "p95_ms": percentile(done.wall, 95), "cpu_ms": median(done.processor),
        "sql": max(done.statements), "sql_median": statistics.median(done.statements), "commits": max(done.commits),
        "state_bytes": state_bytes, "engine_ms": engine_ms, "floor_ms": median(played.floors), "acts": len(done.wall),
    }  # fmt: skip
