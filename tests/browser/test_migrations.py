"""A method owner moves projects to another version: reads what becomes of each, ticks, follows; one goes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import Language, SetLanguage
from tests.browser.stage import served
from tests.browser.test_every_page import sideways
from tests.conftest import Templates
from tests.engine.conftest import furnish, playing
from tests.engine.next_versions import inserted, published, without
from tests.engine.play import Play

HERE = "/methodes/essai/migrer"
Visitor = Callable[..., Page]


@pytest.fixture
def play(templates: Templates, tmp_path: Path) -> Iterator[Play]:
    """Three projects on 1.0.0; 2.0.0 inserts a locked step, and draws another no more."""
    with templates.copy("sqlite", "essai", furnish, tmp_path) as url, playing(url, {}) as play:
        for title, code in (("Tard", "G1"), ("Tôt", "B"), ("Coincé", "C")):
            play.until(play.start(title=title), code)
        published(play, inserted("B_to_R"), without("C"))
        yield play


@pytest.fixture
def visitor(play: Play, person: Callable[..., Page]) -> Iterator[Visitor]:
    with served(play.engine) as address:

        def comes(login: str, *, language: Language = "fr", width: int = 1280) -> Page:
            page = person(login, width=width, base_url=address)
            session = play.engine.sessions.open(play.people[login])
            page.context.add_cookies([{"name": "jalon", "value": session, "url": address}])
            play.engine.execute(SetLanguage(language), play.people[login])
            return page

        yield comes


def test_projects_are_ticked_moved_followed_and_one_goes_back(play: Play, visitor: Visitor) -> None:
    page = visitor("jeanne")
    page.clock.install()
    page.goto("/methodes/essai")
    page.get_by_role("link", name="Passer des projets en cours à la dernière version").click()
    expect(page.get_by_text("à rattraper avant la prochaine porte")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("checkbox", name="Choisir Tard").check()
    page.get_by_label("Pourquoi").fill("mieux protégé")
    page.get_by_role("button", name="Passer les projets cochés").click()
    expect(page.get_by_text("1 projet va passer à cette version.")).to_be_visible()
    play.due()
    page.clock.run_for(6_000)
    expect(page.get_by_text("1 sur 1")).to_be_visible()
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_text("1 sur 1")).to_be_visible()
    expect(page.get_by_text("2 projets sur une autre version")).to_be_visible()
    denis = visitor("denis")
    denis.goto("/projets/1")
    denis.get_by_text("Revenir à la version 1.0.0").click()
    denis.locator("#revert-reason").fill("trop tôt")
    denis.get_by_role("button", name="Revenir").click()
    expect(denis.get_by_text("Le projet est revenu à la version 1.0.0.")).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_may_read_it_and_it_holds_on_a_phone(
    play: Play, visitor: Visitor, axe: Callable[..., list[str]], language: Language
) -> None:
    page = visitor("jeanne", language=language, width=390)
    page.goto(HERE)
    assert (axe(page), sideways(page)) == ([], 0)
