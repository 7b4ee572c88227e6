"""What Jalon does by itself: what is due and was not done, what failed for good, who works."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from engine.doctor.examination import Examined, Few, ill, well
from engine.engine import Engine
from engine.jobs.sweep import unfired
from engine.store.tables import BatchRow, FailureRow, MessageRow, TimerRow, WorkerRow
from engine.words import Text

#: a timer is swept every few seconds; its job is tried again for a day and a half
UNSWEPT, UNDONE = timedelta(minutes=5), timedelta(days=2)
#: without a sign of life for so long, a process is taken for dead
SILENT = timedelta(minutes=1)


def timers(engine: Engine, session: Session) -> Examined:
    now = engine.clock()
    late = or_(
        and_(TimerRow.queued_at.is_(None), TimerRow.due_at < now - UNSWEPT),
        and_(TimerRow.queued_at.is_not(None), TimerRow.queued_at < now - UNDONE),
    )
    count = session.execute(select(func.count()).select_from(TimerRow).where(unfired(now), late)).scalar_one()
    if not count:
        return well("Rien de ce qui est échu n’attend.", "Nothing that is due waits.")
    said = Text("{count} échéance(s) passée(s) n’ont pas eu lieu.", "{count} timer(s) that are due did not fire.")
    return ill(said, WORK, count=count)


WORK = Text(
    "Lancez « jalon serve », ou « jalon worker » avec PostgreSQL : il les rattrape.",
    "Run “jalon serve”, or “jalon worker” with PostgreSQL: it catches up.",
)


def outbox(engine: Engine, session: Session) -> Examined:
    """A message is tried for a day and a half, then its job is dead; one that waits longer has no job."""
    late = engine.clock() - UNDONE
    messages = select(func.count()).select_from(MessageRow).where(MessageRow.sent_at.is_(None), MessageRow.at < late)
    batches = select(func.count()).select_from(BatchRow).where(BatchRow.ended_at.is_(None), BatchRow.at < late)
    facts = {
        "messages": session.execute(messages).scalar_one(),
        "batches": session.execute(batches).scalar_one(),
    }
    if not any(facts.values()):
        return well("Aucun message ni lot n’attend depuis plus de deux jours.",
                    "No message and no batch has waited for more than two days.")  # fmt: skip
    said = Text("{messages} message(s) et {batches} lot(s) attendent depuis plus de deux jours.",
                "{messages} message(s) and {batches} batch(es) have waited for more than two days.")  # fmt: skip
    return ill(said, WORK, **facts)


def failures(engine: Engine, session: Session) -> Examined:
    dead = Few(
        session.execute(
            select(FailureRow.key).where(FailureRow.dead_at.is_not(None)).order_by(FailureRow.dead_at)
        ).scalars()
    )
    if not dead:
        return well("Aucun travail n’a échoué pour de bon.", "No job has failed for good.")
    said = Text("Des travaux ont échoué pour de bon : {what}.", "Jobs have failed for good: {what}.")
    remedy = Text("« jalon jobs » dit pourquoi ; remédiez-y, puis relancez-les.",
                  "“jalon jobs” says why; mend it, then restart them.")  # fmt: skip
    return ill(said, remedy, what=dead.text)


def workers(engine: Engine, session: Session) -> Examined:
    rows = session.execute(
        select(WorkerRow.id, WorkerRow.seen_at).where(WorkerRow.stopped_at.is_(None)).order_by(WorkerRow.id)
    ).all()
    silent = Few(row.id for row in rows if row.seen_at < engine.clock() - SILENT)
    if silent:
        said = Text("Des processus ne donnent plus signe de vie : {what}.", "Processes give no sign of life: {what}.")
        return ill(said, WORK, what=silent.text)
    return well("{count} processus exécutent les travaux.", "{count} processes work the jobs.", count=len(rows))
