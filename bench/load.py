"""Completions over HTTP, on this machine only: `jalon serve`, clients that open a form and send it, workers beside.

Each client completes tasks of projects of its own, as a browser does: the form's page, then the form. A bounded number
of tasks, for a bounded time.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.bulk import copies
from bench.count import median, percentile
from bench.databases import Place
from bench.organisation import actors
from engine import Engine, StartProject

ANSWERS = {"f.objectif": "x" * 48, "f.livrable": "x" * 48, "f.fin": "2030-06-03", "f.charge": "2"}
#: tasks that stand ready for one client, for each second
READY = 100
HIDDEN = re.compile(r'name="(csrf_token|key|revision)" value="([^"]*)"')


@dataclass
class Client:
    """A person at a browser."""

    port: int
    token: str
    tasks: list[int]
    opened: list[float] = field(default_factory=list)  #: seconds
    sent: list[float] = field(default_factory=list)  #: seconds
    errors: int = 0

    def run(self, until: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while self.tasks and time.perf_counter() < until:
            address = f"/taches/{self.tasks.pop()}"
            at = time.perf_counter()
            status, page = self._ask(connection, "GET", address)
            self.opened.append(time.perf_counter() - at)
            form = ANSWERS | dict(HIDDEN.findall(page)) | {"do": "complete"}
            at = time.perf_counter()
            status, _ = self._ask(connection, "POST", address, urllib.parse.urlencode(form))
            self.sent.append(time.perf_counter() - at)
            self.errors += status != 303
        connection.close()

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, address: str, body: str = ""
    ) -> tuple[int, str]:
        head = {"Cookie": f"jalon={self.token}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, address, body or None, head)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def loads(places: dict[str, Place], asked: list[tuple[int, int]], seconds: float) -> dict[str, Any]:
    """By database, for each so many clients and so many workers, the fewest workers first.

    SQLite's one process works its jobs itself: no worker beside it.
    """
    found: dict[str, Any] = {}
    for database, place in places.items():
        with place.fresh("load") as fresh, closing(Engine(fresh)) as engine:
            project = _started(engine)
            with ExitStack() as running:
                port = running.enter_context(_served(fresh))
                _load(engine, project, port, 1, seconds / 2)  # templates, specs, connections
                running_workers = 0
                for count, workers in asked:
                    if engine.one_file and workers > 1:
                        continue
                    for number in range(running_workers, 0 if engine.one_file else workers):
                        running.enter_context(_process(fresh, "worker", "--name", f"bench-{number}"))
                        running_workers = number + 1
                    name = f"{database}, {count} clients" + (f", {workers} workers" if running_workers else "")
                    found[name] = _load(engine, project, port, count, seconds)
    return found


def _load(engine: Engine, project: int, port: int, count: int, seconds: float) -> dict[str, Any]:
    lead = actors(engine)["lead"]
    tasks = copies(engine, project, count * max(20, round(READY * seconds)))
    each = len(tasks) // count
    people = [
        Client(port, engine.sessions.open(lead), tasks[number * each : (number + 1) * each]) for number in range(count)
    ]
    at = time.perf_counter()
    threads = [threading.Thread(target=one.run, args=(at + seconds,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - at
    sent = [each for one in people for each in one.sent]
    return {
        "per_second": round(len(sent) / took, 1),
        "p50_ms": median(sent),
        "p95_ms": percentile(sent, 95),
        "open_p50_ms": median([each for one in people for each in one.opened]),
        "completions": len(sent),
        "errors": sum(one.errors for one in people),
    }


def _started(engine: Engine) -> int:
    lead = actors(engine)["lead"]
    command = StartProject("Projet", "petit_projet", "ORG", ("O1",), "T1", (), {"CP": (lead,)})
    return int(engine.execute(command, lead).project)


@contextmanager
def _served(url: str) -> Iterator[int]:
    """`jalon serve` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with _process(url, "serve", "--port", str(port)):
        _wait(port)
        yield port


@contextmanager
def _process(url: str, *verb: str) -> Iterator[None]:
    home = str(Path(__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "engine.cli", "--database", url, *verb],
        env=os.environ | {"PYTHONPATH": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int) -> None:
    """Until it answers, thirty seconds at most."""
    last = time.perf_counter() + 30
    while time.perf_counter() < last:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"jalon serve did not answer on port {port}")
