"""The queue: jobs enqueued in the transaction of the act that causes them, and the runtime that works them.

The only import of DBOS (docs/decisions/0009-dbos.md). A job is a name and a few JSON values; what it is about stands
in our own rows, which its command looks at again under lock: started at least once, done exactly once.
"""

from __future__ import annotations

import logging
import threading
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from engine.store.session import said_in_words

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions

#: what DBOS knows us by; it refuses names under three characters
APPLICATION = "jalon"
#: pinned: a job enqueued by one release of Jalon is worked by the next
VERSION = "1"
#: one job of a project at a time, and what belongs to no project
PROJECTS, OTHERS = "jalon-projects", "jalon-others"


class Queue:
    """Enqueues jobs on the database of `url`. Safe to share between threads; nothing need be running."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client: DBOSClient | None = None
        self._lock = threading.Lock()

    @property
    def client(self) -> DBOSClient:
        """DBOS's way in from outside its runtime, made at the first need; it connects only when asked a question."""
        with self._lock:
            if self._client is None:
                dbos = quiet_dbos()
                self._client = dbos.DBOSClient(
                    system_database_url=self.url,
                    serializer=dbos.DBOSPortableJSONSerializer(),
                    application_name=APPLICATION,
                    lazy=True,
                    retry_connection_errors=False,
                )
            return self._client

    def prepare(self) -> None:
        """Create DBOS's tables, or bring them up to its version: in SQLite's one file, or a schema `dbos`."""
        with said_in_words():
            quiet_dbos().DBOS.migrate(self.url)

    def enqueue(
        self,
        session: Session,
        name: str,
        *arguments: Any,
        project: int | None = None,
        delay: float | None = None,
        key: str | None = None,
        run: int = 0,
    ) -> None:
        """A job, in the caller's transaction: rolled back, there is none. The same `key` twice is one job.

        `arguments`: JSON values. `delay`: seconds. `run`: how often the job `key` was enqueued before, after failures.
        """
        key = key or uuid.uuid4().hex
        options: EnqueueOptions = {
            "workflow_name": name,
            "queue_name": OTHERS if project is None else PROJECTS,
            "workflow_id": f"{key}~{run}" if run else key,
            "app_version": VERSION,
        }
        if project is not None:
            options["queue_partition_key"] = str(project)
        if delay:
            options["delay_seconds"] = delay
        self.client.enqueue_in_transaction(session, options, key, run, project, list(arguments))

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.destroy()
                self._client = None


def quiet_dbos() -> Any:
    """The library, imported where jobs are first needed: it costs a command line 0.3 s. It says errors only."""
    import dbos

    logger = logging.getLogger("dbos")
    if not logger.handlers:  # without one, it would add its own and write to the console
        logger.addHandler(logging.NullHandler())
        logger.setLevel(logging.ERROR)
    return dbos
