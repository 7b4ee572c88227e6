"""Guests in the pages: the lead invites, the link opens one page without account, every refusal is a sentence."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask

from engine import Guests
from tests.engine.play import PDF, Play
from tests.engine.test_guests import asked, invite, opened
from tests.web.conftest import Browser, words
from tests.web.played import Opened, furnished_url, person, play
from web import create_app

__all__ = ["furnished_url", "person", "play"]

ROCHE = {"name": "Mme Roche", "email": "roche@locataires.fr", "until": "11/12/2026", "language": "fr"}


@pytest.fixture
def app(play: Play) -> Flask:
    return create_app(play.engine, secure=False)


@pytest.fixture
def guest(app: Flask) -> Browser:
    """The browser of somebody who has no account."""
    return Browser(app.test_client())


def test_the_lead_invites_and_the_guest_answers_without_an_account(play: Play, person: Opened, guest: Browser) -> None:
    project, task = asked(play)
    claire = person("claire")
    page = claire.get(f"/taches/{task}").text
    assert f"/projets/{project}/invites?tache={task}" in page
    form = claire.get(f"/projets/{project}/invites?tache={task}").text
    secret = re.search(r'name="secret" value="([\w-]{43})"', form)
    assert secret
    page = claire.post(f"/projets/{project}/invites", {**ROCHE, "tache": str(task), "secret": secret[1]}).text
    link = re.search(r'value="http://localhost(/invitation/[^"]+)"', page)
    assert link
    assert link[1].endswith(secret[1])
    shown = guest.get(link[1])
    assert "Cette page est à vous seul" in words(shown)
    assert "Porteur" not in words(shown)
    assert {name: shown.headers[name] for name in ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")} == {
        "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex",
    }  # fmt: skip
    sent = {"f.avis": "oui", "do": "complete", "task": str(task)}
    files = {"f.note": (io.BytesIO(PDF), "avis.pdf")}
    done = guest.post(link[1], {**sent, **files}, content_type="multipart/form-data", follow_redirects=True)
    assert "Merci : votre réponse est transmise." in words(done)
    assert play.row(task).state == "done"
    file = re.search(rf'href="({link[1]}/fichiers/\d+)"', done.text)
    assert file
    assert guest.get(file[1]).data == PDF
    assert "Mme Roche a terminé « Expertiser »" in words(claire.get(f"/projets/{project}/historique"))


def test_what_a_guest_typed_wrong_is_told_beside_it(play: Play, guest: Browser) -> None:
    _, task = asked(play)
    secret = invite(play, task)
    guest.get(f"/invitation/{secret}")
    page = guest.post(f"/invitation/{secret}", {"f.avis": "", "f.fin": "hier", "do": "complete", "task": str(task)})
    assert page.status_code == 422
    assert "À revoir avant de continuer" in words(page)
    assert 'value="hier"' in page.text


def test_a_guest_is_refused_in_words_whatever_the_link(play: Play, guest: Browser) -> None:
    _, task = asked(play)
    _, other = asked(play)
    secret = invite(play, task)
    assert (page := guest.get("/invitation/abc")).status_code == 404
    assert "Ce lien n’ouvre rien" in words(page)
    assert "Se connecter" not in words(page)
    guest.get(f"/invitation/{secret}")
    page = guest.post(f"/invitation/{secret}", {"f.avis": "oui", "do": "complete", "task": str(other)})
    assert (page.status_code, "Ce lien n’ouvre que « Expertiser »." in words(page)) == (403, True)
    assert guest.get(f"/invitation/{secret}/fichiers/1").status_code == 403
    assert play.row(task).state == play.row(other).state == "open"
    assert guest.get(f"/taches/{task}").location == f"/connexion?next=/taches/{task}"
    play.clock.advance(days=30)
    assert (page := guest.get(f"/invitation/{secret}")).status_code == 410
    assert "Ce lien n’est plus valable depuis le 11/12/2026 23:59. Demandez-en un nouveau à Claire." in words(page)


def test_reading_changes_nothing_and_only_a_form_of_the_page_acts(play: Play, guest: Browser) -> None:
    _, task = asked(play)
    secret = invite(play, task)
    before = play.row(task).revision
    guest.get(f"/invitation/{secret}?do=complete&f.avis=oui")
    assert (play.row(task).state, play.row(task).revision) == ("open", before)
    stranger = Browser(guest.client.application.test_client(), token="forged")
    assert stranger.post(f"/invitation/{secret}", {"do": "complete", "f.avis": "oui"}).status_code in (400, 401)
    assert play.row(task).state == "open"


def test_a_guest_who_declines_is_thanked_and_the_link_is_dead(play: Play, guest: Browser) -> None:
    _, task = asked(play)
    secret = invite(play, task)
    guest.get(f"/invitation/{secret}")
    page = guest.post(f"/invitation/{secret}/refuser", {"reason": "", "task": str(task)})
    assert (page.status_code, "Un motif est attendu" in words(page)) == (422, True)
    page = guest.post(f"/invitation/{secret}/refuser", {"reason": "Pas notre rôle.", "task": str(task)})
    assert "Il va au commanditaire du projet, avec votre motif." in words(page)
    assert guest.get(f"/invitation/{secret}").status_code == 410


def test_the_page_is_in_the_language_of_the_invitation(play: Play, guest: Browser) -> None:
    _, task = asked(play)
    secret = invite(play, task, language="en")
    assert "This page is yours alone" in words(guest.get(f"/invitation/{secret}"))


def test_too_many_links_tried_from_one_place_are_refused(guest: Browser) -> None:
    tried = [guest.get(f"/invitation/{number}").status_code for number in range(62)]
    assert (set(tried[:60]), set(tried[60:])) == ({404}, {429})


def test_an_invitation_that_cannot_be_keeps_what_was_typed(play: Play, person: Opened) -> None:
    project, task = asked(play)
    claire = person("claire")
    address = f"/projets/{project}/invites"
    claire.get(address)
    for wrong, said in (
        ({"email": "roche"}, "une adresse électronique est attendue"),
        ({"until": ""}, "Dites jusqu’à quel jour le lien vaut"),
        ({"tache": ""}, "Choisissez la tâche que vous demandez."),
        ({"until": "2030-01-01"}, "elle doit finir aujourd’hui ou plus tard"),
    ):
        page = claire.post(address, {**ROCHE, "tache": str(task), "secret": "a" * 43, **wrong})
        assert (page.status_code, said in words(page), 'value="Mme Roche"' in page.text) == (422, True, True)
    assert play.see("claire", Guests(project)).invitations == ()


def test_the_list_filters_leaves_as_a_file_and_withdraws(play: Play, person: Opened, guest: Browser) -> None:
    project, task = asked(play)
    claire = person("claire")
    address = f"/projets/{project}/invites"
    assert "Personne n’est invité dans ce projet." in words(claire.get(address))
    secret = invite(play, task)
    assert "Aucune invitation ne correspond à ce filtre." in words(claire.get(f"{address}?etat=expired"))
    assert "jamais ouvert" in words(claire.get(f"{address}?etat=awaited"))
    exported = claire.get(f"{address}.csv").get_data(as_text=True)
    assert "Mme Roche;roche@locataires.fr;Expertiser;;attendue;oui;Claire;" in exported
    assert claire.get(f"{address}.xlsx").status_code == 200
    claire.get(address)
    claire.post(f"/projets/{project}/invitations/1/retirer")
    assert guest.get(f"/invitation/{secret}").status_code == 410
    secret = invite(play, task)
    claire.get(address)
    claire.post(f"{address}/{opened(play, secret).actor}/retirer")
    assert guest.get(f"/invitation/{secret}").status_code == 410
    assert "Qui a encore accès" not in words(claire.get(address))


def test_nobody_else_finds_the_guests_of_a_project(play: Play, person: Opened) -> None:
    project, task = asked(play)
    invite(play, task)
    for login, status in (("denis", 200), ("jeanne", 200), ("emile", 404), ("karim", 404)):
        assert person(login).get(f"/projets/{project}/invites").status_code == status
        assert person(login).get(f"/projets/{project}/invites.csv").status_code == status
