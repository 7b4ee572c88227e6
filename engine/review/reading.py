"""Reviews in a process that can be killed: nobody knows who wrote the file.

One child serves many files and many threads, one at a time; it is started at the first, and again after it was killed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine import errors
from engine.errors import JalonError, ReviewStopped
from engine.review.findings import Process, Reviewed, restored
from engine.review.limits import LONGEST, MOST_MEMORY, MOST_SECONDS, TO_END, TO_START
from engine.words import Text

log = logging.getLogger("jalon.review")

#: what a child begins with: the engine that asks, not another that may be installed
START = "import sys; sys.path.insert(0, {folder!r}); from engine.review.child import main; main()"
#: exit statuses of a child that used up its time
OVER_THE_LIMIT = (-signal.SIGPROF, -signal.SIGXCPU)
DIED = Text("le processus qui lit les diagrammes s’est arrêté", "the process that reads diagrams has stopped")


class _ChildDied(Exception):
    """By no limit of ours: the machine ran out of memory, or someone stopped it."""


class Reader:
    """Reviews files in a child process. Safe for threads. `close` ends the child."""

    def __init__(self, seconds: float = MOST_SECONDS, longest: float = LONGEST) -> None:
        self.seconds = seconds
        self.longest = longest
        self.child: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()

    def review(self, files: Mapping[str, bytes], dialect: str = "", **wishes: bool) -> Reviewed:
        """As `engine.review.review`, whose `wishes` are `as_method` and `explain`; but without the method itself.

        Raises what that raises, and `ReviewStopped` when a limit was passed.
        """
        with self.lock:
            try:
                answer = self._ask(dict(files), dialect, wishes)
            except _ChildDied:
                answer = self._again(dict(files), dialect, wishes)
        if "refusal" in answer:
            raise _refusal(answer)
        if "defect" in answer:
            log.error("the review of %s failed: %s", sorted(files), answer["defect"])
            raise JalonError
        findings = tuple(restored(each) for each in answer["findings"])
        processes = tuple(
            Process(each["id"], each["file"], each["executable"], tuple(findings[n] for n in each["findings"]))
            for each in answer["processes"]
        )
        return Reviewed(None, processes, findings)

    def close(self) -> None:
        with self.lock:
            if self.child is not None:
                self.child.kill()
            self._end()

    # --- the child ---

    def _ask(self, files: dict[str, bytes], dialect: str, wishes: dict[str, bool]) -> dict[str, Any]:
        name = next(iter(files), "") if len(files) < 2 else ", ".join(sorted(files)[:3])
        child = self._ready(name)
        request = pickle.dumps((files, dialect, wishes, self.seconds))
        began = time.monotonic()
        try:
            assert child.stdin is not None
            child.stdin.write(struct.pack("!I", len(request)) + request)
            child.stdin.flush()
            answer = self._answer(child, self.longest)
        except (EOFError, BrokenPipeError):
            status = self._end()
            # a machine that stood still may count that time as computed, more than has passed by the clock
            if status not in OVER_THE_LIMIT or time.monotonic() - began < self.seconds:
                raise self._died(name, status) from None
            raise ReviewStopped(file=name, why=_too_long(self.seconds)) from None
        except TimeoutError:
            child.kill()
            self._end()
            raise ReviewStopped(file=name, why=_too_long(self.longest)) from None
        if "limit" in answer:
            size = f"{MOST_MEMORY >> 20} Mo"
            why = Text(f"elle demande plus de {size} de mémoire", f"it needs more than {size} of memory")
            raise ReviewStopped(file=name, why=why)
        return answer

    def _again(self, files: dict[str, bytes], dialect: str, wishes: dict[str, bool]) -> dict[str, Any]:
        try:
            return self._ask(files, dialect, wishes)
        except _ChildDied as died:
            raise ReviewStopped(file=str(died), why=DIED) from None

    def _died(self, name: str, status: int) -> _ChildDied:
        log.warning("the process that reads diagrams ended with %s while it read %s", status, name)
        return _ChildDied(name)

    def _ready(self, name: str) -> subprocess.Popen[bytes]:
        try:
            return self._running()
        except (EOFError, OSError) as error:  # it ended before it was ready, was not within the time, or did not begin
            log.warning("the process that reads diagrams did not start: %r", error)
            if self.child is not None:
                self.child.kill()
            raise self._died(name, self._end()) from None

    def _running(self) -> subprocess.Popen[bytes]:
        if self.child is None or self.child.poll() is not None:
            self._end()
            start = START.format(folder=str(Path(__file__).parents[2]))
            self.child = subprocess.Popen(
                [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )  # fmt: skip
            self._answer(self.child, TO_START)
        return self.child

    def _answer(self, child: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        until = time.monotonic() + seconds
        size = struct.unpack("!I", self._read(child, 4, until))[0]
        found: dict[str, Any] = json.loads(self._read(child, size, until))
        return found

    def _read(self, child: subprocess.Popen[bytes], size: int, until: float) -> bytes:
        assert child.stdout is not None
        found = b""
        while len(found) < size:
            ready, _, _ = select.select([child.stdout], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            more = os.read(child.stdout.fileno(), size - len(found))
            if not more:
                raise EOFError
            found += more
        return found

    def _end(self) -> int:
        """Its exit status, which is minus the signal that stopped it."""
        status = 0
        if self.child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = self.child.wait(TO_END)
            self.child.kill()
            self.child.wait()
            for each in (self.child.stdin, self.child.stdout):
                if each is not None:
                    with contextlib.suppress(BrokenPipeError):  # what it was not asked any more
                        each.close()
            self.child = None
        return status


def _too_long(seconds: float) -> Text:
    return Text(f"elle prend plus de {seconds:g} s", f"it takes more than {seconds:g} s")


def _refusal(answer: dict[str, Any]) -> JalonError:
    """The refusal as the child said it."""
    refusal = getattr(errors, answer["refusal"])
    told: JalonError = refusal.__new__(refusal)
    told.facts = {}
    told.said = Text(answer["fr"], answer["en"])
    Exception.__init__(told, told.said.fr)
    return told


READER = Reader()
atexit.register(READER.close)


def review_apart(files: Mapping[str, bytes], dialect: str = "", **wishes: bool) -> Reviewed:
    """As `Reader.review`, with the child that this process shares."""
    return READER.review(files, dialect, **wishes)
