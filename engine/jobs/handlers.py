"""What each job does: a command that Jalon itself carries out under the job's key, so that two starts are one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from engine.commands.fire_timer import FireTimer
from engine.jobs.batches import carry_out
from engine.jobs.daily import carry_out as carry_out_day
from engine.jobs.queue import Job
from engine.jobs.sending import deliver
from engine.people import SYSTEM

if TYPE_CHECKING:
    from engine.engine import Engine


def fire(engine: Engine, job: Job) -> None:
    """A timer whose hour has come: `timer`."""
    (timer,) = job.arguments
    engine.execute(FireTimer(timer), SYSTEM, key=job.key)


def send(engine: Engine, job: Job) -> None:
    """A message of the outbox leaves: `message`."""
    (message,) = job.arguments
    deliver(engine, message)


def batch(engine: Engine, job: Job) -> None:
    """A batch goes on to its end: `batch`."""
    (number,) = job.arguments
    carry_out(engine, number)


def daily(engine: Engine, job: Job) -> None:
    """What happens on a working day: `day`, as YYYY-MM-DD."""
    (day,) = job.arguments
    carry_out_day(engine, date.fromisoformat(day))


#: by the name under which a job is enqueued
HANDLERS: dict[str, Callable[[Engine, Job], None]] = {"fire": fire, "send": send, "batch": batch, "daily": daily}
