"""The doctor finds each thing that can be wrong, says it in a sentence, and says nothing of what is well."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import CommentOn, Engine, Examined, HoldProject, PublishMethod, examine
from engine.doctor import CHECKS, FIRST
from engine.store.session import migrate, schemas
from engine.store.tables import FailureRow, MessageRow, ProjectRow, TimerRow, WorkerRow
from tests.engine.play import Clock, Play
from tests.engine.test_timers import TIMED

#: the servers of these tests need not survive a power cut, and the doctor says so
CARELESS = "Des réglages contredisent ce que Jalon promet : fsync=off, full_page_writes=off, synchronous_commit=off."


def ill(engine: Engine) -> dict[str, str]:
    """What the doctor finds wrong, by check, but for what a test's server is by design."""
    return {each.check: each.found.fr for each in examine(engine) if not each.well and each.found.fr != CARELESS}


def with_a_project(play: Play) -> int:
    project = play.start()
    play.until(project, "X", {"G1": ["go_reserves"]})
    play.complete(project, "T1")
    other = play.start(title="Un autre")
    play.until(other, "R")
    play.until(play.start("petit_projet"), "")
    held = play.start(title="Suspendu")
    play.do("claire", HoldProject(held, "gel", (play.clock.at + timedelta(days=20)).date()))
    return project


def damage(play: Play, *statements: str) -> None:
    """By SQL, past every guard."""
    sqlite = play.engine.one_file
    with play.engine.store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            raw.rollback()
            raw.execute("SET session_replication_role = replica")
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        connection.invalidate()


def test_nothing_is_wrong_with_projects_in_every_situation(play: Play) -> None:
    with_a_project(play)
    found = examine(play.engine)
    assert [each.check for each in found] == [name for name, _ in (*FIRST, *CHECKS)]
    assert ill(play.engine) == {}
    assert {each.remedy.fr for each in found if each.well} == {""}
    settings = next(each for each in found if each.check == "settings")
    assert settings.well == play.engine.one_file
    assert settings.found.fr in (CARELESS, "Les réglages gardent ce qui a été enregistré.")


NO_GUARD = {
    True: ("DROP TRIGGER jalon_events_no_update", "DROP TRIGGER jalon_events_no_delete"),
    False: ("ALTER TABLE jalon_events DISABLE TRIGGER jalon_events_kept",),
}
DAMAGES: list[tuple[str, dict[str, str]]] = [
    (
        "UPDATE jalon_events SET kind = 'task_refused' WHERE stream = 1 AND number = 4",
        {"history": "La chaîne de l’historique est rompue : projet 1, événement 4."},
    ),
    (
        "UPDATE jalon_projects SET digest = 'x' WHERE id = 2",
        {"history": "La chaîne de l’historique est rompue : projet 2, événement {events}."},
    ),
    (
        "DELETE FROM jalon_events WHERE stream = 0 AND number = 1",
        {"history": "La chaîne de l’historique est rompue : organisme, événement 1."},
    ),
    (
        "UPDATE jalon_releases SET digest = 'x' WHERE version = '1.0.0' AND method = 'essai'",
        {"releases": "Le contenu de versions publiées a changé : essai@1.0.0."},
    ),
    (
        "UPDATE jalon_tasks SET state = 'done' WHERE element = 'X'",
        {"states": "L’état de projets ne va pas avec leurs tâches et échéances : projet 1 (X)."},
    ),
    (
        "UPDATE jalon_tasks SET token = 'x' WHERE element = 'X'",
        {"states": "L’état de projets ne va pas avec leurs tâches et échéances : projet 1 (X, tâche {x})."},
    ),
    (
        "UPDATE jalon_executions SET state = 'x' WHERE project_id = 2",
        {"states": "L’état de projets ne va pas avec leurs tâches et échéances : projet 2 (illisible : {error})."},
    ),
    (
        "UPDATE jalon_executions SET ended_at = '2026-01-01' WHERE project_id = 4",
        {
            "states": "L’état de projets ne va pas avec leurs tâches et échéances : projet 4 (rien ne l’exécute), "
            "projet 4 (tâche {four})."
        },
    ),
    (
        "UPDATE jalon_projects SET status = 'stopped' WHERE id IN (1, 2)",
        {"ended": "Des projets terminés ont encore des tâches ou des échéances : projet 1, 2."},
    ),
    (
        "UPDATE jalon_comments SET actor_id = 99",
        {"integrity": "Des lignes renvoient à d’autres qui n’existent pas : jalon_comments.actor_id (1)."},
    ),
]


@pytest.mark.parametrize(("statement", "expected"), DAMAGES, ids=[each[0][:50] for each in DAMAGES])
def test_each_damage_is_found_and_said_with_its_remedy(play: Play, statement: str, expected: dict[str, str]) -> None:
    with_a_project(play)
    play.do("claire", CommentOn(play.task(1, "X"), "Un mot"))
    events = next(row.events for row in play.rows(ProjectRow) if row.id == 2)
    facts = {
        "x": play.task(1, "X"),
        "four": play.task(4, "A"),
        "events": events + 1,
        "error": "{error}",
    }
    damage(play, *NO_GUARD[play.engine.one_file], statement)
    expected = {check: said.format(**facts) for check, said in expected.items()}
    expected["guard"] = (
        "La base ne refuse plus que l’historique ou les décisions soient modifiés : un déclencheur a été retiré."
    )
    found = {
        check: said.replace("TypeError", "{error}").replace("ValueError", "{error}")
        for check, said in ill(play.engine).items()
    }
    assert found == expected
    assert all(each.remedy.fr and each.remedy.en and each.found.en for each in examine(play.engine) if not each.well)


