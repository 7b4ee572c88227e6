"""A database that the first release filled is brought up to this one, and its projects go on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, select, text

from engine import (
    CastVote,
    CloseVote,
    Completed,
    CompleteTask,
    DecideGate,
    Download,
    Engine,
    ResumeProject,
    back_up,
    restore,
)
from engine.store.chain import breaks
from engine.store.session import MIGRATIONS
from engine.store.tables import Base, ProjectRow, StageRow, TaskRow, TimerRow
from tests.engine.play import PDF, Clock, Play

#: what waits for people in each project, as the first release left it
LEFT: dict[str, tuple[str, list[str]]] = {
    "En parallèle": ("running", ["R DRH", "R DSI"]),
    "Au vote": ("running", ["G1"]),
    "Avec réserves": ("running", ["T1", "T2 ligne 0 · 2027-03-01", "T2 ligne 1 · 2027-03-01", "X", "Y", "Z"]),
    "En reprise": ("running", ["R DAF", "R DRH"]),
    "Suspendu": ("held", ["R DAF", "R DRH", "R DSI"]),
    "Suspendu en réalisation": ("held", ["T2 ligne 0 · 2027-03-01", "T2 ligne 1 · 2027-03-01", "X", "Y", "Z"]),
    "En déploiement": ("running", ["D1", "T3", "T4 Un texte · ligne 0", "T4 Un texte · ligne 1", "T5", "T6"]),
    "En planification": ("running", ["L3", "L4", "L5", "L6", "L7"]),
    "Clos": ("closed", []),
    "Arrêté": ("stopped", []),
}


@pytest.fixture
def upgraded(first_url: str) -> Iterator[Play]:
    """Brought up to this version; the clock goes on where the first release stopped."""
    clock = Clock()
    engine = Engine(first_url, clock=clock)
    engine.prepare()
    with engine.store.read() as session:
        clock.at = session.execute(select(func.max(ProjectRow.moved_at))).scalar_one()
    yield Play(engine, clock)
    engine.close()


def project(play: Play, title: str) -> ProjectRow:
    found: ProjectRow = play.rows(ProjectRow, ProjectRow.title == title)[0]
    return found


def whole(play: Play) -> bool:
    with play.engine.store.snapshot() as session:
        return list(breaks(session)) == []


# --- the tables --------------------------------------------------------------------------------------------


def configured(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


@contextlib.contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


#: 0002 forgets whom gates called that are closed
KEPT = {"jalon_calls": "task_id IN (SELECT id FROM jalon_tasks WHERE state = 'open')"}


def counts(url: str) -> dict[str, int]:
    """How many rows of each table are to be kept."""
    with connected(url) as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name} WHERE {KEPT.get(name, '1 = 1')}")).scalar_one()
            for name in Base.metadata.tables
            if connection.dialect.has_table(connection, name)
        }


def test_each_migration_keeps_every_row_and_every_reference(first_url: str) -> None:
    config = configured(first_url)
    revisions = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    with connected(first_url) as connection:
        assert connection.execute(text("SELECT version_num FROM jalon_version")).scalar() == revisions[0] == "0001"
    before = counts(first_url)
    for revision in revisions[1:]:
        command.upgrade(config, revision)
        after = counts(first_url)
        assert {name: after[name] for name in before} == before
        before = after
        with connected(first_url) as connection:
            if connection.dialect.name == "sqlite":
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
                assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def ours(name: str | None, kind: str, _: object) -> bool:
    """The queue engine has tables in the same SQLite file."""
    return kind != "table" or str(name).startswith("jalon_")


def test_the_migrated_tables_are_those_of_the_code(first_url: str, database_url: str) -> None:
    Engine(first_url).prepare()
    for url in (first_url, database_url):
        with connected(url) as connection:
            opts = {"version_table": "jalon_version", "include_name": ours}
            context = MigrationContext.configure(connection, opts=opts)
            assert compare_metadata(context, Base.metadata) == []


# --- the projects ------------------------------------------------------------------------------------------


def test_every_project_is_where_it_was_left(upgraded: Play) -> None:
    found = {row.title: (row.status, sorted(upgraded.open(row.id))) for row in upgraded.rows(ProjectRow)}
    assert found == LEFT
    assert whole(upgraded)


def test_an_act_of_the_first_release_repeated_under_its_key_is_still_one_act(upgraded: Play) -> None:
    id = project(upgraded, "En parallèle").id
    (task,) = upgraded.rows(TaskRow, TaskRow.project_id == id, TaskRow.element == "A")
    values = {"titre": "Un titre", "services_impactes": ["DAF", "DRH", "DSI"], "urgent": False}
    before = upgraded.counts()
    answer = upgraded.do("claire", CompleteTask(task.id, values), key="avant-la-mise-a-jour")
    assert type(answer) is Completed
    assert upgraded.counts() == before


def test_what_was_typed_said_and_attached_is_still_there(upgraded: Play) -> None:
    id = project(upgraded, "En parallèle").id
    page = upgraded.page(upgraded.task(id, "R DRH"), "hana")
    assert (page.values["reponse"], [each.body for each in page.comments]) == ("commencé", ["Je finis *demain*."])
    assert [each.name for each in page.files] == ["note.pdf"]
    assert upgraded.see("hana", Download(page.files[0].id)).content == PDF
    upgraded.do("hana", CompleteTask(page.task.id, page.values, page.revision))
    assert upgraded.open(id) == ["R DSI"]


def test_the_vote_that_was_open_is_closed_and_decided(upgraded: Play) -> None:
    id = project(upgraded, "Au vote").id
    gate = upgraded.task(id, "G1")
    upgraded.examine(gate)
    upgraded.do("bruno", CastVote(gate, "favourable"))
    upgraded.do("denis", CloseVote(gate))
    upgraded.do("denis", DecideGate(gate, "go", "le dossier le montre"))
    (decision,) = upgraded.project(id).decisions
    assert (decision.favourable, decision.eligible) == (2, 3)
    assert "X" in upgraded.open(id)


@pytest.mark.parametrize("title", ["Suspendu", "Suspendu en réalisation"])
def test_a_hold_of_the_first_release_stops_the_clocks_until_it_is_resumed(upgraded: Play, title: str) -> None:
    row = project(upgraded, title)
    timers = (TimerRow.project_id == row.id, TimerRow.kind != "review", TimerRow.fired_at.is_(None))
    tasks = (TaskRow.project_id == row.id, TaskRow.state == "open")
    due = [each.due_at for each in upgraded.rows(TaskRow, *tasks)]
    next_ = [each.due_at for each in upgraded.rows(TimerRow, *timers)]
    assert row.held_at is not None
    held_at: datetime = row.held_at
    upgraded.clock.advance(days=60)
    upgraded.due()
    assert [each.due_at for each in upgraded.rows(TimerRow, *timers)] == next_
    assert upgraded.project(row.id).history[0].kind == "review_due"
    upgraded.do("denis", ResumeProject(row.id, "budget rendu"))
    length = upgraded.clock.at - held_at
    assert [each.due_at for each in upgraded.rows(TaskRow, *tasks)] == [each + length for each in due]
    assert [each.due_at for each in upgraded.rows(TimerRow, *timers)] == [each + length for each in next_]
    upgraded.until(row.id, "")
    assert upgraded.project(row.id).status == "closed"


def test_the_timers_of_the_first_release_fire(upgraded: Play) -> None:
    id = project(upgraded, "En déploiement").id
    waiting = upgraded.rows(TimerRow, TimerRow.project_id == id, TimerRow.fired_at.is_(None))
    assert [each.element for each in waiting] == ["T1", "T2"]
    upgraded.clock.at = max(each.due_at for each in waiting) + timedelta(seconds=1)
    assert upgraded.due() > 0
    assert {"T1", "T2"} <= set(upgraded.open(id))
    after = upgraded.rows(TimerRow, TimerRow.project_id == id, TimerRow.fired_at.is_(None))
    assert sorted(each.element for each in after) == ["T1", "T2"], "each occurrence arms the next as it opens"
    assert {each.id for each in after}.isdisjoint(each.id for each in waiting)


@pytest.mark.parametrize("title", [title for title, (_, waiting) in LEFT.items() if waiting and title != "Au vote"])
def test_every_project_goes_on_to_its_end(upgraded: Play, title: str) -> None:
    row = project(upgraded, title)
    if row.status == "held":
        upgraded.do("denis", ResumeProject(row.id, "budget rendu"))
    upgraded.lift(row.id)
    upgraded.until(row.id, "")
    page = upgraded.project(row.id)
    assert (page.status, page.open) == ("closed", ())
    assert [each for each in upgraded.rows(StageRow, StageRow.project_id == row.id) if each.left_at is None] == []
    assert whole(upgraded)


@pytest.mark.parametrize("prepared", [False, True])
def test_a_backup_of_the_first_release_is_restored_into_this_one(
    first_url: str, bare_database_url: str, tmp_path: Path, prepared: bool
) -> None:
    first = Engine(first_url)
    back_up(first, tmp_path / "first.zip")
    clock = Clock()
    engine = Engine(bare_database_url, clock=clock)
    if prepared:
        engine.prepare()
    restore(engine, tmp_path / "first.zip")
    play = Play(engine, clock)
    clock.at = max(row.moved_at for row in play.rows(ProjectRow))
    assert {row.title: (row.status, sorted(play.open(row.id))) for row in play.rows(ProjectRow)} == LEFT
    play.until(project(play, "En parallèle").id, "")
    assert whole(play)
    for each in (first, engine):
        each.close()
