"""A method at use, in the pages: a heat map, its table, its file."""

from __future__ import annotations

import pytest

from tests.web.conftest import Browser, words

HERE = "/methodes/tous_les_champs/usage"


def test_the_sheet_of_a_method_leads_there(chloe: Browser) -> None:
    assert f'href="{HERE}"' in chloe.get("/methodes/tous_les_champs").text


@pytest.mark.usefixtures("task")
def test_the_table_says_what_the_diagram_shows(chloe: Browser) -> None:
    page = chloe.get(f"{HERE}?mesure=late&tri=late")
    said = words(page)
    assert "1 projet" in said
    assert "Sur le diagramme : en retard Rien à colorer : cette mesure est à zéro partout." in said
    assert 'aria-sort="descending"' in page.text
    assert page.text.count("<tr id=") == len(chloe.get(f"{HERE}.csv").text.splitlines()) - 1


@pytest.mark.usefixtures("task")
def test_it_leaves_as_a_file(chloe: Browser) -> None:
    head = chloe.get(f"{HERE}.csv").text.splitlines()[0]
    assert head.startswith("\ufeffÉtape;Nom;Phase;Genre;Faites;Ouvertes;")
    assert chloe.get(f"{HERE}.xlsx").status_code == 200


def test_what_is_unknown_is_not_found(chloe: Browser) -> None:
    assert chloe.get("/methodes/autre/usage").status_code == 404
    assert chloe.get(f"{HERE}?version=9").status_code == 404
