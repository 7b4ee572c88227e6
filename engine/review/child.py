"""The process in which diagrams that anyone may have written are read: started by `reading`.

It may use so much time and memory and no more; whoever started it kills it when it does not answer. Asked
on its input: a pickle of files and dialect; answered on its output: JSON. Each is preceded by its length, four bytes.
"""

from __future__ import annotations

import json
import pickle
import resource
import signal
import struct
import sys
import traceback
from typing import IO, Any

from engine.errors import JalonError
from engine.review import plain, review
from engine.review.limits import MOST_MEMORY


def main() -> None:
    asked, answered = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may be printed between two answers
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    send(answered, {})
    while (request := receive(asked)) is not None:
        files, dialect, wishes, seconds = pickle.loads(request)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        # and should anything stop the timer:
        used = resource.getrusage(resource.RUSAGE_SELF)
        whole = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (whole, resource.RLIM_INFINITY))
        answer = judged(files, dialect, wishes)
        signal.setitimer(signal.ITIMER_PROF, 0)
        send(answered, answer)


def judged(files: dict[str, bytes], dialect: str, wishes: dict[str, bool]) -> dict[str, Any]:
    try:
        reviewed = review(files, dialect, **wishes)
    except JalonError as refusal:
        return {"refusal": type(refusal).__name__, "fr": refusal.said.fr, "en": refusal.said.en}
    except (MemoryError, RecursionError):
        return {"limit": "memory"}
    except Exception:
        return {"defect": traceback.format_exc()}
    return {
        "method": reviewed.method is not None,
        "findings": [plain(each) for each in reviewed.findings],
        "processes": [
            {"id": each.id, "file": each.file, "executable": each.executable,
             "findings": [reviewed.findings.index(finding) for finding in each.findings]}
            for each in reviewed.processes
        ],
    }  # fmt: skip


def send(where: IO[bytes], answer: dict[str, Any]) -> None:
    said = json.dumps(answer, ensure_ascii=False).encode()
    where.write(struct.pack("!I", len(said)) + said)
    where.flush()


def receive(where: IO[bytes]) -> bytes | None:
    size = where.read(4)
    return where.read(struct.unpack("!I", size)[0]) if len(size) == 4 else None
