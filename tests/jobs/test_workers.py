"""Processes that die in the middle of a job: nothing is lost, nothing done twice. And whose names are their own."""

from __future__ import annotations

import itertools
import re
import signal
import subprocess
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text

from engine import SYSTEM, CommentOn, Engine, History, Jobs
from engine.settings import Settings
from engine.store.tables import EventRow, MessageRow, TimerRow, WorkerRow
from tests.engine.play import Play
from tests.jobs.processes import DEADLINE, processes, until
from tests.jobs.receivers import Hook
from tests.jobs.test_queue import jobs
from tests.jobs.test_timers import opened, timer, waiting
from tests.jobs.visitor import Visitor


def many(play: Play, projects: int, timers: int) -> datetime:
    """Timers that are due, in the order of their ids; the hour at which they are."""
    started = [play.start(title=f"Projet {number}") for number in range(projects)]
    due = play.clock.at - timedelta(days=1)
    with play.engine.store.write() as session:
        session.execute(insert(TimerRow), [
            {"project_id": id, "kind": "review", "element": "", "subject": "", "due_at": due + timedelta(seconds=n)}
            for n in range(timers) for id in started
        ])  # fmt: skip
    return play.clock.at


def left(play: Play) -> list[TimerRow]:
    return play.rows(TimerRow, TimerRow.fired_at.is_(None), TimerRow.due_at <= play.clock.at)


def fired(play: Play) -> list[int]:
    """How many events of timers each project's history holds."""
    counts: dict[int, int] = {}
    for row in play.rows(EventRow, EventRow.kind == "review_due"):
        counts[row.stream] = counts.get(row.stream, 0) + 1
    return sorted(counts.values())


def address(node: subprocess.Popen[str]) -> str:
    """Where a web node says it is."""
    assert node.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", node.stdout.readline())
    assert found is not None
    return found[0]


# --- death -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("die_at", "next_name"), [
    ("UPDATE jalon_timers SET queued_at", "first"),  # the sweep; the process comes back
    ("UPDATE jalon_timers SET queued_at; commit", "second"),  # it is gone for good
    ("INSERT INTO jalon_tasks", "second"),  # the job, before its act is committed
    ("INSERT INTO jalon_acts", "first"),
    ("INSERT INTO jalon_acts; commit", "second"),  # and after, before the queue knows
])  # fmt: skip
def test_a_timer_fires_once_although_its_process_is_killed(play: Play, die_at: str, next_name: str) -> None:
    project = waiting(play)
    due = timer(play).id
    hour = play.clock.advance(days=20)  # a Sunday: no reminders
    url = play.engine.store.url
    with processes() as started:
        dead = started.worker(url, "first", hour, die_at)
        assert dead.wait(DEADLINE) == -signal.SIGKILL
        started.worker(url, next_name, hour)
        until(lambda: play.rows(TimerRow, TimerRow.id == due)[0].fired_at)
        until(lambda: {each.status for each in play.engine.queue.client.list_workflows()} == {"SUCCESS"})
    assert opened(play, project) == 2
    assert len(jobs(play.engine)) == 1
    assert play.see("claire", History(project)).whole


def test_one_job_of_a_project_is_worked_at_a_time(play: Play) -> None:
    hour = many(play, projects=3, timers=6)
    with processes() as started:
        started.worker(play.engine.store.url, "first", hour)
        until(lambda: not left(play))
        until(lambda: {each.status for each in play.engine.queue.client.list_workflows()} == {"SUCCESS"})
    worked = [each for each in play.engine.queue.client.list_workflows() if each.name == "fire"]
    by_project: dict[str, list[tuple[int, int]]] = {}
    for each in worked:
        assert each.dequeued_at is not None
        assert each.completed_at is not None
        by_project.setdefault(str(each.queue_partition_key), []).append((each.dequeued_at, each.completed_at))
    assert [len(each) for each in by_project.values()] == [6, 6, 6]
    for times in by_project.values():
        times.sort()
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(times))


def test_two_web_nodes_and_three_workers_do_every_job_once_although_one_is_killed(
    postgresql_play: Play, hook: Hook
) -> None:
    play = postgresql_play
    hour = many(play, projects=12, timers=8)
    task = play.task(1, "A")
    url = play.engine.store.url
    settings = {"JALON_WEBHOOK_URL": hook.url, "JALON_WEBHOOK_SECRET": "secret"}
    with processes() as started:
        nodes = [address(started.jalon(url, "serve", "--port", "0", **settings)) for _ in range(2)]
        victim = started.worker(url, "first", hour, **settings)
        until(lambda: len(left(play)) < 96)
        started.worker(url, "second", hour, **settings)
        started.worker(url, "third", hour, **settings)
        victim.kill()
        for number in range(10):
            visitor = Visitor(nodes[number % 2])
            visitor.sign_in("claire")
            visitor.post(f"/taches/{task}/commenter", f"/taches/{task}", body=f"Note {number}")
        until(lambda: not left(play))
        until(lambda: not play.rows(MessageRow, MessageRow.sent_at.is_(None)))
    assert fired(play) == [8] * 12
    said = [each.body for each in play.page(task).comments]
    assert sorted(said) == [f"Note {number}" for number in range(10)]
    # each act was posted; one that the victim was posting may come twice, under the same name
    assert {headers["Jalon-Message"] for headers, _ in hook.posts} == {row.key for row in play.rows(MessageRow)}
    for project in range(1, 13):
        assert play.see("claire", History(project)).whole


