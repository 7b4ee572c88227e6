"""A project that its gate sends back again and again: what a completion costs after so many reworks."""

from __future__ import annotations

from contextlib import closing
from functools import partial

from bench.count import Timed, median
from bench.organisation import actors, method_files
from engine import (
    SYSTEM,
    CompleteTask,
    DecideGate,
    Engine,
    PublishMethod,
    StartProject,
)

GATE, TASK = "SG1", "S11"
#: completions around a mark, whose median is taken
AROUND = 15
ANSWERS = {"objectif": "x" * 48, "livrable": "x" * 48, "fin": "2030-06-03", "charge": "2"}


def files() -> dict[str, bytes]:
    """« Petit projet », with a gate that may send back for ever and has nothing to assess."""
    changed = {}
    for name, content in method_files("petit-projet").items():
        lines = content.replace(b'"method.gate.rework_max" value="3"', b'"method.gate.rework_max" value="1000000"')
        changed[name] = lines.replace(b'camunda:versionTag="1.0.0"', b'camunda:versionTag="1.0.1"')
    return changed


def reworks(url: str, marks: list[int]) -> tuple[dict[str, float], dict[str, float]]:
    """Median milliseconds of a completion around each mark, through `engine.execute`: of the wall, of the processor."""
    timed = Timed()
    with closing(Engine(url)) as engine:
        engine.execute(PublishMethod(files()), SYSTEM)
        people = actors(engine)
        lead, chair = people["lead"], people["all"]
        started = engine.execute(
            StartProject("Projet", "petit_projet", "ORG", ("O1",), "T1", (), {"CP": (lead,)}), lead
        )  # fmt: skip
        for _ in range(max(marks) + AROUND):
            task = CompleteTask(_open(engine, started.project), ANSWERS)
            timed.add(partial(engine.execute, task, lead))
            engine.execute(DecideGate(_open(engine, started.project), "rework", "À reprendre."), chair)
    return _around(timed.wall, marks), _around(timed.processor, marks)


def _around(times: list[float], marks: list[int]) -> dict[str, float]:
    return {str(mark): median(times[max(1, mark - AROUND) : mark + AROUND]) for mark in marks}


def _open(engine: Engine, project: int) -> int:
    with engine.store.read() as session:
        query = f"SELECT id FROM jalon_tasks WHERE project_id = {project} AND state = 'open'"
        return int(session.connection().exec_driver_sql(query).scalar_one())
