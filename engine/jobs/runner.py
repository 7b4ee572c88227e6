"""Runs jobs in this process: the runtime that works them, the sweep, the sign of life, the care for dead processes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from engine.errors import JalonError
from engine.jobs import failures
from engine.jobs.daily import enqueue_daily
from engine.jobs.handlers import HANDLERS
from engine.jobs.queue import Job, Runtime
from engine.jobs.sweep import sweep
from engine.jobs.workers import Worker, default_name

if TYPE_CHECKING:
    from engine.engine import Engine

log = logging.getLogger("jalon.jobs")

#: what DBOS keeps of a job that is done stays so long
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often what is looked at, in seconds."""

    sweep: float = 2.0
    daily: float = 20.0  #: the hour of the reminders
    poll: float = 1.0  #: the queues
    beat: float = 3.0  #: a sign of life
    dead: float = 30.0  #: without a sign of life for so long, a process is gone
    care: float = 10.0  #: the jobs of processes that are gone, and those that broke
    tidy: float = 3_600.0
    pauses: tuple[float, ...] = failures.PAUSES  #: before a job that failed is tried again


class Runner:
    """Works the jobs of `engine`'s database, in a thread (`start`, `stop`) or in the caller's (`run`).

    `name`: of this process, stable over restarts and no other's; the machine's by default. One in a process.
    """

    def __init__(self, engine: Engine, name: str = "", pace: Pace | None = None) -> None:
        self.engine, self.pace = engine, pace or Pace()
        self.worker = Worker(engine.store, name or default_name(), self.pace.beat, self.pace.dead)
        self.runtime = Runtime(engine.queue, self.worker.name, HANDLERS, self.work, self.pace.poll)
        self._stop = threading.Event()
        self._dead = False  #: others took this process for dead
        self._thread: threading.Thread | None = None
        self._day: date | None = None  #: of the last reminders that we enqueued

    # --- in a thread, beside the pages ---

    def start(self) -> None:
        self._thread = threading.Thread(target=self._endure, daemon=True, name="jalon-jobs")
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _endure(self) -> None:
        """Whatever happens (the database is away, another process has the name), begin again."""
        while not self._stop.is_set():
            try:
                self.run(patient=True)
            except JalonError as refusal:
                log.warning("%s", refusal)
            except Exception:
                log.exception("jobs")
            self._stop.wait(self.pace.beat)

    # --- in the caller's thread ---

    def run(self, *, patient: bool = False) -> None:
        """Until `stop`. Raises `WorkerAlive` when another process has this name; `patient`: wait for it to end."""
        while self.worker.claim(self._stop, patient=patient):
            self.runtime.start()
            try:
                self._keep()
            finally:
                self.runtime.stop()
                self.worker.leave()

    def _keep(self) -> None:
        """Until `stop`, or until this process was taken for dead (it was suspended, the database was away).

        Others then do what it had begun. It begins anew: the runtime would wait for ever to note the end of jobs that
        are no longer its own.
        """
        pace = self.pace
        chores = {self._sweep: pace.sweep, self._daily: pace.daily, self._live: pace.beat, self._care: pace.care,
                  self._tidy: pace.tidy}  # fmt: skip
        due = dict.fromkeys(chores, 0.0)
        self._dead = False
        while not self._stop.is_set() and not self._dead:
            now = time.monotonic()
            for chore in [each for each, at in due.items() if at <= now]:
                due[chore] = now + chores[chore]
                self._try(chore)
            self._stop.wait(max(0.0, min(due.values()) - time.monotonic()))

    def _try(self, chore: Callable[[], None]) -> None:
        """A chore that fails comes again at its time."""
        try:
            chore()
        except JalonError as refusal:
            log.warning("%s", refusal)
        except Exception:
            log.exception("%s", chore.__name__)

    # --- chores ---

    def _daily(self) -> None:
        self._day = enqueue_daily(self.engine, self._day)

    def _sweep(self) -> None:
        sweep(self.engine)

    def _live(self) -> None:
        self._dead = not self.worker.live()

    def _care(self) -> None:
        self.worker.bury(self.worker.gone(), self.engine.queue.resume)
        broken = self.engine.queue.broken(HANDLERS)
        for job, raised in broken:
            failures.failed(self.engine, job, failures.unexpected(raised), self.pace.pauses)
        if broken:
            self.engine.queue.forget([job.id for job, _ in broken])

    def _tidy(self) -> None:
        self.worker.forget(self.engine.clock() - KEPT)
        while not self._stop.is_set() and self.engine.queue.forget_done(self.engine.clock() - KEPT):
            pass

    # --- one job ---

    def work(self, job: Job) -> None:
        """Carry out one job, and keep its failure. Raises only where the failure itself cannot be kept."""
        try:
            HANDLERS[job.name](self.engine, job)
        except JalonError as refusal:
            if not failures.is_final(refusal):
                log.warning("%s: %s", job.id, refusal)
                failures.failed(self.engine, job, refusal.said, self.pace.pauses)
                return
            log.info("%s: %s", job.id, refusal)
        except Exception as error:
            log.exception("%s", job.id)
            failures.failed(self.engine, job, failures.in_words(error), self.pace.pauses)
            return
        failures.over(self.engine, job)
