"""Signing in and out, and what protects a session (OWASP ASVS 5, level 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import Engine
from tests.web.conftest import PASSWORD, Browser, words
from web import create_app
from web.pages.session import safe
from web.security import CONTENT_SECURITY_POLICY

GOOD = {"login": "amina", "password": PASSWORD}


def test_a_stranger_is_sent_to_sign_in_and_comes_back_to_the_page(stranger: Browser) -> None:
    sent = stranger.get("/taches/1?corriger=1")
    assert (sent.status_code, sent.location) == (303, "/connexion?next=/taches/1?corriger%3D1")
    stranger.get(sent.location)
    arrived = stranger.post("/connexion", {**GOOD, "next": "/taches/1?corriger=1"})
    assert (arrived.status_code, arrived.location) == (303, "/taches/1?corriger=1")


def test_a_wrong_password_is_a_sentence_and_keeps_the_login(stranger: Browser) -> None:
    page = stranger.post("/connexion", {"login": "amina", "password": "autre chose"})
    assert page.status_code == 401
    assert "Cet identifiant et ce mot de passe ne vont pas ensemble." in words(page)
    assert 'value="amina"' in page.text
    assert "autre chose" not in page.text


def test_signing_in_changes_the_token_and_ends_the_session_before(stranger: Browser, engine: Engine) -> None:
    stranger.get("/connexion")
    before = stranger.cookie()
    stranger.post("/connexion", GOOD)
    after = stranger.cookie()
    assert before != after
    assert [engine.sessions.find(token) is None for token in (before or "", after or "")] == [True, False]


def test_signing_out_ends_the_session_on_the_server(amina: Browser, engine: Engine) -> None:
    token = amina.cookie() or ""
    page = amina.post("/deconnexion", follow_redirects=True)
    assert words(page).startswith("Vous êtes déconnecté.")
    assert engine.sessions.find(token) is None
    assert amina.get("/").status_code == 303


def test_a_stolen_page_of_before_cannot_be_posted_after_signing_in_again(stranger: Browser) -> None:
    stranger.get("/connexion")
    old = stranger.token
    stranger.post("/connexion", GOOD)
    refused = stranger.client.post("/deconnexion", data={"csrf_token": old})
    assert refused.status_code == 400


def test_the_served_cookie_is_locked_to_the_host(engine: Engine) -> None:
    answer = create_app(engine).test_client().get("/connexion", base_url="https://jalon.example")
    name, *flags = answer.headers["Set-Cookie"].split("; ")
    assert (name.partition("=")[0], sorted(flags)) == (
        "__Host-jalon",
        ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"],
    )
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_page_that_changes_nothing_writes_no_session(amina: Browser) -> None:
    amina.get("/")
    assert "Set-Cookie" not in amina.get("/").headers


def test_a_form_without_its_token_is_refused(amina: Browser) -> None:
    assert amina.client.post("/taches/1/rendre").status_code == 400
    assert amina.client.post("/taches/1/rendre", data={"csrf_token": "faux"}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://ailleurs.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),  # from a page that tells nobody its address
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),  # another application of the same domain
    ],
)
def test_a_form_is_accepted_only_from_a_page_of_this_site(amina: Browser, headers: dict[str, str], status: int) -> None:
    assert amina.post("/langue", {"language": "en"}, headers=headers).status_code == status


@pytest.mark.parametrize(
    "address",
    ["/", "/connexion", "/taches/1", "/taches/404", "/rien", "/taches.csv", "/projets", "/static/jalon.css"],
)
def test_every_answer_carries_the_headers_that_protect_it(amina: Browser, address: str) -> None:
    headers = amina.get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_never_stored_and_fingerprinted_files_for_a_year(amina: Browser) -> None:
    page = amina.get("/")
    sheet = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert page.headers["Cache-Control"] == "no-store"
    assert amina.get(sheet).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in amina.get(sheet.partition("?")[0]).headers.get("Cache-Control", "")


def test_no_page_holds_script_or_style_of_its_own(amina: Browser, task: int) -> None:
    for address in ("/", f"/taches/{task}", "/rien"):
        page = amina.get(address).text
        assert page.count("<script") == page.count("<script src=")
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page


def test_acting_as_someone_else_does_not_exist_outside_a_demonstration(amina: Browser) -> None:
    assert amina.post("/agir", {"actor": "2"}).status_code == 404
    assert "agir en tant que" not in amina.get("/").text


def test_in_a_demonstration_one_acts_as_anyone(engine: Engine) -> None:
    person = Browser(create_app(engine, demo=True, secure=False).test_client())
    page = person.get("/connexion")
    assert "Démonstration : entrez sans mot de passe" in words(page)
    assert person.post("/agir", {"actor": "2"}).location == "/"
    assert ">Bruno Cordier</a>" in person.get("/").text
    person.post("/agir", {"actor": "3"})
    assert ">Chloé Dumas</a>" in person.get("/").text
    assert person.post("/agir", {"actor": "99"}).status_code == 404


def test_the_eleventh_try_on_an_account_within_a_minute_waits(stranger: Browser) -> None:
    tries = [stranger.post("/connexion", {"login": "Amina ", "password": "non"}) for _try in range(11)]
    assert [each.status_code for each in tries] == [401] * 10 + [429]
    assert "Trop d’essais en peu de temps." in words(tries[-1])


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ("/taches/3?corriger=1", "/taches/3?corriger=1"),
        ("", "/"),
        (None, "/"),
        ("https://ailleurs.example/", "/"),
        ("//ailleurs.example/", "/"),
        ("/\\ailleurs.example/", "/"),
        ("/\t/ailleurs.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("taches/3", "/"),
    ],
)
def test_signing_in_never_leads_to_another_site(
    browser: Callable[[int | None], Browser], wish: str | None, where: str
) -> None:
    with browser(None).client.application.test_request_context():
        assert safe(wish) == where
