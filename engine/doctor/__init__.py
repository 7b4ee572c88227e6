"""What is wrong with an installation, and what to do about it: a list of checks, each a sentence.

examination     one check: what was found, and the remedy
database        it answers, its tables, references, guard, settings, disk
projects        history's chains, live states against open tasks, ended projects, releases
jobs            what is due, what failed for good, the processes that work
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from engine.doctor import database, jobs, projects
from engine.doctor.examination import Check, Examined, ill
from engine.engine import Engine
from engine.errors import JalonError
from engine.words import Text

#: without these nothing else can be looked at
FIRST: tuple[tuple[str, Check], ...] = (("answers", database.answers), ("schema", database.schema))
CHECKS: tuple[tuple[str, Check], ...] = (
    ("integrity", database.integrity),
    ("guard", database.guard),
    ("settings", database.settings),
    ("disk", database.disk),
    ("releases", projects.releases),
    ("history", projects.history),
    ("states", projects.states),
    ("ended", projects.ended),
    ("timers", jobs.timers),
    ("outbox", jobs.outbox),
    ("failures", jobs.failures),
    ("workers", jobs.workers),
)


def examine(engine: Engine) -> tuple[Examined, ...]:
    """Every check, in order; the first that fails of `FIRST` is the last. Nothing is changed."""
    found: list[Examined] = []
    for name, check in FIRST:
        found.append(_made(engine, name, check))
        if not found[-1].well:
            return tuple(found)
    return (*found, *(_made(engine, name, check) for name, check in CHECKS))


def _made(engine: Engine, name: str, check: Check) -> Examined:
    """One check on a snapshot of its own; what prevents it is what it found."""
    missing = database.missing_file(engine)
    if missing is not None:
        return missing.named(name)
    try:
        with engine.store.snapshot() as session:
            return check(engine, session).named(name)
    except JalonError as refusal:
        return ill(refusal.said, database.LOOK).named(name)
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0]
        return ill(Text(f"La base a répondu : {why}.", f"The database answered: {why}."), database.LOOK).named(name)


__all__ = ["CHECKS", "FIRST", "Examined", "examine"]
