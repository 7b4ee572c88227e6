"""The history of a project: newest first, by kind, page after page, exported whole."""

from __future__ import annotations

import csv
import io

import pytest

from engine import Engine, History
from tests.web.conftest import Browser, words
from tests.web.under_vote import AMINA, under_vote


@pytest.fixture
def project(engine: Engine) -> int:
    return under_vote(engine)[0]


def test_the_history_says_that_its_chain_holds(amina: Browser, project: int) -> None:
    said = words(amina.get(f"/projets/{project}/historique"))
    assert "rien n’y a été changé ni retiré" in said
    assert "a démarré le projet « Réponses aux courriers »" in said


def test_a_kind_of_event_is_kept_alone_and_one_that_never_happened_says_so(amina: Browser, project: int) -> None:
    said = words(amina.get(f"/projets/{project}/historique?nature=task_completed"))
    assert "a terminé « Fiche projet »" in said
    assert "a démarré le projet" not in said
    assert "Aucun événement de cette nature." in words(amina.get(f"/projets/{project}/historique?nature=gate_decided"))


def test_the_export_holds_every_event_with_its_digest(engine: Engine, amina: Browser, project: int) -> None:
    answer = amina.get(f"/projets/{project}/historique.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    events = engine.read(History(project, size=500), AMINA).events
    assert [(row[0], row[5]) for row in rows[1:]] == [(str(each.number), each.digest) for each in events]


def test_the_history_of_what_one_may_not_see_is_not_found(amina: Browser) -> None:
    assert amina.get("/projets/999/historique").status_code == 404
