"""What the bench plays: diagrams drawn for side-by-side figures, dressed as methods; and what it plays them beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bench.diagrams import Drawn, answers, dressed, found, published
from bench.floor import Floor, Size
from bench.organisation import actors, furnished
from bench.play import Player
from bench.reworks import reworks
from engine import SYSTEM, CompleteTask, Engine, Projects
from tests.conftest import DATABASES, SHARED, Templates

#: of the loop, then it stops
ROUNDS = 7
TASKS = {
    "seq5": 5, "seq5lane": 5, "seq60": 60, "seq240": 240, "phases6x10": 60, "phases24x10": 240, "par12": 12,
    "par60": 60, "loop": ROUNDS,
}  # fmt: skip
PEERS = {each.name: each for each in found(SHARED / "bench")}
FILE = Path(__file__).parent / "three-tasks.bpmn"
THREE = Drawn("three", FILE.read_bytes(), dressed("three", FILE.read_bytes()))


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Iterator[str]:
    with templates.copy(request.param, "bench", furnished, tmp_path) as found:
        yield found


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = Engine(url)
    yield engine
    engine.close()


def played(engine: Engine, drawn: Drawn) -> int:
    """How many tasks a project of `drawn` took to its end."""
    published(engine, drawn)
    done = Player(engine, actors(engine), drawn.method).whole(lambda number: answers(stop=number == ROUNDS - 1))
    [project] = engine.read(Projects(), SYSTEM).projects
    assert (project.status, project.open) == ("closed", 0)
    return done


@pytest.fixture
def on_sqlite(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    with templates.copy("sqlite", "bench", furnished, tmp_path) as url:
        engine = Engine(url)
        yield engine
        engine.close()


@pytest.mark.skipif(not PEERS, reason="../shared is absent: its diagrams are not in this repository")
@pytest.mark.parametrize("name", TASKS)
def test_a_diagram_of_the_peers_runs_to_its_end(on_sqlite: Engine, name: str) -> None:
    assert played(on_sqlite, PEERS[name]) == TASKS[name]


def test_an_embedded_process_runs_as_a_phase(engine: Engine) -> None:
    assert sorted(THREE.files) == ["three.bpmn", "three_1.bpmn"]
    assert played(engine, THREE) == 3


def test_the_floor_writes_what_a_completion_writes(engine: Engine) -> None:
    published(engine, THREE)
    people = actors(engine)
    player = Player(engine, people, THREE.method)
    task, other = player.start(), player.start()
    floor = Floor(engine, other, people["lead"], Size(answers=300, state=500, opened=1, events=2))
    act = CompleteTask(task=_first(engine, task), values=answers())
    assert written(engine, floor.once) == written(engine, lambda: engine.execute(act, people["lead"], key="a"))


def written(engine: Engine, act: Callable[[], Any]) -> list[tuple[str, str]]:
    """The verb and the table of each statement that writes."""
    seen: list[tuple[str, str]] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        wrote = re.match(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)", statement)
        if wrote:
            seen.append((wrote[1], wrote[2]))

    event.listen(engine.store.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine.store.engine, "before_cursor_execute", note)
    return sorted(seen)


def _first(engine: Engine, project: int) -> int:
    with engine.store.read() as session:
        query = f"SELECT min(id) FROM jalon_tasks WHERE project_id = {project}"
        return int(session.connection().exec_driver_sql(query).scalar_one())


def test_a_project_can_be_sent_back_without_end(url: str) -> None:
    wall, processor = reworks(url, [1, 5])
    assert [*wall] == [*processor] == ["1", "5"]
