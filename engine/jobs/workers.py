"""The processes that work jobs: each with a name of its own and a sign of life, so that the others finish its jobs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from engine.clock import machine
from engine.errors import WorkerAlive
from engine.store.session import Store
from engine.store.tables import WorkerRow


def default_name() -> str:
    """The machine's: the same after a restart. A second process on one machine is given another."""
    return socket.gethostname()[:80] or "jalon"


class Worker:
    """This process among the others. `beat`: seconds between two signs of life; `dead`: without one, it is gone."""

    def __init__(self, store: Store, name: str, beat: float, dead: float) -> None:
        self.store, self.name, self.beat, self.dead = store, name, beat, dead
        self.started: datetime | None = None
        self._seen: dict[str, tuple[datetime, float]] = {}  #: the last sign of each other, and when we first saw it

    # --- this one ---

    def claim(self, stop: threading.Event, *, patient: bool = False) -> bool:
        """Take the name. Where a process has it, look whether it still gives signs of life.

        Raises `WorkerAlive` when it does; `patient`: wait until it no longer does. Answers false when `stop` was set.
        """
        while not stop.is_set() and not self._free():
            if not patient:
                raise WorkerAlive(name=self.name)
        if stop.is_set():
            return False
        with self.store.write() as session:
            self.started = machine()
            known = session.execute(
                update(WorkerRow)
                .where(WorkerRow.id == self.name)
                .values(started_at=self.started, seen_at=self.started, stopped_at=None)
                .returning(WorkerRow.id)
            ).all()
            if not known:
                session.execute(insert(WorkerRow).values(id=self.name, started_at=self.started, seen_at=self.started))
        return True

    def _free(self) -> bool:
        first = self._sign()
        if first is None:
            return True
        deadline = time.monotonic() + 3 * self.beat
        while time.monotonic() < deadline:
            time.sleep(self.beat / 2)
            now = self._sign()
            if now is None:
                return True
            if now != first:
                return False
        return True

    def _sign(self) -> datetime | None:
        with self.store.read() as session:
            return session.execute(
                select(WorkerRow.seen_at).where(WorkerRow.id == self.name, WorkerRow.stopped_at.is_(None))
            ).scalar_one_or_none()

    def live(self) -> bool:
        """A sign of life. False when this process was taken for dead, and others do what it had begun."""
        with self.store.write() as session:
            found = session.execute(
                update(WorkerRow).where(*self._own()).values(seen_at=machine()).returning(WorkerRow.id)
            ).all()
        return bool(found)

    def leave(self) -> None:
        with self.store.write() as session:
            session.execute(update(WorkerRow).where(*self._own()).values(stopped_at=machine()))

    def _own(self) -> tuple[ColumnElement[bool], ...]:
        """The row, while it is ours: neither taken by another process nor declared dead."""
        return WorkerRow.id == self.name, WorkerRow.started_at == self.started, WorkerRow.stopped_at.is_(None)

    # --- the others ---

    def gone(self) -> dict[str, datetime]:
        """Those that stopped, or gave no sign of life for `dead` seconds of our own time (clocks of machines differ).

        Their names, with the last sign.
        """
        with self.store.read() as session:
            rows = session.execute(select(WorkerRow.id, WorkerRow.seen_at, WorkerRow.stopped_at)).all()
        now, found = time.monotonic(), {}
        for id, seen, stopped in rows:
            if id == self.name:
                continue
            if id not in self._seen or self._seen[id][0] != seen:
                self._seen[id] = (seen, now)
            if stopped is not None or now - self._seen[id][1] >= self.dead:
                found[id] = seen
        return found

    def bury(self, gone: dict[str, datetime], resume: Callable[[list[str]], int]) -> int:
        """Note that they stopped, and have what they had begun done by others, one process at a time.

        Not what has come back since we looked: it does its own jobs. Answers how many jobs are resumed.
        """
        if not gone:
            return 0
        with self.store.write() as session:
            query = select(WorkerRow).where(WorkerRow.id.in_(gone)).order_by(WorkerRow.id)
            # another that is at it has them locked, and resumes all that they had begun
            rows = session.execute(
                query.with_for_update(skip_locked=True) if self.store.locks_rows else query
            ).scalars()
            names = [row.id for row in rows if row.seen_at == gone[row.id]]
            session.execute(
                update(WorkerRow)
                .where(WorkerRow.id.in_(names), WorkerRow.stopped_at.is_(None))
                .values(stopped_at=machine())
            )
            if self.store.locks_rows:
                return resume(names)
        return resume(names)  # one file has one writer: not within our own transaction

    def forget(self, before: datetime) -> None:
        """Drop processes that stopped before."""
        with self.store.write() as session:
            session.execute(delete(WorkerRow).where(WorkerRow.stopped_at < before))
