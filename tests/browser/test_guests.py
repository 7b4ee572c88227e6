"""A guest in a browser: the lead invites, the guest opens the link and answers; wide, narrow, dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, LoadOrganisation
from tests.browser.stage import LATER, PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.opinions import asked
from tests.engine.organisation import ORGANISATION
from tests.engine.play import Clock, Play


def fill(url: str) -> None:
    """An opinion is asked within a time limit; everybody of the house may sign in."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    asked(Play(engine, Clock()))
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "an opinion that is asked", fill, tmp_path)


def test_a_guest_is_invited_opens_the_link_and_answers(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        stage.project = 1
        [task] = stage.open("B")
        lead = stage.at("claire")
        lead.goto(f"/taches/{task.id}")
        lead.get_by_role("link", name="Demander à une personne extérieure").click()
        lead.get_by_label("Nom").fill("Mme Roche, association des locataires")
        lead.get_by_label("Adresse électronique").fill("roche@locataires.fr")
        lead.get_by_label("Jusqu’au").fill(LATER)
        lead.get_by_role("button", name="Inviter", exact=True).click()
        link = lead.get_by_label("Lien de l’invitation").input_value()
        assert axe(lead) == []
        lead.emulate_media(color_scheme="light")
        screenshot(lead, "guests-list")
        guest = person("guest", width=390, scheme="dark")
        guest.goto(link)
        expect(guest.get_by_role("heading", name="Expertiser")).to_be_visible()
        expect(guest.get_by_role("navigation", name="Navigation principale")).to_have_count(0)
        assert axe(guest) == []
        screenshot(guest, "guest-request-390-dark")
        guest.get_by_text("Demander une information").click()
        guest.get_by_label("Ce qui manque pour rendre l’avis").fill("Combien de logements ?")
        guest.get_by_role("button", name="Demander", exact=True).click()
        expect(guest.get_by_text("Votre demande est transmise")).to_be_visible()
        guest.get_by_role("group", name="Avis").get_by_label("Favorable", exact=True).check()
        guest.get_by_role("button", name="Transmettre ma réponse").click()
        expect(guest.get_by_text("Merci : votre réponse est transmise.")).to_be_visible()
        assert axe(guest) == []
        lead.goto("/projets/1/invites")
        expect(lead.get_by_role("cell", name="rendue")).to_be_visible()
        lead.set_viewport_size({"width": 390, "height": 900})
        assert axe(lead) == []
        lead.emulate_media(color_scheme="dark")
        screenshot(lead, "guests-list-390-dark")
        lead.get_by_role("button", name="Retirer tout accès").click()
        expect(lead.get_by_text("Cette personne n’a plus accès au projet")).to_be_visible()
        guest.goto(link)
        expect(guest.get_by_text("Ce lien a été retiré")).to_be_visible()
        assert axe(guest) == []
        screenshot(guest, "guest-refused")