def test_a_drawn_timer_that_only_the_state_or_only_the_rows_know_is_found(play: Play) -> None:
    play.do("jeanne", PublishMethod(TIMED))
    project = play.start()
    play.until(project, "X")
    assert ill(play.engine) == {}
    late = play.rows(TimerRow, TimerRow.element == "X_late")[0].id
    damage(play, f"UPDATE jalon_timers SET token = 'x' WHERE id = {late}")
    assert ill(play.engine) == {
        "states": "L’état de projets ne va pas avec leurs tâches et échéances : "
        f"projet {project} (X_late, échéance {late})."
    }


def test_of_many_things_wrong_a_few_are_named_and_the_others_counted(essai: Play) -> None:
    for number in range(9):
        essai.start(title=f"Projet {number}")
    damage(essai, "UPDATE jalon_projects SET digest = 'x'")
    (found,) = [each for each in examine(essai.engine) if not each.well]
    assert found.found.en.endswith("project 5, event 4 and 4 more.")


# --- what Jalon does by itself -----------------------------------------------------------------------------


def test_what_is_due_and_was_not_done_is_found(play: Play) -> None:
    with_a_project(play)
    play.clock.advance(days=30)
    assert ill(play.engine) == {"timers": "2 échéance(s) passée(s) n’ont pas eu lieu."}
    play.due()
    assert ill(play.engine) == {}


def test_jobs_that_failed_for_good_and_processes_that_died_are_found(play: Play) -> None:
    now = play.clock.at
    with play.engine.store.write() as session:
        for key, dead in (("timer-1", now), ("timer-2", None)):
            session.add(
                FailureRow(
                    key=key, name="fire", arguments="[1]", project_id=None, runs=8, tries=8, why="{}", at=now,
                    dead_at=dead,
                )
            )  # fmt: skip
        silent = now - timedelta(hours=1)
        for id, seen, stopped in (("vif", now, None), ("muet", silent, None), ("parti", silent, silent)):
            session.add(WorkerRow(id=id, started_at=silent, seen_at=seen, stopped_at=stopped))
        for key, days in (("a", 3), ("b", 1)):
            session.add(
                MessageRow(
                    key=key, kind="mail", address="c@ici.fr", subject="Objet", body="Corps",
                    at=now - timedelta(days=days),
                )
            )  # fmt: skip
    assert ill(play.engine) == {
        "failures": "Des travaux ont échoué pour de bon : timer-1.",
        "outbox": "1 message(s) et 0 lot(s) attendent depuis plus de deux jours.",
        "workers": "Des processus ne donnent plus signe de vie : muet.",
    }


# --- the database ------------------------------------------------------------------------------------------


def only(engine: Engine) -> Examined:
    found = examine(engine)
    assert [each.well for each in found] == [True] * (len(found) - 1) + [False]
    assert [each.check for each in found] == [name for name, _ in FIRST][: len(found)]
    return found[-1]


def test_tables_that_are_missing_old_or_newer_are_said_and_nothing_more_is_looked_at(bare_database_url: str) -> None:
    engine = Engine(bare_database_url, clock=Clock())
    if engine.one_file:
        engine.store.engine.connect().close()
    assert only(engine).found.en == "This database does not have Jalon’s tables yet."
    migrate(bare_database_url, "0001")
    assert only(engine).found.en == f"The tables (0001) are older than this version ({schemas()[-1]})."
    engine.prepare()
    assert ill(engine) == {}
    with engine.store.write() as session:
        session.execute(text("UPDATE jalon_version SET version_num = '9999'"))
    assert only(engine).found.en == f"The tables (9999) are of a newer version than this one ({schemas()[-1]})."
    assert only(engine).remedy.en == "Install the version of Jalon that wrote them."
    engine.close()


def test_a_file_that_is_not_there_is_said_and_not_created(tmp_path: Path) -> None:
    path = tmp_path / "ailleurs.db"
    engine = Engine(f"sqlite:///{path}")
    assert only(engine).found.fr == f"Il n’y a pas de fichier « {path} »."
    assert not path.exists()


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda content: b"ceci n\xe2\x80\x99est pas une base" * 200, "answers"),
        (lambda content: content[: len(content) // 2], "schema"),
    ],
)
def test_a_file_that_is_no_database_or_half_of_one_is_said(
    tmp_path: Path, migrated_sqlite_file: Path, spoil: Callable[[bytes], bytes], check: str
) -> None:
    path = tmp_path / "jalon.db"
    path.write_bytes(spoil(migrated_sqlite_file.read_bytes()))
    engine = Engine(f"sqlite:///{path}")
    found = [each for each in examine(engine) if not each.well]
    assert found[0].found.fr.startswith(("La base a répondu : ", "Le fichier de la base est abîmé : "))
    engine.close()


def test_a_page_that_was_overwritten_is_found(essai: Play) -> None:
    with_a_project(essai)
    path = essai.engine.store.engine.url.database
    assert path is not None
    with essai.engine.store.write() as session:
        root = session.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_jalon_tasks_due'")).scalar()
        size = session.execute(text("PRAGMA page_size")).scalar()
    essai.engine.store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with Path(path).open("r+b") as file:
        file.seek((int(root) - 1) * int(size))
        file.write(b"\xff" * int(size))
    found = ill(essai.engine)
    torn = ("Le fichier de la base est abîmé : ", "La base a répondu : database disk image is malformed.")
    assert found["integrity"].startswith(torn)


def test_a_server_that_does_not_answer_is_said() -> None:
    engine = Engine("postgresql+psycopg://jalon@127.0.0.1:1/jalon")
    assert only(engine).found.fr.startswith("La base de données ne répond pas.")
    engine.close()


def test_a_full_disk_is_seen_coming(essai: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.doctor.database.LEAST_FREE", 10**18)
    assert set(ill(essai.engine)) == {"disk"}
