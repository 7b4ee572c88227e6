"""People act at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, text

from engine import CompleteTask, Conflict, DatabaseGone, History, JalonError
from engine.store.tables import ProjectRow, TaskRow
from tests.engine.organisation import SERVICES
from tests.engine.play import Play


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act answers, or its refusal; all begin together."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except JalonError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_eight_people_complete_eight_parallel_tasks_of_one_project_at_once(play: Play) -> None:
    project = play.start(impacted=tuple(SERVICES))
    play.complete(project, "A", urgent=False, services_impactes=SERVICES)
    play.until(project, "R")
    tasks = [play.task(project, f"R {service}") for service in SERVICES]
    doers = [play.row(task).assignee_id for task in tasks]
    answers = at_once(
        [
            lambda task=task, who=who: play.engine.execute(CompleteTask(task, {"reponse": str(task)}), who)  # type: ignore[misc]
            for task, who in zip(tasks, doers, strict=True)
        ]
    )
    assert [answer for answer in answers if isinstance(answer, JalonError)] == []
    assert [play.row(task).state for task in tasks] == ["done"] * 8
    assert play.open(project) == ["C"]
    assert play.see("claire", History(project)).whole


def test_fifty_clicks_complete_a_task_once_and_the_others_are_told_so(play: Play) -> None:
    project = play.start()
    play.complete(project, "A", urgent=False)
    task = play.task(project, "B")
    people = [play.people[login] for login in ("emile", "fatou")] * 25
    answers = at_once([lambda who=who: play.engine.execute(CompleteTask(task, {"avis": "oui"}), who) for who in people])  # type: ignore[misc]
    refusals = [answer for answer in answers if isinstance(answer, JalonError)]
    assert (len(refusals), len(answers)) == (49, 50)
    assert {refusal.status for refusal in refusals} == {409}
    assert all(isinstance(refusal, Conflict) for refusal in refusals)
    assert {refusal.text("fr")[:34] for refusal in refusals} == {"« Expertiser » n’est plus à faire "}
    assert len(play.rows(TaskRow, TaskRow.element == "R")) == 2
    assert play.see("claire", History(project)).whole


def test_a_process_that_stands_still_in_an_act_loses_its_locks(play: Play) -> None:
    """A minute on PostgreSQL, here a moment: another act goes on, and the one that stood still leaves nothing."""
    if not play.engine.store.locks_rows:
        assert play.start()  # SQLite: one machine, and a process that is gone holds nothing
        return
    project = play.start()
    with play.engine.store.read() as session:
        assert session.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == "1min"

    def stand_still() -> None:
        with play.engine.store.write() as session:
            session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 2000"))
            session.execute(select(ProjectRow.id).where(ProjectRow.id == project).with_for_update())
            play.complete(project, "A", urgent=False)  # waits for the lock, until the server takes it back
            session.execute(text("SELECT 1"))

    with pytest.raises(DatabaseGone):
        stand_still()
    assert play.open(project) == ["B"]
