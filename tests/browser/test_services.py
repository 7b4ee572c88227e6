"""The page of a department in a browser, in light, in dark and at a phone's width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod
from tests.browser.stage import PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.play import ESSAI, Clock, Play
from tests.engine.test_services import answering


def fill(url: str) -> None:
    """Two projects await the answers of two departments, and a third will."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    engine.execute(PublishMethod(ESSAI), SYSTEM)
    play = Play(engine, Clock())
    answering(play, "Mieux accueillir")
    answering(play, "Changer les badges")
    play.start(title="Ranger les archives")
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "departments that are asked", fill, tmp_path)


def test_a_head_finds_what_is_asked_filters_it_and_opens_it(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        page = Stage(engine, address, person).at("hana")
        page.get_by_role("link", name="Ce qu’on demande à mon service").click()
        expect(page.get_by_role("heading", name="Demandé à Service DRH")).to_be_visible()
        expect(page.get_by_role("heading", name="Ce qui vient")).to_be_visible()
        assert axe(page) == []
        for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            screenshot(page, f"service-{width}-{scheme}")
        assert axe(page) == []
        page.get_by_label("Nature").select_option("opinion")
        page.get_by_role("button", name="Filtrer").click()
        expect(page.get_by_text("Rien ne correspond à ces filtres.")).to_be_visible()
        page.get_by_role("link", name="Retirer les filtres").click()
        page.get_by_role("link", name="Répondre").first.click()
        expect(page.get_by_role("heading", name="Répondre")).to_be_visible()
