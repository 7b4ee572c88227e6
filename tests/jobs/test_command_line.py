"""`jalon jobs`: who works, what waits, what failed, for a terminal."""

from __future__ import annotations

import pytest

from engine.cli import main
from engine.jobs import failures
from engine.jobs.queue import Job
from engine.store.tables import FailureRow
from engine.words import Text
from tests.engine.play import Play


def test_what_failed_is_listed_and_restarted(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--language", "fr", "--database", play.engine.store.url, "jobs"]
    failures.failed(play.engine, Job("fire", "timer-1", 0, None, (1,)), Text("Rien ne répond."), pauses=())
    assert main(words) == 0
    assert capsys.readouterr().out == (
        "Aucun processus n’exécute les travaux : lancez jalon serve, ou jalon worker.\n"
        "En attente, échéance : 0\nEn attente, message : 0\nEn attente, lot : 0\n"
        "timer-1  abandonné (1)  échéance: Rien ne répond.\n"
    )
    assert main([*words, "--restart", "timer-1"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Le travail timer-1 est relancé."
    assert play.rows(FailureRow)[0].dead_at is None
    assert main([*words, "--restart", "timer-1"]) == 1
    assert capsys.readouterr().err.startswith("Cette page n’existe pas")
