"""Every refusal is a page: the right status, a sentence, a way on."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask

from engine import DatabaseGone, NotAllowed, ProjectHeld, SessionExpired, Text
from tests.web.conftest import Browser, words
from web import LARGEST_REQUEST

REFUSALS = [
    (DatabaseGone(), 503, "La base de données ne répond pas."),
    (ProjectHeld(project="Plan vélo", review="3 mars"), 409, "Le projet « Plan vélo » est suspendu jusqu’au 3 mars."),
    (
        NotAllowed(verb=Text("décider", "decide"), who=Text("la présidente", "the chair")),
        403,
        "Vous ne pouvez pas décider. Qui le peut : la présidente.",
    ),
]


def breaking(app: Flask, error: Exception) -> str:
    """The address of a page that ends in `error`."""

    def fail() -> Any:
        raise error

    app.add_url_rule("/casse", "broken", fail, methods=["GET", "POST"])
    return "/casse"


@pytest.mark.parametrize(("error", "status", "sentence"), REFUSALS)
def test_a_refusal_of_the_engine_is_its_sentence_with_its_status(
    app: Flask, amina: Browser, error: Exception, status: int, sentence: str
) -> None:
    app._got_first_request = False
    page = amina.get(breaking(app, error))
    assert page.status_code == status
    assert sentence in words(page)
    assert words(page).endswith("Revenir à mes tâches")


def test_a_defect_is_a_sentence_with_a_number_that_the_log_knows(
    app: Flask, amina: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    app._got_first_request = False
    with caplog.at_level(logging.ERROR, "jalon.web"):
        page = amina.get(breaking(app, RuntimeError("le mot de passe est 1234")))
    (record,) = caplog.records
    assert record.args is not None
    number = next(iter(record.args))
    assert page.status_code == 500
    assert f"donnez ce numéro à l’administrateur : {number}." in words(page)
    assert "1234" not in page.text.replace(str(number), "")


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [("/rien", 404, "Page introuvable"), ("/taches/404", 404, "Page introuvable"), ("/agir", 404, "Page introuvable"),
     ("/deconnexion", 405, "Cela n’a pas pu aboutir")],
)  # fmt: skip
def test_what_is_not_there_says_so(amina: Browser, address: str, status: int, title: str) -> None:
    page = amina.get(address)
    assert (page.status_code, words(page).startswith(title)) == (status, True)


def test_what_one_may_not_see_reads_like_what_does_not_exist(chloe: Browser, task: int) -> None:
    assert words(chloe.get(f"/taches/{task}")) == words(chloe.get("/taches/404"))


def test_a_page_of_before_the_last_sign_in_says_that_it_has_expired(amina: Browser) -> None:
    page = amina.client.post("/deconnexion", data={"csrf_token": "ancien"})
    assert page.status_code == 400
    assert "Cette page a expiré" in words(page)


def test_a_form_sent_after_the_session_ended_leads_to_sign_in_and_back(amina: Browser, app: Flask) -> None:
    token = amina.cookie()
    assert token is not None
    app.extensions["engine"].sessions.close(token)
    page = amina.post("/taches/1", {"do": "draft"}, headers={"Referer": "http://localhost/taches/1"})
    assert page.status_code == SessionExpired.status
    assert "Votre session a expiré." in words(page)
    assert 'href="/connexion?next=/taches/1"' in page.text


def test_too_large_an_upload_is_refused_with_the_limit(amina: Browser, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2_048
    page = amina.post("/taches/1/commenter", {"body": "x" * 5_000})
    assert page.status_code == 413
    assert "est trop volumineux : 5 Ko, pour 2 Ko au plus." in words(page)
    assert LARGEST_REQUEST == 25 * 1024 * 1024


def test_a_refusal_is_read_in_the_readers_language(amina: Browser) -> None:
    amina.post("/langue", {"language": "en"})
    assert "This page does not exist, or is not open to you." in words(amina.get("/rien"))
