"""What each job does: a command that Jalon itself carries out under the job's key, so that two starts are one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.commands.fire_timer import FireTimer
from engine.jobs.queue import Job
from engine.people import SYSTEM

if TYPE_CHECKING:
    from engine.engine import Engine


def fire(engine: Engine, job: Job) -> None:
    """A timer whose hour has come: `timer`."""
    (timer,) = job.arguments
    engine.execute(FireTimer(timer), SYSTEM, key=job.key)


HANDLERS: dict[str, Callable[[Engine, Job], None]] = {"fire": fire}
