"""The queue: jobs enqueued in the transaction of the act that causes them, and the runtime that works them.

The only import of DBOS (docs/decisions/0009-dbos.md). A job is a name and a few JSON values; what it is about stands
in our own rows, which its command looks at again under lock: started at least once, done exactly once.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
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


#: a job that has killed the process which worked it so often is given up, and then dead
MOST_RECOVERIES = 10
#: jobs that one process may have begun, and that it works at once
MOST_BEGUN, THREADS = 100, 8
#: how many jobs one look at those that broke, or are done, takes
BATCH = 200


@dataclass(frozen=True, slots=True)
class Job:
    name: str  #: of engine/jobs/handlers.py
    key: str  #: the same key is the same job
    run: int  #: how often it was enqueued before, after failures
    project: int | None  #: one job of a project at a time
    arguments: tuple[Any, ...]  #: JSON values

    @property
    def id(self) -> str:
        return f"{self.key}~{self.run}" if self.run else self.key


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
        job = Job(name, key or uuid.uuid4().hex, run, project, arguments)
        options: EnqueueOptions = {
            "workflow_name": name,
            "queue_name": OTHERS if project is None else PROJECTS,
            "workflow_id": job.id,
            "app_version": VERSION,
        }
        if project is not None:
            options["queue_partition_key"] = str(project)
        if delay:
            options["delay_seconds"] = delay
        self.client.enqueue_in_transaction(session, options, job.key, run, project, list(arguments))

    def holds(self, names: Iterable[str]) -> bool:
        """Is there any job of these names, done or not?"""
        return bool(self.client.list_workflows(name=list(names), limit=1, load_input=False, load_output=False))

    # --- what is done for processes that died ---

    def resume(self, workers: list[str]) -> int:
        """Enqueue again what these processes, which are gone, had begun; how many jobs that is."""
        if not workers:
            return 0
        begun = self.client.list_workflows(
            status="PENDING", executor_id=workers, application_name=APPLICATION, load_input=False, load_output=False
        )
        by_queue: dict[str, list[str]] = {}
        for each in begun:
            by_queue.setdefault(str(each.queue_name), []).append(each.workflow_id)
        for queue, ids in by_queue.items():
            self.client.resume_workflows(ids, queue_name=queue)
        return len(begun)

    def broken(self, names: Iterable[str]) -> list[tuple[Job, str]]:
        """Jobs that ended without their failure being kept (the database was away), and the name of what was raised."""
        found = self.client.list_workflows(
            status=["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"], name=list(names), limit=BATCH
        )
        jobs = []
        for each in found:
            key, run, project, arguments = each.input["args"] if each.input else ("", 0, None, [])
            jobs.append((Job(each.name, key, run, project, tuple(arguments)), getattr(each.error, "name", each.status)))
        return jobs

    def forget(self, ids: list[str]) -> None:
        self.client.delete_workflows(ids)

    def forget_done(self, before: datetime) -> int:
        """Drop what DBOS keeps of jobs done before; how many."""
        done = self.client.list_workflows(
            status="SUCCESS", completed_before=before.isoformat(), limit=BATCH, load_input=False, load_output=False
        )
        if done:
            self.forget([each.workflow_id for each in done])
        return len(done)

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.destroy()
                self._client = None


class Runtime:
    """Works jobs in this process, by `work`, until stopped. DBOS allows one in a process.

    `name`: of this process, the same after a restart, and no other's: by it DBOS knows what this process had begun.
    `poll`: seconds between two looks at the queues.
    """

    def __init__(self, queue: Queue, name: str, names: Iterable[str], work: Callable[[Job], None], poll: float) -> None:
        self.queue, self.name, self.names, self.work, self.poll = queue, name, tuple(names), work, poll

    def start(self) -> None:
        dbos = quiet_dbos()
        client = self.queue.client
        for name, at_once in ((PROJECTS, 1), (OTHERS, None)):
            client.register_queue(
                name,
                partition_concurrency=at_once,
                worker_concurrency=MOST_BEGUN,
                polling_interval_sec=self.poll,
            )
        dbos.DBOS(
            config={
                "name": APPLICATION,
                "application_version": VERSION,
                "executor_id": self.name,
                "system_database_url": self.queue.url,
                "serializer": dbos.DBOSPortableJSONSerializer(),
                "max_executor_threads": THREADS,
                "run_migrations": False,
                "log_level": "ERROR",
                "enable_otlp": False,
            }
        )
        for name in self.names:
            dbos.DBOS.workflow(name=name, max_recovery_attempts=MOST_RECOVERIES)(self._worked(name))
        dbos.DBOS.launch()

    def _worked(self, name: str) -> Callable[..., None]:
        def job(key: Any, run: Any, project: Any, arguments: Any) -> None:
            self.work(Job(name, key, run, project, tuple(arguments)))

        return job

    def stop(self, patience: int = 10) -> None:
        """Begin no more jobs, and wait `patience` seconds for those that are running."""
        quiet_dbos().DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)


def quiet_dbos() -> Any:
    """The library, imported where jobs are first needed: it costs a command line 0.3 s. It says errors only."""
    import dbos

    logger = logging.getLogger("dbos")
    if not logger.handlers:  # without one, it would add its own and write to the console
        logger.addHandler(logging.NullHandler())
        logger.setLevel(logging.ERROR)
    return dbos
