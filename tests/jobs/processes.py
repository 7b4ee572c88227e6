"""Workers as processes of their own, and waiting for what they do."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
#: seconds within which anything happens, on the slowest machine; nothing is measured by it
DEADLINE = 180.0


class Started(list["subprocess.Popen[str]"]):
    """The processes of a test."""

    def worker(self, url: str, name: str, hour: datetime, die_at: str = "", **settings: str) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "tests.jobs.worker", url, name, hour.isoformat(), die_at]
        return self.run(words, settings)

    def jalon(self, url: str, *words: str, **settings: str) -> subprocess.Popen[str]:
        return self.run([sys.executable, "-m", "engine.cli", "--language", "fr", "--database", url, *words], settings)

    def run(self, words: list[str], settings: dict[str, str]) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | settings
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.append(process)
        return process


@contextlib.contextmanager
def processes() -> Iterator[Started]:
    started = Started()
    try:
        yield started
    finally:
        for each in started:
            each.kill()
            each.communicate()


def until(happens: Callable[[], Any]) -> Any:
    """What `happens` answers once it is true. Fails when it never is."""
    deadline = time.monotonic() + DEADLINE
    while not (found := happens()):
        assert time.monotonic() < deadline, f"{happens} never came to pass"
        time.sleep(0.05)
    return found
