"""A project of each method, played to its end by its actors; each completion is timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.answers import filled
from engine import (
    SYSTEM,
    AssessCriterion,
    AssignTask,
    AttachFile,
    CastVote,
    CloseVote,
    CompleteTask,
    DecideGate,
    Engine,
    GatePageOf,
    LoadOrganisation,
    People,
    ProjectPageOf,
    PublishMethod,
    StartProject,
    TaskLine,
    TaskPageOf,
)  # fmt: skip

#: who holds what: everyone but the lead in the root service
ROLES = (
    "COM COPIL COTECH GP RS EXP EXT COMINT FIN QUAL PROP RM ADM PO BM PSC SP PCT BIG AGB PQA RESP".split()
)  # fmt: skip
METHODS = ("petit-projet", "pm2", "projet-transversal")


@dataclass
class Count:
    """What the database is asked, between two looks."""

    statements: int = 0
    commits: int = 0

    def watch(self, engine: Engine) -> None:
        event.listen(engine.store.engine, "before_cursor_execute", self._statement)
        event.listen(engine.store.engine, "commit", self._commit)

    def _statement(self, *_: Any) -> None:
        self.statements += 1

    def _commit(self, *_: Any) -> None:
        self.commits += 1


@dataclass
class Played:
    starts: list[float] = field(default_factory=list)  #: seconds
    completions: list[float] = field(default_factory=list)  #: seconds
    processor: list[float] = field(default_factory=list)  #: seconds
    statements: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)


def organisation() -> dict[str, Any]:
    services = [{"code": "ORG", "fr": "Organisme"}]
    services += [{"code": code, "fr": code, "parent": "ORG"} for code in ("DAF", "DRH", "DSI")]
    roles = [{"role": role, "service": "ORG"} for role in ROLES]
    return {
        "services": services,
        "objectives": [{"code": "O1", "fr": "Objectif"}],
        "strands": [{"code": "V1", "fr": "Volet"}],
        "themes": [{"code": "T1", "fr": "Thème"}],
        "people": [
            {"login": "lead", "name": "Cheffe de projet", "service": "ORG"},
            {"login": "all", "name": "Toute l’organisation", "service": "ORG", "roles": roles},
        ],
    }


def prepared(url: str) -> Engine:
    """An engine on `url` with an organisation and the three methods."""
    engine = Engine(url)
    engine.prepare()
    engine.execute(LoadOrganisation(organisation()), SYSTEM)
    for name in METHODS:
        folder = Path(str(files("workflows"))) / name
        engine.execute(PublishMethod({each.name: each.read_bytes() for each in folder.glob("*.bpmn")}), SYSTEM)
    return engine


def play(engine: Engine, method: str, projects: int) -> Played:
    """`projects` projects of `method`, one after the other, each to its end."""
    people = {each.login: each.actor.id for each in engine.read(People(), SYSTEM).people}
    count, played = Count(), Played()
    count.watch(engine)
    for number in range(projects):
        at = time.perf_counter()
        started = engine.execute(
            StartProject(
                f"Projet {number}", method, "ORG", ("O1",), "T1", ("DAF", "DRH", "DSI"),
                {role: (people["lead"],) for role in ("CP", "PM")},
            ),
            people["lead"],
        )  # fmt: skip
        played.starts.append(time.perf_counter() - at)
        _to_the_end(engine, started.project, people, count, played)
    return played


def _to_the_end(engine: Engine, project: int, people: dict[str, int], count: Count, played: Played) -> None:
    while True:
        todo = [each for each in engine.read(ProjectPageOf(project), people["lead"]).open if each.kind != "occurrence"]
        if not todo:
            return
        if todo[0].kind == "gate":
            _decide(engine, todo[0].id, people["all"])
        else:
            _complete(engine, todo[0], people, count, played)


def _complete(engine: Engine, task: TaskLine, people: dict[str, int], count: Count, played: Played) -> None:
    who = task.assignee.id if task.assignee else people["all"]
    if task.assignee is None:
        engine.execute(AssignTask(task.id, who), people["lead"])
    page = engine.read(TaskPageOf(task.id), who)
    for each in page.form:
        if each.type == "file" and each.required:
            engine.execute(AttachFile(task.id, "note.txt", b"note", each.key), who)
    command = CompleteTask(task.id, filled(page))
    before = (count.statements, count.commits)
    played.processor.append(_timed(lambda: engine.execute(command, who, key=f"bench-{task.id}"), played.completions))
    played.statements.append(count.statements - before[0])
    played.commits.append(count.commits - before[1])


def _timed(act: Callable[[], Any], into: list[float]) -> float:
    """Wall time into `into`; answers the processor's."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    into.append(time.perf_counter() - wall)
    return time.process_time() - processor


def _decide(engine: Engine, task: int, chair: int) -> None:
    page = engine.read(GatePageOf(task), chair)
    for each in page.criteria:
        if not each.computed:
            engine.execute(AssessCriterion(task, each.key, "met", "vu"), chair)
    if page.rule != "chair":
        engine.execute(CastVote(task, "favourable"), chair)
        engine.execute(CloseVote(task), chair)
    engine.execute(DecideGate(task, "go", "Tout y est."), chair)
