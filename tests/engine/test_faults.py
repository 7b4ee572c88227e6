"""What fails below us is said in words, and leaves nothing half-written."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text

from engine import DatabaseGone, DiskFull, Engine, History, NotInitialised, People
from tests.engine.play import Clock, Play


def test_a_full_disk_refuses_the_act_and_the_next_one_goes_on(sqlite_url: str) -> None:
    engine = Engine(sqlite_url, clock=Clock())
    full = [False]

    @event.listens_for(engine.store.engine, "begin")
    def narrow(connection: Any) -> None:
        pages = connection.exec_driver_sql("pragma page_count").scalar() if full[0] else 2**30
        connection.exec_driver_sql(f"pragma max_page_count={pages}")

    play = Play(engine, Clock())
    first = play.start()
    full[0] = True
    title = "Un titre ".ljust(190, "é")
    before = play.counts()

    def fill() -> None:
        for _ in range(50):
            play.start(title=title)
            before.update(play.counts())

    with pytest.raises(DiskFull) as refused:
        fill()
    assert refused.value.status == 503
    assert play.counts() == before
    full[0] = False
    assert play.start() > first
    with engine.store.read() as session:
        assert session.execute(text("pragma integrity_check")).scalar() == "ok"
    assert play.see("claire", History(first)).whole
    engine.close()


def test_a_database_that_is_not_there_is_said() -> None:
    engine = Engine("postgresql+psycopg://jalon@127.0.0.1:1/jalon")
    with pytest.raises(DatabaseGone):
        engine.read(People(), 0)
    engine.close()


def test_a_database_without_tables_is_said(bare_database_url: str) -> None:
    engine = Engine(bare_database_url)
    with pytest.raises(NotInitialised):
        engine.read(People(), 0)
    engine.close()
