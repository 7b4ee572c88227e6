"""A job is part of the act that causes it: there with it, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Engine
from tests.engine.play import Play


def jobs(engine: Engine) -> list[tuple[str, str, list[Any], str]]:
    """Key, name, arguments and queue of every job, in the order of their keys."""
    found = engine.queue.client.list_workflows()
    return sorted(
        (each.workflow_id, each.name, each.input["args"][3], str(each.queue_name)) for each in found if each.input
    )


def test_a_job_is_there_once_its_act_is_committed(play: Play) -> None:
    with play.engine.store.write() as session:
        play.engine.queue.enqueue(session, "fire", 12, project=3, key="timer-12")
        play.engine.queue.enqueue(session, "send", 7, key="message-7", delay=60)
    assert jobs(play.engine) == [
        ("message-7", "send", [7], "jalon-others"),
        ("timer-12", "fire", [12], "jalon-projects"),
    ]


def test_an_act_that_is_rolled_back_leaves_no_job(play: Play) -> None:
    class Refused(Exception):
        pass

    def act() -> None:
        with play.engine.store.write() as session:
            play.engine.queue.enqueue(session, "fire", 12, project=3, key="timer-12")
            raise Refused

    with pytest.raises(Refused):
        act()
    assert jobs(play.engine) == []


def test_the_same_key_twice_is_one_job(play: Play) -> None:
    for number in (1, 2):
        with play.engine.store.write() as session:
            play.engine.queue.enqueue(session, "fire", number, project=3, key="timer-12")
    assert jobs(play.engine) == [("timer-12", "fire", [1], "jalon-projects")]


def test_a_job_that_failed_is_enqueued_again_under_its_key_and_how_often(play: Play) -> None:
    for run in (0, 1):
        with play.engine.store.write() as session:
            play.engine.queue.enqueue(session, "fire", 12, project=3, key="timer-12", run=run)
    assert [key for key, *_ in jobs(play.engine)] == ["timer-12", "timer-12~1"]


def test_a_database_is_prepared_twice_without_harm(play: Play) -> None:
    with play.engine.store.write() as session:
        play.engine.queue.enqueue(session, "fire", 12, key="timer-12")
    play.engine.prepare()
    assert [key for key, *_ in jobs(play.engine)] == ["timer-12"]
