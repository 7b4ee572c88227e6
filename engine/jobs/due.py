"""All that is due now, in this thread and in order: for what runs no jobs, and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.jobs.batches import carry_out
from engine.jobs.sending import deliver
from engine.jobs.sweep import fire_due
from engine.store.tables import BatchRow, MessageRow

if TYPE_CHECKING:
    from engine.engine import Engine


def run_due(engine: Engine) -> int:
    """Timers, then batches, then messages, by the commands that jobs carry out; how many things were done.

    Raises what they raise; nothing is tried again. Safe beside a process that works the same jobs.
    """
    done = fire_due(engine)
    with engine.store.read() as session:
        batches = list(session.execute(select(BatchRow.id).where(BatchRow.ended_at.is_(None))).scalars())
    done += sum(carry_out(engine, each) for each in batches)
    with engine.store.read() as session:
        messages = list(session.execute(select(MessageRow.id).where(MessageRow.sent_at.is_(None))).scalars())
    return done + sum(deliver(engine, each) for each in messages)