def test_a_process_that_was_only_suspended_begins_anew_and_nothing_is_stuck(postgresql_play: Play, hook: Hook) -> None:
    """While it sleeps in the middle of a job the others take it for dead, and do its job."""
    play = postgresql_play
    play.engine.settings = Settings(webhook=hook.url, secret="secret")
    project = play.start()
    hook.held.clear()
    settings = {"JALON_WEBHOOK_URL": hook.url, "JALON_WEBHOOK_SECRET": "secret"}
    with processes() as started:
        sleeper = started.worker(play.engine.store.url, "sleeper", play.clock.at, **settings)
        until(lambda: len(hook.posts) == 1)
        suspend(play, sleeper)
        started.worker(play.engine.store.url, "second", play.clock.at, **settings)
        until(lambda: len(hook.posts) == 2)
        (row,) = play.rows(WorkerRow, WorkerRow.id == "sleeper")
        assert row.stopped_at is not None
        sleeper.send_signal(signal.SIGCONT)
        hook.held.set()
        until(lambda: play.rows(WorkerRow, WorkerRow.id == "sleeper")[0].started_at > row.started_at)
        play.do("claire", CommentOn(play.task(project, "A"), "Une note"))
        until(lambda: all(each.sent_at for each in play.rows(MessageRow)))
        until(lambda: {each.status for each in play.engine.queue.client.list_workflows()} == {"SUCCESS"})
        assert sleeper.poll() is None
    assert {headers["Jalon-Message"] for headers, _ in hook.posts} == {row.key for row in play.rows(MessageRow)}


def suspend(play: Play, process: subprocess.Popen[str]) -> None:
    """At a moment when it holds no lock: what a process that is suspended with one blocks, no other can do."""
    query = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() "
        "AND mode IN ('RowShareLock', 'RowExclusiveLock')"
    )
    for _ in range(200):
        process.send_signal(signal.SIGSTOP)
        with play.engine.store.engine.connect() as connection:
            if not any([connection.execute(query).scalar() for _ in range(5)]):
                return
        process.send_signal(signal.SIGCONT)
    raise AssertionError("it was never found without a lock")


# --- names -----------------------------------------------------------------------------------------------------


def test_a_second_process_of_the_same_name_is_refused_in_words(play: Play) -> None:
    with processes() as started:
        started.jalon(play.engine.store.url, "worker", "--name", "atelier")
        until(lambda: play.rows(WorkerRow, WorkerRow.id == "atelier"))
        second = started.jalon(play.engine.store.url, "worker", "--name", "atelier")
        out, err = second.communicate(timeout=DEADLINE)
    assert second.returncode == 1
    assert err == (
        "Un autre processus exécute déjà des travaux sous le nom « atelier ». Donnez à celui-ci un nom à lui : "
        "jalon worker --name NOM ; le même à chaque démarrage.\n"
    )
    assert out == "Les travaux sont exécutés ici sous le nom « atelier » (Ctrl+C pour arrêter).\n"


def test_a_process_that_is_asked_to_stop_says_that_it_left(play: Play) -> None:
    with processes() as started:
        worker = started.worker(play.engine.store.url, "atelier", play.clock.at)
        until(lambda: play.rows(WorkerRow, WorkerRow.stopped_at.is_(None)))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(DEADLINE) == 0
        assert worker.stderr is not None
        assert worker.stderr.read() == ""
    assert play.rows(WorkerRow)[0].stopped_at is not None


def test_the_page_of_jobs_tells_who_is_alive(play: Play) -> None:
    now = play.clock.at
    with play.engine.store.write() as session:
        session.execute(insert(WorkerRow), [
            {"id": "alive", "started_at": now, "seen_at": now, "stopped_at": None},
            {"id": "silent", "started_at": now, "seen_at": now - timedelta(minutes=2), "stopped_at": None},
            {"id": "left", "started_at": now, "seen_at": now - timedelta(minutes=3), "stopped_at": now},
        ])  # fmt: skip
    workers = play.engine.read(Jobs(), SYSTEM).workers
    assert [(each.name, each.alive) for each in workers] == [("alive", True), ("silent", False), ("left", False)]


def test_serve_works_the_jobs_itself_on_one_file(essai: Play) -> None:
    project = waiting(essai)
    # this process lives today: what was due in 2026 is long due, or not yet
    with essai.engine.store.write() as session:
        session.execute(TimerRow.__table__.update().values(due_at=essai.clock.at - timedelta(days=900)))
    with processes() as started:
        started.jalon(essai.engine.store.url, "serve", "--port", "0")
        until(lambda: opened(essai, project) == 2)
    assert Engine(essai.engine.store.url).read(Jobs(), SYSTEM).workers[0].name
