"""What each job does: a command that Jalon itself carries out under the job's key, so that two starts are one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from engine.commands.escalate_ideas import EscalateIdeas
from engine.commands.fire_timer import FireTimer
from engine.commands.send_reminders import SendReminders
from engine.jobs.batches import carry_out
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
    """The reminders of a day, and the ideas left without answer: `day`, as YYYY-MM-DD."""
    (day,) = job.arguments
    engine.execute(SendReminders(date.fromisoformat(day)), SYSTEM, key=job.key)
    engine.execute(EscalateIdeas(), SYSTEM, key=f"{job.key}-ideas")


#: by the name under which a job is enqueued
HANDLERS: dict[str, Callable[[Engine, Job], None]] = {"fire": fire, "send": send, "batch": batch, "daily": daily}
