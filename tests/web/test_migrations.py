"""Projects move to another version of their method, in the pages: told beforehand, chosen, followed, undone."""

from __future__ import annotations

import pytest

from engine.overlay import edit
from tests.engine.next_versions import inserted, published, without
from tests.engine.play import Play
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]  # fixtures
HERE = "/methodes/essai/migrer"


@pytest.fixture
def behind(play: Play) -> Play:
    """Three projects on 1.0.0: one to catch up, one in time, one that waits where 2.0.0 draws nothing."""
    for title, code in (("Tard", "G1"), ("Tôt", "B"), ("Coincé", "C")):
        play.until(play.start(title=title), code)

    def asked(loom: object) -> None:
        edit.say(loom.nodes["B"], "name.en", "Another name")  # type: ignore[attr-defined]

    published(play, inserted("B_to_R"), without("C"), asked)
    return play


def test_the_page_says_what_becomes_of_each_project(behind: Play, person: Opened) -> None:
    jeanne = person("jeanne")
    assert f'href="{HERE}"' in jeanne.get("/methodes/essai").text
    said = words(jeanne.get(HERE))
    assert "3 projets sur une autre version" in said
    assert "Tard Service DAF Étude version 1.0.0 à rattraper avant la prochaine porte Étape N (N)" in said
    assert (
        "en cours Expertiser (B : les mots de « B » changent) viendra ensuite Étape N (N) ne viendra plus Relire (C)"
        in said
    )
    assert "Coincé Service DAF Étude version 1.0.0 ne peut pas encore passer « Relire » n’y est plus dessinée" in said
    rows = jeanne.get(f"{HERE}.csv?recherche=Tard").text.splitlines()
    assert rows[1].split(";")[1:6] == ["Tard", "Service DAF", "Étude", "1.0.0", "Étape N"]
    assert jeanne.get(f"{HERE}.xlsx").status_code == 200


def test_those_that_are_chosen_move_with_a_reason_and_what_is_refused_is_told(behind: Play, person: Opened) -> None:
    jeanne = person("jeanne")
    nothing = jeanne.post(HERE, {"version": "2.0.0", "reason": "mieux"})
    assert (nothing.status_code, "Cochez au moins un projet" in words(nothing)) == (422, True)
    bare = jeanne.post(HERE, {"version": "2.0.0", "project": "1", "reason": ""})
    assert bare.status_code == 422
    assert 'value="1" aria-label="Choisir Tard" checked' in bare.text
    done = jeanne.post(HERE, {"version": "2.0.0", "all": "1", "reason": "mieux protégés"})
    assert done.status_code == 303
    assert "0 sur 3 · Actualiser" in words(jeanne.get(HERE))
    behind.due()
    said = words(jeanne.get(HERE))
    assert "terminé, avec des refus Motif : mieux protégés 3 / 3 3 sur 3 Coincé : Le projet ne peut pas" in said
    assert "1 projet sur une autre version" in said
    assert "Rattraper « Étape N »" in words(person("claire").get("/projets/1/registres/actions"))


def test_the_sponsor_has_it_go_back_until_something_is_completed(behind: Play, person: Opened) -> None:
    jeanne, denis, claire = person("jeanne"), person("denis"), person("claire")
    jeanne.post(HERE, {"version": "2.0.0", "project": ["1", "2"], "reason": "mieux"})
    behind.due()
    assert "Revenir à la version 1.0.0" in words(denis.get("/projets/1"))
    assert "Revenir à la version" not in words(claire.get("/projets/1"))
    assert denis.post("/projets/1/version/revenir", {"reason": ""}).status_code == 422
    assert denis.post("/projets/1/version/revenir", {"reason": "trop tôt"}).status_code == 303
    assert "Essai 1.0.0" in words(denis.get("/projets/1"))
    behind.complete(2, "B")
    assert "Revenir à la version" not in words(denis.get("/projets/2"))
    late = denis.post("/projets/2/version/revenir", {"reason": "trop tard"})
    assert (late.status_code, "a été faite depuis" in words(late)) == (409, True)


def test_who_owns_no_method_sees_nothing_of_it(behind: Play, person: Opened) -> None:
    claire = person("claire")
    assert claire.get(HERE).status_code == 403
    assert HERE not in claire.get("/methodes/essai").text
