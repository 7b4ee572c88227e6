"""A process is killed before each statement of each command, before its commit, and after it.

The command is played by a child forked from a warm process. Before the commit the database must be as it was, row for
row; after it, the act repeated under its key must answer without a second effect. What one act changes is measured
beside, on a copy.
"""

from __future__ import annotations

import contextlib
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, inspect

from engine import SYSTEM, Engine, examine
from engine.commands import HANDLERS
from engine.release import Release
from tests.conftest import DATABASES, Templates
from tests.engine.play import Clock, Play
from tests.faults.scenes import LATER, SCENES, World, fill

KEY = "un-seul-geste"
#: the same in every copy, compiled once and handed to the children
RELEASES: dict[int, Release] = {}
#: the tables of each database
TABLES: dict[str, list[str]] = {}
#: rows by table, each as the database gives it
Content = dict[str, list[str]]

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


@contextlib.contextmanager
def world(templates: Templates, kind: str, folder: Path) -> Iterator[Play]:
    folder.mkdir()
    with templates.copy(kind, "faults", fill, folder) as url:
        engine = Engine(url, clock=Clock(LATER))
        engine._releases = RELEASES
        yield Play(engine, Clock(LATER))
        engine.close()


def content(engine: Engine) -> Content:
    """Every row of every table, those of the queue too, by a connection of its own."""
    with engine.store.engine.connect() as connection:
        if engine.store.url not in TABLES:
            schemas = [None] if engine.one_file else [None, "dbos"]
            there = inspect(connection)
            TABLES[engine.store.url] = [
                f"{schema}.{name}" if schema else name
                for schema in schemas
                for name in there.get_table_names(schema)
            ]  # fmt: skip
        ask = connection.exec_driver_sql
        found = {name: sorted(map(str, ask(f"SELECT * FROM {name}"))) for name in TABLES[engine.store.url]}
        connection.invalidate()
    return found


def lines(found: Content) -> dict[str, int]:
    return {name: len(rows) for name, rows in found.items()}


def play(engine: Engine, login: str, people: dict[str, int], command: Any) -> Any:
    actor = SYSTEM if login == "jalon" else people[login] if login else None
    return engine.execute(command, actor, key=KEY)


# --- the child ---------------------------------------------------------------------------------------------


def killed_at(engine: Engine, boundary: int, act: Callable[[], Any]) -> tuple[bool, str]:
    """Did the act commit before its process was killed, at its `boundary`-th statement or commit? And what it said."""
    engine.store.close()  # a child must not share a connection
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _kill_at(engine, boundary)
            answer = act()
            os.write(writing, f"committed {answer}".encode())
        except BaseException:
            os.write(writing, traceback.format_exc()[-4000:].encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert said == "" or said.startswith("committed "), said
    return bool(said), said.removeprefix("committed ")


def _kill_at(engine: Engine, boundary: int) -> None:
    passed = count(1)

    def passing(*_: Any) -> None:
        if next(passed) == boundary:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine.store.engine, "before_cursor_execute", passing)
    event.listen(engine.store.engine, "commit", passing)


# --- every command -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("command", HANDLERS, ids=lambda each: each.__name__)
def test_an_act_is_wholly_there_or_not_at_all_wherever_its_process_is_killed(
    command: type, kind: str, templates: Templates, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    assert command in SCENES, f"{command.__name__} needs a scene in tests/faults/scenes.py"
    with world(templates, "sqlite", tmp_path / "control") as control:
        login, asked = SCENES[command](World(control))
        once = lines(content(control.engine))
        play(control.engine, login, control.people, asked)
        once = {name: rows - once[name] for name, rows in lines(content(control.engine)).items()}
    with world(templates, kind, tmp_path / "killed") as there:
        login, asked = SCENES[command](World(there))
        engine, people = there.engine, there.people
        before = content(engine)
        for boundary in count(1):
            committed, answer = killed_at(engine, boundary, lambda: play(engine, login, people, asked))
            if committed:
                break
            assert content(engine) == before, f"killed at boundary {boundary}"
        after = content(engine)
        effect = {name: rows - lines(before)[name] for name, rows in lines(after).items()}
        named = {name: rows for name, rows in effect.items() if name.startswith("jalon_")}
        assert named == {name: once[name] for name in named}
        assert named["jalon_acts"] == 1
        assert str(play(engine, login, people, asked)) == answer
        assert content(engine) == after
        ill = {each.check for each in examine(engine) if not each.well}
        # a careless test server, and a world that nobody has worked for two months
        assert ill <= {"settings", "timers", "outbox", "failures"}
        record_property(f"figure: processes killed at a statement or commit, {kind}", boundary)
