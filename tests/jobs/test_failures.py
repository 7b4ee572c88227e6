"""A job that fails is tried again after a pause; then it is dead: seen, and restarted by an administrator."""

from __future__ import annotations

from typing import Any

import pytest

from engine import SYSTEM, Engine, Jobs, NotAllowed, NotFound, Pace, RestartJob, Runner
from engine.engine import JalonError
from engine.errors import DatabaseBusy, ProjectEnded, StalePage, TaskClosed
from engine.jobs import failures
from engine.jobs.queue import Job
from engine.store.tables import EventRow, FailureRow, MessageRow
from engine.words import Text
from tests.engine.play import Play
from tests.jobs.processes import until
from tests.jobs.receivers import Hook
from tests.jobs.test_outbox import hooked
from tests.jobs.test_queue import jobs

JOB = Job("fire", "timer-1", 0, None, (1,))
WHY = Text("Le serveur ne répond pas.", "The server does not answer.")
PACE = Pace(sweep=0.2, poll=0.2, beat=0.3, dead=2.0, care=0.3, pauses=(0.2, 0.2))


def failure(play: Play) -> FailureRow:
    (row,) = play.rows(FailureRow)
    return row


def test_a_failure_is_kept_and_the_job_is_enqueued_again(play: Play) -> None:
    failures.failed(play.engine, JOB, WHY, pauses=(10.0, 60.0))
    row = failure(play)
    assert (row.runs, row.tries, row.dead_at) == (1, 1, None)
    assert [key for key, *_ in jobs(play.engine)] == ["timer-1~1"]
    (line,) = play.engine.read(Jobs(), SYSTEM).retried
    assert (line.job, line.what, line.tries, line.why, line.dead) == (
        "timer-1", Text("échéance", "timer"), 1, WHY, False,
    )  # fmt: skip


def test_the_same_failure_told_twice_counts_once(play: Play) -> None:
    for _ in range(2):
        failures.failed(play.engine, JOB, WHY)
    assert (failure(play).tries, len(jobs(play.engine))) == (1, 1)


def test_after_the_last_pause_a_job_is_dead_and_no_longer_enqueued(play: Play) -> None:
    for run in range(3):
        failures.failed(play.engine, Job("fire", "timer-1", run, None, (1,)), WHY, pauses=(10.0, 60.0))
    assert failure(play).dead_at == play.clock.at
    assert len(jobs(play.engine)) == 2
    page = play.engine.read(Jobs(), SYSTEM)
    assert ([each.job for each in page.dead], page.retried) == (["timer-1"], ())


def test_pauses_grow_over_a_day_and_a_half() -> None:
    assert list(failures.PAUSES) == sorted(failures.PAUSES)
    assert 24 * 3600 < sum(failures.PAUSES) < 48 * 3600


def test_a_job_that_is_done_in_the_end_leaves_no_failure(play: Play) -> None:
    failures.failed(play.engine, JOB, WHY)
    failures.over(play.engine, Job("fire", "timer-1", 1, None, (1,)))
    assert play.rows(FailureRow) == []


@pytest.mark.parametrize(("refusal", "final"), [
    (NotFound(), True),
    (ProjectEnded(project="P", state="clos"), True),
    (TaskClosed(task="T", state="terminée", by="A", at="hier"), True),
    (StalePage(what="P"), False),  # others kept changing the project
    (DatabaseBusy(), False),
    (JalonError(), False),
])  # fmt: skip
def test_what_would_be_refused_again_is_no_failure(refusal: JalonError, final: bool) -> None:
    assert failures.is_final(refusal) is final


# --- restart ---------------------------------------------------------------------------------------------------


def dead(play: Play) -> None:
    failures.failed(play.engine, JOB, WHY, pauses=())


def test_an_administrator_restarts_a_dead_job_with_all_its_tries(play: Play) -> None:
    dead(play)
    play.do("jeanne", RestartJob("timer-1"))
    assert [key for key, *_ in jobs(play.engine)] == ["timer-1~1"]
    assert (failure(play).tries, failure(play).dead_at) == (0, None)
    (event,) = play.rows(EventRow, EventRow.kind == "job_restarted")
    assert (event.stream, event.actor_id) == (0, play.people["jeanne"])
    failures.failed(play.engine, Job("fire", "timer-1", 1, None, (1,)), WHY)
    assert (failure(play).runs, failure(play).tries) == (2, 1)


def test_who_may_not_restart_a_job_and_which(play: Play) -> None:
    assert type(play.refused("jeanne", RestartJob("timer-1"))) is NotFound
    dead(play)
    refusal = play.refused("claire", RestartJob("timer-1"))
    assert (type(refusal), refusal.text("fr")) == (
        NotAllowed,
        "Vous ne pouvez pas relancer un travail. Qui le peut : l’administrateur. Adressez-vous à cette personne.",
    )
    play.do("jeanne", RestartJob("timer-1"))
    assert type(play.refused("jeanne", RestartJob("timer-1"))) is NotFound


def test_only_administrators_see_the_jobs(play: Play) -> None:
    assert play.see("jeanne", Jobs()).workers == ()
    for login in ("claire", "denis", "igor"):
        with pytest.raises(NotFound):
            play.see(login, Jobs())


# --- with the runtime ------------------------------------------------------------------------------------------


def test_a_receiver_that_is_down_too_long_makes_a_dead_job_that_a_restart_revives(play: Play, hook: Hook) -> None:
    hook.status = 503
    hooked(play, hook).start()
    runner = Runner(play.engine, "atelier", PACE)
    runner.start()
    try:
        (line,) = until(lambda: play.engine.read(Jobs(), SYSTEM).dead)
        assert (line.tries, line.why.en) == (3, MESSAGE_NOT_SENT)
        hook.status = 200
        play.do("jeanne", RestartJob(line.job))
        # the restart is an act that is posted, too
        until(lambda: all(row.sent_at for row in play.rows(MessageRow)))
        until(lambda: not play.rows(FailureRow))
    finally:
        runner.stop()
    assert [headers["Jalon-Message"] for headers, _ in hook.posts].count("event-1-1") == 4


MESSAGE_NOT_SENT = (
    "The message did not leave for 127.0.0.1: HTTP 503. It will be sent again; check the server, and the settings "
    "JALON_SMTP or JALON_WEBHOOK_URL."
)


def test_a_failure_that_could_not_be_kept_is_found_later(play: Play) -> None:
    """The queue says that a job ended in an error, and no failure was kept: the database was away just then."""
    runner = Runner(play.engine, "atelier", PACE)
    faults: list[Job] = []

    def breaks(job: Job) -> None:
        if not faults:
            faults.append(job)
            raise OSError("gone")
        runner.work(job)

    runner.runtime.work = breaks
    with play.engine.store.write() as session:
        play.engine.queue.enqueue(session, "daily", "2026-11-23", key="daily-2026-11-23")
    runner.start()
    try:
        until(lambda: faults)
        until(lambda: done(play.engine, "daily-2026-11-23~1"))
        until(lambda: not play.rows(FailureRow))
    finally:
        runner.stop()


def done(engine: Engine, id: str) -> Any:
    return [each for each in engine.queue.client.list_workflows(workflow_ids=[id]) if each.status == "SUCCESS"]
