"""Who may open what: every address, asked by a stranger and by someone who takes no part."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.web.conftest import Browser

#: open to everybody, signed in or not
OPEN = {"/connexion", "/static/<path:filename>", "/langue", "/deconnexion"}
#: open to whoever holds a guest's link (test_guests.py)
OPEN |= {f"/invitation/<secret>{more}" for more in ("", "/refuser", "/information", "/fichiers/<int:file>")}
#: what a colleague who takes no part in the project may still open: it is known to the whole organisation;
#: FILE stands for a format of export
KNOWN = {
    "/", "/taches.FILE", "/projets", "/projets.FILE", "/projets/nouveau", "/methodes", "/methodes.FILE",
    "/methodes/<method>", "/methodes/<method>/<version>", "/personnes", "/personnes.FILE", "/compte",
    "/thematiques", "/thematiques.FILE", "/strategie", "/strategie/matrice", "/strategie/matrice.FILE",
    "/projets/<int:project>", "/projets/<int:project>/historique", "/projets/<int:project>/historique.FILE",
    # what of the registers is the whole organisation's: ideas, watch, its own actions
    "/registres", "/registres/NAME", "/registres/NAME.FILE", "/projets/<int:project>/registres",
    "/projets/<int:project>/registres/NAME",
    "/projets/<int:project>/registres/NAME.FILE", "/entrees/nouvelle",
    "/methodes/<method>/usage", "/methodes/<method>/usage.FILE",
    "/derogations", "/derogations.FILE",  # what departs from the methods is no secret, as each project's page says
    "/projets/<int:project>/conformite", "/projets/<int:project>/conformite.FILE", "/projets/<int:project>/choix",
    "/services/<code>/personnes", "/services/<code>/personnes.FILE",  # as the directory
    "/services",  # it lists none to who answers for none
}  # fmt: skip
#: whose pages these are is said
OWNERS = ("/methodes/<method>/amenagements", "/methodes/<method>/migrer")
FILE = "<any(csv, xlsx):file>"
NAME = "<any(actions, risques, resistances, decisions, veille, idees, modifications, derogations):name>"
PLACES = {FILE: "xlsx", "<code>": "DSI", NAME: "idees", "<method>": "tous_les_champs", "<version>": "1.0.0"}


def addresses(app: Flask, verb: str) -> Iterator[tuple[str, str]]:
    """(rule, an address of it) of every route that answers `verb`."""
    for rule in app.url_map.iter_rules():
        if verb in (rule.methods or ()):
            address = rule.rule
            for name in rule.arguments:
                for place in (f"<int:{name}>", FILE, NAME, f"<{name}>"):
                    address = address.replace(place, PLACES.get(place, "1"))
            yield rule.rule, address


def test_a_stranger_is_asked_to_sign_in_everywhere(app: Flask, stranger: Browser) -> None:
    asked = {rule: stranger.get(address) for rule, address in addresses(app, "GET") if rule not in OPEN}
    assert {
        rule: (page.status_code, page.location and page.location.split("?")[0]) for rule, page in asked.items()
    } == {rule: (303, "/connexion") for rule in asked}


def test_a_stranger_can_do_nothing(app: Flask, stranger: Browser) -> None:
    done = {rule: stranger.post(address).status_code for rule, address in addresses(app, "POST") if rule not in OPEN}
    assert set(done.values()) <= {303, 401, 415}, done


@pytest.mark.usefixtures("task")
def test_who_takes_no_part_finds_nothing_of_the_tasks(app: Flask, chloe: Browser) -> None:
    found = {rule: chloe.get(address).status_code for rule, address in addresses(app, "GET") if rule not in OPEN}
    named = {rule: rule.replace(FILE, "FILE").replace(NAME, "NAME") for rule in found}
    assert found == {
        rule: 200 if name in KNOWN else 403 if name.startswith(OWNERS) else 404 for rule, name in named.items()
    }


@pytest.mark.usefixtures("task")
def test_who_takes_no_part_changes_nothing(
    app: Flask, chloe: Browser, browser: Callable[[int | None], Browser]
) -> None:
    before = browser(1).get("/projets/1/historique").text.count("<tr>")
    for rule, address in addresses(app, "POST"):
        if rule not in OPEN and rule != "/projets/nouveau":
            chloe.post(address, {"reason": "x", "people": "3", "to": "3", "body": "x", "proof": "x"})
    assert browser(1).get("/projets/1/historique").text.count("<tr>") == before
