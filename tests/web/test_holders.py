"""The page of a service's people: who holds which role, named in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import SYSTEM, Engine, LoadOrganisation
from tests.web.conftest import Browser, words
from web.pages.holders import plain

HERE = "/services/DSI/personnes"


def test_everyone_reads_it_and_who_does_not_administer_names_nobody(chloe: Browser) -> None:
    page = chloe.get(HERE)
    assert "Qui tient quel rôle : Systèmes d’information" in words(page)
    assert "Attribuer" not in words(page)
    assert f'href="{HERE}"' in chloe.get("/personnes").text


@pytest.fixture
def administrator(engine: Engine, browser: Callable[[int | None], Browser]) -> Browser:
    """Bruno, of whom the organisation's file says so."""
    roles = [{"role": "ADM", "service": "DSI"}, {"role": "RESP", "service": "DSI"}]
    engine.execute(LoadOrganisation({"people": [{"login": "bruno", "name": "Bruno Cordier", "roles": roles}]}), SYSTEM)
    return browser(2)


def test_an_administrator_names_in_the_page(administrator: Browser) -> None:
    done = administrator.post(f"{HERE}/CP", {"people": ["3"]})
    assert (done.status_code, done.location) == (303, f"{HERE}#role-CP")
    assert "Chloé Dumas" in words(administrator.get(HERE))


def test_a_refusal_stands_beside_the_role(administrator: Browser) -> None:
    page = administrator.post(f"{HERE}/CP", {"people": ["9999"]})
    assert page.status_code == 422
    assert page.text.count('role="alert"') == 1
    assert "Directory" not in page.text


def test_roles_are_looked_for_filtered_and_sorted(chloe: Browser) -> None:
    def roles(asked: str) -> list[str]:
        return [each.split(";")[0] for each in chloe.get(f"{HERE}.csv?{asked}").text.splitlines()[1:]]

    everyone = roles("")
    assert roles("voir=personne") + roles("voir=ici") + roles("voir=dessus") != []
    assert sorted([*roles("voir=personne"), *roles("voir=ici"), *roles("voir=dessus")]) == sorted(everyone)
    assert roles("tri=role") == sorted(everyone, key=plain)
    some = everyone[0]
    assert roles(f"recherche={some.upper()}") == [each for each in everyone if plain(some) in plain(each)]
    assert roles("voir=licorne&tri=licorne") == everyone
    said = words(chloe.get(f"{HERE}?recherche=licorne"))
    assert ("Rien ne correspond à ces filtres." in said, "Retirer les filtres" in said) == (True, True)


def test_naming_somebody_keeps_the_filters(administrator: Browser) -> None:
    done = administrator.post(f"{HERE}/CP?voir=personne&tri=role", {"people": ["3"]})
    assert (done.status_code, done.location) == (303, f"{HERE}?voir=personne&tri=role#role-CP")


def test_it_leaves_as_a_file(chloe: Browser) -> None:
    head = chloe.get(f"{HERE}.csv").text.splitlines()[0]
    assert head == "\ufeffRôle;Personnes;Désignées par;Suppléants"
    assert chloe.get("/services/RIEN/personnes").status_code == 404
